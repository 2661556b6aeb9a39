import { manners, rest } from './definition-parts.ts';
import { parseTableName } from './parse-arguments.ts';
import { parseCreate } from './parse-create.ts';
import { parseAssignmentList } from './parse-assignments.ts';
import { parseColumnChange } from './parse-column-changes.ts';
import type { ColumnChange, ComputedChange, Statement, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** ALTER: changes of columns, renames, swaps and ClickHouse's or Redshift's moves of rows. */
export function parseAlter(cursor: Cursor): readonly Statement[] {
  if (redefinesView(cursor)) return [parseCreate(cursor)];
  cursor.next();
  while (cursor.isAny(manners) || cursor.is('DYNAMIC')) cursor.next();
  if (cursor.take('SCHEMA')) return [parseTransfer(cursor)];
  if (!cursor.take('TABLE') && !cursor.take('VIEW')) {
    rest(cursor);
    return [];
  }
  cursor.take('IF', 'EXISTS');
  cursor.take('ONLY');
  const table = parseTableName(cursor);
  if (cursor.is('ON') && cursor.peek(1).text === 'CLUSTER') for (let i = 0; i < 3; i++) cursor.next();
  const changes: (ColumnChange | ComputedChange)[] = [];
  const others: Statement[] = [];
  while (!cursor.atEnd) {
    const found = parseColumnChange(cursor);
    if (found !== null) changes.push(...found);
    else {
      const statement = parseAction(cursor, table);
      if (statement.kind !== 'none') others.push(statement);
    }
    while (!cursor.atEnd && !cursor.takeSymbol(',')) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
  }
  return changes.length === 0 ? others : [{ kind: 'alter', table, changes }, ...others];
}

/** `ALTER VIEW v AS SELECT …` says anew what a view shows. */
function redefinesView(cursor: Cursor): boolean {
  for (let ahead = 1; ahead < 40; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind === 'end' || (ahead === 1 && !/^(?:VIEW|MATERIALIZED|SECURE|LIVE|ALGORITHM|DEFINER|SQL)$/.test(text)))
      return false;
    if (kind === 'word' && text === 'AS') return /^(?:SELECT|WITH|\()$/.test(cursor.peek(ahead + 1).text);
  }
  return false;
}

/** T-SQL: `ALTER SCHEMA s TRANSFER [OBJECT::]old.t` moves a table to another schema. */
function parseTransfer(cursor: Cursor): Statement {
  const schema = parseTableName(cursor);
  if (!cursor.take('TRANSFER')) {
    rest(cursor);
    return { kind: 'none' };
  }
  if (cursor.is('OBJECT') && cursor.isSymbol('::', 1)) for (let i = 0; i < 2; i++) cursor.next();
  const from = parseTableName(cursor);
  rest(cursor);
  return { kind: 'rename', from, to: [...schema, ...from.slice(-1)] };
}

function parseAction(cursor: Cursor, table: TableName): Statement {
  while (!cursor.atEnd && !cursor.isSymbol(',')) {
    if (cursor.take('RENAME')) {
      if (/^(?:CONSTRAINT|INDEX|KEY|PARTITION|PROJECTION|SUBPARTITION|VALUE)$/.test(cursor.peek().text))
        return { kind: 'none' };
      if (!cursor.take('TO')) cursor.take('AS');
      return { kind: 'rename', from: table, to: qualifyLike(parseTableName(cursor), table) };
    }
    // PostgreSQL: the table moves to another schema.
    if (cursor.take('SET', 'SCHEMA'))
      return { kind: 'rename', from: table, to: [...table.slice(0, -2), cursor.name(), ...table.slice(-1)] };
    // ClickHouse: mutations.
    if (cursor.is('DELETE', 'WHERE') || (cursor.is('UPDATE') && cursor.isSymbol('=', 2)))
      return parseMutation(cursor, table);
    if (cursor.take('SWAP', 'WITH')) return { kind: 'swap', a: table, b: qualifyLike(parseTableName(cursor), table) };
    if (cursor.take('SWITCH')) return parseSwitch(cursor, table);
    if (cursor.take('APPEND', 'FROM')) return { kind: 'move', from: parseTableName(cursor), to: table };
    if (/^(?:REPLACE|ATTACH|EXCHANGE|MOVE)$/.test(cursor.peek().text) && cursor.peek(1).text === 'PARTITION')
      return parsePartitionMove(cursor, table);
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  return { kind: 'none' };
}

/** Rows of a partition come from another table, or (ClickHouse's MOVE) go to it. */
function parsePartitionMove(cursor: Cursor, table: TableName): Statement {
  const isOutward = cursor.is('MOVE');
  while (!cursor.atEnd && !cursor.is('FROM') && !cursor.is('TABLE')) cursor.next();
  // PostgreSQL: `ATTACH PARTITION p FOR VALUES FROM (1) TO (2)`.
  if (cursor.atEnd || cursor.isSymbol('(', 1)) return { kind: 'none' };
  cursor.next();
  const other = parseTableName(cursor);
  return isOutward ? { kind: 'move', from: table, to: other } : { kind: 'move', from: other, to: table };
}

/** Mutations run in the background: what is read next may hold the old values. */
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

/** MySQL, Teradata: `RENAME TABLE a TO b, c TO d`; Synapse: `RENAME OBJECT a TO b`, `OBJECT::a`; ClickHouse: `EXCHANGE TABLES a AND b`. */
export function parseRename(cursor: Cursor): Statement {
  const isExchange = cursor.next().text === 'EXCHANGE';
  if (cursor.is('OBJECT') && !cursor.is('OBJECT', 'TO')) {
    cursor.next();
    cursor.takeSymbol('::');
  } else if (!cursor.take('TABLE') && !cursor.take('TABLES')) {
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
  if (kind === 'COLUMN')
    return {
      kind: 'alter',
      table: name.slice(0, -1),
      changes: [{ type: 'comment', column: name.at(-1)?.text ?? '', text }],
    };
  if (kind === 'TABLE' || kind === 'VIEW' || kind === 'MATERIALIZED')
    return { kind: 'alter', table: name, changes: [{ type: 'comment', column: null, text }] };
  return { kind: 'none' };
}
