/** Questions to DuckDB's own catalog functions. `$1` is the database. */

export const aboutSql = 'SELECT version() AS version';

/** Schemas of a database with a digest of everything that this connector reads of them. */
export const schemasSql = `WITH parts AS (
    ${partSql('t', ['table_name', 'sql', 'comment'], 'duckdb_tables')}
    UNION ALL ${partSql('v', ['view_name', 'sql', 'comment'], 'duckdb_views')}
    UNION ALL ${partSql('c', ['table_name', 'column_name', 'column_index', 'data_type', 'is_nullable', 'column_default', 'comment'], 'duckdb_columns')}
    UNION ALL ${partSql('m', ['function_name', 'function_type', 'macro_definition', 'parameters', 'comment'], 'duckdb_functions')})
  SELECT s.schema_name AS name, version() AS version,
    coalesce(string_agg(p.part || p.n::VARCHAR || ':' || p.digest, ' ' ORDER BY p.part), '') AS digest
  FROM duckdb_schemas() s LEFT JOIN parts p ON p.schema_name = s.schema_name
  WHERE s.database_name = $1 AND NOT s.internal OR s.database_name = $1 AND s.schema_name = 'main'
  GROUP BY s.schema_name ORDER BY s.schema_name`;

/**
 * By schema, the digest of a part: of the ordered digests of its rows, each of the digests of its members. A combination that
 * can be undone (`bit_xor` of `hash`) would not tell a text that moved from one row to another, or came to two rows alike.
 */
function partSql(part: string, members: readonly string[], of: string): string {
  const row = members.map((member) => `coalesce(md5(${member}::VARCHAR), '-')`).join(' || ');
  return `SELECT schema_name, '${part}' AS part, count(*) AS n, md5(string_agg(told, '' ORDER BY told)) AS digest FROM (
      SELECT schema_name, md5(${row}) AS told FROM ${of}() WHERE database_name = $1 AND NOT internal) GROUP BY ALL`;
}

/** A page of tables and views of schema `$2` behind the name `$3`. */
export const relationsSql = `SELECT * FROM (
    SELECT table_name AS name, 'table' AS kind, comment, sql, estimated_size AS row_count
      FROM duckdb_tables() WHERE database_name = $1 AND schema_name = $2 AND NOT internal
    UNION ALL SELECT view_name, 'view', comment, sql, NULL
      FROM duckdb_views() WHERE database_name = $1 AND schema_name = $2 AND NOT internal)
  WHERE name > $3 ORDER BY name LIMIT $4`;

/** Columns of some relations of schema `$2`. */
export function columnsSql(relations: number): string {
  return `SELECT table_name AS relation, column_name AS name, column_index AS ordinal, data_type AS type, is_nullable AS nullable,
    comment, column_default AS expression
  FROM duckdb_columns() WHERE database_name = $1 AND schema_name = $2 AND table_name IN (${marks(relations)})
  ORDER BY table_name, column_index`;
}

/** Which of some names are relations of schema `$2`, or of `main`. */
export function namedSql(names: number): string {
  return `SELECT DISTINCT schema_name, lower(table_name) AS name FROM duckdb_columns()
  WHERE database_name = $1 AND schema_name IN ($2, 'main') AND lower(table_name) IN (${marks(names)})`;
}

/** Keys of some relations of schema `$2`. */
export function keysSql(relations: number): string {
  return `SELECT table_name AS relation, constraint_type AS type, constraint_index AS ordinal, constraint_name AS name,
    constraint_column_names AS columns, referenced_table, referenced_column_names AS referenced_columns
  FROM duckdb_constraints() WHERE database_name = $1 AND schema_name = $2 AND table_name IN (${marks(relations)})
    AND constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
  ORDER BY table_name, constraint_index`;
}

/** Macros of schema `$2`. */
export const macrosSql = `SELECT function_name AS name, function_type AS type, parameters, macro_definition AS definition, comment
  FROM duckdb_functions()
  WHERE database_name = $1 AND schema_name = $2 AND NOT internal AND function_type IN ('macro', 'table_macro')
  ORDER BY function_name, len(parameters), parameters::VARCHAR`;

/** A name as DuckDB quotes it. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function marks(count: number): string {
  return Array.from({ length: count }, (_, i) => `$${i + 3}`).join(', ');
}
