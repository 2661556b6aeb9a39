import { datasetUid, type QualifiedName } from '../model/ids.ts';
import type { JobDocument } from '../model/document.ts';
import type { Gap } from '../model/provenance.ts';
import type { StatementRecord } from '../stores/graph/graph-store.ts';
import { sortedJson } from './canonical.ts';
import { createEdgeSet, type EdgeSet } from './edge-set.ts';
import { commonFacets } from './name-dataset.ts';
import { nameKey, type NamedJob } from './named-document.ts';
import type { Names } from './names.ts';

/** What the SQL of a job adds to what its source states. */
export interface JobSql {
  readonly inputs: readonly QualifiedName[];
  readonly outputs: readonly QualifiedName[];
  readonly addEdges: (edges: EdgeSet) => void;
  readonly records: readonly StatementRecord[];
  readonly statements: readonly { readonly id: string; readonly parseStatus: 'full' | 'tables' | 'failed' }[];
  /** Complete once the edges were added. */
  readonly gaps: () => readonly Gap[];
}

/** A job's inputs times its outputs are DATASET edges; beyond this many the source is listing, not stating. */
const maxDatasetEdges = 100_000;

/** Puts a job under its joined name, with the edges that its source states and those of its SQL, in canonical order. */
export function nameJob(document: JobDocument, names: Names, sql: JobSql | null): NamedJob {
  const { namespace, name } = names.job(document);
  const edges = createEdgeSet();
  const gaps: Gap[] = [];
  const inputs = document.inputs.map((input) => names.dataset(input));
  const outputs = document.outputs.map((output) => names.dataset(output));

  const sqlTellsAll =
    sql !== null && sql.statements.length > 0 && sql.statements.every(({ parseStatus }) => parseStatus === 'full');
  for (const edge of document.edges ?? []) {
    if (edge.weak === true && sqlTellsAll) continue;
    edges.add(
      { dataset: names.dataset(edge.from.dataset), field: edge.from.field },
      { dataset: names.dataset(edge.to.dataset), field: edge.to.field },
      edge.kind,
      {
        fn: edge.fn ?? '',
        effect: edge.effect ?? (edge.fn === undefined || edge.fn === '' ? 'keep' : 'unknown'),
        masking: edge.masking ?? false,
        statement: null,
        confidence: edge.confidence ?? 1,
      },
    );
  }
  const pairs = document.flows === 'stated' ? 0 : inputs.length * outputs.length;
  if (pairs > maxDatasetEdges) gaps.push(tooManyEdges(document));
  else if (pairs > 0) addDatasetEdges(edges, inputs, outputs);
  if (sql !== null) {
    sql.addEdges(edges);
    gaps.push(...sql.gaps());
  }

  const facets = {
    ...document.facets,
    core: { kind: document.kind, platform: document.platform },
    ...commonFacets(document),
    io: { inputs: uidsOf([...inputs, ...(sql?.inputs ?? [])]), outputs: uidsOf([...outputs, ...(sql?.outputs ?? [])]) },
    ...(sql === null && gaps.length === 0 ? {} : { sql: { statements: sql?.statements ?? [], gaps } }),
  };
  return {
    kind: 'job',
    namespace,
    name,
    facets: sortedJson(facets) as NamedJob['facets'],
    ...edges.list(),
    statements: uniqueRecords(sql?.records ?? []),
  };
}

/** The job reads each input and writes each output, whether or not its columns can be told. */
export function addDatasetEdges(
  edges: EdgeSet,
  inputs: readonly QualifiedName[],
  outputs: readonly QualifiedName[],
  statement: string | null = null,
): void {
  for (const from of inputs)
    for (const to of outputs)
      edges.add({ dataset: from, field: null }, { dataset: to, field: null }, 'DATASET', {
        fn: '',
        effect: 'unknown',
        masking: false,
        statement,
        confidence: 1,
      });
}

function uidsOf(names: readonly QualifiedName[]): readonly string[] {
  const unique = new Map(names.map((name) => [nameKey(name), name]));
  return [...unique.values()].map((name) => datasetUid(name)).sort();
}

function uniqueRecords(records: readonly StatementRecord[]): readonly StatementRecord[] {
  const unique = new Map(records.map(({ id, dialect, normalised }) => [id, { id, dialect, normalised }]));
  return [...unique.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function tooManyEdges(document: JobDocument): Gap {
  return {
    what: document.name,
    reason: 'unsupported',
    detail: `${document.inputs.length} inputs times ${document.outputs.length} outputs: no edges between them were made`,
    remedy: 'let the source give column lineage or the SQL of the job, or split the job',
  };
}
