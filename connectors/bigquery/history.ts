import { z } from 'zod';
import { parseJson } from '../../server/base/parse-json.ts';
import { joinName } from '../../server/model/dataset-name.ts';
import type { JobDocument, SourceMessage, StatedEdge } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { grantInProject } from './gaps.ts';
import { lookUpJob, movesByConfiguration } from './job-lookup.ts';
import { datasetOf, type TableReference } from './names.ts';
import { jobRow, moveShape, parseRows, readsRow, type JobRow } from './rows.ts';
import type { Session } from './session.ts';
import { jobsSql, readsSql, type Span } from './sql-history.ts';

const dayMs = 86_400_000;
/** Jobs asked about one by one in a read, beside what JOBS tells of them. */
const maxLookups = 500;

/** A project and a location in which its jobs run. */
export interface JobPlace {
  readonly project: string;
  readonly location: string;
}

/** Where each place's history was read to, in milliseconds of BigQuery's own time, by `project/location`. */
export const throughShape = z.record(z.string(), z.number());
export type Through = z.output<typeof throughShape>;

/**
 * The jobs that moved data since the last read, place by place, up to `historyLagMinutes` ago: each span is read once, so that
 * runs are counted once. Jobs stay until they grow stale, because a window that moves on retires nothing.
 */
export async function* readHistory(
  session: Session,
  places: readonly JobPlace[],
  { before, nowMs, scope }: { readonly before: Through; readonly nowMs: number; readonly scope: string },
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, Through> {
  const { config } = session;
  const through = { ...before };
  const to = nowMs - config.historyLagMinutes * 60_000;
  const lookups = { left: maxLookups, skipped: 0 };
  const told = new Set<string>();
  for (const place of places) {
    signal.throwIfAborted();
    const key = `${place.project}/${place.location}`;
    const from = Math.max(before[key] ?? 0, to - config.historyDays * dayMs);
    if (from >= to) continue;
    const read = yield* readPlace(session, place, { span: { from, to }, scope, lookups, told }, signal);
    if (read) through[key] = to;
  }
  if (lookups.skipped > 0) yield { type: 'gap', scope, gap: notLookedUp(lookups.skipped) };
  return through;
}

interface Reading {
  readonly span: Span;
  readonly scope: string;
  readonly lookups: { left: number; skipped: number };
  /** Names of jobs that were sent already: two locations can tell of the same. */
  readonly told: Set<string>;
}

/** False: the history of this place is not shown, and the gap is noted. */
async function* readPlace(
  session: Session,
  { project, location }: JobPlace,
  { span, scope, lookups, told }: Reading,
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, boolean> {
  const { config, namespace } = session;
  const ask = async <T>(what: string, shape: z.ZodType<T>, sql: string): Promise<readonly T[] | null> =>
    session.optional(
      async () => parseRows(what, shape, await session.rows(sql, location, signal, { label: config.jobLabel })),
      (refusal) => ({
        what: `the history of jobs of project ${project} in ${location}`,
        reason: refusal.code === 'CONNECTOR_MISSING_RIGHTS' ? 'no-rights' : 'unsupported',
        detail: `JOBS_BY_PROJECT is not shown (${refusal.reason === '' ? String(refusal.status) : refusal.reason})`,
        remedy: `${grantInProject(project, 'roles/bigquery.resourceViewer', session.port.who)}; or set history: false`,
      }),
    );
  const rows = await ask('the history of jobs', jobRow, jobsSql(project, location, span, config.maxQueries + 1));
  if (rows === null) return false;
  const taken = rows.slice(0, config.maxQueries);
  if (rows.length > taken.length) yield { type: 'gap', scope, gap: tooMany(project, location, config.maxQueries) };
  for (const [shape, days] of Map.groupBy(taken, (row) => row.shape)) {
    signal.throwIfAborted();
    const [latest] = days;
    if (latest === undefined) continue;
    const document = await jobOf(session, { project, location }, shape, latest, lookups, signal);
    if (document === null) continue;
    const name = { namespace, name: document.name };
    if (!told.has(document.name)) yield { type: 'document', scope, document };
    told.add(document.name);
    for (const { day, runs, ended_ms: ended } of days) {
      const last = new Date(ended).toISOString();
      yield { type: 'observation', kind: 'job', name, measure: 'runs', day, count: runs, last };
    }
  }
  const reads = await ask('the history of reads', readsRow, readsSql(project, location, span));
  for (const row of reads ?? []) {
    const { day, reads: count, readers, last_ms: lastMs } = row;
    const name = datasetOf(namespace, { projectId: row.project_id, datasetId: row.dataset_id, tableId: row.table_id });
    if (name === null) continue;
    const last = new Date(lastMs).toISOString();
    const body = { reads: count, readers };
    yield { type: 'observation', kind: 'dataset', name, measure: 'usage', day, count, last, body };
  }
  return reads !== null;
}

/** One table, or a place outside, that a job filled out of others. */
export interface Move {
  readonly target: QualifiedName;
  readonly inputs: readonly QualifiedName[];
}

/** Null: it moved nothing between things that are known. */
async function jobOf(
  session: Session,
  place: JobPlace,
  shape: string,
  row: JobRow,
  lookups: Reading['lookups'],
  signal: AbortSignal,
): Promise<JobDocument | null> {
  const { namespace } = session;
  const told = row.moves.flatMap((text) => moveIn(text) ?? []);
  const needsLookup = row.type !== 'QUERY' || defaultDatasetOf(told) === null;
  if (needsLookup && lookups.left <= 0) lookups.skipped += 1;
  const canAsk = needsLookup && lookups.left-- > 0;
  const looked = canAsk ? await lookUpJob(session, { ...place, jobId: row.job_id }, signal) : null;
  const moves =
    row.type === 'QUERY'
      ? told.flatMap((move) => moveOf(namespace, move) ?? [])
      : looked === null
        ? []
        : movesByConfiguration(namespace, looked);
  const outputs = unique(moves.map(({ target }) => target));
  const inputs = unique(moves.flatMap((move) => move.inputs));
  if (row.type !== 'QUERY' && (outputs.length === 0 || inputs.length === 0)) return null;
  const name = joinName([
    place.project,
    `${row.type === 'QUERY' ? 'query' : row.type.toLowerCase()}:${shape.slice(0, 64)}`,
  ]);
  const defaults = looked?.defaultDataset ?? defaultDatasetOf(told);
  const [only] = row.statement_type === 'SELECT' && outputs.length === 1 ? outputs : [];
  return {
    type: 'job',
    kind: row.type === 'QUERY' ? 'query' : 'process',
    platform: 'bigquery',
    namespace,
    name,
    native: { id: shape },
    inputs,
    outputs,
    flows: 'stated',
    edges: edgesOf(moves),
    ...(row.type !== 'QUERY' || row.query.trim() === ''
      ? {}
      : {
          statements: [
            {
              dialect: 'bigquery',
              sql: row.query,
              namespace,
              defaultDatabase: defaults?.project ?? place.project,
              ...(defaults === null || defaults === undefined ? {} : { defaultSchema: defaults.dataset }),
              ...(only === undefined ? {} : { target: only }),
            },
          ],
        }),
  };
}

type ToldMove = z.output<typeof moveShape>;

function moveIn(text: string): ToldMove | null {
  const parsed = moveShape.safeParse(parseJson(text, 'what a job moved', 16 * 1024 * 1024));
  return parsed.success ? parsed.data : null;
}

function moveOf(namespace: string, { target, tables }: ToldMove): Move | null {
  const to = target === null ? null : datasetOf(namespace, target);
  if (to === null) return null;
  return { target: to, inputs: unique(tables.flatMap((table) => datasetOf(namespace, table) ?? [])) };
}

/** BigQuery says which tables a statement used and not what it did with them: it counts where the text is not understood. */
function edgesOf(moves: readonly Move[]): readonly StatedEdge[] {
  const edges = moves.flatMap(({ target, inputs }) =>
    inputs
      .filter(({ name }) => name !== target.name)
      .map((input): StatedEdge => ({
        from: { dataset: input, field: null },
        to: { dataset: target, field: null },
        kind: 'DATASET',
        weak: true,
      })),
  );
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to]), edge])).values()];
}

