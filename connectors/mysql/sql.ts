/** Questions to `information_schema`, in the columns that MySQL 5.7 to 9 and MariaDB 10.4 to 11 share. Aliases are lower case. */

export const aboutSql = 'SELECT VERSION() AS version, CURRENT_USER() AS current_account';

/**
 * Schemas with a digest of everything that this connector reads of them. `information_schema` shows what the account may see:
 * a changed right changes the digest too.
 */
export const schemasSql = `SELECT s.schema_name AS name,
    ${partSql('columns', 'table_schema', ['table_name', 'column_name', 'ordinal_position', 'column_type', 'is_nullable', 'column_comment', 'extra', 'generation_expression', 'column_default'])} AS columns_digest,
    ${partSql('tables', 'table_schema', ['table_name', 'table_type', 'table_comment', 'engine'])} AS tables_digest,
    ${partSql('views', 'table_schema', ['table_name', 'view_definition'])} AS views_digest,
    ${partSql('key_column_usage', 'table_schema', ['constraint_name', 'table_name', 'column_name', 'ordinal_position', 'referenced_table_schema', 'referenced_table_name', 'referenced_column_name'])} AS keys_digest,
    ${partSql('routines', 'routine_schema', ['routine_name', 'routine_type', 'routine_definition', 'routine_comment'])} AS routines_digest,
    ${partSql('triggers', 'trigger_schema', ['trigger_name', 'event_object_table', 'event_manipulation', 'action_timing', 'action_statement'])} AS triggers_digest,
    ${partSql('events', 'event_schema', ['event_name', 'event_definition', 'event_comment'])} AS events_digest
  FROM information_schema.schemata s
  WHERE s.schema_name NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
  ORDER BY s.schema_name`;

/**
 * The digest of a part of a schema: how many rows, and the sum of 60 bits of a cryptographic digest of each. A combination
 * that can be undone (`BIT_XOR` of `CRC32`) would not tell views that changed their names, or two rows that changed alike.
 * SHA2 is in every server; MD5 is not in those that follow FIPS.
 */
function partSql(part: string, schema: string, members: readonly string[]): string {
  const row = members.map((member) => `COALESCE(SHA2(p.${member}, 256), '-')`).join(', ');
  return `(SELECT CONCAT_WS('|', COUNT(*), SUM(CAST(CONV(LEFT(SHA2(CONCAT(${row}), 256), 15), 16, 10) AS UNSIGNED)))
      FROM information_schema.${part} p WHERE ${same(`p.${schema}`, 's.schema_name')})`;
}

/**
 * That two names are the same to the byte. `information_schema` compares without case and accents, where names of tables on
 * most servers differ by them; the comparison that it knows stays in front, as the server looks names up by it.
 */
function same(name: string, other: string): string {
  return `${name} = ${other} AND ${bytes(name)} = ${bytes(other)}`;
}

function bytes(name: string): string {
  return `CAST(${name} AS BINARY)`;
}

/** That a name is one of as many as asked for, to the byte. */
function among(name: string, count: number): string {
  return `${bytes(name)} IN (${Array.from({ length: count }, () => bytes('?')).join(', ')})`;
}

/** A page of tables and views behind a name. */
export const relationsSql = `SELECT t.table_name AS name, t.table_type AS type, t.table_comment AS comment, t.engine AS engine,
    t.table_rows AS row_count, v.view_definition AS definition
  FROM information_schema.tables t
  LEFT JOIN information_schema.views v ON ${same('v.table_schema', 't.table_schema')} AND ${same('v.table_name', 't.table_name')}
  WHERE ${same('t.table_schema', '?')} AND ${bytes('t.table_name')} > ${bytes('?')} ORDER BY ${bytes('t.table_name')} LIMIT ?`;

/** `?` for the schema twice, as in all that {@link same} compares it in, then as many as there are relations. */
export function columnsSql(relations: number): string {
  return `SELECT c.table_name AS relation, c.column_name AS name, c.column_type AS type, c.ordinal_position AS ordinal,
    c.is_nullable AS nullable, c.column_comment AS comment, c.extra AS extra, c.generation_expression AS expression,
    c.column_default IS NOT NULL AS has_default
  FROM information_schema.columns c WHERE ${same('c.table_schema', '?')} AND ${among('c.table_name', relations)}
  ORDER BY c.table_name, c.ordinal_position`;
}

export function keysSql(relations: number): string {
  return `SELECT k.table_name AS relation, c.constraint_type AS type, k.constraint_name AS name, k.column_name AS column_name,
    k.referenced_table_schema AS referenced_schema, k.referenced_table_name AS referenced_relation,
    k.referenced_column_name AS referenced_column
  FROM information_schema.table_constraints c
  JOIN information_schema.key_column_usage k ON k.constraint_schema = c.constraint_schema
    AND k.constraint_name = c.constraint_name AND ${same('k.table_schema', 'c.table_schema')} AND ${same('k.table_name', 'c.table_name')}
  WHERE ${same('c.table_schema', '?')} AND ${among('c.table_name', relations)}
    AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
  ORDER BY k.table_name, k.constraint_name, k.ordinal_position`;
}

export const routinesSql = `SELECT r.routine_name AS name, r.routine_type AS type, r.routine_definition AS body, r.routine_comment AS comment
  FROM information_schema.routines r WHERE ${same('r.routine_schema', '?')} ORDER BY r.routine_type, r.routine_name`;

export const triggersSql = `SELECT g.trigger_name AS name, g.event_object_table AS relation, g.action_statement AS body,
    g.event_manipulation AS event, g.action_timing AS timing
  FROM information_schema.triggers g WHERE ${same('g.trigger_schema', '?')} ORDER BY g.trigger_name`;

export const eventsSql = `SELECT e.event_name AS name, e.event_definition AS body, e.event_comment AS comment
  FROM information_schema.events e WHERE ${same('e.event_schema', '?')} ORDER BY e.event_name`;

/** Views and routines of as many schemas as asked for whose text the account does not see. */
export function unshownSql(schemas: number): readonly string[] {
  return [
    `SELECT v.table_schema AS in_schema, 'view' AS kind, v.table_name AS name FROM information_schema.views v
    WHERE v.table_schema IN (${marks(schemas)}) AND COALESCE(v.view_definition, '') = '' ORDER BY v.table_schema, v.table_name`,
    `SELECT r.routine_schema AS in_schema, LOWER(r.routine_type) AS kind, r.routine_name AS name FROM information_schema.routines r
    WHERE r.routine_schema IN (${marks(schemas)}) AND r.routine_definition IS NULL ORDER BY r.routine_schema, r.routine_name`,
  ];
}

/** A name as MySQL quotes it. */
export function quote(name: string): string {
  return '`' + name.replaceAll('`', '``') + '`';
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}
