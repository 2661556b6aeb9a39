import type { DerivedClassification, Verdict } from '../../../server/model/classification.ts';
import type { LineageEdge } from '../../../server/model/edge.ts';
import { datasetUid, fieldUid, jobUid, type QualifiedName, type Uid } from '../../../server/model/ids.ts';
import { digestOf, type Json } from '../../../server/model/json.ts';
import type { Change, GraphDocument, GraphStore, Revision, RunInfo } from '../../../server/stores/graph/graph-store.ts';

/** Identity of a field, its path as dotted text without dots inside. */
export const field = (dataset: QualifiedName, path: string): Uid => fieldUid(dataset, path.split('.'));

interface Column {
  readonly path: string;
  readonly type?: string;
  readonly facets?: Readonly<Record<string, Json>>;
}

/** A dataset with its columns, as ingest would hand it to the store. */
export function datasetDocument(
  name: QualifiedName,
  columns: readonly Column[],
  facets: Readonly<Record<string, Json>> = {},
  platform = 'postgres',
): GraphDocument {
  const uid = datasetUid(name);
  const entities = [
    {
      uid,
      kind: 'dataset' as const,
      parent: null,
      ...name,
      path: null,
      facets: { core: { kind: 'table', platform }, ...facets },
    },
    ...columns.map(({ path, type = 'text', facets: own = {} }, ordinal) => ({
      uid: field(name, path),
      kind: 'field' as const,
      parent: uid,
      ...name,
      path: path.split('.'),
      facets: { core: { type, ordinal }, ...own },
    })),
  ];
  return { uid, kind: 'dataset', digest: digestOf(entities), entities, edges: [], aliases: [], statements: [] };
}

/** A job with its edges and what became of its statements. */
export function jobDocument(
  name: QualifiedName,
  edges: readonly LineageEdge[],
  facets: Readonly<Record<string, Json>>,
  texts: Readonly<Record<string, string>> = {},
): GraphDocument {
  const uid = jobUid(name);
  const statements = Object.entries(texts).map(([id, normalised]) => ({ id, dialect: 'postgres', normalised }));
  const entities = [{ uid, kind: 'job' as const, parent: null, ...name, path: null, facets }];
  return { uid, kind: 'job', digest: digestOf([entities, edges]), entities, edges, aliases: [], statements };
}

export function edge(from: Uid, to: Uid, over: Partial<LineageEdge> = {}): LineageEdge {
  return {
    from,
    to,
    kind: 'IDENTITY',
    job: null,
    fn: '',
    effect: 'keep',
    masking: false,
    statement: null,
    confidence: 1,
    ...over,
  };
}

export function verdict(uid: Uid, category: string, over: Partial<Verdict> = {}): Verdict {
  return {
    field: uid,
    decider: 'detector',
    by: 'detectors@3',
    category,
    state: 'proposed',
    classes: category === 'none' ? [] : ['PII'],
    fine: [],
    confidence: 0.97,
    derived: null,
    evidence: [{ signal: 'name', detail: 'the name says so', weight: 2 }],
    citations: [],
    key: digestOf([uid, category]),
    at: '2026-11-20T22:10:00.000Z',
    ...over,
  };
}

export function derived(
  uid: Uid,
  category: string,
  over: Pick<DerivedClassification, 'rank' | 'via'> & Partial<DerivedClassification>,
): DerivedClassification {
  return { field: uid, category, treatment: 'clear', rules: 'functions@3', ...over };
}

/** Publishes one revision with the given changes. */
export async function publish(
  graph: GraphStore,
  run: string,
  changes: readonly Change[],
  by: Omit<RunInfo, 'run'> = { cause: `sync ${run}`, actor: { kind: 'process', id: 'test' } },
): Promise<Revision> {
  const lease = await graph.lease('test', 60_000);
  if (lease === null) throw new Error('the write lease is taken');
  const open = await graph.open(lease, { run, ...by });
  await graph.apply(open, changes);
  const revision = await graph.publish(open, []);
  await graph.release(lease);
  return revision;
}
