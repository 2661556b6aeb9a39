import { manners, rest } from './definition-parts.ts';
import { parseTableName } from './parse-arguments.ts';
import { parseAssignmentList } from './parse-assignments.ts';
import type { Statement, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** ALTER: only renames, swaps and ClickHouse's or Redshift's moves of rows matter to lineage. */
export function parseAlter(cursor: Cursor): Statement {
  cursor.next();
  while (cursor.isAny(manners) || cursor.is('DYNAMIC')) cursor.next();
  if (!cursor.take('TABLE') && !cursor.take('VIEW')) {
    rest(cursor);
    return { kind: 'none' };
  }
  cursor.take('IF', 'EXISTS');
  cursor.take('ONLY');
  const table = parseTableName(cursor);
  const statement = parseAction(cursor, table);
  rest(cursor);
  return statement;
}

function parseAction(cursor: Cursor, table: TableName): Statement {
  while (!cursor.atEnd) {
    if (cursor.take('RENAME')) {
      if (cursor.take('TO') || cursor.take('AS'))
        return { kind: 'rename', from: table, to: qualifyLike(parseTableName(cursor), table) };
      if (!cursor.take('COLUMN') && cursor.peek(1).text !== 'TO')
        return { kind: 'rename', from: table, to: qualifyLike(parseTableName(cursor), table) };
      cursor.take('IF', 'EXISTS');
      const from = cursor.name().text;
      cursor.take('TO');
      return { kind: 'rename-column', table, from, to: cursor.name().text };
    }
    // ClickHouse: mutations.
    if (cursor.is('DELETE', 'WHERE') || (cursor.is('UPDATE') && cursor.isSymbol('=', 2)))
      return parseMutation(cursor, table);
    if (cursor.take('SWAP', 'WITH')) return { kind: 'swap', a: table, b: qualifyLike(parseTableName(cursor), table) };
    if (cursor.take('SWITCH')) return parseSwitch(cursor, table);
    if (cursor.take('APPEND', 'FROM')) return { kind: 'move', from: parseTableName(cursor), to: table };
    if ((cursor.is('REPLACE') || cursor.is('ATTACH') || cursor.is('EXCHANGE')) && cursor.peek(1).text === 'PARTITION') {
      const isMove = !cursor.is('ATTACH');
      while (!cursor.atEnd && !cursor.is('FROM') && !cursor.is('TABLE')) cursor.next();
      if (isMove && !cursor.atEnd) {
        cursor.next();
        return { kind: 'move', from: parseTableName(cursor), to: table };
      }
      return { kind: 'none' };
    }
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  return { kind: 'none' };
}

function parseMutation(cursor: Cursor, table: TableName): Statement {
  const target = { kind: 'table', name: table, alias: null, columnAliases: [] } as const;
  const assignments = cursor.next().text === 'UPDATE' ? parseAssignmentList(cursor) : [];
  const where = cursor.take('WHERE') ? [cursor.grammar.expression(cursor)] : [];
  const base = { with: [], target, from: null, where, returning: [], output: null };
  return assignments.length === 0 ? { kind: 'delete', ...base } : { kind: 'update', ...base, assignments };
}

/** T-SQL: `ALTER TABLE a SWITCH [PARTITION n] TO b` hands the rows of a to b. */
function parseSwitch(cursor: Cursor, table: TableName): Statement {
  while (!cursor.atEnd && !cursor.is('TO')) cursor.next();
  if (!cursor.take('TO')) return { kind: 'none' };
  return { kind: 'move', from: table, to: parseTableName(cursor) };
}

/** `ALTER TABLE s.a RENAME TO b` leaves the table in its schema. */
export function qualifyLike(name: TableName, like: TableName): TableName {
  return name.length >= like.length ? name : [...like.slice(0, like.length - name.length), ...name];
}

/** DROP of tables and views; of anything else nothing is known. */
export function parseDrop(cursor: Cursor): Statement {
  cursor.next();
  while (cursor.isAny(manners)) cursor.next();
  if (!cursor.take('TABLE') && !cursor.take('VIEW')) {
    rest(cursor);
    return { kind: 'none' };
  }
  cursor.take('IF', 'EXISTS');
  const tables = [parseTableName(cursor)];
  while (cursor.takeSymbol(',')) tables.push(parseTableName(cursor));
  rest(cursor);
  return { kind: 'drop', tables };
}

/** MySQL, Teradata: `RENAME TABLE a TO b, c TO d`; ClickHouse: `EXCHANGE TABLES a AND b`. */
export function parseRename(cursor: Cursor): Statement {
  const isExchange = cursor.next().text === 'EXCHANGE';
  if (!cursor.take('TABLE') && !cursor.take('TABLES')) {
    // Db2 leaves the word out; anything else (dictionaries, databases) is no table.
    if (cursor.peek(1).text !== 'TO') {
      rest(cursor);
      return { kind: 'none' };
    }
  }
  const pairs: { readonly from: TableName; readonly to: TableName }[] = [];
  do {
    const from = parseTableName(cursor);
    if (!cursor.take('TO') && !cursor.take('AS')) cursor.expect('AND');
    pairs.push({ from, to: qualifyLike(parseTableName(cursor), from) });
  } while (cursor.takeSymbol(','));
  rest(cursor);
  const [first] = pairs;
  if (first === undefined) return { kind: 'none' };
  if (isExchange) return { kind: 'swap', a: first.from, b: first.to };
  return pairs.length === 1 ? { kind: 'rename', ...first } : { kind: 'renames', pairs };
}

/** COMMENT ON a table, view or column. */
export function parseComment(cursor: Cursor): Statement {
  cursor.next();
  cursor.take('IF', 'EXISTS');
  cursor.take('ON');
  const kind = cursor.next().text;
  if (kind === 'MATERIALIZED') cursor.next();
  cursor.take('IF', 'EXISTS');
  const name = parseTableName(cursor);
  if (!cursor.take('IS')) cursor.take('AS');
  cursor.takeSymbol('=');
  const value = cursor.peek();
  rest(cursor);
  const text = value.kind === 'string' ? value.text : '';
  if (kind === 'COLUMN') return { kind: 'comment', table: name.slice(0, -1), column: name.at(-1)?.text ?? '', text };
  if (kind === 'TABLE' || kind === 'VIEW' || kind === 'MATERIALIZED')
    return { kind: 'comment', table: name, column: null, text };
  return { kind: 'none' };
}
