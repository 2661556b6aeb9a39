import type { Uid } from '../model/ids.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { readDatasets } from './datasets.ts';
import type { DatasetLookup, DatasetRef, DatasetView } from './query.ts';

/** Hits of a text that are looked through for a name that ends so. */
const textHits = 1000;

/** Looks datasets up by the caller's own ids: in the order asked, a miss is a row. References of one kind are one read. */
export async function readByRef(
  context: QueryContext,
  refs: readonly DatasetRef[],
  n: number,
): Promise<readonly DatasetLookup[]> {
  // None: not found; one: found; several: ambiguous.
  const found: (readonly Uid[])[] = refs.map((ref) => ('id' in ref ? [ref.id] : []));
  const names = refs.flatMap((ref, at) => ('openLineage' in ref ? [{ at, name: ref.openLineage }] : []));
  if (names.length > 0) {
    const uids = await context.graph.resolve(
      names.map(({ name }) => name),
      'dataset',
      n,
    );
    for (const [index, { at }] of names.entries()) found[at] = listOf(uids[index]);
  }
  const natives = refs.flatMap((ref, at) => ('native' in ref ? [{ at, ...ref.native }] : []));
  for (const [source, wanted] of Map.groupBy(natives, (native) => native.source)) {
    const uids = await context.graph.byNative(
      source,
      wanted.map(({ id }) => id),
      n,
    );
    for (const [index, { at }] of wanted.entries()) found[at] = listOf(uids[index]);
  }
  for (const [at, ref] of refs.entries()) if ('text' in ref) found[at] = await findByText(context, ref.text, n);

  const views = await readDatasets(
    context,
    found.map((uids) => (uids.length === 1 ? (uids[0] ?? '') : '')),
    n,
  );
  return found.map((uids, at): DatasetLookup => {
    if (uids.length > 1) return { status: 'AMBIGUOUS', dataset: null };
    const dataset = views[at] ?? null;
    return dataset === null ? { status: 'NOT_FOUND', dataset } : { status: 'FOUND', dataset };
  });
}

function listOf(uid: Uid | null | undefined): readonly Uid[] {
  return uid === null || uid === undefined ? [] : [uid];
}

/** A dataset as people type it: its whole name first, then a name that ends in it; in the same case first. */
async function findByText(context: QueryContext, text: string, n: number): Promise<readonly Uid[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  const hits = new Map<Uid, EntityRecord>();
  const exact = await context.graph.list({ kind: 'dataset', namePrefix: wanted }, n, { first: textHits });
  const searched = await context.graph.search(wanted, { kind: 'dataset' }, n, { first: textHits });
  for (const record of [...exact.items, ...searched.items]) hits.set(record.uid, record);
  const records = [...hits.values()];
  const views = await readDatasets(
    context,
    records.map(({ uid }) => uid),
    n,
  );
  const visible = views.filter((view) => view !== null);
  const lower = wanted.toLowerCase();
  const tries: ((view: DatasetView) => boolean)[] = [
    (view) => view.name === wanted || `${view.namespace}/${view.name}` === wanted,
    (view) => endsIn(view.name, wanted),
    (view) => view.name.toLowerCase() === lower || `${view.namespace}/${view.name}`.toLowerCase() === lower,
    (view) => endsIn(view.name.toLowerCase(), lower),
  ];
  for (const fits of tries) {
    const fitting = visible.filter(fits);
    if (fitting.length > 0) return fitting.map(({ uid }) => uid);
  }
  return [];
}

function endsIn(name: string, part: string): boolean {
  return name.endsWith(`.${part}`) || name.endsWith(`/${part}`);
}
