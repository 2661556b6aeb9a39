import { calledOf, groupIdOf, itemOf, mayWait, reviewKinds, type QueuedField } from '../classify/review.ts';
import { cameSince } from '../model/effective.ts';
import type { Verdict } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { FieldMark } from '../stores/graph/field-mark.ts';
import type { EnteredRecord, EntityRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';

/** The fields of one dataset that wait for a person, or that a person decided. */
export interface WaitingFields {
  readonly dataset: Uid;
  /** The sources that assert the dataset. */
  readonly sources: readonly string[];
  readonly fields: readonly QueuedField[];
}

/**
 * Reads which fields of these datasets wait. Most fields wait for nothing, and that shows in the least form of what is judged
 * of them; names, reasons and alternatives are read of the others only. Datasets without such fields are left out, as are
 * those that are gone. `known`: the entries of all fields, where they were read before.
 */
export async function readWaiting(
  graph: Pick<GraphStore, 'get' | 'fieldMarks' | 'verdicts' | 'entered'>,
  n: number,
  datasets: readonly Uid[],
  known: ReviewEntries | null = null,
): Promise<readonly WaitingFields[]> {
  if (datasets.length === 0) return [];
  const marked = await graph.fieldMarks(datasets, n);
  const fields = marked.flat().map(({ field }) => field);
  const entries = known ?? (await entriesOf(graph, fields, n));
  const candidates = marked.flat().filter(({ verdicts, field }) => mayWait(verdicts) || entries.has(field));
  const uids = candidates.map(({ field }) => field);
  const records = new Map(
    (await inBatches(uids, (part) => graph.get(part, n))).flatMap((one) => (one === null ? [] : [[one.uid, one]])),
  );
  const verdicts = Map.groupBy(await inBatches(uids, (part) => graph.verdicts(part, n)), ({ field }) => field);
  const found = new Map<Uid, QueuedField[]>();
  for (const mark of candidates) {
    const record = records.get(mark.field);
    if (record === undefined || record.parent === null) continue;
    const queued = queuedField(record, mark, verdicts.get(mark.field) ?? [], entries.get(mark.field) ?? new Map());
    if (queued === null) continue;
    const list = found.get(record.parent) ?? [];
    list.push(queued);
    found.set(record.parent, list);
  }
  const parents = await inBatches([...found.keys()], (part) => graph.get(part, n));
  return parents.flatMap((dataset): WaitingFields[] =>
    dataset === null
      ? []
      : [
          {
            dataset: dataset.uid,
            sources: dataset.assertions.map(({ source }) => source),
            fields: found.get(dataset.uid) ?? [],
          },
        ],
  );
}

function queuedField(
  { uid, path }: EntityRecord,
  { derived }: FieldMark,
  verdicts: readonly Verdict[],
  entries: ReadonlyMap<string, unknown>,
): QueuedField | null {
  const called = calledOf(path ?? []);
  const item = itemOf(uid, called, verdicts, entries, {
    isReached: derived.some(({ rank }) => rank > 0),
    since: cameSince(verdicts, derived),
  });
  const learnt = verdicts.flatMap(({ decider, state, category }) =>
    decider === 'human' && state === 'accepted' ? [category] : [],
  );
  if (item === null && learnt.length === 0) return null;
  return { called, item, group: item === null ? null : groupIdOf(item), learnt };
}

/** Entries that concern review, by field and kind. */
export type ReviewEntries = ReadonlyMap<Uid, ReadonlyMap<string, unknown>>;

/** Those of these fields. */
export async function entriesOf(
  graph: Pick<GraphStore, 'entered'>,
  fields: readonly Uid[],
  n: number,
): Promise<ReviewEntries> {
  return byField(await inBatches(fields, (uids) => graph.entered({ uids }, n)));
}

/** Those of all fields: few beside the fields themselves. */
export async function everyEntry(graph: Pick<GraphStore, 'entered'>, n: number): Promise<ReviewEntries> {
  const read: EnteredRecord[] = [];
  for (const kind of reviewKinds) for (const one of await graph.entered({ kind }, n)) read.push(one);
  return byField(read);
}

const wanted: ReadonlySet<string> = new Set(reviewKinds);

function byField(records: readonly EnteredRecord[]): ReviewEntries {
  const entries = new Map<Uid, Map<string, unknown>>();
  for (const { uid, kind, body } of records) {
    if (!wanted.has(kind)) continue;
    const own = entries.get(uid) ?? new Map<string, unknown>();
    own.set(kind, body);
    entries.set(uid, own);
  }
  return entries;
}
