import { joinName, splitName } from '../../server/model/dataset-name.ts';
import type { JobDocument, SourceMessage } from '../../server/model/document.ts';
import { digestOf } from '../../server/model/json.ts';
import { queryShape } from '../kit/query-shape.ts';
import { tooMany, unreadPart } from './gaps.ts';
import { seenBy, type Seen } from './lineage-edges.ts';
import { countRow, lineageRow, parseRows, statementRow, type LineageRow, type StatementRow } from './rows.ts';
import type { Session } from './session.ts';
import { longestText, statementEdgesSql, statementsSql, untoldSql, type Span } from './sql-system.ts';

/** Statements fetched at once: each may be as long as {@link longestText}. */
const atOnce = 200;
/** Views and routines are read with the structure of their schema. */
const ofStructure =
  /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*create\s+(?:or\s+(?:replace|refresh)\s+)?(?:temp(?:orary)?\s+|global\s+|materialized\s+|private\s+)*(?:view|function|procedure)\b/iu;
const making = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*(?:create|replace)\b/iu;
const filling = /\b(?:select|clone|from|values)\b/iu;

/**
 * The statements that moved data within a span: one job for each form of statement, with what the lineage tables saw of it
 * where its text is not understood. False: the account does not show them, and the gap is noted.
 */
export async function* readStatements(
  session: Session,
  span: Span,
  scope: string,
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, boolean> {
  const { config, port, namespace } = session;
  const refused = (part: 'history' | 'lineage') => (refusal: Parameters<Parameters<Session['optional']>[1]>[0]) =>
    unreadPart(part, refusal, port.who);
  const limit = config.maxQueries;
  const rows = await session.optional(
    async () =>
      parseRows(
        'the history of statements',
        statementRow,
        await session.all(statementsSql(span), {}, signal, { rows: limit + 1, atOnce }),
      ),
    refused('history'),
  );
  if (rows === null) return false;
  if (rows.length > limit) yield { type: 'gap', scope, gap: tooMany('statements that ran', limit, 'maxQueries') };
  const edges = config.lineage
    ? await session.optional(
        async () =>
          parseRows(
            'what statements read and wrote',
            lineageRow,
            await session.all(statementEdgesSql(span), {}, signal),
          ),
        refused('lineage'),
      )
    : null;
  const byStatement = Map.groupBy(edges ?? [], ({ statement_id: id }) => id);
  const taken = rows.slice(0, limit).filter(({ text }) => !isStructure(text));
  const jobs = Map.groupBy(taken, ({ text }) => digestOf(queryShape(text)).slice(0, 32));
  for (const [shape, days] of jobs) {
    signal.throwIfAborted();
    const [last] = days;
    if (last === undefined) continue;
    const document = jobOf(namespace, shape, last, byStatement.get(last.statement_id) ?? []);
    yield { type: 'document', scope, document };
    for (const { day, runs, lastMs } of byDay(days))
      yield {
        type: 'observation',
        kind: 'job',
        name: { namespace, name: document.name },
        measure: 'runs',
        day,
        count: runs,
        last: new Date(lastMs).toISOString(),
      };
  }
  const [untold] = parseRows('statements without a text', countRow, await port.query(untoldSql(span), {}, signal));
  if ((untold?.n ?? 0) > 0) yield { type: 'gap', scope, gap: withoutText(untold?.n ?? 0, config.lineage) };
  return true;
}

/** Moves nothing: a view or routine, which is read with its schema, or a thing that is made empty. */
function isStructure(text: string): boolean {
  return ofStructure.test(text) || (making.test(text) && !filling.test(text));
}

/** Statements of one form that differ in their literals run on the same day. */
function byDay(
  rows: readonly StatementRow[],
): readonly { readonly day: string; readonly runs: number; readonly lastMs: number }[] {
  return [...Map.groupBy(rows, ({ day }) => day)].map(([day, same]) => ({
    day,
    runs: same.reduce((sum, { runs }) => sum + runs, 0),
    lastMs: Math.max(...same.map(({ ended_ms: ended }) => ended)),
  }));
}

function jobOf(namespace: string, shape: string, { text }: StatementRow, rows: readonly LineageRow[]): JobDocument {
  const seen = seenBy(namespace, rows, true);
  const ranIn = rows.find(({ entity_id: id }) => id !== null);
  return {
    type: 'job',
    kind: 'query',
    platform: 'databricks',
    namespace,
    name: joinName(['system', 'query', 'history', shape]),
    native: { id: shape },
    inputs: seen.inputs,
    outputs: seen.outputs,
    flows: 'stated',
    ...(seen.edges.length === 0 ? {} : { edges: seen.edges }),
    statements: [{ dialect: 'databricks', sql: text, namespace, ...startOf(namespace, seen) }],
    ...(ranIn === undefined
      ? {}
      : { facets: { 'databricks.ranIn': { type: ranIn.entity_type ?? 'UNKNOWN', id: ranIn.entity_id ?? '' } } }),
  };
}

/**
 * Where the names of a statement start from: the history does not say it. Where all that was seen of it lies in one schema, a
 * name without one can only mean that schema; where all of it lies in one catalog, the same of the catalog.
 */
function startOf(
  namespace: string,
  { inputs, outputs }: Seen,
): { readonly defaultDatabase?: string; readonly defaultSchema?: string } {
  const places = [...inputs, ...outputs]
    .filter((one) => one.namespace === namespace)
    .map(({ name }) => splitName(name));
  const tables = places.filter((parts) => parts.length === 3);
  const [catalog] = new Set(tables.map(([own = '']) => own));
  const [schema] = new Set(tables.map(([, own = '']) => own));
  const isOne = (at: number): boolean => new Set(tables.map((parts) => parts[at])).size === 1;
  if (catalog === undefined || schema === undefined || !isOne(0)) return {};
  return isOne(1) ? { defaultDatabase: catalog, defaultSchema: schema } : { defaultDatabase: catalog };
}

function withoutText(count: number, hasLineage: boolean) {
  return {
    what: `${count} statements that ran`,
    reason: hasLineage ? 'unparsed-sql' : 'not-read',
    detail: `they moved data, and their text is not shown or longer than ${longestText} signs${hasLineage ? '; what the lineage tables saw of them was taken' : ''}`,
    remedy: hasLineage ? 'let the owner of the job confirm what it moves' : 'set lineage: true',
  } as const;
}
