import { path } from './names.ts';

/** Questions to the system tables of the account: filled minutes to hours late, for all workspaces of a region. */
const history = path('system', 'query', 'history');
const columnLineage = path('system', 'access', 'column_lineage');
const tableLineage = path('system', 'access', 'table_lineage');

/** A span of time, half open, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Statements that move data. Views are read with the structure. */
const moving = "('COPY', 'CREATE', 'INSERT', 'MERGE', 'REPLACE', 'UPDATE')";
/** Longer texts are not fetched. */
export const longestText = 100_000;

function within(column: string, { from, to }: Span): string {
  return `${column} >= timestamp_millis(${from}) AND ${column} < timestamp_millis(${to})`;
}

/** Days of a partition column that a span touches. */
function onDays(column: string, { from, to }: Span): string {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  return `${column} BETWEEN DATE'${day(from - 86_400_000)}' AND DATE'${day(to + 86_400_000)}'`;
}

/** Says whether a system table is shown, without reading it. */
export const probes = {
  history: `SELECT statement_id, statement_text, statement_type, execution_status, end_time FROM ${history} LIMIT 0`,
  lineage: `SELECT c.event_time, c.source_column_name, t.entity_run_id FROM ${columnLineage} c CROSS JOIN ${tableLineage} t LIMIT 0`,
} as const;

/** Finished statements that moved data and whose text is whole. */
function moved(span: Span): string {
  return `${within('end_time', span)} AND execution_status = 'FINISHED' AND statement_type IN ${moving}
        AND length(statement_text) BETWEEN 1 AND ${longestText}`;
}

/** Those statements once for each text and day, the latest of them. Days are those of UTC, whatever the session's zone is. */
function latest(span: Span): string {
  return `SELECT statement_id, text, day, ended_ms, runs FROM (
      SELECT statement_id, statement_text AS text, floor(unix_millis(end_time) / 86400000) AS day, unix_millis(end_time) AS ended_ms,
        count(*) OVER (PARTITION BY statement_text, floor(unix_millis(end_time) / 86400000)) AS runs,
        row_number() OVER (PARTITION BY statement_text, floor(unix_millis(end_time) / 86400000) ORDER BY end_time DESC, statement_id) AS nth
      FROM ${history} WHERE ${moved(span)}
    ) WHERE nth = 1`;
}

/** The statements of a span that moved data, the latest first. */
export function statementsSql(span: Span): string {
  return `${latest(span)} ORDER BY ended_ms DESC, statement_id`;
}

/** How many statements moved data and have no text: it is too long, or encrypted with a key of the customer. */
export function untoldSql(span: Span): string {
  return `SELECT count(*) AS n FROM ${history}
    WHERE ${within('end_time', span)} AND execution_status = 'FINISHED' AND statement_type IN ${moving}
      AND (statement_text IS NULL OR length(statement_text) NOT BETWEEN 1 AND ${longestText})`;
}

const ways = `source_table_full_name AS source_name, source_path, target_table_full_name AS target_name, target_path`;
/** The catalog `system` tells of others and holds nothing of anybody: our own questions read it, too. */
const ofData = "coalesce(source_table_full_name, '') NOT LIKE 'system.%'";
const arrived = `(source_table_full_name IS NOT NULL OR source_path IS NOT NULL) AND (target_table_full_name IS NOT NULL OR target_path IS NOT NULL)
        AND ${ofData}`;

/** What the lineage tables saw of a span: from columns to columns, and from tables to tables. */
function seen(span: Span): string {
  const when = `${onDays('event_date', span)} AND ${within('event_time', span)} AND ${arrived}`;
  return `SELECT entity_type, entity_id, statement_id, ${ways}, source_column_name AS source_column, target_column_name AS target_column, unix_millis(event_time) AS ms
      FROM ${columnLineage} WHERE ${when} AND source_column_name IS NOT NULL AND target_column_name IS NOT NULL
    UNION ALL SELECT entity_type, entity_id, statement_id, ${ways}, CAST(NULL AS STRING), CAST(NULL AS STRING), unix_millis(event_time)
      FROM ${tableLineage} WHERE ${when}`;
}

const edgeColumns = 'source_name, source_path, source_column, target_name, target_path, target_column';

/** What was seen of the statements that {@link statementsSql} gives. */
export function statementEdgesSql(span: Span): string {
  // An event can be told before its statement ends, and after.
  const around = { from: span.from - 86_400_000, to: span.to + 86_400_000 };
  return `SELECT entity_type, entity_id, statement_id, ${edgeColumns}, min(ms) AS first_ms, max(ms) AS last_ms
    FROM (SELECT l.* FROM (${seen(around)}) l JOIN (${latest(span)}) s ON s.statement_id = l.statement_id)
    GROUP BY entity_type, entity_id, statement_id, ${edgeColumns}
    ORDER BY statement_id, ${edgeColumns}, entity_type, entity_id`;
}

/**
 * What was seen within `span` of jobs, notebooks, pipelines and what has no such name, where any of it was seen since `since`.
 * `withHistory`: without statements whose text is told.
 */
export function entityEdgesSql(span: Span, since: number, withHistory: boolean): string {
  const told = withHistory
    ? `LEFT ANTI JOIN (SELECT statement_id FROM ${history} WHERE ${moved({ from: span.from - 86_400_000, to: span.to + 86_400_000 })}) h ON h.statement_id = l.statement_id`
    : '';
  return `SELECT entity_type, entity_id, CAST(NULL AS STRING) AS statement_id, ${edgeColumns}, first_ms, last_ms FROM (
      SELECT *, max(last_ms) OVER (PARTITION BY entity_type, entity_id, CASE WHEN entity_id IS NULL THEN coalesce(target_name, target_path) END) AS touched_ms FROM (
        SELECT entity_type, entity_id, ${edgeColumns}, min(ms) AS first_ms, max(ms) AS last_ms
        FROM (SELECT l.* FROM (${seen(span)}) l ${told})
        GROUP BY entity_type, entity_id, ${edgeColumns}
      )
    ) WHERE touched_ms >= ${since}
    ORDER BY touched_ms DESC, entity_type, entity_id, ${edgeColumns}`;
}

/** How often each job, notebook and pipeline wrote something, by day. */
export function entityRunsSql(span: Span): string {
  return `SELECT entity_type, entity_id, floor(unix_millis(event_time) / 86400000) AS day,
      count(DISTINCT coalesce(entity_run_id, statement_id, record_id)) AS runs, max(unix_millis(event_time)) AS last_ms
    FROM ${tableLineage}
    WHERE ${onDays('event_date', span)} AND ${within('event_time', span)} AND entity_id IS NOT NULL AND ${arrived}
    GROUP BY entity_type, entity_id, floor(unix_millis(event_time) / 86400000)
    ORDER BY entity_type, entity_id, day`;
}

/** How often and by how many each table was read, by day. Who read it is counted and not fetched. */
export function readsSql(span: Span): string {
  return `SELECT source_table_full_name AS name, floor(unix_millis(event_time) / 86400000) AS day,
      count(DISTINCT coalesce(statement_id, entity_run_id, record_id)) AS reads, count(DISTINCT created_by) AS users,
      max(unix_millis(event_time)) AS last_ms
    FROM ${tableLineage}
    WHERE ${onDays('event_date', span)} AND ${within('event_time', span)} AND source_table_full_name IS NOT NULL AND ${ofData}
    GROUP BY source_table_full_name, floor(unix_millis(event_time) / 86400000)
    ORDER BY name, day`;
}
