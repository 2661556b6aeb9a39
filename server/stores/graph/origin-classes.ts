import { arrivedClasses } from '../../model/arrived-classes.ts';
import { NONE, type CoarseClass, type DerivedClassification, type Verdict } from '../../model/classification.ts';
import type { Uid } from '../../model/ids.ts';
import type { GraphStore } from './graph-store.ts';

/** Steps that a category is followed back; beyond it counts as of an unknown origin. */
const maxSteps = 100;
const batchSize = 1000;

/** The coarse classes of a category that reached a field, given the rows by which it did. */
export type ArrivedClasses = (category: string, rows: readonly DerivedClassification[]) => readonly CoarseClass[];

/**
 * Follows what reached fields back to its origins, all rows together, one read of the store a step, and answers with which
 * classes each category arrives. The holder of a field is asked about only where its word decides.
 */
export async function readArrivedClasses(
  graph: Pick<GraphStore, 'derived' | 'verdicts' | 'get'>,
  n: number,
  rows: readonly DerivedClassification[],
  by: {
    readonly classesOf: (category: string) => readonly CoarseClass[];
    /** True when all that is said of these sources is that HIPAA does not bind their holder. */
    readonly isOutside: (sources: readonly string[]) => boolean;
  },
): Promise<ArrivedClasses> {
  const arrived = rows.filter(({ rank }) => rank > 0);
  const origins = await followBack(graph, n, arrived);
  const verdicts = await inParts([...new Set(origins.values())], (part) => graph.verdicts(part, n));
  const byField = Map.groupBy(verdicts, ({ field }) => field);
  const classesAt = (row: DerivedClassification): readonly CoarseClass[] =>
    (byField.get(origins.get(keyOf(row)) ?? '') ?? []).flatMap((verdict) =>
      isStanding(verdict) && verdict.category === row.category ? verdict.classes : [],
    );
  const isAsked = arrived.filter(
    (row) => by.classesOf(row.category).includes('PHI') && !classesAt(row).includes('PHI'),
  );
  const holders = await inParts([...new Set(isAsked.map(({ field }) => field))], (part) => graph.get(part, n));
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

function isStanding({ category, state }: Verdict): boolean {
  return category !== NONE && (state === 'accepted' || state === 'proposed');
}

/** The origin of each row by its key; rows whose way back is broken have none. */
async function followBack(
  graph: Pick<GraphStore, 'derived'>,
  n: number,
  rows: readonly DerivedClassification[],
): Promise<ReadonlyMap<string, Uid>> {
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  const asked = new Set<Uid>();
  let frontier = rows;
  for (let step = 0; step < maxSteps && frontier.length > 0; step++) {
    const missing = [...new Set(frontier.flatMap(({ via }) => (via === null ? [] : [via.field])))].filter(
      (uid) => !asked.has(uid),
    );
    for (const uid of missing) asked.add(uid);
    frontier = await inParts(missing, (part) => graph.derived(part, n));
    for (const row of frontier) known.set(keyOf(row), row);
  }
  const origins = new Map<string, Uid>();
  for (const row of rows) {
    const origin = originOf(row, known);
    if (origin !== null) origins.set(keyOf(row), origin);
  }
  return origins;
}

function originOf(row: DerivedClassification, known: ReadonlyMap<string, DerivedClassification>): Uid | null {
  let at: DerivedClassification | undefined = row;
  for (let step = 0; step <= maxSteps && at !== undefined; step++) {
    if (at.via === null) return at.field;
    at = known.get(keyOf({ ...at.via, category: at.category }));
  }
  return null;
}

function keyOf({
  field,
  category,
  treatment,
}: Pick<DerivedClassification, 'field' | 'category' | 'treatment'>): string {
  return `${field} ${category} ${treatment}`;
}

async function inParts<T>(uids: readonly Uid[], ask: (part: readonly Uid[]) => Promise<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < uids.length; at += batchSize) found.push(...(await ask(uids.slice(at, at + batchSize))));
  return found;
}
