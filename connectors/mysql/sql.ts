/** Questions to `information_schema`, in the columns that MySQL 5.7 to 9 and MariaDB 10.4 to 11 share. Aliases are lower case. */

export const aboutSql = 'SELECT VERSION() AS version, CURRENT_USER() AS current_account';

/**
 * Schemas with a digest of everything that this connector reads of them. `information_schema` shows what the account may see:
 * a changed right changes the digest too.
 */
export const schemasSql = `SELECT s.schema_name AS name,
    (SELECT CONCAT_WS('|', COUNT(*), BIT_XOR(CRC32(CONCAT_WS(CHAR(31), c.table_name, c.column_name, c.ordinal_position, c.column_type,
      c.is_nullable, c.column_comment, c.extra, c.generation_expression))), SUM(CRC32(CONCAT_WS(CHAR(31), c.table_name, c.column_name, c.column_comment))))
      FROM information_schema.columns c WHERE c.table_schema = s.schema_name) AS columns_digest,
    (SELECT CONCAT_WS('|', COUNT(*), BIT_XOR(CRC32(CONCAT_WS(CHAR(31), t.table_name, t.table_type, t.table_comment, t.engine))))
      FROM information_schema.tables t WHERE t.table_schema = s.schema_name) AS tables_digest,
    (SELECT CONCAT_WS('|', COUNT(*), BIT_XOR(CRC32(CONCAT_WS(CHAR(31), v.table_name, v.view_definition))))
      FROM information_schema.views v WHERE v.table_schema = s.schema_name) AS views_digest,
    (SELECT CONCAT_WS('|', COUNT(*), BIT_XOR(CRC32(CONCAT_WS(CHAR(31), k.constraint_name, k.table_name, k.column_name, k.referenced_table_name, k.referenced_column_name))))
      FROM information_schema.key_column_usage k WHERE k.table_schema = s.schema_name) AS keys_digest,
    (SELECT CONCAT_WS('|', COUNT(*), BIT_XOR(CRC32(CONCAT_WS(CHAR(31), r.routine_name, r.routine_type, r.routine_definition))))
      FROM information_schema.routines r WHERE r.routine_schema = s.schema_name) AS routines_digest,
    (SELECT CONCAT_WS('|', COUNT(*), BIT_XOR(CRC32(CONCAT_WS(CHAR(31), g.trigger_name, g.event_object_table, g.action_statement))))
      FROM information_schema.triggers g WHERE g.trigger_schema = s.schema_name) AS triggers_digest
  FROM information_schema.schemata s
  WHERE s.schema_name NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
  ORDER BY s.schema_name`;

/** A page of tables and views behind a name. */
export const relationsSql = `SELECT t.table_name AS name, t.table_type AS type, t.table_comment AS comment, t.engine AS engine,
    t.table_rows AS row_count, v.view_definition AS definition
  FROM information_schema.tables t
  LEFT JOIN information_schema.views v ON v.table_schema = t.table_schema AND v.table_name = t.table_name
  WHERE t.table_schema = ? AND t.table_name > ? ORDER BY t.table_name LIMIT ?`;

/** `?` for the schema, then as many as there are relations. */
export function columnsSql(relations: number): string {
  return `SELECT c.table_name AS relation, c.column_name AS name, c.column_type AS type, c.ordinal_position AS ordinal,
    c.is_nullable AS nullable, c.column_comment AS comment, c.extra AS extra, c.generation_expression AS expression,
    c.column_default IS NOT NULL AS has_default
  FROM information_schema.columns c WHERE c.table_schema = ? AND c.table_name IN (${marks(relations)})
  ORDER BY c.table_name, c.ordinal_position`;
}

export function keysSql(relations: number): string {
  return `SELECT k.table_name AS relation, c.constraint_type AS type, k.constraint_name AS name, k.column_name AS column_name,
    k.referenced_table_schema AS referenced_schema, k.referenced_table_name AS referenced_relation,
    k.referenced_column_name AS referenced_column
  FROM information_schema.table_constraints c
  JOIN information_schema.key_column_usage k ON k.constraint_schema = c.constraint_schema
    AND k.constraint_name = c.constraint_name AND k.table_schema = c.table_schema AND k.table_name = c.table_name
  WHERE c.table_schema = ? AND c.table_name IN (${marks(relations)})
    AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
  ORDER BY k.table_name, k.constraint_name, k.ordinal_position`;
}

export const routinesSql = `SELECT r.routine_name AS name, r.routine_type AS type, r.routine_definition AS body, r.routine_comment AS comment
  FROM information_schema.routines r WHERE r.routine_schema = ? ORDER BY r.routine_type, r.routine_name`;

export const triggersSql = `SELECT g.trigger_name AS name, g.event_object_table AS relation, g.action_statement AS body,
    g.event_manipulation AS event, g.action_timing AS timing
  FROM information_schema.triggers g WHERE g.trigger_schema = ? ORDER BY g.trigger_name`;

export const eventsSql = `SELECT e.event_name AS name, e.event_definition AS body, e.event_comment AS comment
  FROM information_schema.events e WHERE e.event_schema = ? ORDER BY e.event_name`;

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
