import type { Verdict } from '../model/classification.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';
import { subjectPrefix } from './origins.ts';

/** Subjects whose rows are natural persons. */
const persons = new Set(['person', 'patient', 'customer', 'employee'].map((kind) => `${subjectPrefix}${kind}`));

/** Of the given fields, those that are the key of a table of persons: grouping by one groups by person. */
export async function subjectKeys(
  graph: Pick<GraphStore, 'get' | 'verdicts'>,
  fields: readonly Uid[],
  n: number,
): Promise<ReadonlySet<Uid>> {
  const found = (await inBatches(fields, (batch) => graph.get(batch, n))).filter((field) => field !== null);
  const parents = [...new Set(found.map(({ parent }) => parent).filter((parent) => parent !== null))];
  const verdicts = Map.groupBy(await inBatches(parents, (batch) => graph.verdicts(batch, n)), ({ field }) => field);
  const keys = new Set<Uid>();
  for (const { uid, parent, path } of found)
    if (parent !== null && path !== null && personKeysOf(verdicts.get(parent) ?? []).has(printPath(path)))
      keys.add(uid);
  return keys;
}

/** The printed paths of a dataset's key columns, where its rows are persons. A person's word on the subject counts alone. */
export function personKeysOf(verdicts: readonly Verdict[]): ReadonlySet<string> {
  const subjects = verdicts.filter(({ category }) => category.startsWith(subjectPrefix));
  const rejected = new Set(subjects.filter(({ state }) => state === 'rejected').map(({ category }) => category));
  const human = subjects.filter(({ decider, state }) => decider === 'human' && state === 'accepted');
  const standing = human.length > 0 ? human : subjects.filter(({ category }) => !rejected.has(category));
  return new Set(
    standing
      .filter(({ category, state }) => persons.has(category) && (state === 'accepted' || state === 'proposed'))
      .flatMap(({ evidence }) => evidence.filter(({ signal }) => signal === 'subject-key').map(({ detail }) => detail)),
  );
}
