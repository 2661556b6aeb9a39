import { relationEnd } from './keywords.ts';
import { parseArguments, parseTableName } from './parse-arguments.ts';
import { closeParens, emptyStar } from './parse-parts.ts';
import { parseTableOperator, startsTableOperator } from './parse-table-operator.ts';
import { parseSentQuery } from './parse-sent-query.ts';
import { emptySelect } from '../ast/empty-select.ts';
import { generator, isName, lastPart, unnamed } from './relation-parts.ts';
import { unmarked } from '../text/twin-names.ts';
import type { Expr, Name, Relation, SelectItem } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** Db2: `FROM FINAL TABLE (INSERT …)` gives the rows that the statement changed. */
export function parseChanged(cursor: Cursor): Relation {
  cursor.next();
  cursor.next();
  return parseChangedRows(cursor);
}

/** A statement in parentheses whose changed rows are read. */
export function parseChangedRows(cursor: Cursor): Relation {
  cursor.expectSymbol('(');
  const statement = cursor.grammar.statement(cursor);
  closeParens(cursor);
  const star: SelectItem = { expr: emptyStar([], null), alias: null, aliases: [] };
  const hasOutput = 'output' in statement && statement.output !== null;
  const returning = 'returning' in statement && !hasOutput ? { ...statement, returning: [star] } : statement;
  const name = { text: 'changed rows', quoted: true };
  const from: Relation = { kind: 'table', name: [name], ...unnamed };
  const cte = { name, columns: [], query: null, statement: returning, scalar: null };
  return { kind: 'query', query: { ...emptySelect, with: [cte], items: [star], from }, lateral: false, ...unnamed };
}

/** A table function by its name; its parenthesis stands here, `mark` is the place of its name. */
export function parseFunction(cursor: Cursor, name: readonly Name[], mark: number): Relation {
  const last = unmarked(lastPart(name)).toUpperCase();
  if (last === 'IDENTIFIER' && cursor.peek(1).kind === 'string') {
    cursor.next();
    const { text } = cursor.next();
    closeParens(cursor);
    return { kind: 'table', name: text.split('.').map((part) => ({ text: part, quoted: false })), ...unnamed };
  }
  if (startsTableOperator(cursor)) return parseTableOperator(cursor, generatorName(name));
  if (last === 'SEMANTIC_VIEW') return parseSemanticView(cursor);
  if (last === 'OPENROWSET') return parseOpenRowset(cursor);
  const sent = parseSentQuery(cursor, last);
  if (sent !== null) return sent;
  if (fullText.test(last) && cursor.dialect.looseStatements) return parseFullText(cursor, last);
  const remote = remotePlaces[last];
  if (remote !== undefined && cursor.dialect.parametricCalls) return parseRemote(cursor, remote, generatorName(name));
  if (last === 'VIEW' && cursor.dialect.parametricCalls && cursor.opensQuery()) {
    cursor.next();
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return { kind: 'query', query, lateral: false, ...unnamed };
  }
  const { args, declared } = parseArguments(cursor);
  if (cursor.dialect.looseStatements && last === 'NODES' && name.length > 1) {
    const column: Expr = { kind: 'column', parts: name.slice(0, -1) };
    return generator(last, [column, ...args]);
  }
  // A method or parameterised call that is no plain function: read it as an expression.
  if (cursor.isSymbol('.') || cursor.isSymbol('[')) {
    cursor.reset(mark);
    return generator('EXPRESSION', [cursor.grammar.expression(cursor)]);
  }
  const made = generator(name.map((part) => part.text).join('.'), args, declared);
  if (cursor.take('WITH', 'OFFSET')) {
    const named = cursor.take('AS') || (isName(cursor) && !cursor.isAny(relationEnd));
    return { ...made, ordinality: named ? cursor.name().text : 'offset' };
  }
  return made;
}

function generatorName(name: readonly Name[]): string {
  return unmarked(name.map((part) => part.text).join('.'));
}

/** ClickHouse: which argument of a function over another server names the database, the next its table. */
const remotePlaces: Readonly<Record<string, number | undefined>> = {
  REMOTE: 1,
  REMOTESECURE: 1,
  CLUSTER: 1,
  CLUSTERALLREPLICAS: 1,
  MYSQL: 1,
  POSTGRESQL: 1,
};

/** `remote('host', db.t)`, `remote('host', 'db', 't')`, `mysql('host', 'db', 't', …)`: a table of another server. */
function parseRemote(cursor: Cursor, place: number, name: string): Relation {
  const { args } = parseArguments(cursor);
  const texts = args.slice(place, place + 2).map((arg) => {
    if (arg.kind === 'column') return arg.parts;
    return arg.kind === 'literal' && arg.type === 'string' ? [{ text: arg.value, quoted: false }] : [];
  });
  const [first = [], second = []] = texts;
  const parts = first.length > 1 ? first : [...first, ...second.slice(0, 1)];
  if (parts.length === 0) return generator(name, args);
  return { kind: 'table', name: parts, ...unnamed };
}

