import type { SourceConnection } from '../../connectors/connector.ts';
import type { DatasetDocument, JobDocument } from '../../server/model/document.ts';
import type { ConfiguredSource } from '../../server/sync/source.ts';

/** How large the generated warehouse is. */
export interface WarehouseSize {
  readonly tables: number;
  readonly columns: number;
  /** Column edges of each job; every table but the first layer is loaded by one job. */
  readonly edgesPerJob: number;
}

const namespace = 'postgres://warehouse.example.com:5432';
const layers = 12;

/** A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function tableName(i: number): { readonly namespace: string; readonly name: string } {
  return { namespace, name: `dw.layer_${i % layers}.table_${i}` };
}

export function tableDocument(i: number, size: WarehouseSize): DatasetDocument {
  return {
    type: 'dataset',
    ...tableName(i),
    kind: 'table',
    platform: 'postgres',
    fields: Array.from({ length: size.columns }, (_, c) => ({ path: [`column_${c}`], type: 'text', ordinal: c + 1 })),
  };
}

/** Loads table `i` from three tables of the layer before: mostly near ones, now and then a hub. */
export function jobDocument(i: number, size: WarehouseSize): JobDocument {
  const random = numbers(i);
  const upper = (i % layers) - 1;
  const perLayer = Math.floor(size.tables / layers);
  const inputs = Array.from({ length: 3 }, () => {
    const skew = random() < 0.1 ? random() * 0.02 : random();
    return tableName(Math.floor(skew * perLayer) * layers + upper);
  });
  return {
    type: 'job',
    namespace,
    name: `load_${i}`,
    kind: 'process',
    platform: 'postgres',
    inputs,
    outputs: [tableName(i)],
    edges: Array.from({ length: size.edgesPerJob }, (_, e) => ({
      from: { dataset: inputs[e % 3] ?? tableName(0), field: [`column_${Math.floor(random() * size.columns)}`] },
      to: { dataset: tableName(i), field: [`column_${e % size.columns}`] },
      kind: 'IDENTITY' as const,
    })),
  };
}

export function hasJob(i: number): boolean {
  return i % layers !== 0;
}

/** The warehouse as a source: documents only, no SQL. */
export function warehouseSource(size: WarehouseSize): ConfiguredSource {
  return {
    name: 'warehouse',
    connectorName: 'generated',
    capabilities: { mode: 'snapshot', incremental: false, profile: [], accept: false, write: false },
    profile: 'none',
    applies: {},
    precedence: 1,
    connection: (): SourceConnection => ({
      check: async () => ({ system: 'generated', gaps: [], notes: [] }),
      async *read() {
        yield { type: 'scopes', scopes: ['dw'] };
        yield { type: 'scope-begin', scope: 'dw' };
        for (let i = 0; i < size.tables; i++) {
          yield { type: 'document', scope: 'dw', document: tableDocument(i, size) };
          if (hasJob(i)) yield { type: 'document', scope: 'dw', document: jobDocument(i, size) };
          if (i % 500 === 499) yield { type: 'checkpoint', cursor: i + 1 };
        }
        yield { type: 'scope-complete', scope: 'dw' };
      },
      close: async () => {},
    }),
  };
}
