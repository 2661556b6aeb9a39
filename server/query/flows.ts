import { directKinds, type DirectKind } from '../model/edge.ts';
import type { Uid } from '../model/ids.ts';
import type { Effect } from '../model/treatment.ts';
import { byEnds } from '../stores/graph/edge-order.ts';
import type { Direction, EdgeRecord, EntityRecord } from '../stores/graph/graph-store.ts';
import { seesEverything } from '../access/viewer.ts';
import type { QueryContext } from './context.ts';
import { inBatches } from '../stores/in-batches.ts';
import { isVisible, readRecords } from './entities.ts';
import { jobView } from './entity-views.ts';
import { eachPage } from './paging.ts';

/** One job carries something from one dataset to another, whether or not its columns could be told. */
export interface DatasetFlow {
  readonly from: Uid;
  readonly to: Uid;
  readonly job: Uid | null;
}

/** A value that goes from one field to another. An end that the viewer may not see is null. */
export interface FieldFlow {
  readonly from: Uid | null;
  readonly fromDataset: Uid | null;
  readonly to: Uid | null;
  readonly toDataset: Uid | null;
  readonly kind: DirectKind;
  readonly fn: string;
  readonly effect: Effect;
  readonly masking: boolean;
  /** The name of the job that does it; null where the source names none. */
  readonly job: string | null;
  readonly source: string;
}

/** A report, dashboard or application outside, and the datasets that it reads. */
export interface ExposureView {
  readonly uid: Uid;
  readonly name: string;
  readonly namespace: string;
  readonly description: string | null;
  readonly owners: readonly string[];
  readonly inputs: readonly Uid[];
}

/** Every flow between datasets that the viewer may see, each pair and job once, in pages. */
export async function* readDatasetFlows(context: QueryContext, n: number): AsyncGenerator<readonly DatasetFlow[]> {
  const seen = new Set<string>();
  for await (const edges of eachPage((page) => context.graph.scan('edges', n, page), 5000)) {
    const between = edges.filter(({ kind, from, to }) => kind === 'DATASET' && from !== to);
    const visible = await visibleDatasets(
      context,
      between.flatMap(({ from, to }) => [from, to]),
      n,
    );
    yield between.flatMap(({ from, to, job }) => {
      const key = `${from} ${to} ${job ?? ''}`;
      if (seen.has(key) || !visible.has(from) || !visible.has(to)) return [];
      seen.add(key);
      return [{ from, to, job }];
    });
  }
}

async function visibleDatasets(context: QueryContext, uids: readonly Uid[], n: number): Promise<ReadonlySet<Uid>> {
  if (seesEverything(context.scope)) return new Set(uids);
  const records = await readRecords(context, uids, n);
  return new Set([...records.values()].filter((record) => isVisible(context, record)).map(({ uid }) => uid));
}

/** The direct flows that leave or enter the given fields, by their ends and what they claim. */
export async function readFieldFlows(
  context: QueryContext,
  fields: readonly Uid[],
  direction: Direction,
  n: number,
): Promise<readonly FieldFlow[]> {
  const edges = await inBatches(fields, async (batch) => {
    const all: EdgeRecord[] = [];
    for await (const items of eachPage((page) => context.graph.edges(batch, direction, directKinds, n, page), 5000))
      all.push(...items);
    return all.sort(byEnds);
  });
  const ends = await readRecords(
    context,
    edges.flatMap(({ from, to }) => [from, to]),
    n,
  );
  const parents = await readRecords(
    context,
    [...ends.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  const jobs = await readRecords(
    context,
    edges.flatMap(({ job }) => (job === null ? [] : [job])),
    n,
  );
  const shown = (uid: Uid): EntityRecord | null => {
    const dataset = parents.get(ends.get(uid)?.parent ?? '');
    return dataset !== undefined && isVisible(context, dataset) ? dataset : null;
  };
  const nameOf = (uid: Uid | null): string | null => {
    const job = uid === null ? undefined : jobs.get(uid);
    return job === undefined || !isVisible(context, job) ? null : job.name;
  };
  return edges.map(({ from, to, kind, fn, effect, masking, job, source }) => {
    const [origin, target] = [shown(from), shown(to)];
    return {
      from: origin === null ? null : from,
      fromDataset: origin?.uid ?? null,
      to: target === null ? null : to,
      toDataset: target?.uid ?? null,
      kind: kind as DirectKind,
      fn,
      effect,
      masking,
      job: nameOf(job),
      source,
    };
  });
}

/** Everything outside that reads what the viewer may see, in the order of names. */
export async function readExposureViews(context: QueryContext, n: number): Promise<readonly ExposureView[]> {
  const exposures = await context.exposures(n);
  const records = await readRecords(
    context,
    exposures.map(({ uid }) => uid),
    n,
  );
  const views = exposures.flatMap(({ uid, inputs }): readonly ExposureView[] => {
    const record = records.get(uid);
    if (record === undefined || !isVisible(context, record)) return [];
    const { name, namespace, description, owners } = jobView(record);
    return [{ uid, name, namespace, description, owners, inputs }];
  });
  return views.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