/** JOBS does not tell the default dataset of a statement. Where all its tables lie in one, an unqualified name can mean no other. */
function defaultDatasetOf(moves: readonly ToldMove[]): { readonly project: string; readonly dataset: string } | null {
  const tables = moves.flatMap(({ target, tables: own }): readonly TableReference[] =>
    [...own, ...(target === null ? [] : [target])].filter(({ datasetId }) => !datasetId.startsWith('_')),
  );
  const [first] = tables;
  if (first === undefined) return null;
  const isOne = tables.every((one) => one.projectId === first.projectId && one.datasetId === first.datasetId);
  return isOne ? { project: first.projectId, dataset: first.datasetId } : null;
}

function unique(names: readonly QualifiedName[]): readonly QualifiedName[] {
  return [...new Map(names.map((name) => [`${name.namespace} ${name.name}`, name])).values()];
}

function tooMany(project: string, location: string, limit: number): Gap {
  return {
    what: `jobs that ran in project ${project}, ${location}`,
    reason: 'not-read',
    detail: `more than ${limit} different ones: the latest were taken, the others of this span are not read again`,
    remedy: 'raise maxQueries, or sync more often',
  };
}

function notLookedUp(count: number): Gap {
  return {
    what: `${count} loads, copies, exports and statements over several datasets`,
    reason: 'not-read',
    detail: `at most ${maxLookups} jobs a read are asked about one by one: what these moved from where, or their default dataset, is not known`,
    remedy: 'sync more often',
  };
}
