import { path } from './names.ts';

/** What is kept of a table's options: no other one is needed, and some hold values. */
const options =
  "('description', 'labels', 'tags', 'expiration_timestamp', 'partition_expiration_days', 'require_partition_filter', 'kms_key_name', 'uris', 'format', 'enable_refresh', 'storage_uri')";

/**
 * Everything about the relations of a dataset in one statement, so that all of it is of one moment and is billed once: a row a
 * relation, its columns, options and keys inside it. Daily tables are folded, and the latest of them stands for all. `ddl` is
 * asked for where nothing else tells a query; a default never leaves BigQuery, that there is one does.
 */
function wholeSql(project: string, dataset: string): string {
  const of = (view: string): string => `${path(project, dataset)}.INFORMATION_SCHEMA.${view}`;
  return `listed AS (
    SELECT table_name, table_type, base_table_catalog, base_table_schema, base_table_name,
      REGEXP_REPLACE(table_name, r'_(?:19|20)[0-9]{6}$', '_yyyymmdd') AS name,
      IF(table_type = 'MATERIALIZED VIEW', ddl, NULL) AS ddl,
      table_type = 'EXTERNAL' AND REGEXP_CONTAINS(ddl, r'(?i)WITH\\s+CONNECTION') AS has_connection
    FROM ${of('TABLES')}
  ), relations AS (
    SELECT * FROM listed WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY name ORDER BY table_name DESC) = 1
  ), fields AS (
    SELECT f.table_name, ARRAY_AGG(STRUCT(
        f.field_path AS path, f.data_type AS type, f.description AS comment, c.ordinal_position AS ordinal, c.is_nullable AS nullable,
        IF(c.is_generated = 'ALWAYS' AND f.field_path = f.column_name, c.generation_expression, NULL) AS generated,
        c.is_partitioning_column = 'YES' AS is_partitioning, c.clustering_ordinal_position AS clustering,
        c.column_default IS NOT NULL AND c.column_default <> 'NULL' AS has_default,
        f.policy_tags AS policy_tags, JSON_QUERY(TO_JSON_STRING(f), '$.data_policies') AS data_policies
      ) ORDER BY c.ordinal_position, f.field_path) AS fields
    FROM ${of('COLUMN_FIELD_PATHS')} AS f
    JOIN ${of('COLUMNS')} AS c ON c.table_name = f.table_name AND c.column_name = f.column_name
    WHERE c.is_hidden = 'NO' GROUP BY f.table_name
  ), options AS (
    SELECT table_name, ARRAY_AGG(STRUCT(option_name AS name, option_value AS value) ORDER BY option_name) AS options
    FROM ${of('TABLE_OPTIONS')} WHERE option_name IN ${options} GROUP BY table_name
  ), referenced AS (
    SELECT constraint_name, ANY_VALUE(table_schema) AS dataset, ANY_VALUE(table_name) AS relation
    FROM ${of('CONSTRAINT_COLUMN_USAGE')} GROUP BY constraint_name
  ), keys AS (
    SELECT k.table_name, ARRAY_AGG(STRUCT(
        k.constraint_name AS name, t.constraint_type AS type, k.column_name AS own, k.ordinal_position AS position,
        IF(t.constraint_type = 'FOREIGN KEY', r.dataset, NULL) AS dataset, IF(t.constraint_type = 'FOREIGN KEY', r.relation, NULL) AS relation,
        p.column_name AS other
      ) ORDER BY k.constraint_name, k.ordinal_position) AS keys
    FROM ${of('KEY_COLUMN_USAGE')} AS k
    JOIN ${of('TABLE_CONSTRAINTS')} AS t ON t.constraint_name = k.constraint_name AND t.table_name = k.table_name
    LEFT JOIN referenced AS r ON r.constraint_name = k.constraint_name AND t.constraint_type = 'FOREIGN KEY'
    LEFT JOIN ${of('TABLE_CONSTRAINTS')} AS q ON q.table_name = r.relation AND q.constraint_type = 'PRIMARY KEY'
    LEFT JOIN ${of('KEY_COLUMN_USAGE')} AS p
      ON p.constraint_name = q.constraint_name AND p.table_name = q.table_name AND p.ordinal_position = k.position_in_unique_constraint
    GROUP BY k.table_name
  ), whole AS (
    SELECT r.name, r.table_name AS latest, STRUCT(
        r.name AS name, r.table_name <> r.name AS is_sharded, r.table_type AS type, r.ddl AS ddl, r.has_connection AS has_connection,
        r.base_table_catalog AS base_project, r.base_table_schema AS base_dataset, r.base_table_name AS base_table,
        v.view_definition AS query, v.use_standard_sql = 'YES' AS is_standard,
        f.fields AS fields, o.options AS options, k.keys AS keys
      ) AS told
    FROM relations AS r
    LEFT JOIN ${of('VIEWS')} AS v ON v.table_name = r.table_name
    LEFT JOIN fields AS f ON f.table_name = r.table_name
    LEFT JOIN options AS o ON o.table_name = r.table_name
    LEFT JOIN keys AS k ON k.table_name = r.table_name
  )`;
}

