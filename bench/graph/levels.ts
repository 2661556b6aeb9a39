import { datasetUid, fieldUid, jobUid, type QualifiedName, type Uid } from '../../server/model/ids.ts';
import { digestOf } from '../../server/model/json.ts';
import type { LineageEdge } from '../../server/model/edge.ts';
import type { AssertedEntity, GraphDocument } from '../../server/stores/graph/graph-store.ts';
import { numbers } from './warehouse.ts';

/**
 * A warehouse of thirty levels as documents of the graph: every table but those of the first level is loaded from two tables of
 * the level before, few of which feed very many (skewed fan-out); three columns feed 10,000 each; one table in two hundred feeds
 * back five levels (cycles). The same for the same size and version, whatever the order.
 */
export interface LevelsSize {
  readonly tables: number;
  /** Loads cut, hash, choose and put together; else they all copy. */
  readonly mixed?: boolean;
}

export const levels = 30;
export const columns = 20;
const namespace = 'postgres://warehouse.example.com:5432';
const hubs = 3;

export function named(i: number): QualifiedName {
  return { namespace, name: `dw.level_${i % levels}.table_${i}` };
}

export function columnOf(i: number, column: number): Uid {
  return fieldUid(named(i), [`column_${column}`]);
}

/** Children of a hub: 10,000, or every table of a small warehouse. */
export function hubChildren({ tables }: LevelsSize): number {
  return Math.min(10_000, tables - hubs * levels);
}

/** The table whose first column is hub `h`: of the first level, loaded by nothing. */
export function hubTable(h: number): number {
  return h * levels;
}

export function tableAt(i: number, version: number): GraphDocument {
  const qualified = named(i);
  const uid = datasetUid(qualified);
  const own: AssertedEntity = {
    uid,
    kind: 'dataset',
    parent: null,
    ...qualified,
    path: null,
    facets: { core: { kind: 'table', platform: 'postgres' }, description: `Table number ${i}, state ${version}` },
  };
  const fields = Array.from({ length: columns }, (_, ordinal): AssertedEntity => ({
    uid: columnOf(i, ordinal),
    kind: 'field',
    parent: uid,
    ...qualified,
    path: [`column_${ordinal}`],
    facets: { core: { type: 'text', ordinal } },
  }));
  return withDigest({ uid, kind: 'dataset', entities: [own, ...fields], edges: [], aliases: [], statements: [] });
}

/** What loads table `i`; null for tables of the first level. Another version reads some columns from elsewhere. */
export function jobAt(i: number, size: LevelsSize, version: number): GraphDocument | null {
  const level = i % levels;
  if (level === 0) return null;
  const random = numbers(i * 64 + version);
  const perLevel = Math.floor(size.tables / levels);
  const inputOf = (from: number) => {
    const skew = random() < 0.1 ? random() * 0.02 : random();
    return Math.floor(skew * perLevel) * levels + from;
  };
  const [first, second] = [inputOf(level - 1), inputOf(level - 1)];
  const job = jobUid({ namespace, name: `load_${i}` });
  const { mixed = false } = size;
  const edges: LineageEdge[] = [];
  for (let c = 0; c < columns; c++) {
    edges.push(edge(columnOf(first, c), columnOf(i, c), job, mixed));
    edges.push(edge(columnOf(second, Math.floor(random() * columns)), columnOf(i, c), job, mixed));
  }
  if (i % 200 === 199 && level > 5) edges.push(edge(columnOf(i, 0), columnOf(i - 5, 0), job, mixed));
  return jobDocument(`load_${i}`, edges);
}

/** The job that spreads a hub over its children. */
export function hubJob(h: number, size: LevelsSize): GraphDocument {
  const job = jobUid({ namespace, name: `spread_${h}` });
  const step = Math.max(1, Math.floor((size.tables - hubs * levels) / hubChildren(size)));
  const edges = Array.from({ length: hubChildren(size) }, (_, k) =>
    edge(columnOf(hubTable(h), 0), columnOf(hubs * levels + k * step, h + 1), job, size.mixed ?? false),
  );
  return jobDocument(`spread_${h}`, edges);
}

type Step = Pick<LineageEdge, 'kind' | 'fn' | 'effect' | 'masking'>;

const copied: Step = { kind: 'IDENTITY', fn: '', effect: 'keep', masking: false };

/** What loads do to a column where they do not copy it, each with the share of all edges up to which it is that. */
const steps: readonly (readonly [upTo: number, step: Step])[] = [
  [0.2, { kind: 'TRANSFORMATION', fn: 'COALESCE', effect: 'keep', masking: false }],
  [0.3, { kind: 'TRANSFORMATION', fn: 'CAST', effect: 'keep', masking: false }],
  [0.33, { kind: 'TRANSFORMATION', fn: 'CONCAT', effect: 'keep', masking: false }],
  [0.35, { kind: 'TRANSFORMATION', fn: 'LEFT', effect: 'partial', masking: true }],
  [0.36, { kind: 'TRANSFORMATION', fn: 'RIGHT>CONCAT', effect: 'partial', masking: true }],
  [0.37, { kind: 'TRANSFORMATION', fn: 'SHA256', effect: 'hash', masking: true }],
  [0.38, { kind: 'AGGREGATION', fn: 'SUM', effect: 'aggregate', masking: true }],
];

/** The same for the same two columns. */
function edge(from: Uid, to: Uid, job: Uid, mixed: boolean): LineageEdge {
  const at = numbers(Number.parseInt(to.slice(0, 7), 16) ^ Number.parseInt(from.slice(0, 7), 16))();
  const [, step] = (mixed ? steps.find(([upTo]) => at < upTo) : undefined) ?? [1, copied];
  return { from, to, ...step, job, statement: null, confidence: 1 };
}

function jobDocument(name: string, edges: readonly LineageEdge[]): GraphDocument {
  const uid = jobUid({ namespace, name });
  const own: AssertedEntity = {
    uid,
    kind: 'job',
    parent: null,
    namespace,
    name,
    path: null,
    facets: { core: { kind: 'process', platform: 'postgres' } },
  };
  return withDigest({ uid, kind: 'job', entities: [own], edges: distinct(edges), aliases: [], statements: [] });
}

function distinct(edges: readonly LineageEdge[]): LineageEdge[] {
  return [...new Map(edges.map((one) => [`${one.from}${one.to}`, one])).values()];
}

function withDigest(document: Omit<GraphDocument, 'digest'>): GraphDocument {
  return { ...document, digest: digestOf(document) };
}

/** Every document of the warehouse; `versionOf` says in which version each table and its job stand. */
export function* documents(size: LevelsSize, versionOf: (i: number) => number): Iterable<GraphDocument> {
  for (let i = 0; i < size.tables; i++) yield tableAt(i, versionOf(i));
  for (let i = 0; i < size.tables; i++) {
    const job = jobAt(i, size, versionOf(i));
    if (job !== null) yield job;
  }
  for (let h = 0; h < hubs; h++) yield hubJob(h, size);
}
