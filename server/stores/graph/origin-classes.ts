import { arrivedClasses } from '../../model/arrived-classes.ts';
import { NONE, type CoarseClass, type DerivedClassification, type Verdict } from '../../model/classification.ts';
import type { Uid } from '../../model/ids.ts';
import type { GraphStore } from './graph-store.ts';
import { inBatches } from '../in-batches.ts';

/** The coarse classes of a category that reached a field, given the rows by which it did. */
export type ArrivedClasses = (category: string, rows: readonly RowName[]) => readonly CoarseClass[];

/** What names a row of the propagation. */
export type RowName = Pick<DerivedClassification, 'field' | 'category' | 'treatment' | 'rank'> &
  Partial<Pick<DerivedClassification, 'via'>>;

/** The classes at the origins of rows, as far as they are known. A revision never changes, so what is known of it stays. */
export interface OriginMemory {
  at(n: number): Map<string, readonly CoarseClass[]>;
}

const rememberedRevisions = 2;
const rememberedRows = 400_000;

/** Remembers a bounded number of rows of the last revisions asked for. */
export function createOriginMemory(): OriginMemory {
  const known = new Map<number, Map<string, readonly CoarseClass[]>>();
  return {
    at(n) {
      const before = known.get(n);
      if (before !== undefined && before.size < rememberedRows) return before;
      const fresh = new Map<string, readonly CoarseClass[]>();
      known.delete(n);
      known.set(n, fresh);
      for (const old of [...known.keys()].slice(0, -rememberedRevisions)) known.delete(old);
      return fresh;
    },
  };
}

/**
 * Follows what reached fields back to its origins, all rows together, one read of the store a step, and answers with which
 * classes each category arrives. The holder of a field is asked about only where its word decides. Rows may be marks without
 * `via`: those of them that are not remembered are read.
 */
export async function readArrivedClasses(
  graph: Pick<GraphStore, 'derived' | 'verdicts' | 'get'>,
  n: number,
  rows: readonly RowName[],
  by: {
    readonly classesOf: (category: string) => readonly CoarseClass[];
    /** True when all that is said of these sources is that HIPAA does not bind their holder. */
    readonly isOutside: (sources: readonly string[]) => boolean;
    readonly memory?: OriginMemory;
  },
): Promise<ArrivedClasses> {
  const arrived = rows.filter(({ rank }) => rank > 0);
  const known = (by.memory ?? createOriginMemory()).at(n);
  const open = arrived.filter((row) => !known.has(keyOf(row)));
  if (open.length > 0) await followBack(graph, n, open, known);
  const classesAt = (row: RowName): readonly CoarseClass[] => known.get(keyOf(row)) ?? [];
  const isAsked = arrived.filter(
    (row) => by.classesOf(row.category).includes('PHI') && !classesAt(row).includes('PHI'),
  );
  const holders = await inBatches([...new Set(isAsked.map(({ field }) => field))], (part) => graph.get(part, n));
  const outside = new Set<Uid>(
    holders.flatMap((field) =>
      field !== null && by.isOutside(field.assertions.map(({ source }) => source)) ? [field.uid] : [],
    ),
  );
  return (category, some) =>
    arrivedClasses(
      by.classesOf(category),
      new Set(some.flatMap((row) => classesAt(row))),
      some.every(({ field }) => outside.has(field)),
    );
}

/** Learns the classes at the origins of these rows and of all rows on their ways; a broken way has none. */
async function followBack(
  graph: Pick<GraphStore, 'derived' | 'verdicts'>,
  n: number,
  open: readonly RowName[],
  known: Map<string, readonly CoarseClass[]>,
): Promise<void> {
  const read = new Map<string, RowName>();
  const asked = new Set<Uid>();
  // Only the first rows may be marks: what the store gives says where it came from.
  let next: readonly Uid[] = open.map(({ field, via }) => via?.field ?? field);
  for (const row of open) if (row.via !== undefined) read.set(keyOf(row), row);
  while (next.length > 0) {
    const missing = [...new Set(next)].filter((uid) => !asked.has(uid));
    for (const uid of missing) asked.add(uid);
    const found = await inBatches(missing, (part) => graph.derived(part, n));
    for (const row of found) read.set(keyOf(row), row);
    next = found.flatMap(({ via, category }) =>
      via === null || known.has(keyOf({ ...via, category })) ? [] : [via.field],
    );
  }
  const ways = open.map((row) => wayBack(row, read, known));
  const origins = [...new Set(ways.flatMap(({ origin }) => (origin === null ? [] : [origin.field])))];
  const verdicts = await inBatches(origins, (part) => graph.verdicts(part, n));
  const byField = Map.groupBy(verdicts, ({ field }) => field);
  for (const { keys, origin, classes } of ways) {
    const own = origin === null ? [] : (byField.get(origin.field) ?? []);
    const found =
      classes ??
      own.flatMap((verdict) => (isStanding(verdict) && verdict.category === origin?.category ? verdict.classes : []));
    for (const key of keys) known.set(key, found);
  }
}

interface Way {
  readonly keys: readonly string[];
  readonly origin: RowName | null;
  /** What is known already from somewhere on the way. */
  readonly classes: readonly CoarseClass[] | null;
}

function wayBack(
  start: RowName,
  read: ReadonlyMap<string, RowName>,
  known: ReadonlyMap<string, readonly CoarseClass[]>,
): Way {
  const keys: string[] = [];
  let rank = Infinity;
  for (let key = keyOf(start); ;) {
    const classes = known.get(key) ?? null;
    if (classes !== null) return { keys, origin: null, classes };
    const row = read.get(key);
    // Ranks fall at every step.
    if (row === undefined || row.rank >= rank) return { keys, origin: null, classes: null };
    keys.push(key);
    if (row.via === null || row.via === undefined) return { keys, origin: row, classes: null };
    rank = row.rank;
    key = keyOf({ ...row.via, category: row.category });
  }
}

function isStanding({ category, state }: Verdict): boolean {
  return category !== NONE && (state === 'accepted' || state === 'proposed');
}

function keyOf({ field, category, treatment }: Pick<RowName, 'field' | 'category' | 'treatment'>): string {
  return `${field} ${category} ${treatment}`;
}