/** The relations of a dataset in the order of their names. */
export function relationsSql(project: string, dataset: string): string {
  return `WITH ${wholeSql(project, dataset)}
  SELECT TO_JSON_STRING(STRUCT(w.latest AS latest, w.told AS told)) AS json FROM whole AS w ORDER BY w.name`;
}

/** By relation: a checksum of all that {@link relationsSql} tells of it, and what is asked of other services because of it. */
export function marksSql(project: string, dataset: string): string {
  return `WITH ${wholeSql(project, dataset)}
  SELECT TO_JSON_STRING(STRUCT(w.name AS name, w.latest AS latest, w.told.type AS type,
    TO_HEX(MD5(TO_JSON_STRING(w.told))) AS digest,
    ARRAY(SELECT DISTINCT tag FROM UNNEST(w.told.fields) AS f, UNNEST(f.policy_tags) AS tag) AS policy_tags,
    ARRAY(SELECT DISTINCT f.data_policies FROM UNNEST(w.told.fields) AS f WHERE f.data_policies IS NOT NULL) AS data_policies
  )) AS json FROM whole AS w ORDER BY w.name`;
}

function routinesOf(project: string, dataset: string): string {
  const of = (view: string): string => `${path(project, dataset)}.INFORMATION_SCHEMA.${view}`;
  return `SELECT r.routine_name AS name, r.routine_type AS type, r.routine_body AS body, r.external_language AS language, r.ddl,
      (SELECT ANY_VALUE(o.option_value) FROM ${of('ROUTINE_OPTIONS')} AS o
        WHERE o.specific_name = r.specific_name AND o.option_name = 'description') AS comment
    FROM ${of('ROUTINES')} AS r`;
}

/** Procedures and functions of a dataset. */
export function routinesSql(project: string, dataset: string): string {
  return `SELECT TO_JSON_STRING(r) AS json FROM (${routinesOf(project, dataset)}) AS r ORDER BY r.name`;
}

/** By routine: a checksum of all that {@link routinesSql} tells of it. */
export function routineMarksSql(project: string, dataset: string): string {
  return `SELECT TO_JSON_STRING(STRUCT(r.name AS name, TO_HEX(MD5(TO_JSON_STRING(r))) AS digest)) AS json
    FROM (${routinesOf(project, dataset)}) AS r ORDER BY r.name`;
}

/** How many rows some tables hold. `@tables`: at most 1,000, more are not answered without a filter. */
export function rowCountsSql(project: string, dataset: string): string {
  return `SELECT TO_JSON_STRING(STRUCT(table_name AS name, SUM(total_rows) AS row_count)) AS json
    FROM ${path(project, dataset)}.INFORMATION_SCHEMA.PARTITIONS WHERE table_name IN UNNEST(@tables) GROUP BY table_name`;
}

/** Who asks, and BigQuery's own clock. Reads no table, so it is billed for nothing. */
export const whoSql =
  'SELECT TO_JSON_STRING(STRUCT(SESSION_USER() AS user, UNIX_MILLIS(CURRENT_TIMESTAMP()) AS now_ms)) AS json';

/** The latest of some daily tables. `@prefix`: what their names begin with. */
export function latestShardSql(project: string, dataset: string): string {
  return `SELECT TO_JSON_STRING(STRUCT(MAX(table_name) AS latest)) AS json FROM ${path(project, dataset)}.INFORMATION_SCHEMA.TABLES
    WHERE STARTS_WITH(table_name, @prefix) AND REGEXP_CONTAINS(SUBSTR(table_name, LENGTH(@prefix) + 1), r'^(?:19|20)[0-9]{6}$')`;
}
