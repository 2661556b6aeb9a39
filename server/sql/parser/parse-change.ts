import { clauseWords } from './keywords.ts';
import { parseTableName } from './parse-arguments.ts';
import { parseItems } from './parse-expression.ts';
import { closeParens } from './parse-parts.ts';
import { crossJoin, parseColumnNames, parseFrom, parseJoined, parseRelation } from './parse-relation.ts';
import type { Cursor } from './cursor.ts';
import type {
  Assignment,
  Expr,
  MergeClause,
  Name,
  Query,
  Relation,
  SelectItem,
  Statement,
  TableName,
} from '../ast/nodes.ts';

type Insert = Extract<Statement, { kind: 'insert' }>;

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

/** INSERT and REPLACE in all dialects: INTO and TABLE may be left out, PARTITION, BY NAME, OVERWRITE, DIRECTORY. */
export function parseInsert(cursor: Cursor): Insert {
  cursor.next();
  skipManner(cursor);
  if (cursor.is('LOCAL', 'DIRECTORY') || cursor.is('DIRECTORY')) return parseDirectory(cursor);
  const isFunction = cursor.take('FUNCTION');
  const target = parseTableName(cursor);
  if (isFunction && cursor.isSymbol('(')) cursor.skipParens();
  const alias = parseTargetAlias(cursor);
  let columns: readonly Name[] = [];
  let partitions: readonly Name[] = [];
  let byName = false;
  let output: Insert['output'] = null;
  for (;;) {
    if (cursor.is('PARTITION') && cursor.isSymbol('(', 1)) partitions = parsePartitions(cursor);
    else if (cursor.isSymbol('(') && !cursor.opensQuery() && columns.length === 0 && cursor.peek(1).text !== 'WITH')
      columns = parseColumnNames(cursor);
    else if (cursor.take('BY', 'NAME')) byName = true;
    else if (cursor.is('OUTPUT')) output = parseOutput(cursor);
    else if (
      cursor.take('OVERRIDING', 'SYSTEM', 'VALUE') ||
      cursor.take('OVERRIDING', 'USER', 'VALUE') ||
      cursor.take('IF', 'NOT', 'EXISTS')
    )
      continue;
    else if (cursor.is('WITH') && cursor.isSymbol('(', 1)) {
      cursor.next();
      cursor.skipParens();
    } else if (cursor.is('REPLACE', 'WHERE') || cursor.is('SETTINGS')) {
      while (!cursor.atEnd && !cursor.is('SELECT') && !cursor.is('VALUES') && !cursor.is('WITH')) cursor.next();
    } else break;
  }
  const base = { ...emptyInsert, target, targetAlias: alias, columns, dynamicPartitions: partitions, byName, output };
  return parseInsertTail(cursor, parseSource(cursor, base));
}

