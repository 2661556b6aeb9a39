import { groupsOf, type QueuedField, type ReviewGroup } from '../classify/review.ts';
import type { Uid } from '../model/ids.ts';
import { everyBatch } from '../stores/every-batch.ts';
import { everyPage } from '../stores/every-page.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { isReadable } from '../stores/graph/retention-floor.ts';
import { inBatches } from '../stores/in-batches.ts';
import { everyEntry, readWaiting, type WaitingFields } from './read-waiting.ts';

/** Whose datasets are looked at: all, or those that at least one of these sources asserts. */
export type SeenSources = 'all' | readonly string[];

/** What waits for people, at the newest revision that was asked for, kept up to date by what changed since. */
export interface QueueIndex {
  /** The groups that a viewer of these sources sees, those first that settle most fields. */
  groups(n: number, seen?: SeenSources): Promise<readonly ReviewGroup[]>;
}

/** Beyond so many changed rows everything is read anew: that costs less than looking at each change. */
const mostChanges = 50_000;
/** Orders kept for viewers of different sources. */
const mostViews = 64;
/** Datasets read at a time. */
const batchSize = 500;

interface Snapshot {
  readonly n: number;
  readonly datasets: ReadonlyMap<Uid, WaitingFields>;
  readonly views: Map<string, readonly ReviewGroup[]>;
}

/**
 * Reads every field once, and then only the datasets that a revision changed. Holds in memory the fields that wait or were
 * decided, not the others. Requests at the same time share one reading.
 */
export function createQueueIndex(graph: GraphStore): QueueIndex {
  let newest: Promise<Snapshot> | null = null;
  const snapshotAt = async (n: number): Promise<Snapshot> => {
    const before = newest;
    const known = before === null ? null : await before.catch(() => null);
    if (known?.n === n) return known;
    // Another request may have begun the same reading meanwhile.
    if (newest !== before && newest !== null) return snapshotAt(n);
    const reading = known === null || known.n > n ? readAll(graph, n) : readOn(graph, known, n);
    newest = reading;
    try {
      return await reading;
    } catch (error) {
      if (newest === reading) newest = before;
      throw error;
    }
  };
  return {
    async groups(n, seen = 'all') {
      if (n === 0) return [];
      const { datasets, views } = await snapshotAt(n);
      const key = seen === 'all' ? 'all' : JSON.stringify([...seen].sort());
      let groups = views.get(key);
      if (groups === undefined) {
        if (views.size >= mostViews) views.clear();
        groups = groupsOf(fieldsSeen(datasets, seen));
        views.set(key, groups);
      }
      return groups;
    },
  };
}

/** A dataset that no source asserts any more is seen only by those who see everything. */
export function sees(seen: SeenSources, sources: readonly string[]): boolean {
  return seen === 'all' || sources.some((source) => seen.includes(source));
}

function* fieldsSeen(datasets: Snapshot['datasets'], seen: SeenSources): Iterable<QueuedField> {
  for (const { sources, fields } of datasets.values()) if (sees(seen, sources)) yield* fields;
}

async function readAll(graph: GraphStore, n: number): Promise<Snapshot> {
  const datasets = new Map<Uid, WaitingFields>();
  const entries = await everyEntry(graph, n);
  const all = everyPage((page) => graph.list({ kind: 'dataset' }, n, page), 1000);
  for await (const batch of everyBatch(all, batchSize)) {
    const uids = batch.map(({ uid }) => uid);
    for (const one of await readWaiting(graph, n, uids, entries)) datasets.set(one.dataset, one);
  }
  return { n, datasets, views: new Map() };
}

/** What is known at an earlier revision, with the datasets read anew that differ since. */
async function readOn(graph: GraphStore, known: Snapshot, n: number): Promise<Snapshot> {
  const touched = await changedDatasets(graph, known.n, n);
  if (touched === null) return readAll(graph, n);
  const datasets = new Map(known.datasets);
  for (const uid of touched) datasets.delete(uid);
  for (let at = 0; at < touched.length; at += batchSize)
    for (const one of await readWaiting(graph, n, touched.slice(at, at + batchSize))) datasets.set(one.dataset, one);
  return { n, datasets, views: new Map() };
}

const telling = ['fact', 'verdict', 'derived', 'entered'] as const;

/** The datasets whose fields, verdicts or entries differ; null: too many, or no longer to be told. */
async function changedDatasets(graph: GraphStore, from: number, to: number): Promise<readonly Uid[] | null> {
  if (!isReadable(await graph.head(), from)) return null;
  const uids = new Set<Uid>();
  let rows = 0;
  for await (const { uid } of everyPage((page) => graph.changes(from, to, page, telling), 5000)) {
    rows += 1;
    if (rows > mostChanges) return null;
    uids.add(uid);
  }
  const datasets = new Set<Uid>();
  for (const record of await inBatches([...uids], (batch) => graph.get(batch, to))) {
    if (record?.kind === 'dataset') datasets.add(record.uid);
    if (record?.kind === 'field' && record.parent !== null) datasets.add(record.parent);
  }
  return [...datasets];
}
