import { carriedSubject, subjectPrefix } from '../model/carried-class.ts';
import type { Verdict } from '../model/classification.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { Origin } from './origins.ts';

/** Subjects whose rows are natural persons. */
const persons = new Set(['person', 'patient', 'customer', 'employee'].map((kind) => `${subjectPrefix}${kind}`));

/** The same with accounts, which count for whom rows are about, and not for what a figure is grouped by. */
const personsAndUsers = new Set([...persons, `${subjectPrefix}user`]);

/** Of the given fields, those that are the key of a table of persons: grouping by one groups by person. */
export async function subjectKeys(
  graph: Pick<GraphStore, 'get' | 'verdicts'>,
  fields: readonly Uid[],
  n: number,
): Promise<ReadonlySet<Uid>> {
  const keys = new Set<Uid>();
  for (const [uid, categories] of await keySubjects(graph, fields, n))
    if (categories.some((category) => persons.has(category))) keys.add(uid);
  return keys;
}

/** What starts at fields that are the key of a table of persons: whose key they are. Fields that are none have no entry. */
export async function subjectOrigins(
  graph: Pick<GraphStore, 'get' | 'verdicts'>,
  fields: readonly Uid[],
  n: number,
): Promise<ReadonlyMap<Uid, readonly Origin[]>> {
  return new Map(
    [...(await keySubjects(graph, fields, n))].map(([uid, categories]) => [uid, categories.map(originOf)]),
  );
}

/** The same of all fields of the given datasets, from the verdicts on these. */
export async function subjectOriginsOf(
  graph: Pick<GraphStore, 'list'>,
  verdicts: ReadonlyMap<Uid, readonly Verdict[]>,
  n: number,
): Promise<ReadonlyMap<Uid, readonly Origin[]>> {
  const origins = new Map<Uid, readonly Origin[]>();
  for (const [parent, own] of verdicts) {
    const keys = keysOf(own);
    if (keys.size === 0) continue;
    const all = everyPage((page) => graph.list({ kind: 'field', parent, alive: false }, n, page));
    for await (const { uid, path } of all) {
      const categories = keys.get(printPath(path ?? []));
      if (categories !== undefined) origins.set(uid, categories.map(originOf));
    }
  }
  return origins;
}

/** May the verdicts on one thing say whose rows it holds? */
export function saySubject(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ category }) => personsAndUsers.has(category));
}

function originOf(category: string): Origin {
  return { category: carriedSubject(category), treatment: 'clear' };
}

async function keySubjects(
  graph: Pick<GraphStore, 'get' | 'verdicts'>,
  fields: readonly Uid[],
  n: number,
): Promise<ReadonlyMap<Uid, readonly string[]>> {
  const found = (await inBatches(fields, (batch) => graph.get(batch, n))).filter((field) => field !== null);
  const parents = [...new Set(found.map(({ parent }) => parent).filter((parent) => parent !== null))];
  const verdicts = Map.groupBy(await inBatches(parents, (batch) => graph.verdicts(batch, n)), ({ field }) => field);
  const keys = new Map([...verdicts].map(([dataset, own]) => [dataset, keysOf(own)]));
  return new Map(
    found.flatMap(({ uid, parent, path }) => {
      const categories = parent === null || path === null ? undefined : keys.get(parent)?.get(printPath(path));
      return categories === undefined ? [] : [[uid, categories] as const];
    }),
  );
}

/** Whose key a dataset's columns are, by printed path, where its rows are persons. A person's word on the subject counts alone. */
function keysOf(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly string[]> {
  const subjects = verdicts.filter(({ category }) => category.startsWith(subjectPrefix));
  const rejected = new Set(subjects.filter(({ state }) => state === 'rejected').map(({ category }) => category));
  const human = subjects.filter(({ decider, state }) => decider === 'human' && state === 'accepted');
  const standing = human.length > 0 ? human : subjects.filter(({ category }) => !rejected.has(category));
  const keys = new Map<string, string[]>();
  for (const { category, state, evidence } of standing) {
    if (!personsAndUsers.has(category) || (state !== 'accepted' && state !== 'proposed')) continue;
    for (const { signal, detail } of evidence) {
      const known = keys.get(detail) ?? [];
      if (signal === 'subject-key' && !known.includes(category)) keys.set(detail, [...known, category].sort());
    }
  }
  return keys;
}