function skipManner(cursor: Cursor): void {
  const manners = new Set(
    'INTO OVERWRITE TABLE IGNORE LOW_PRIORITY DELAYED HIGH_PRIORITY OR REPLACE ROLLBACK ABORT FAIL APPEND'.split(' '),
  );
  while (cursor.isAny(manners) && !cursor.isSymbol('.', 1) && !cursor.isSymbol('(', 1)) cursor.next();
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

/** The partition columns that the query feeds: those without a value. */
function parsePartitions(cursor: Cursor): readonly Name[] {
  cursor.next();
  cursor.next();
  const found: Name[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    const name = cursor.name();
    if (cursor.takeSymbol('=')) cursor.grammar.expression(cursor);
    else found.push(name);
    cursor.takeSymbol(',');
  }
  cursor.expectSymbol(')');
  return found;
}

function parseSource(cursor: Cursor, insert: Insert): Insert {
  cursor.take('AS');
  if (cursor.is('DEFAULT', 'VALUES')) {
    cursor.next();
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

function parseTuple(cursor: Cursor): readonly Expr[] {
  cursor.expectSymbol('(');
  const row: Expr[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    row.push(cursor.grammar.expression(cursor));
    if (!cursor.takeSymbol(',')) break;
  }
  closeParens(cursor);
  return row;
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
    else if (cursor.is('ON', 'CONFLICT')) result = { ...result, onConflict: parseConflict(cursor) };
    else if (cursor.take('RETURNING')) result = { ...result, returning: parseReturning(cursor) };
    else return result;
  }
}

function parseConflict(cursor: Cursor): readonly Assignment[] {
  cursor.next();
  cursor.next();
  while (!cursor.atEnd && !cursor.is('DO')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  cursor.take('DO');
  if (cursor.take('NOTHING')) return [];
  cursor.expect('UPDATE');
  const assignments = parseAssignments(cursor);
  if (cursor.take('WHERE')) cursor.grammar.expression(cursor);
  return assignments;
}

function parseReturning(cursor: Cursor): readonly SelectItem[] {
  const items = parseItems(cursor);
  if (cursor.take('INTO') || cursor.take('BULK', 'COLLECT', 'INTO'))
    while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
  return items;
}

/** T-SQL: `OUTPUT inserted.a, deleted.b INTO log (x, y)`. */
function parseOutput(cursor: Cursor): Insert['output'] {
  cursor.expect('OUTPUT');
  const items = parseItems(cursor);
  if (!cursor.take('INTO')) return null;
  const target = parseTableName(cursor);
  const columns = cursor.isSymbol('(') && !cursor.opensQuery() ? parseColumnNames(cursor) : [];
  return { items, target, columns };
}

/** `SET a = 1, t.b = c, (d, e) = (SELECT …)`. */
export function parseAssignments(cursor: Cursor): readonly Assignment[] {
  cursor.expect('SET');
  return parseAssignmentList(cursor);
}

/** `a = 1, t.b = c`. */
export function parseAssignmentList(cursor: Cursor): readonly Assignment[] {
  const found: Assignment[] = [];
  do found.push(...parseAssignment(cursor));
  while (cursor.takeSymbol(','));
  return found;
}

function parseAssignment(cursor: Cursor): readonly Assignment[] {
  if (cursor.isSymbol('(')) {
    const columns = parseColumnNames(cursor);
    cursor.expectSymbol('=');
    const value = cursor.grammar.expression(cursor);
    return columns.map((column, at) => {
      if (value.kind === 'query') return { target: [column], value, position: at + 1 };
      const own = value.kind === 'call' && value.name === 'ROW' ? value.args[at] : value;
      return { target: [column], value: own ?? value, position: 0 };
    });
  }
  const target: Name[] = [...parseTableName(cursor)];
  if (cursor.isSymbol('[')) while (!cursor.atEnd && !cursor.takeSymbol(']')) cursor.next();
  if (cursor.isSymbol('.')) {
    cursor.next();
    target.push(cursor.name());
  }
  // `+=` and the like: the old value stays in it; T-SQL's `@v = column = value`.
  const compound = /^[-+*/%&|^]$/.test(cursor.peek().text) && cursor.isSymbol('=', 1);
  if (compound) cursor.next();
  if (!cursor.takeSymbol('=')) cursor.expectSymbol(':=');
  const value = cursor.grammar.expression(cursor);
  if (!compound) return [{ target, value, position: 0 }];
  const old: Expr = { kind: 'column', parts: target };
  return [
    {
      target,
      value: { kind: 'call', name: '+', args: [old, value], distinct: false, filter: null, order: [] },
      position: 0,
    },
  ];
}

/** UPDATE of one table, of several joined ones, with FROM before or behind SET. */
export function parseUpdate(cursor: Cursor): Statement {
  cursor.next();
  const manners = new Set(['LOW_PRIORITY', 'IGNORE', 'ONLY']);
  while (cursor.isAny(manners) && !cursor.is(cursor.peek().text, 'SET')) cursor.next();
  if (cursor.is('TOP') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
  }
  if (cursor.take('OR')) cursor.next();
  const target = parseTargets(cursor);
  let from: Relation | null = cursor.take('FROM') ? parseFrom(cursor) : null;
  const assignments = parseAssignments(cursor);
  let where: readonly Expr[] = [];
  let returning: readonly SelectItem[] = [];
  let output: Insert['output'] = null;
  for (;;) {
    if (cursor.is('OUTPUT')) output = parseOutput(cursor);
    else if (cursor.take('FROM')) from = parseFrom(cursor);
    else if (cursor.take('WHERE'))
      where = cursor.is('CURRENT', 'OF') ? skipCurrent(cursor) : [cursor.grammar.expression(cursor)];
    else if (cursor.take('RETURNING')) returning = parseReturning(cursor);
    else if (cursor.is('ORDER', 'BY') || cursor.is('LIMIT') || cursor.is('OPTION') || cursor.is('ELSE'))
      while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
    else break;
  }
  return { kind: 'update', with: [], target, from, assignments, where, returning, output };
}

function skipCurrent(cursor: Cursor): readonly Expr[] {
  cursor.next();
  cursor.next();
  cursor.name();
  return [];
}

function parseTargets(cursor: Cursor): Relation {
  let target = parseJoined(cursor);
  while (cursor.takeSymbol(',')) target = crossJoin(target, parseJoined(cursor));
  return target;
}

/** DELETE in all dialects: FROM may be left out or come twice, USING, joins. */
export function parseDelete(cursor: Cursor): Statement {
  cursor.next();
  const manners = new Set(['LOW_PRIORITY', 'QUICK', 'IGNORE']);
  while (cursor.isAny(manners)) cursor.next();
  if (cursor.is('TOP') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
  }
  cursor.take('FROM');
  let target = parseJoined(cursor);
  // `DELETE a, b FROM …`: the first is what the edges of the statement are hung on.
  while (cursor.takeSymbol(',')) parseRelation(cursor);
  let output: Insert['output'] = null;
  if (cursor.is('OUTPUT')) output = parseOutput(cursor);
  let from: Relation | null = null;
  if (target.kind === 'join') {
    from = target;
    target = leftmost(target);
  }
  let where: readonly Expr[] = [];
  let returning: readonly SelectItem[] = [];
  for (;;) {
    if (cursor.take('FROM') || cursor.take('USING')) from = parseFrom(cursor);
    else if (cursor.is('OUTPUT')) output = parseOutput(cursor);
    else if (cursor.take('WHERE'))
      where = cursor.is('CURRENT', 'OF') ? skipCurrent(cursor) : [cursor.grammar.expression(cursor)];
    else if (cursor.take('RETURNING')) returning = parseReturning(cursor);
    else if (cursor.is('ORDER', 'BY') || cursor.is('LIMIT') || cursor.is('OPTION') || cursor.is('ALL'))
      while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
    else break;
  }
  return { kind: 'delete', with: [], target, from, where, returning, output };
}

function leftmost(relation: Relation): Relation {
  let first = relation;
  while (first.kind === 'join') first = first.left;
  return first;
}

/** MERGE, with `UPDATE SET *`, `INSERT *`, `INSERT ROW` and Oracle's WHERE behind an action. */
export function parseMerge(cursor: Cursor): Statement {
  cursor.next();
  if (cursor.is('TOP') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
  }
  cursor.take('WITH', 'SCHEMA', 'EVOLUTION');
  cursor.take('INTO');
  const target = parseRelation(cursor);
  cursor.take('WITH', 'SCHEMA', 'EVOLUTION');
  cursor.expect('USING');
  const source = parseJoined(cursor);
  cursor.expect('ON');
  const on = [cursor.grammar.expression(cursor)];
  const clauses: MergeClause[] = [];
  let output: Insert['output'] = null;
  for (;;) {
    if (cursor.is('WHEN')) clauses.push(...parseWhen(cursor));
    else if (cursor.take('REMOVE', 'DUPLICATES')) {
      // Redshift: rows of the source take the place of those they match.
      clauses.push(
        { kind: 'update', condition: null, assignments: 'all' },
        { kind: 'insert', condition: null, columns: [], values: 'all' },
      );
    } else if (cursor.take('ELSE', 'IGNORE')) continue;
    else if (cursor.is('OUTPUT')) output = parseOutput(cursor);
    else if (cursor.is('OPTION') || cursor.is('RETURNING') || cursor.is('LOG', 'ERRORS'))
      while (!cursor.atEnd) cursor.next();
    else break;
  }
  return { kind: 'merge', with: [], target, source, on, clauses, output };
}

function parseWhen(cursor: Cursor): readonly MergeClause[] {
  cursor.expect('WHEN');
  cursor.take('NOT');
  cursor.expect('MATCHED');
  if (cursor.take('BY')) cursor.next();
  let condition = cursor.take('AND') ? cursor.grammar.expression(cursor) : null;
  cursor.expect('THEN');
  if (cursor.take('DELETE')) return [{ kind: 'delete', condition }];
  if (cursor.take('DO', 'NOTHING')) return [];
  if (cursor.take('UPDATE')) {
    if (cursor.is('SET') && cursor.isSymbol('*', 1)) {
      cursor.next();
      cursor.next();
      skipExcept(cursor);
      return [{ kind: 'update', condition, assignments: 'all' }];
    }
    if (cursor.take('ALL', 'BY', 'NAME')) return [{ kind: 'update', condition, assignments: 'all' }];
    const assignments = parseAssignments(cursor);
    if (cursor.take('WHERE')) condition = cursor.grammar.expression(cursor);
    if (cursor.take('DELETE')) {
      cursor.take('WHERE');
      const when = cursor.grammar.expression(cursor);
      return [
        { kind: 'update', condition, assignments },
        { kind: 'delete', condition: when },
      ];
    }
    return [{ kind: 'update', condition, assignments }];
  }
  cursor.expect('INSERT');
  if (cursor.takeSymbol('*')) {
    skipExcept(cursor);
    return [{ kind: 'insert', condition, columns: [], values: 'all' }];
  }
  if (cursor.take('ROW') || cursor.take('ALL', 'BY', 'NAME'))
    return [{ kind: 'insert', condition, columns: [], values: 'all' }];
  const mark = cursor.mark();
  const columns = cursor.isSymbol('(') ? parseColumnNames(cursor) : [];
  if (columns.length > 0 && !cursor.is('VALUES') && !cursor.is('ROW')) {
    // Teradata: values without the word.
    cursor.reset(mark);
    return [{ kind: 'insert', condition, columns: [], values: parseTuple(cursor) }];
  }
  if (cursor.take('ROW')) return [{ kind: 'insert', condition, columns, values: 'all' }];
  cursor.expect('VALUES');
  const values = parseTuple(cursor);
  if (cursor.take('WHERE')) condition = cursor.grammar.expression(cursor);
  return [{ kind: 'insert', condition, columns, values }];
}

function skipExcept(cursor: Cursor): void {
  if (cursor.take('EXCEPT') && cursor.isSymbol('(')) cursor.skipParens();
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
