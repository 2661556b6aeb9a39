import { path, regionOf } from './names.ts';

/** Statements that move data. Views are read with the structure. */
const moving =
  "('INSERT', 'UPDATE', 'MERGE', 'SELECT', 'CREATE_TABLE_AS_SELECT', 'CREATE_TABLE_COPY', 'CREATE_TABLE_CLONE', 'CREATE_SNAPSHOT_TABLE', 'EXPORT_DATA', 'LOAD_DATA')";
/** A job was made at most so long before it ended: JOBS is partitioned by when jobs were made. */
const longestHours = 36;

/** A span of time, half open, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A table's name without its partition, daily tables folded. */
function folded(column: string): string {
  return `REGEXP_REPLACE(REGEXP_REPLACE(${column}, r'[$].*$', ''), r'_(?:19|20)[0-9]{6}$', '_yyyymmdd')`;
}

/** Jobs of a project in a location that ended well within a span, without ours. What a job moved is kept as JSON: BigQuery may add to it. */
function jobsIn(project: string, location: string, { from, to }: Span): string {
  return `jobs AS (
    SELECT job_id, parent_job_id, job_type, IFNULL(statement_type, '') AS statement_type, IFNULL(query, '') AS query, user_email,
      end_time, FORMAT_TIMESTAMP('%F', end_time) AS day, destination_table.dataset_id AS dataset, referenced_tables,
      CONCAT(destination_table.project_id, '.', destination_table.dataset_id, '.', ${folded('destination_table.table_id')}) AS place,
      TO_JSON_STRING(STRUCT(destination_table AS target, referenced_tables AS tables)) AS move,
      JSON_VALUE(TO_JSON_STRING(query_info), '$.query_hashes.normalized_literals') AS hash
    FROM ${path(project, regionOf(location))}.INFORMATION_SCHEMA.JOBS_BY_PROJECT
    WHERE creation_time >= TIMESTAMP_SUB(TIMESTAMP_MILLIS(${from}), INTERVAL ${longestHours} HOUR) AND creation_time < TIMESTAMP_MILLIS(${to})
      AND end_time >= TIMESTAMP_MILLIS(${from}) AND end_time < TIMESTAMP_MILLIS(${to})
      AND state = 'DONE' AND error_result IS NULL
      AND NOT EXISTS (SELECT 1 FROM UNNEST(labels) AS label WHERE label.key = @label)
  )`;
}

/**
 * Jobs that moved data, one row for each form of statement and day, the latest of them. A script is one job with what its
 * statements moved; the statements stand for themselves where the script only calls others or makes its texts as it runs.
 * `@label`: ours.
 */
export function jobsSql(project: string, location: string, span: Span, limit: number): string {
  return `WITH ${jobsIn(project, location, span)}, moved AS (
    SELECT * FROM jobs WHERE job_type = 'EXTRACT' OR statement_type = 'EXPORT_DATA'
      OR (dataset IS NOT NULL AND NOT STARTS_WITH(dataset, '_') AND (job_type IN ('LOAD', 'COPY') OR statement_type IN ${moving}))
  ), scripts AS (
    SELECT s.job_id, ARRAY_AGG(c.move ORDER BY c.job_id) AS moves
    FROM jobs AS s JOIN moved AS c ON c.parent_job_id = s.job_id
    WHERE s.statement_type = 'SCRIPT' AND NOT REGEXP_CONTAINS(s.query, r'(?i)\\b(?:CALL|EXECUTE\\s+IMMEDIATE)\\b')
    GROUP BY s.job_id
  ), taken AS (
    SELECT s.job_id, s.job_type, s.statement_type, s.query, s.end_time, s.day, COALESCE(s.hash, TO_HEX(MD5(s.query))) AS shape, p.moves
    FROM jobs AS s JOIN scripts AS p ON p.job_id = s.job_id
    UNION ALL
    SELECT m.job_id, m.job_type, m.statement_type, m.query, m.end_time, m.day,
      COALESCE(m.hash, TO_HEX(MD5(CONCAT(m.job_type, ' ', IF(m.job_type = 'QUERY', m.query, COALESCE(m.place, m.job_id)))))) AS shape,
      [m.move] AS moves
    FROM moved AS m LEFT JOIN scripts AS p ON p.job_id = m.parent_job_id WHERE p.job_id IS NULL
  ), counted AS (
    SELECT job_id, job_type AS type, statement_type, query, shape, day, UNIX_MILLIS(end_time) AS ended_ms, moves,
      COUNT(*) OVER (PARTITION BY shape, day) AS runs, ROW_NUMBER() OVER (PARTITION BY shape, day ORDER BY end_time DESC, job_id) AS nth
    FROM taken
  ), latest AS (
    SELECT * EXCEPT (nth) FROM counted WHERE nth = 1
  )
  SELECT TO_JSON_STRING(l) AS json FROM latest AS l ORDER BY l.ended_ms DESC, l.job_id LIMIT ${limit}`;
}

/** How often which table was read, by day, and by how many: users are counted, and not kept by name. `@label`: ours. */
export function readsSql(project: string, location: string, span: Span): string {
  return `WITH ${jobsIn(project, location, span)}, used AS (
    SELECT t.project_id, t.dataset_id, ${folded('t.table_id')} AS table_id, j.day, j.job_id, j.user_email, j.end_time
    FROM jobs AS j, UNNEST(j.referenced_tables) AS t WHERE j.job_type = 'QUERY' AND NOT STARTS_WITH(t.dataset_id, '_')
  ), counted AS (
    SELECT project_id, dataset_id, table_id, day, COUNT(DISTINCT job_id) AS reads, COUNT(DISTINCT user_email) AS readers,
      UNIX_MILLIS(MAX(end_time)) AS last_ms
    FROM used GROUP BY project_id, dataset_id, table_id, day
  )
  SELECT TO_JSON_STRING(c) AS json FROM counted AS c ORDER BY c.project_id, c.dataset_id, c.table_id, c.day`;
}