const fullText = /^(?:CONTAINSTABLE|FREETEXTTABLE)$/;

/** T-SQL: `CONTAINSTABLE(t, column | (columns) | *, 'condition' …)`: what is searched behind the table it is searched in. */
function parseFullText(cursor: Cursor, name: string): Relation {
  cursor.expectSymbol('(');
  const relation: Relation = { kind: 'table', name: parseTableName(cursor), ...unnamed };
  const table: Expr = { kind: 'query', role: 'value', query: { kind: 'relation', with: [], relation } };
  cursor.expectSymbol(',');
  const columns = parseSearched(cursor);
  // What is searched for, and how.
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  closeParens(cursor);
  return generator(name, [table, ...columns]);
}

/** `*`, `a`, `(a, b)`, `PROPERTY({a}, 'Title')`. */
function parseSearched(cursor: Cursor): readonly Expr[] {
  if (cursor.takeSymbol('*')) return [emptyStar([], null)];
  cursor.take('PROPERTY');
  if (!cursor.takeSymbol('(')) return [{ kind: 'column', parts: parseTableName(cursor) }];
  const columns: Expr[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (isName(cursor)) columns.push({ kind: 'column', parts: parseTableName(cursor) });
    else cursor.next();
  }
  closeParens(cursor);
  return columns;
}

/** T-SQL: `OPENROWSET(BULK 'path', …) WITH (a INT)` reads a file. */
function parseOpenRowset(cursor: Cursor): Relation {
  const place = cursor.peek(2);
  if (cursor.peek(1).text !== 'BULK' || place.kind !== 'string')
    return generator('OPENROWSET', parseArguments(cursor).args);
  cursor.skipParens();
  if (cursor.is('WITH') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
  }
  return { kind: 'table', name: [{ text: place.text, quoted: true }], ...unnamed };
}

/** `TABLE(f(x))`, `TABLE(collection)`, `TABLE(SELECT …)`. */
export function parseTableFunction(cursor: Cursor): Relation {
  cursor.expect('TABLE');
  if (cursor.opensQuery()) {
    cursor.next();
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return { kind: 'query', query, lateral: true, ...unnamed };
  }
  cursor.expectSymbol('(');
  const expr = cursor.grammar.expression(cursor);
  closeParens(cursor);
  // Snowflake: TABLE('db.schema.t') names a table.
  if (expr.kind === 'literal' && expr.type === 'string')
    return { kind: 'table', name: expr.value.split('.').map((text) => ({ text, quoted: false })), ...unnamed };
  const call = expr.kind === 'window' ? expr.call : expr;
  return call.kind === 'call' ? generator(call.name, call.args) : generator('TABLE', [call]);
}

/** Snowflake's stages hold files: their columns are positions. */
export function parseStage(cursor: Cursor): Relation {
  const { start } = cursor.next();
  while (
    !cursor.atEnd &&
    !cursor.peek().spaced &&
    !cursor.isSymbol('(') &&
    !cursor.isSymbol(')') &&
    !cursor.isSymbol(',')
  )
    cursor.next();
  const text = cursor.sql.slice(start, cursor.peek(-1).end);
  if (cursor.isSymbol('(')) cursor.skipParens();
  return { ...generator('STAGE', []), external: [{ text, quoted: true }] };
}

/** Snowflake: the view's metrics, dimensions and facts become columns. */
function parseSemanticView(cursor: Cursor): Relation {
  cursor.expectSymbol('(');
  const name = parseTableName(cursor);
  const items: SelectItem[] = [];
  const kinds = new Set(['METRICS', 'DIMENSIONS', 'FACTS']);
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.isAny(kinds)) {
      cursor.next();
      do {
        const expr = cursor.grammar.expression(cursor);
        items.push({ expr, alias: cursor.take('AS') ? cursor.name() : null, aliases: [] });
      } while (cursor.takeSymbol(','));
    } else if (cursor.take('WHERE')) cursor.grammar.expression(cursor);
    else cursor.next();
  }
  cursor.expectSymbol(')');
  const columns = items.map((item): SelectItem => {
    const last = item.expr.kind === 'column' ? item.expr.parts.at(-1) : undefined;
    return last === undefined ? item : { ...item, expr: { kind: 'column', parts: [last] } };
  });
  const from: Relation = { kind: 'table', name, ...unnamed };
  const query = { ...emptySelect, items: columns, from };
  return { kind: 'query', query, lateral: false, ...unnamed };
}

/** T-SQL: `OPENJSON(…) WITH (a INT '$.a', …)`. */
export function declaredWith(cursor: Cursor): readonly string[] {
  cursor.expectSymbol('(');
  const names: string[] = [];
  do {
    names.push(cursor.name().text);
    while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return names;
}
