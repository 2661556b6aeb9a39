/** Questions to Trino's own metadata. It takes no parameters outside of prepared statements: values are quoted by {@link text}. */

export const catalogsSql = 'SELECT catalog_name, connector_name FROM system.metadata.catalogs ORDER BY 1';

export function schemasSql(catalog: string): string {
  return `SELECT schema_name FROM ${quote(catalog)}.information_schema.schemata WHERE schema_name <> 'information_schema' ORDER BY 1`;
}

/**
 * By schema and part (c columns, r their comments, t tables, v views, d comments, m materialised views, g grants), a digest of everything that this connector reads: `checksum` does not depend on the order of rows. A part that
 * is empty has no row.
 */
export function digestsSql(catalog: string, grants: boolean): string {
  const own = `${quote(catalog)}.information_schema`;
  const digest = (part: string, schema: string, columns: string, from: string): string =>
    `SELECT ${schema} AS schema_name, '${part}' AS part, count(*) AS n, to_hex(checksum(CAST(ROW(${columns}) AS JSON))) AS digest FROM ${from} GROUP BY 1`;
  const within = `WHERE table_cat = ${text(catalog)} AND table_schem <> 'information_schema'`;
  const other = "WHERE table_schema <> 'information_schema'";
  return [
    digest(
      'c',
      'table_schem',
      'table_name, column_name, ordinal_position, type_name, nullable',
      `system.jdbc.columns ${within}`,
    ),
    digest(
      'r',
      'table_schem',
      'table_name, column_name, remarks',
      `system.jdbc.columns ${within} AND remarks IS NOT NULL`,
    ),
    digest('t', 'table_schema', 'table_name, table_type', `${own}.tables ${other}`),
    digest('v', 'table_schema', 'table_name, view_definition', `${own}.views ${other}`),
    digest(
      'd',
      'schema_name',
      'table_name, comment',
      `system.metadata.table_comments WHERE catalog_name = ${text(catalog)} AND comment IS NOT NULL`,
    ),
    digest(
      'm',
      'schema_name',
      'name, definition',
      `system.metadata.materialized_views WHERE catalog_name = ${text(catalog)}`,
    ),
    ...(grants
      ? [
          digest(
            'g',
            'table_schema',
            'table_name, grantee, grantee_type, privilege_type, is_grantable',
            `${own}.table_privileges ${other}`,
          ),
        ]
      : []),
  ].join('\nUNION ALL ');
}

/** A page of tables and views behind a name. */
export function relationsSql(catalog: string, schema: string, after: string, limit: number): string {
  const own = `${quote(catalog)}.information_schema`;
  return `SELECT t.table_name AS name, t.table_type AS kind, v.view_definition AS definition
  FROM ${own}.tables t LEFT JOIN ${own}.views v ON v.table_schema = t.table_schema AND v.table_name = t.table_name
  WHERE t.table_schema = ${text(schema)} AND t.table_name > ${text(after)} ORDER BY 1 LIMIT ${limit}`;
}

export function materializedSql(catalog: string, schema: string): string {
  return `SELECT name, definition, freshness FROM system.metadata.materialized_views
  WHERE catalog_name = ${text(catalog)} AND schema_name = ${text(schema)}`;
}

export function commentsSql(catalog: string, schema: string): string {
  return `SELECT table_name AS name, comment FROM system.metadata.table_comments
  WHERE catalog_name = ${text(catalog)} AND schema_name = ${text(schema)} AND comment IS NOT NULL`;
}

export function columnCommentsSql(catalog: string, schema: string): string {
  return `SELECT table_name AS relation, column_name AS name, remarks AS comment FROM system.jdbc.columns
  WHERE table_cat = ${text(catalog)} AND table_schem = ${text(schema)} AND remarks IS NOT NULL`;
}

export function privilegesSql(catalog: string, schema: string): string {
  return `SELECT table_name AS relation, grantee, grantee_type, privilege_type AS privilege, is_grantable AS grantable
  FROM ${quote(catalog)}.information_schema.table_privileges WHERE table_schema = ${text(schema)}`;
}

export function columnsSql(catalog: string, schema: string, relations: readonly string[]): string {
  return `SELECT table_name AS relation, column_name AS name, ordinal_position AS ordinal, data_type AS type,
    is_nullable AS nullable, column_default IS NOT NULL AS has_default
  FROM ${quote(catalog)}.information_schema.columns
  WHERE table_schema = ${text(schema)} AND table_name IN (${relations.map(text).join(', ')})`;
}

/** Finished queries behind a place in their order, the oldest first; our own are left out. */
export function queriesSql(after: { readonly ended: string; readonly id: string } | null, limit: number): string {
  const since =
    after === null ? '' : `AND ("end", query_id) > (from_iso8601_timestamp(${text(after.ended)}), ${text(after.id)})`;
  return `SELECT query_id, to_iso8601("end") AS ended FROM system.runtime.queries
  WHERE state = 'FINISHED' AND "end" IS NOT NULL AND coalesce(source, '') <> 'lexline' ${since}
  ORDER BY "end", query_id LIMIT ${limit}`;
}

/** A name as Trino quotes it. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as Trino quotes it. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
