import type { QualifiedName, Uid } from '../model/ids.ts';
import { partitionName } from '../model/partition-name.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { readDatasets } from './datasets.ts';
import { isVisible } from './entities.ts';
import type { DatasetLookup, DatasetRef } from './query.ts';

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
    const uids = await resolveDatasets(
      context,
      names.map(({ name }) => name),
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
  const texts = refs.flatMap((ref, at) => ('text' in ref ? [{ at, text: ref.text }] : []));
  await Promise.all(texts.map(async ({ at, text }) => (found[at] = await findByText(context, text, n))));

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

/** By name; a name that nothing has may be that of a partition, which is kept as a digest only. */
async function resolveDatasets(
  { graph }: QueryContext,
  names: readonly QualifiedName[],
  n: number,
): Promise<readonly (Uid | null)[]> {
  const uids = await graph.resolve(names, 'dataset', n);
  if (!uids.includes(null)) return uids;
  const parts = await graph.resolve(
    names.map((name) => partitionName(name)),
    'dataset',
    n,
  );
  return uids.map((uid, i) => uid ?? parts[i] ?? null);
}

function listOf(uid: Uid | null | undefined): readonly Uid[] {
  return uid === null || uid === undefined ? [] : [uid];
}

/**
 * Datasets that a text means, as people type it: with the namespace in front, the whole name, a name that ends in it; each in
 * the same case first. The first way that fits decides; what fits in several places is ambiguous.
 */
async function findByText(context: QueryContext, text: string, n: number): Promise<readonly Uid[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  const qualified = await findQualified(context, wanted, n);
  if (qualified.length > 0) return qualified;
  const searched = await context.graph.search(wanted, { kind: 'dataset' }, n, { first: textHits });
  const found = fitting(context, searched.items, wanted);
  if (found.length > 0) return found;
  // A name without a word in it is not found by words.
  const listed = await context.graph.list({ kind: 'dataset', namePrefix: wanted }, n, { first: textHits });
  return fitting(context, listed.items, wanted);
}

/** `postgres://db:5432/shop.public.orders`: the namespace ends at one of the slashes. */
async function findQualified(context: QueryContext, text: string, n: number): Promise<readonly Uid[]> {
  const slashes = [...text.matchAll(/\//gu)].map(({ index }) => index).slice(0, 20);
  if (slashes.length === 0) return [];
  const names = slashes.map((at) => ({ namespace: text.slice(0, at), name: text.slice(at + 1) }));
  const uids = (await resolveDatasets(context, names, n)).filter((uid) => uid !== null);
  return [...new Set(uids)];
}

function fitting(context: QueryContext, records: readonly EntityRecord[], wanted: string): readonly Uid[] {
  const visible = records.filter((record) => isVisible(context, record));
  const lower = wanted.toLowerCase();
  const tries: ((name: string) => boolean)[] = [
    (name) => name === wanted,
    (name) => endsIn(name, wanted),
    (name) => name.toLowerCase() === lower,
    (name) => endsIn(name.toLowerCase(), lower),
  ];
  for (const fits of tries) {
    const found = visible.filter(({ name }) => fits(name));
    if (found.length > 0) return found.map(({ uid }) => uid);
  }
  return [];
}

function endsIn(name: string, part: string): boolean {
  return name.endsWith(`.${part}`) || name.endsWith(`/${part}`);
}
