import { path } from './names.ts';

/** Questions to the information schema of one catalog: it shows what the principal has a right on, at once. */
function view(catalog: string, name: string): string {
  return path(catalog, 'information_schema', name);
}

/** Tags of a catalog, its schemas, and all that is in them. */
export function tagsSql(catalog: string): string {
  return `SELECT 'catalog' AS level, CAST(NULL AS STRING) AS schema_name, CAST(NULL AS STRING) AS object_name, CAST(NULL AS STRING) AS column_name, tag_name, tag_value
      FROM ${view(catalog, 'catalog_tags')} WHERE catalog_name = :catalog
    UNION ALL SELECT 'schema', schema_name, NULL, NULL, tag_name, tag_value
      FROM ${view(catalog, 'schema_tags')} WHERE catalog_name = :catalog
    UNION ALL SELECT 'table', schema_name, table_name, NULL, tag_name, tag_value
      FROM ${view(catalog, 'table_tags')} WHERE catalog_name = :catalog
    UNION ALL SELECT 'volume', schema_name, volume_name, NULL, tag_name, tag_value
      FROM ${view(catalog, 'volume_tags')} WHERE catalog_name = :catalog
    UNION ALL SELECT 'column', schema_name, table_name, column_name, tag_name, tag_value
      FROM ${view(catalog, 'column_tags')} WHERE catalog_name = :catalog
    ORDER BY schema_name, object_name, column_name, level, tag_name`;
}

/** Columns of keys. Constraints are named within a schema; a foreign key's columns follow those of the key it points at. */
export function keysSql(catalog: string): string {
  return `SELECT c.table_schema, c.table_name, c.constraint_name, c.constraint_type, k.column_name, k.ordinal_position AS ordinal,
      p.table_catalog AS to_catalog, p.table_schema AS to_schema, p.table_name AS to_table, p.column_name AS to_column
    FROM ${view(catalog, 'table_constraints')} c
    JOIN ${view(catalog, 'key_column_usage')} k
      ON k.constraint_catalog = c.constraint_catalog AND k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name
      AND k.table_schema = c.table_schema AND k.table_name = c.table_name
    LEFT JOIN ${view(catalog, 'referential_constraints')} r
      ON r.constraint_catalog = c.constraint_catalog AND r.constraint_schema = c.constraint_schema AND r.constraint_name = c.constraint_name
    LEFT JOIN ${view(catalog, 'key_column_usage')} p
      ON p.constraint_catalog = r.unique_constraint_catalog AND p.constraint_schema = r.unique_constraint_schema
      AND p.constraint_name = r.unique_constraint_name AND p.ordinal_position = k.position_in_unique_constraint
    WHERE c.table_catalog = :catalog AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
    ORDER BY c.table_schema, c.table_name, c.constraint_name, ordinal, to_catalog, to_schema, to_table, to_column`;
}

/** Procedures with their texts, a row for each parameter: the REST interface lists functions alone. */
export function proceduresSql(catalog: string): string {
  return `SELECT r.routine_schema, r.specific_name, r.routine_name, r.routine_body, r.external_language, r.routine_definition AS definition, r.comment,
      p.parameter_name, p.full_data_type AS parameter_type, p.parameter_mode
    FROM ${view(catalog, 'routines')} r
    LEFT JOIN ${view(catalog, 'parameters')} p
      ON p.specific_catalog = r.specific_catalog AND p.specific_schema = r.specific_schema AND p.specific_name = r.specific_name
    WHERE r.routine_catalog = :catalog AND r.routine_type = 'PROCEDURE'
    ORDER BY r.routine_schema, r.specific_name, p.ordinal_position`;
}

/** Who may do what with tables, through catalog and schema too. */
export function grantsSql(catalog: string): string {
  return `SELECT DISTINCT table_schema, table_name, grantee, privilege_type
    FROM ${view(catalog, 'table_privileges')}
    WHERE table_catalog = :catalog AND privilege_type IN ('SELECT', 'MODIFY', 'ALL PRIVILEGES', 'ALL_PRIVILEGES', 'OWNERSHIP', 'OWN', 'MANAGE')
    ORDER BY table_schema, table_name, grantee, privilege_type`;
}

/** Tables and views that are shown at all. */
export function shownSql(catalog: string): string {
  return `SELECT table_schema, table_name FROM ${view(catalog, 'tables')}
    WHERE table_catalog = :catalog
    ORDER BY table_schema, table_name`;
}

/** Schemas of the legacy metastore. */
export const legacySchemasSql = 'SHOW SCHEMAS IN `hive_metastore`';

/** The current catalog's clock, for lineage and history. */
export const clockSql = 'SELECT unix_millis(current_timestamp()) AS now_ms, current_user() AS user_name';

/** Results inline end at 25 MiB: long ones are asked for in parts, in an order that stands. */
export function part(sql: string, size: number, from: number): string {
  return `${sql}\nLIMIT ${size} OFFSET ${from}`;
}
