import type { SnowflakeConfig } from './config.ts';
import { path } from './names.ts';

/**
 * Questions to the catalog. `INFORMATION_SCHEMA` of a database answers at once and shows what the role has any right on;
 * `SNOWFLAKE.ACCOUNT_USAGE` shows all databases, up to 3 hours late, with things that were dropped. Their views share names and
 * columns.
 */
export interface CatalogSql {
  readonly schemas: string;
  readonly marks: string;
  readonly columnMarks: string;
  /** What moves data by itself, of one kind. */
  routineMarks(kind: 'PROCEDURE' | 'FUNCTION' | 'PIPE'): string;
  relations(limit: number): string;
  columns(relations: number): string;
  readonly procedures: string;
  readonly functions: string;
  readonly pipes: string;
  /** Relations that were made within so many days. */
  made(days: number): string;
  /** How many rows one relation has. */
  readonly rowCount: string;
  /** The columns of one relation, by name. */
  readonly columnNames: string;
  /** What is bound before a question's own values. */
  readonly binds: readonly string[];
}

export const versionSql = 'SELECT CURRENT_VERSION() AS version';
export const whoSql = `SELECT CURRENT_REGION() AS region, CURRENT_USER() AS user_name, CURRENT_ROLE() AS role_name,
  DATE_PART(EPOCH_MILLISECOND, CURRENT_TIMESTAMP()) AS now_ms`;
export const databasesSql = 'SHOW DATABASES';

