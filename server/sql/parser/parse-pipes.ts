import { parseKeys, parseTableName } from './parse-arguments.ts';
import { parseItems } from './parse-item.ts';
import { closeParens, emptyStar } from './parse-parts.ts';
import { emptySelect } from '../ast/empty-select.ts';
import { parseJoin } from './parse-joins.ts';
import { parsePivots } from './parse-relation.ts';
import type { Cursor } from './cursor.ts';
import type { Expr, Name, Query, Relation, SelectItem, SelectQuery, StarExpr } from '../ast/nodes.ts';

const star = (changes: Partial<StarExpr> = {}): SelectItem => ({
  expr: { ...emptyStar([], null), ...changes },
  alias: null,
  aliases: [],
});

/**
 * Pipe syntax (BigQuery "Pipe query syntax", Spark 4, Databricks): each operator becomes a query over the one before it.
 */
export function parsePipes(cursor: Cursor, start: Query): Query {
  let query = start;
  let alias: Name | null = null;
  while (cursor.takeSymbol('|>')) {
    if (cursor.take('AS')) {
      const given = cursor.name();
      const named = aliased(query, given);
      if (named === null) alias = given;
      else query = named;
    } else
      query =
        grow(cursor, query) ??
        parseOperator(cursor, { kind: 'query', query, lateral: false, alias, columnAliases: [] });
  }
  return query;
}

/** `FROM t |> AS x`: the table itself takes the alias, as long as it stands alone. */
function aliased(query: Query, alias: Name): Query | null {
  if (query.kind !== 'select' || query.from === null || query.from.kind === 'join' || query.items.length !== 1)
    return null;
  return query.items[0]?.expr.kind === 'star' ? { ...query, from: { ...query.from, alias } } : null;
}

/** While nothing but `SELECT *` stands over the tables, operators join that query: the tables keep their aliases. */
function grow(cursor: Cursor, query: Query): Query | null {
  if (query.kind !== 'select' || query.from === null || query.groupBy.length > 0 || query.orderBy.length > 0)
    return null;
  const [only] = query.items;
  if (query.items.length !== 1 || only === undefined || only.expr.kind !== 'star' || only.expr.qualifier.length > 0)
    return null;
  const { expr } = only;
  if (expr.except.length + expr.replace.length + expr.rename.length > 0) return null;
  if (cursor.take('WHERE')) return { ...query, where: [...query.where, cursor.grammar.expression(cursor)] };
  if (isJoin(cursor)) return { ...query, from: parseJoin(cursor, query.from) };
  if (cursor.take('EXTEND')) return { ...query, items: [...query.items, ...parseItems(cursor)] };
  if (cursor.take('SELECT')) {
    cursor.take('DISTINCT');
    return { ...query, items: parseItems(cursor) };
  }
  if (!cursor.take('AGGREGATE')) return null;
  const { items, groupBy } = parseAggregate(cursor);
  return { ...query, items, groupBy };
}

function select(from: Relation, more: Partial<SelectQuery>): SelectQuery {
  return { ...emptySelect, items: [star()], from, ...more };
}

function parseOperator(cursor: Cursor, from: Relation): Query {
  if (cursor.take('SELECT')) {
    cursor.take('DISTINCT');
    return select(from, { items: parseItems(cursor) });
  }
  if (cursor.take('EXTEND')) return select(from, { items: [star(), ...parseItems(cursor)] });
  if (cursor.take('WHERE')) return select(from, { where: [cursor.grammar.expression(cursor)] });
  if (cursor.take('AGGREGATE')) return select(from, parseAggregate(cursor));
  if (cursor.take('SET')) return select(from, { items: [star({ replace: parseAssignments(cursor) })] });
  if (cursor.take('DROP')) return select(from, { items: [star({ except: parseNames(cursor) })] });
  if (cursor.take('RENAME')) return select(from, { items: [star({ rename: parseRenames(cursor) })] });
  if (cursor.take('ORDER', 'BY')) return select(from, { orderBy: parseKeys(cursor) });
  if (cursor.take('DISTINCT')) return select(from, {});
  if (cursor.is('UNION') || cursor.is('INTERSECT') || cursor.is('EXCEPT')) return parseSet(cursor, from);
  if (cursor.take('CALL')) return parseCallOperator(cursor, from);
  if (cursor.is('PIVOT') || cursor.is('UNPIVOT')) return select(parsePivots(cursor, from), {});
  if (isJoin(cursor)) return select(parseJoin(cursor, from), {});
  // LIMIT, TABLESAMPLE, WITH and others leave the columns as they are.
  while (!cursor.atEnd && !cursor.isSymbol('|>') && !cursor.isSymbol(')')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  return select(from, {});
}

function parseAggregate(cursor: Cursor): Pick<SelectQuery, 'items' | 'groupBy'> {
  const items = cursor.is('GROUP') ? [] : parseItems(cursor);
  if (!cursor.take('GROUP')) return { items, groupBy: [] };
  cursor.take('AND', 'ORDER');
  cursor.expect('BY');
  const keys = parseItems(cursor);
  return { items: [...keys, ...items], groupBy: keys.map((item) => item.expr) };
}

function parseAssignments(cursor: Cursor): StarExpr['replace'] {
  const found: { readonly name: string; readonly value: Expr }[] = [];
  do {
    const { text } = cursor.name();
    cursor.expectSymbol('=');
    found.push({ name: text, value: cursor.grammar.expression(cursor) });
  } while (cursor.takeSymbol(','));
  return found;
}

function parseNames(cursor: Cursor): readonly string[] {
  const found: string[] = [];
  do found.push(cursor.name().text);
  while (cursor.takeSymbol(','));
  return found;
}

function parseRenames(cursor: Cursor): StarExpr['rename'] {
  const found: { readonly from: string; readonly to: string }[] = [];
  do {
    const from = cursor.name().text;
    cursor.take('AS');
    found.push({ from, to: cursor.name().text });
  } while (cursor.takeSymbol(','));
  return found;
}

function parseSet(cursor: Cursor, from: Relation): Query {
  const op = cursor.take('UNION') ? 'union' : cursor.take('INTERSECT') ? 'intersect' : 'except';
  if (op === 'except') cursor.take('EXCEPT');
  while (cursor.take('ALL') || cursor.take('DISTINCT'));
  const byName = cursor.take('BY', 'NAME');
  const branches: Query[] = [select(from, {})];
  do {
    cursor.expectSymbol('(');
    branches.push(cursor.grammar.query(cursor));
    closeParens(cursor);
  } while (cursor.takeSymbol(','));
  return { kind: 'set', with: [], op, byName, branches, orderBy: [] };
}

/** A table function over the rows so far: what it gives is made from all of them. */
function parseCallOperator(cursor: Cursor, from: Relation): Query {
  const name = parseTableName(cursor);
  cursor.skipParens();
  const query: Query = select(from, {});
  const relation: Relation = {
    kind: 'function',
    name: name
      .map((part) => part.text)
      .join('.')
      .toUpperCase(),
    args: [{ kind: 'query', role: 'value', query }],
    declared: [],
    ordinality: null,
    external: null,
    alias: null,
    columnAliases: [],
  };
  return select(relation, {});
}

function isJoin(cursor: Cursor): boolean {
  return cursor.peek().kind === 'word' && /^(?:JOIN|INNER|LEFT|RIGHT|FULL|CROSS|NATURAL)$/.test(cursor.peek().text);
}
