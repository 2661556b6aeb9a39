import { clauseWords } from './keywords.ts';
import { parseTableName } from './parse-arguments.ts';
import { parseAssignmentList, parseAssignments, parseOutput, parseReturning, parseTuple } from './parse-assignments.ts';
import { parseColumnNames } from './relation-parts.ts';
import { parseRelation } from './parse-relation.ts';
import { locationFunctions } from '../dialect/locations.ts';
import type { Expr, Name, Query, Statement, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';
import type { Insert } from './parse-assignments.ts';

/** An insert with nothing in it yet. */
export const emptyInsert: Insert = {
  kind: 'insert',
  target: null,
  targetAlias: null,
  columns: [],
  dynamicPartitions: [],
  byName: false,
  with: [],
  query: null,
  onConflict: [],
  returning: [],
  output: null,
};

/** Doris: `INSERT INTO t WITH LABEL name (a, b) SELECT …`. */
function isLabel(cursor: Cursor): boolean {
  return cursor.is('WITH', 'LABEL') && cursor.peek(2).kind !== 'symbol' && cursor.peek(2).text !== 'AS';
}

/** Impala: `INSERT INTO t PARTITION (d) [SHUFFLE] SELECT …`. */
function isHint(cursor: Cursor): boolean {
  return cursor.isSymbol('[') && cursor.peek(1).kind === 'word' && cursor.isSymbol(']', 2);
}

/** INSERT and REPLACE in all dialects: INTO and TABLE may be left out, PARTITION, BY NAME, OVERWRITE, DIRECTORY. */
export function parseInsert(cursor: Cursor): Insert {
  cursor.next();
  const overwrites = cursor.is('OVERWRITE');
  skipManner(cursor);
  if (cursor.is('TOP') && cursor.isSymbol('(', 1)) {
    // T-SQL: `INSERT TOP (10) INTO t`.
    cursor.next();
    cursor.skipParens();
    cursor.take('PERCENT');
    skipManner(cursor);
  }
  if (cursor.is('LOCAL', 'DIRECTORY') || cursor.is('DIRECTORY')) return parseDirectory(cursor);
  const isFunction = cursor.take('FUNCTION');
  const target = isFunction ? functionTarget(cursor) : parseTableName(cursor);
  const alias = parseTargetAlias(cursor);
  let columns: readonly Name[] = [];
  let partitions: Partitions = { dynamicPartitions: [], staticPartitions: [] };
  let byName = false;
  let isPart = false;
  let output: Insert['output'] = null;
  for (;;) {
    if (cursor.isSymbol('(') && (cursor.isSymbol('*', 1) || cursor.peek(1).text === 'COLUMNS')) cursor.skipParens();
    else if (cursor.is('PARTITION') && cursor.isSymbol('(', 1)) {
      isPart = true;
      partitions = parsePartitions(cursor);
    } else if (cursor.isSymbol('(') && !cursor.opensQuery() && columns.length === 0 && cursor.peek(1).text !== 'WITH')
      columns = parseColumnNames(cursor);
    else if (cursor.take('BY', 'NAME')) byName = true;
    else if (cursor.is('OUTPUT')) output = parseOutput(cursor);
    else if (
      cursor.take('OVERRIDING', 'SYSTEM', 'VALUE') ||
      cursor.take('OVERRIDING', 'USER', 'VALUE') ||
      cursor.take('IF', 'NOT', 'EXISTS')
    )
      continue;
    else if (isLabel(cursor) || isHint(cursor)) for (let piece = 0; piece < 3; piece++) cursor.next();
    else if (cursor.is('WITH') && cursor.isSymbol('(', 1) && cursor.peek(2).text !== 'SELECT') {
      // T-SQL's hints; ClickHouse's `WITH (SELECT …) AS name` belongs to the query.
      cursor.next();
      cursor.skipParens();
    } else if (cursor.is('REPLACE', 'WHERE') || cursor.is('REPLACE', 'USING') || cursor.is('SETTINGS')) {
      isPart = true;
      while (!cursor.atEnd && !cursor.is('SELECT') && !cursor.is('VALUES') && !cursor.is('WITH')) cursor.next();
    } else break;
  }
  const isWhole = overwrites && !isPart;
  const base = { ...emptyInsert, target, targetAlias: alias, columns, ...partitions, byName, isWhole, output };
  return parseInsertTail(cursor, parseSource(cursor, base));
}

function skipManner(cursor: Cursor): void {
  const manners = new Set(
    'INTO OVERWRITE TABLE IGNORE LOW_PRIORITY DELAYED HIGH_PRIORITY OR REPLACE ROLLBACK ABORT FAIL APPEND'.split(' '),
  );
  while (cursor.isAny(manners) && !cursor.isSymbol('.', 1) && !cursor.isSymbol('(', 1)) cursor.next();
}

/** ClickHouse: `INSERT INTO FUNCTION s3('…')`, `remote('host', db.t)`: the place or the table that the function names. */
function functionTarget(cursor: Cursor): TableName {
  const relation = parseRelation(cursor);
  if (relation.kind === 'table') return relation.name;
  // Of other functions the first argument may be a secret: `odbc('DSN=…;PWD=…')`.
  const isPlace = relation.kind === 'function' && locationFunctions.has(relation.name);
  const place = isPlace ? relation.args[0] : undefined;
  if (place?.kind === 'literal' && place.type === 'string') return [{ text: place.value, quoted: true }];
  return [{ text: relation.kind === 'function' ? relation.name.toLowerCase() : 'function', quoted: false }];
}

/** Hive and Spark: `INSERT OVERWRITE [LOCAL] DIRECTORY 'path' … SELECT …`. */
function parseDirectory(cursor: Cursor): Insert {
  let target: TableName | null = null;
  while (!cursor.atEnd && !cursor.is('SELECT') && !cursor.is('WITH') && !cursor.is('VALUES')) {
    if (cursor.opensQuery()) break;
    const { kind, text } = cursor.next();
    if (kind === 'string') target ??= [{ text, quoted: true }];
  }
  return { ...emptyInsert, target, query: cursor.atEnd ? null : cursor.grammar.query(cursor) };
}

/** PostgreSQL: `INSERT INTO t AS x`. */
function parseTargetAlias(cursor: Cursor): Name | null {
  if (cursor.is('AS') && cursor.peek(1).kind !== 'symbol' && !cursor.is('AS', 'SELECT') && !cursor.is('AS', 'WITH')) {
    cursor.next();
    return cursor.name();
  }
  return null;
}

type Partitions = Pick<Insert, 'dynamicPartitions' | 'staticPartitions'>;

/** PARTITION: columns that the query feeds, and those whose value stands here. */
function parsePartitions(cursor: Cursor): Partitions {
  cursor.next();
  cursor.next();
  const dynamicPartitions: Name[] = [];
  const staticPartitions: Name[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    const name = cursor.name();
    if (cursor.takeSymbol('=')) {
      cursor.grammar.expression(cursor);
      staticPartitions.push(name);
    } else if (!cursor.dialect.partitionNames) dynamicPartitions.push(name);
    cursor.takeSymbol(',');
  }
  cursor.expectSymbol(')');
  return { dynamicPartitions, staticPartitions };
}

function parseSource(cursor: Cursor, insert: Insert): Insert {
  cursor.take('AS');
  if (cursor.is('DEFAULT', 'VALUES')) {
    cursor.next();
    cursor.next();
    return insert;
  }
  if (cursor.dialect.parametricCalls && cursor.is('VALUES') && cursor.peek(1).kind === 'end') {
    // ClickHouse: the rows come behind the statement.
    cursor.next();
    return insert;
  }
  if (cursor.is('VALUE') && cursor.isSymbol('(', 1)) {
    cursor.next();
    return { ...insert, query: parseRows(cursor) };
  }
  if (cursor.is('SET')) {
    const assignments = parseAssignments(cursor);
    const row = assignments.map((item) => item.value);
    const columns = assignments.map((item) => item.target.at(-1) ?? { text: '', quoted: false });
    return { ...insert, columns, query: { kind: 'values', with: [], rows: [row] } };
  }
  // What an EXEC or CALL returns cannot be told from the text.
  if (
    cursor.is('EXEC') ||
    cursor.is('EXECUTE') ||
    cursor.is('CALL') ||
    cursor.is('FORMAT') ||
    cursor.is('FROM', 'INFILE')
  ) {
    while (!cursor.atEnd) cursor.next();
    return insert;
  }
  if (cursor.atEnd || cursor.isSymbol(')') || cursor.is('ON') || cursor.is('RETURNING')) return insert;
  return { ...insert, query: cursor.grammar.query(cursor) };
}

function parseRows(cursor: Cursor): Query {
  const rows: (readonly Expr[])[] = [];
  do rows.push(parseTuple(cursor));
  while (cursor.takeSymbol(','));
  return { kind: 'values', with: [], rows };
}

function parseInsertTail(cursor: Cursor, insert: Insert): Insert {
  let result = insert;
  for (;;) {
    if (cursor.is('AS') && cursor.peek(1).kind !== 'symbol') {
      // MySQL: `VALUES (…) AS new`.
      cursor.next();
      result = { ...result, targetAlias: cursor.name() };
      if (cursor.isSymbol('(')) cursor.skipParens();
    } else if (cursor.take('ON', 'DUPLICATE', 'KEY', 'UPDATE'))
      result = { ...result, onConflict: parseAssignmentList(cursor) };
    else if (cursor.is('LOG', 'ERRORS')) skipErrorLog(cursor);
    else if (cursor.is('ON', 'CONFLICT')) result = { ...result, ...parseConflict(cursor) };
    else if (cursor.take('RETURNING')) result = { ...result, ...parseReturning(cursor) };
    else return result;
  }
}

/** Oracle: rows that fail go to a log; they are not what the statement is about. */
function skipErrorLog(cursor: Cursor): void {
  while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.is('RETURNING')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}

function parseConflict(cursor: Cursor): Pick<Insert, 'onConflict' | 'conflictWhere'> {
  cursor.next();
  cursor.next();
  while (!cursor.atEnd && !cursor.is('DO')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  cursor.take('DO');
  if (cursor.take('NOTHING')) return { onConflict: [] };
  cursor.expect('UPDATE');
  const onConflict = parseAssignments(cursor);
  return { onConflict, conflictWhere: cursor.take('WHERE') ? [cursor.grammar.expression(cursor)] : [] };
}

/** `INSERT ALL WHEN c THEN INTO t (a) VALUES (x) … SELECT …`. */
export function parseMultiInsert(cursor: Cursor): Statement {
  cursor.next();
  cursor.take('OVERWRITE');
  cursor.next();
  const branches: { target: TableName; columns: readonly Name[]; values: readonly Expr[]; condition: Expr | null }[] =
    [];
  let condition: Expr | null = null;
  for (;;) {
    if (cursor.take('WHEN')) {
      condition = cursor.grammar.expression(cursor);
      cursor.expect('THEN');
    } else if (cursor.take('ELSE')) condition = null;
    else if (cursor.take('INTO')) {
      const target = parseTableName(cursor);
      if (cursor.peek().kind === 'name' || (cursor.peek().kind === 'word' && !clauseWords.has(cursor.peek().text)))
        cursor.name();
      const columns = cursor.isSymbol('(') && !cursor.opensQuery() ? parseColumnNames(cursor) : [];
      const values = cursor.take('VALUES') ? parseTuple(cursor) : [];
      branches.push({ target, columns, values, condition });
    } else break;
  }
  return { kind: 'multi-insert', source: cursor.grammar.query(cursor), branches };
}
