import { rest } from './definition-parts.ts';
import { parseTableName } from './parse-arguments.ts';
import { parseTimedTable } from './parse-relation.ts';
import type { Statement, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/**
 * Brings back what a table was: Delta's `RESTORE TABLE t TO VERSION AS OF 3`, Oracle's `FLASHBACK TABLE t TO …`, Dremio's
 * `ROLLBACK TABLE t TO SNAPSHOT '1'`, and `RESTORE DATABASE` all of them.
 */
export function parseRestore(cursor: Cursor): Statement {
  const { text: word } = cursor.next();
  const isTable = cursor.take('TABLE');
  const isName = isTable || (word === 'RESTORE' && /^(?:TO|VERSION|TIMESTAMP|\.)$/.test(cursor.peek(1).text));
  if (!isName) {
    const isAll = word !== 'ROLLBACK' && cursor.is('DATABASE');
    rest(cursor);
    return isAll ? { kind: 'restore', table: null } : { kind: 'none' };
  }
  const table = tableHere(cursor);
  const isDropped = cursor.take('TO', 'BEFORE', 'DROP');
  const to = isDropped && cursor.take('RENAME', 'TO') ? parseTableName(cursor) : null;
  rest(cursor);
  return isDropped ? { kind: 'undrop', table, to } : { kind: 'restore', table };
}

/** `UNDROP TABLE t`; of a schema or database its tables are not told. */
export function parseUndrop(cursor: Cursor): Statement {
  cursor.next();
  const isTable = cursor.take('TABLE') || cursor.take('VIEW') || cursor.take('MATERIALIZED', 'VIEW');
  if (!isTable || cursor.is('WITH', 'ID')) {
    rest(cursor);
    return { kind: 'none' };
  }
  const table = parseTableName(cursor);
  rest(cursor);
  return { kind: 'undrop', table, to: null };
}

/** The version may stand right behind the name. */
function tableHere(cursor: Cursor): TableName {
  const table = parseTimedTable(cursor);
  if (table.kind !== 'table') cursor.fail();
  return table.name;
}
