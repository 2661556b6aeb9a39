import { joinName } from '../../server/model/dataset-name.ts';
import type { JobDocument, SourceMessage } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import { printPath } from '../../server/model/ids.ts';
import { tooMany, unreadPart } from './gaps.ts';
import { seenBy } from './lineage-edges.ts';
import { datasetOf } from './names.ts';
import { lineageRow, parseRows, readsRow, runsRow, type LineageRow } from './rows.ts';
import { partSize, type Session } from './session.ts';
import { entityEdgesSql, entityRunsSql, readsSql, type Span } from './sql-system.ts';

/** Columns whose first and last sight are told beside a job. */
const maxSights = 500;
const dayMs = 86_400_000;

/**
 * What jobs, notebooks, pipelines and dashboards moved: one job each, as it was within the days that are looked back, where
 * anything of it was seen within `span`. Says also how often they ran and how often tables were read. False: not shown.
 */
export async function* readLineage(
  session: Session,
  span: Span,
  withHistory: boolean,
  scope: string,
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, boolean> {
  const { config, port, namespace } = session;
  const whole = { from: Math.min(span.from, span.to - config.historyDays * dayMs), to: span.to };
  const limit = config.maxEdges;
  const asked = async <T>(work: () => Promise<T>): Promise<T | null> =>
    session.optional(work, (refusal) => unreadPart('lineage', refusal, port.who));
  const rows = await asked(async () =>
    parseRows(
      'lineage',
      lineageRow,
      await session.all(entityEdgesSql(whole, span.from, withHistory), {}, signal, {
        rows: limit + 1,
        atOnce: partSize,
      }),
    ),
  );
  if (rows === null) return false;
  if (rows.length > limit) yield { type: 'gap', scope, gap: tooMany('rows of lineage', limit, 'maxEdges') };
  const known = new Set<string>();
  for (const [name, own] of Map.groupBy(rows.slice(0, limit), nameOf)) {
    signal.throwIfAborted();
    const document = jobOf(namespace, name, own);
    if (document === null) continue;
    known.add(name);
    yield { type: 'document', scope, document };
    yield sightsOf(document, own, namespace);
  }
  const runs = await asked(async () => parseRows('runs', runsRow, await session.all(entityRunsSql(span), {}, signal)));
  for (const { entity_type: type, entity_id: id, day, runs: count, last_ms: lastMs } of runs ?? []) {
    const name = joinName([(type ?? 'UNKNOWN').toLowerCase(), id]);
    if (!known.has(name)) continue;
    const last = new Date(lastMs).toISOString();
    yield { type: 'observation', kind: 'job', name: { namespace, name }, measure: 'runs', day, count, last };
  }
  const reads = await asked(async () => parseRows('reads', readsRow, await session.all(readsSql(span), {}, signal)));
  for (const { name, day, reads: count, users, last_ms: lastMs } of reads ?? []) {
    const dataset = datasetOf(namespace, name.toLowerCase());
    if (dataset === null) continue;
    const body = { reads: count, readers: users };
    const last = new Date(lastMs).toISOString();
    yield { type: 'observation', kind: 'dataset', name: dataset, measure: 'usage', day, count, last, body };
  }
  return true;
}

/** `job.417306252667357`; what has no name of its own is named by what it writes. */
function nameOf({ entity_type: type, entity_id: id, target_name: target, target_path: path }: LineageRow): string {
  return id === null ? joinName(['unnamed', target ?? path]) : joinName([(type ?? 'UNKNOWN').toLowerCase(), id]);
}

function jobOf(namespace: string, name: string, rows: readonly LineageRow[]): JobDocument | null {
  const seen = seenBy(namespace, rows, false);
  const [first] = rows;
  if (first === undefined || seen.outputs.length === 0) return null;
  const { entity_type: type, entity_id: id } = first;
  return {
    type: 'job',
    kind: 'process',
    platform: 'databricks',
    namespace,
    name,
    native: { id: id ?? name },
    inputs: seen.inputs,
    outputs: seen.outputs,
    flows: 'stated',
    edges: seen.edges,
    ...(id === null ? {} : { facets: { 'databricks.entity': { type: type ?? 'UNKNOWN', id } } }),
  };
}

/** When each way was seen first and last: beside the graph, because it is another at each read. */
function sightsOf(document: JobDocument, rows: readonly LineageRow[], namespace: string): SourceMessage {
  const lastMs = Math.max(...rows.map((row) => row.last_ms));
  const last = new Date(lastMs).toISOString();
  const end = (table: string | null, path: string | null, column: string | null): string =>
    `${table ?? path ?? ''}${column === null ? '' : `#${printPath([column])}`}`;
  const edges = rows.slice(0, maxSights).map((row): Json => ({
    from: end(row.source_name, row.source_path, row.source_column),
    to: end(row.target_name, row.target_path, row.target_column),
    firstSeen: new Date(row.first_ms).toISOString(),
    lastSeen: new Date(row.last_ms).toISOString(),
  }));
  return {
    type: 'observation',
    kind: 'job',
    name: { namespace, name: document.name },
    measure: 'lineage-seen',
    day: last.slice(0, 10),
    count: 1,
    last,
    body: { edges, left: rows.length - edges.length },
  };
}
