import { readArrivedClasses } from '../stores/graph/origin-classes.ts';
import { effectiveField } from '../model/effective.ts';
import { saidFacets, shownFacet, type DatasetFacets, type FieldFacets, type JobFacets } from '../model/facets.ts';
import type { QualifiedName, Uid } from '../model/ids.ts';
import { isReadable } from '../stores/graph/retention-floor.ts';
import { everyPage } from '../stores/every-page.ts';
import type { EdgeRecord, EntityRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { EmittedDataset, EmittedEdge, EmittedJob } from './events.ts';

/** What others are told of. */
const telling = ['doc', 'fact', 'verdict', 'derived'] as const;

/** Datasets and jobs about which something differs between two revisions; all of them, where the first is no longer kept. */
export async function changedThings(
  graph: Pick<GraphStore, 'changes' | 'get' | 'head' | 'list'>,
  from: number,
  to: number,
): Promise<{ readonly datasets: readonly Uid[]; readonly jobs: readonly Uid[] }> {
  const datasets = new Set<Uid>();
  const jobs = new Set<Uid>();
  const sort = (entity: EntityRecord | null): void => {
    if (entity?.kind === 'job') jobs.add(entity.uid);
    if (entity?.kind === 'dataset') datasets.add(entity.uid);
    if (entity?.kind === 'field' && entity.parent !== null) datasets.add(entity.parent);
  };
  if (from === 0 || !isReadable(await graph.head(), from)) {
    for (const kind of ['dataset', 'job'] as const)
      for await (const entity of everyPage((page) => graph.list({ kind }, to, page), 1000)) sort(entity);
  } else {
    const touched = new Set<Uid>();
    for await (const { uid } of everyPage((page) => graph.changes(from, to, page, telling), 5000)) touched.add(uid);
    for (const entity of await inBatches([...touched], (batch) => graph.get(batch, to))) sort(entity);
  }
  return { datasets: [...datasets].sort(), jobs: [...jobs].sort() };
}

/** Datasets with their fields and what is judged of them; `gone`: no source describes them any more. */
export async function describeDatasets(
  graph: Pick<GraphStore, 'get' | 'fieldsOf' | 'verdicts' | 'derived'>,
  uids: readonly Uid[],
  n: number,
  /** Coarse classes of a category alone, and whether HIPAA is said not to bind the holder of sources. */
  by: Parameters<typeof readArrivedClasses>[3],
): Promise<{ readonly alive: readonly EmittedDataset[]; readonly gone: readonly QualifiedName[] }> {
  const found = (await graph.get(uids, n)).filter((one) => one !== null);
  const alive = found.filter(({ assertions }) => assertions.length > 0);
  const fields = await graph.fieldsOf(
    alive.map(({ uid }) => uid),
    n,
  );
  const all = fields.flat().map(({ uid }) => uid);
  const [verdicts, derived] = await Promise.all([graph.verdicts(all, n), graph.derived(all, n)]);
  const classesOf = await readArrivedClasses(graph, n, derived, by);
  const verdictsOf = Map.groupBy(verdicts, ({ field }) => field);
  const derivedOf = Map.groupBy(derived, ({ field }) => field);
  return {
    alive: alive.map((dataset, i) => ({
      namespace: dataset.namespace,
      name: dataset.name,
      kind: shownFacet<DatasetFacets, 'core'>(dataset, 'core')?.kind ?? 'table',
      description: shownFacet<DatasetFacets, 'description'>(dataset, 'description') ?? null,
      owners: shownFacet<DatasetFacets, 'owners'>(dataset, 'owners') ?? [],
      fields: (fields[i] ?? [])
        .map((field) => ({ field, core: shownFacet<FieldFacets, 'core'>(field, 'core') }))
        .sort((a, b) => (a.core?.ordinal ?? 0) - (b.core?.ordinal ?? 0))
        .map(({ field, core }) => ({
          path: field.path ?? [],
          type: core?.type ?? null,
          description: shownFacet<FieldFacets, 'description'>(field, 'description') ?? null,
          effective: effectiveField(verdictsOf.get(field.uid) ?? [], derivedOf.get(field.uid) ?? [], classesOf),
        })),
    })),
    gone: found
      .filter(({ kind, assertions }) => kind === 'dataset' && assertions.length === 0)
      .map(({ namespace, name }) => ({ namespace, name })),
  };
}

/** Jobs with the edges that go through them. Jobs that no source describes any more are left out. */
export async function describeJobs(
  graph: Pick<GraphStore, 'get' | 'fieldsOf' | 'edges'>,
  uids: readonly Uid[],
  n: number,
): Promise<readonly EmittedJob[]> {
  const jobs = (await graph.get(uids, n)).filter((one) => one !== null && one.assertions.length > 0) as EntityRecord[];
  const io = new Map(jobs.map((job) => [job.uid, ioOf(job)]));
  const outputs = [...new Set([...io.values()].flatMap((one) => one.outputs))];
  const edges = await edgesInto(graph, outputs, n);
  const byJob = Map.groupBy(edges, ({ job }) => job);
  const named = new Set<Uid>([...io.values()].flatMap((one) => [...one.inputs, ...one.outputs]));
  for (const { uid } of jobs)
    for (const { from, to } of byJob.get(uid) ?? []) {
      named.add(from);
      named.add(to);
    }
  const entities = await entitiesOf(graph, [...named], n);
  return jobs.map((job) => {
    const core = shownFacet<JobFacets, 'core'>(job, 'core');
    const datasets = (list: readonly Uid[]): QualifiedName[] =>
      list.flatMap((uid) => {
        const found = entities.get(uid);
        return found === undefined ? [] : [{ namespace: found.namespace, name: found.name }];
      });
    return {
      uid: job.uid,
      namespace: job.namespace,
      name: job.name,
      kind: core?.kind ?? 'process',
      platform: core?.platform ?? 'unknown',
      description: shownFacet<JobFacets, 'description'>(job, 'description') ?? null,
      inputs: datasets(io.get(job.uid)?.inputs ?? []),
      outputs: datasets(io.get(job.uid)?.outputs ?? []),
      edges: (byJob.get(job.uid) ?? []).flatMap((edge) => emittedEdge(edge, entities)),
    };
  });
}

function ioOf(job: EntityRecord): { readonly inputs: readonly Uid[]; readonly outputs: readonly Uid[] } {
  const said = saidFacets<JobFacets, 'io'>(job, 'io');
  const all = (of: 'inputs' | 'outputs'): readonly Uid[] => [...new Set(said.flatMap((io) => io[of]))];
  return { inputs: all('inputs'), outputs: all('outputs') };
}

async function edgesInto(
  graph: Pick<GraphStore, 'fieldsOf' | 'edges'>,
  datasets: readonly Uid[],
  n: number,
): Promise<readonly EdgeRecord[]> {
  const fields = (await inBatches(datasets, (batch) => graph.fieldsOf(batch, n))).flat();
  return inBatches([...datasets, ...fields.map(({ uid }) => uid)], async (ends) => {
    const found: EdgeRecord[] = [];
    for await (const edge of everyPage((page) => graph.edges(ends, 'upstream', undefined, n, page), 5000))
      found.push(edge);
    return found;
  });
}

async function entitiesOf(
  graph: Pick<GraphStore, 'get'>,
  uids: readonly Uid[],
  n: number,
): Promise<ReadonlyMap<Uid, EntityRecord>> {
  const found = new Map<Uid, EntityRecord>();
  for (const entity of await inBatches(uids, (batch) => graph.get(batch, n)))
    if (entity !== null) found.set(entity.uid, entity);
  return found;
}

function emittedEdge(edge: EdgeRecord, entities: ReadonlyMap<Uid, EntityRecord>): readonly EmittedEdge[] {
  const [from, to] = [entities.get(edge.from), entities.get(edge.to)];
  if (from === undefined || to === undefined) return [];
  const end = ({ namespace, name, path }: EntityRecord) => ({ namespace, name, field: path });
  return [{ from: end(from), to: end(to), kind: edge.kind, fn: edge.fn, masking: edge.masking }];
}
