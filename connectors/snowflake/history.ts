import { joinName } from '../../server/model/dataset-name.ts';
import type { JobDocument, SourceMessage } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import { digestOf } from '../../server/model/json.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { queryShape } from '../kit/query-shape.ts';
import { seenBy, type Seen } from './access-history.ts';
import { readsRow, statementRow, type StatementRow } from './account-rows.ts';
import { notInEdition, unreadView } from './load-governance.ts';
import { datasetOf } from './names.ts';
import { parseRows } from './rows.ts';
import type { Session } from './session.ts';
import { readsSql, statementsSql, type Span } from './sql-account.ts';

/** QUERY_HISTORY cuts texts here. */
const longestText = 100_000;
const dayMs = 86_400_000;

/**
 * The statements that moved data since the last read (`through`, in the account's own time; null: as far back as is asked for), up to as late as the views may be: each span is read once, so that runs
 * are counted once. Statements stay until they grow stale, because a window that moves on retires nothing.
 */
export async function* readHistory(
  session: Session,
  through: number | null,
  scope: string,
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, number | null> {
  const { config, clock } = session;
  const { skewMs } = await session.about(signal);
  const to = clock.now() + skewMs - config.historyLagMinutes * 60_000;
  const from = Math.max(through ?? 0, to - config.historyDays * dayMs);
  if (from >= to) return through;
  const span = { from, to };
  const rows = await statementsIn(session, span, signal);
  if (rows === null) return through;
  const taken = rows.slice(0, config.maxQueries);
  if (rows.length > taken.length) yield { type: 'gap', scope, gap: tooMany(config.maxQueries) };
  const jobs = Map.groupBy(taken, (row) => shapeOf(row));
  for (const [shape, days] of jobs) {
    signal.throwIfAborted();
    const [latest] = days;
    if (latest === undefined) continue;
    const seen = seenBy(session.namespace, latest);
    const document = jobOf(session.namespace, shape, latest, seen);
    yield { type: 'document', scope, document };
    for (const gap of gapsOf(document, latest, seen)) yield { type: 'gap', scope, gap };
    const name = { namespace: document.namespace, name: document.name };
    for (const { day, runs, started_ms: started } of days)
      yield {
        type: 'observation',
        kind: 'job',
        name,
        measure: 'runs',
        day,
        count: runs,
        last: new Date(started).toISOString(),
      };
  }
  yield* readUsage(session, span, signal);
  return to;
}

/** Null: the account shows no history at all, and the gap is noted. */
async function statementsIn(
  session: Session,
  span: Span,
  signal: AbortSignal,
): Promise<readonly StatementRow[] | null> {
  const { port, config } = session;
  const ask = async (withAccess: boolean): Promise<readonly StatementRow[]> =>
    parseRows(
      'the history of statements',
      statementRow,
      await port.query(statementsSql(span, config.maxQueries + 1, withAccess), [config.queryTag], signal),
    );
  const role = config.role ?? null;
  if (config.edition === 'standard') session.note(notInEdition('ACCESS_HISTORY'));
  else {
    const rows = await session.optional(
      () => ask(true),
      (refusal) => unreadView('ACCESS_HISTORY', refusal, role),
    );
    if (rows !== null) return rows;
  }
  return session.optional(
    () => ask(false),
    (refusal) => unreadView('QUERY_HISTORY', refusal, role),
  );
}

async function* readUsage(session: Session, span: Span, signal: AbortSignal): AsyncIterable<SourceMessage> {
  const { port, config, namespace } = session;
  if (config.edition === 'standard') return;
  const rows = await session.optional(
    async () => parseRows('the history of accesses', readsRow, await port.query(readsSql(span), [], signal)),
    (refusal) => unreadView('ACCESS_HISTORY', refusal, config.role ?? null),
  );
  for (const { name, day, reads, users, last_ms: lastMs } of rows ?? []) {
    const dataset = datasetOf(namespace, name);
    if (dataset === null) continue;
    const last = new Date(lastMs).toISOString();
    yield {
      type: 'observation',
      kind: 'dataset',
      name: dataset,
      measure: 'usage',
      day,
      count: reads,
      last,
      body: { reads, readers: users },
    };
  }
}

/** Snowflake's own hash of the statement without its literals; older accounts have none. */
function shapeOf({ shape, text }: StatementRow): string {
  return shape !== null && /^[0-9a-f]{16,64}$/iu.test(shape) ? shape.toLowerCase() : digestOf(queryShape(text ?? ''));
}

function jobOf(namespace: string, shape: string, row: StatementRow, seen: Seen): JobDocument {
  const { database_name: database, schema_name: schema, text } = row;
  const name = joinName([database ?? 'ACCOUNT', 'QUERY_HISTORY', shape]);
  const isWhole = text !== null && text !== '' && !isCut(text) && !/^<redacted/iu.test(text);
  return {
    type: 'job',
    kind: 'query',
    platform: 'snowflake',
    namespace,
    name,
    native: { id: shape },
    inputs: seen.inputs,
    outputs: seen.outputs,
    // Whatever it read reaches whatever it wrote only where one thing was written.
    ...(seen.outputs.length > 1 ? { flows: 'stated' as const } : {}),
    ...(seen.edges.length === 0 ? {} : { edges: seen.edges }),
    ...(isWhole
      ? {
          statements: [
            {
              dialect: 'snowflake',
              sql: text,
              namespace,
              ...(database === null ? {} : { defaultDatabase: database }),
              ...(schema === null ? {} : { defaultSchema: schema }),
            },
          ],
        }
      : {}),
    ...(seen.policies.length === 0 ? {} : { facets: { 'snowflake.policiesInForce': [...seen.policies] } }),
  };
}

function isCut(text: string): boolean {
  return text.length >= longestText;
}

function* gapsOf({ name }: QualifiedName, { text }: StatementRow, seen: Seen): Iterable<Gap> {
  if (text !== null && isCut(text))
    yield {
      what: `statement of ${name}`,
      reason: 'unparsed-sql',
      detail: 'its text is longer than QUERY_HISTORY keeps; what ACCESS_HISTORY saw of it was taken',
      remedy: 'split the statement, or give its text by dbt or a folder of SQL',
    };
  if (seen.isPartial)
    yield {
      what: `what statement ${name} read and wrote`,
      reason: 'not-read',
      detail: 'a part of ACCESS_HISTORY is not as documented, or too long; its text was taken',
      remedy: 'nothing where its text was understood; otherwise give the flow by dbt or OpenLineage',
    };
}

function tooMany(limit: number): Gap {
  return {
    what: 'statements that ran',
    reason: 'not-read',
    detail: `more than ${limit} different ones: the latest were taken, the others of this span are not read again`,
    remedy: 'raise maxQueries, or sync more often',
  };
}