export function catalogSql(structure: SnowflakeConfig['structure'], database: string): CatalogSql {
  const isLate = structure === 'account-usage';
  const view = (name: string): string =>
    isLate ? path('SNOWFLAKE', 'ACCOUNT_USAGE', name) : path(database, 'INFORMATION_SCHEMA', name);
  const within = (prefix: string): string => (isLate ? `${prefix}_catalog = ? AND deleted IS NULL AND ` : '');
  const schemataWithin = isLate ? 'catalog_name = ? AND deleted IS NULL AND ' : '';
  return {
    binds: isLate ? [database] : [],
    schemas: `SELECT schema_name AS name, schema_owner AS owner FROM ${view('SCHEMATA')}
      WHERE ${schemataWithin}schema_name <> 'INFORMATION_SCHEMA' ORDER BY schema_name`,
    marks: `SELECT table_schema AS schema_name, COUNT(*) AS relations, TO_VARCHAR(MAX(COALESCE(last_ddl, last_altered))) AS last_ddl,
      TO_VARCHAR(SUM(HASH(table_name, table_type, table_owner, comment, COALESCE(last_ddl, last_altered)))) AS digest
      FROM ${view('TABLES')} WHERE ${within('table')}table_schema <> 'INFORMATION_SCHEMA' GROUP BY table_schema`,
    columnMarks: `SELECT table_schema AS schema_name, COUNT(*) AS relations,
      TO_VARCHAR(SUM(HASH(table_name, column_name, ordinal_position, data_type, is_nullable, comment))) AS digest
      FROM ${view('COLUMNS')} WHERE ${within('table')}table_schema <> 'INFORMATION_SCHEMA' GROUP BY table_schema`,
    routineMarks: (kind) => `SELECT ${kind}_schema AS schema_name, COUNT(*) AS relations,
      TO_VARCHAR(SUM(HASH(${kind}_name, ${kind === 'PIPE' ? 'definition' : 'argument_signature'}, last_altered, comment))) AS digest
      FROM ${view(`${kind}S`)} WHERE ${within(kind.toLowerCase())}${kind}_schema <> 'INFORMATION_SCHEMA' GROUP BY ${kind}_schema`,
    relations: (limit) => `SELECT COALESCE(t.table_name, v.table_name) AS name, t.table_type AS type,
      COALESCE(t.table_owner, v.table_owner) AS owner, COALESCE(t.comment, v.comment) AS comment, t.row_count AS row_count,
      t.retention_time AS retention_days, t.is_transient AS is_transient, t.is_dynamic AS is_dynamic, t.is_iceberg AS is_iceberg,
      t.created_ms AS created_ms, v.table_name AS view_name, v.view_definition AS definition, v.is_secure AS is_secure
      FROM (SELECT table_name, table_type, table_owner, comment, row_count, retention_time, is_transient, is_dynamic, is_iceberg,
          DATE_PART(EPOCH_MILLISECOND, created) AS created_ms
          FROM ${view('TABLES')} WHERE ${within('table')}table_schema = ? AND table_name > ?) t
      FULL OUTER JOIN (SELECT table_name, table_owner, comment, view_definition, is_secure
          FROM ${view('VIEWS')} WHERE ${within('table')}table_schema = ? AND table_name > ?) v
        ON v.table_name = t.table_name
      ORDER BY name LIMIT ${limit}`,
    columns: (
      relations,
    ) => `SELECT table_name AS relation, column_name AS name, ordinal_position AS ordinal, data_type AS type,
      character_maximum_length AS length, numeric_precision AS digits, numeric_scale AS scale, is_nullable AS nullable,
      comment, is_identity, CASE WHEN column_default IS NULL THEN 'NO' ELSE 'YES' END AS has_default
      FROM ${view('COLUMNS')} WHERE ${within('table')}table_schema = ? AND table_name IN (${marks(relations)})
      ORDER BY table_name, ordinal_position`,
    procedures: `SELECT procedure_name AS name, argument_signature AS signature, procedure_language AS language,
      procedure_definition AS definition, comment
      FROM ${view('PROCEDURES')} WHERE ${within('procedure')}procedure_schema = ? ORDER BY procedure_name, argument_signature`,
    functions: `SELECT function_name AS name, argument_signature AS signature, function_language AS language,
      function_definition AS definition, comment
      FROM ${view('FUNCTIONS')} WHERE ${within('function')}function_schema = ? ORDER BY function_name, argument_signature`,
    made: (
      days,
    ) => `SELECT table_schema AS schema_name, table_name AS name, DATE_PART(EPOCH_MILLISECOND, created) AS created_ms
      FROM ${view('TABLES')} WHERE ${within('table')}created >= DATEADD(day, -${days}, CURRENT_TIMESTAMP())`,
    rowCount: `SELECT row_count FROM ${view('TABLES')} WHERE ${within('table')}table_schema = ? AND table_name = ?`,
    columnNames: `SELECT column_name AS name FROM ${view('COLUMNS')} WHERE ${within('table')}table_schema = ? AND table_name = ?`,
    pipes: `SELECT pipe_name AS name, definition, comment
      FROM ${view('PIPES')} WHERE ${within('pipe')}pipe_schema = ? ORDER BY pipe_name`,
  };
}

/** `kind`: PRIMARY, UNIQUE or IMPORTED. SHOW lists at most 10,000 rows. */
export function showKeysSql(
  kind: 'PRIMARY' | 'UNIQUE' | 'IMPORTED',
  database: string,
  schema: string,
  table?: string,
): string {
  const where = table === undefined ? `SCHEMA ${path(database, schema)}` : `TABLE ${path(database, schema, table)}`;
  return `SHOW ${kind} KEYS IN ${where}`;
}

export const maxShown = 10_000;

/** All tasks of a database: no view of the catalog holds them. */
export function showTasksSql(database: string): string {
  return `SHOW TASKS IN DATABASE ${path(database)}`;
}

/** `kind`: MATERIALIZED VIEWS, DYNAMIC TABLES; their text is in no view of the catalog. */
export function showTextsSql(kind: 'MATERIALIZED VIEWS' | 'DYNAMIC TABLES', database: string, schema: string): string {
  return `SHOW ${kind} IN SCHEMA ${path(database, schema)}`;
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}
