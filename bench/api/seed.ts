import { datasetUid, fieldUid, jobUid, type QualifiedName } from '../../server/model/ids.ts';
import type { DerivedClassification, Verdict } from '../../server/model/classification.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import type { Change, GraphDocument, GraphStore } from '../../server/stores/graph/graph-store.ts';
import { numbers } from '../graph/warehouse.ts';

export const columnsPerTable = 20;
const layers = 12;

export function tableName(i: number): QualifiedName {
  return { namespace: 'postgres://warehouse.example.com:5432', name: `dw.layer_${i % layers}.table_${i}` };
}

const columnOf = (table: number, c: number) => fieldUid(tableName(table), [`column_${c}`]);

/** Writes a warehouse straight into the graph: tables, column edges, a verdict a column, derived rows along the edges. */
export async function seedWarehouse(graph: GraphStore, tables: number): Promise<void> {
  await graph.putSource({ name: 'warehouse', connector: 'generated', mode: 'snapshot', precedence: 1, managed: true });
  const lease = await graph.lease('bench', 3_600_000);
  if (lease === null) throw new Error('the write lease is taken');
  const open = await graph.open(lease, { run: 'seed', cause: 'seed', actor: { kind: 'process', id: 'bench' } });
  // Tables first: what edges and derived rows point at must have been named.
  for (const changesOf of [tableChanges, claimChanges]) {
    let batch: Change[] = [];
    for (let table = 0; table < tables; table++) {
      batch.push(...changesOf(table, tables));
      if (batch.length < 5000) continue;
      await graph.apply(open, batch);
      batch = [];
    }
    await graph.apply(open, batch);
  }
  await graph.publish(open, []);
  await graph.release(lease);
}

const assert = (document: GraphDocument): Change => ({ type: 'assert', source: 'warehouse', scope: 'dw', document });

function tableChanges(table: number): readonly Change[] {
  return [assert(tableDocument(table))];
}

function* claimChanges(table: number, tables: number): Generator<Change> {
  const random = numbers(table + 1);
  const upper =
    table % layers === 0 ? null : Math.floor(random() * Math.floor(tables / layers)) * layers + (table % layers) - 1;
  if (upper !== null) yield assert(loadDocument(upper, table));
  for (let c = 0; c < columnsPerTable; c++) {
    const sensitive = c < 4;
    yield { type: 'verdict', verdict: verdictOf(table, c, sensitive && table % 3 === 0) };
    if (sensitive && upper !== null && upper % 3 === 0 && table % 3 !== 0)
      yield { type: 'derived', row: derivedRow(table, upper, c) };
  }
}

function derivedRow(table: number, upper: number, c: number): DerivedClassification {
  return {
    field: columnOf(table, c),
    category: 'user.contact.email',
    treatment: c === 3 ? 'hashed' : 'clear',
    rank: 1,
    via: { field: columnOf(upper, c), treatment: 'clear' },
    rules: 'functions@1',
  };
}

function tableDocument(table: number): GraphDocument {
  const name = tableName(table);
  const uid = datasetUid(name);
  const facets = (more: Readonly<Record<string, Json>>) => more;
  return {
    uid,
    kind: 'dataset',
    digest: digestOf(name),
    entities: [
      {
        uid,
        kind: 'dataset',
        parent: null,
        ...name,
        path: null,
        facets: facets({ core: { kind: 'table', platform: 'postgres' } }),
      },
      ...Array.from({ length: columnsPerTable }, (_, c) => ({
        uid: columnOf(table, c),
        kind: 'field' as const,
        parent: uid,
        ...name,
        path: [`column_${c}`],
        facets: facets({ core: { type: 'text', ordinal: c } }),
      })),
    ],
    edges: [],
    aliases: [],
    statements: [],
  };
}

function loadDocument(upper: number, table: number): GraphDocument {
  const name = { namespace: 'warehouse', name: `load_${table}` };
  const uid = jobUid(name);
  const edge = { job: uid, fn: '', effect: 'keep', masking: false, statement: null, confidence: 1 } as const;
  const facets: Readonly<Record<string, Json>> = {
    core: { kind: 'process', platform: 'postgres' },
    io: { inputs: [datasetUid(tableName(upper))], outputs: [datasetUid(tableName(table))] },
  };
  return {
    uid,
    kind: 'job',
    digest: digestOf(name),
    entities: [{ uid, kind: 'job', parent: null, ...name, path: null, facets }],
    edges: [
      {
        ...edge,
        from: datasetUid(tableName(upper)),
        to: datasetUid(tableName(table)),
        kind: 'DATASET',
        effect: 'unknown',
      },
      ...Array.from({ length: columnsPerTable }, (_, c) => ({
        ...edge,
        from: columnOf(upper, c),
        to: columnOf(table, c),
        kind: 'IDENTITY' as const,
      })),
    ],
    aliases: [],
    statements: [],
  };
}

/** As wide as a real one: two or three signals, alternatives, a key. */
function verdictOf(table: number, c: number, sensitive: boolean): Verdict {
  return {
    field: columnOf(table, c),
    decider: 'detector',
    by: 'detectors@1',
    category: sensitive ? 'user.contact.email' : 'none',
    state: c === 9 ? 'abstained' : 'proposed',
    classes: sensitive ? ['PII'] : [],
    fine: sensitive ? ['email'] : [],
    confidence: 0.9,
    derived: null,
    evidence: [
      { signal: 'name', detail: 'the column is named like an e-mail address', weight: 2.5 },
      { signal: 'type', detail: 'text fits', weight: 0.3 },
      { signal: 'neighbours', detail: 'stands beside a name and a phone number', weight: 0.8 },
    ],
    citations: [],
    alternatives: [{ category: 'user.username', confidence: 0.1, rejectedBecause: 'the name says more' }],
    key: digestOf([table, c]),
    at: '2026-11-20T22:10:00.000Z',
  };
}
