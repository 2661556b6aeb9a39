import { parseKeys, parseList } from './parse-arguments.ts';
import { parseItem } from './parse-item.ts';
import { closeParens } from './parse-parts.ts';
import { isName, parseColumnNames, unnamed } from './relation-parts.ts';
import type { Expr, Relation, SelectItem } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** The name that a column has of the value it stands for. */
function pivotValue(expr: Expr, keepsQuotes: boolean): string {
  if (expr.kind === 'literal') return keepsQuotes && expr.type === 'string' ? `'${expr.value}'` : expr.value;
  if (expr.kind === 'column') return expr.parts.at(-1)?.text ?? '';
  if (expr.kind === 'call') return expr.args.map((arg) => pivotValue(arg, keepsQuotes)).join('_');
  return '';
}

/** PIVOT (…) over a relation. */
export function parsePivot(cursor: Cursor, source: Relation): Relation {
  cursor.expect('PIVOT');
  cursor.expectSymbol('(');
  cursor.take('XML');
  const aggregates = parsePivotItems(cursor);
  cursor.expect('FOR');
  const on: Expr[] = [];
  const values: string[] = [];
  const chosenBy: Expr[] = [];
  do {
    const key = cursor.isSymbol('(') ? parseKeyTuple(cursor) : [cursor.grammar.expression(cursor, 4)];
    on.push(...key);
    cursor.expect('IN');
    // A query may say which values there are.
    if (cursor.opensQuery()) chosenBy.push(cursor.grammar.expression(cursor, 8));
    else values.push(...parsePivotValues(cursor));
    cursor.take('FOR');
  } while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.is('GROUP') && !cursor.is('DEFAULT'));
  let groupBy: readonly Expr[] | null = null;
  if (cursor.take('GROUP', 'BY')) groupBy = parseKeys(cursor);
  // Snowflake: what stands where there is nothing to add up.
  if (cursor.take('DEFAULT', 'ON', 'NULL') && cursor.takeSymbol('(')) {
    cursor.grammar.expression(cursor);
    closeParens(cursor);
  }
  closeParens(cursor);
  return { kind: 'pivot', source, aggregates, on, values, groupBy, chosenBy, ...unnamed };
}

function parsePivotItems(cursor: Cursor): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do items.push(parseItem(cursor));
  while (cursor.takeSymbol(','));
  return items;
}

function parseKeyTuple(cursor: Cursor): readonly Expr[] {
  cursor.expectSymbol('(');
  const keys = parseList(cursor);
  closeParens(cursor);
  return keys;
}

function parsePivotValues(cursor: Cursor): readonly string[] {
  if (!cursor.isSymbol('(')) {
    cursor.grammar.expression(cursor);
    return [];
  }
  if (cursor.peek(1).text === 'ANY') {
    cursor.skipParens();
    return [];
  }
  cursor.expectSymbol('(');
  const values: string[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    const item = parseItem(cursor);
    const made = item.expr.kind === 'variable' ? item.expr.name : null;
    values.push(made ?? item.alias?.text ?? pivotValue(item.expr, cursor.dialect.pivotKeepsQuotes));
    if (!cursor.takeSymbol(',')) break;
  }
  closeParens(cursor);
  return values;
}

/** UNPIVOT (…) over a relation. */
export function parseUnpivot(cursor: Cursor, source: Relation): Relation {
  cursor.expect('UNPIVOT');
  if (cursor.take('INCLUDE', 'NULLS') || cursor.take('EXCLUDE', 'NULLS')) cursor.takeSymbol('');
  cursor.expectSymbol('(');
  const valueColumns = cursor.isSymbol('(') ? parseColumnNames(cursor) : [cursor.name()];
  cursor.expect('FOR');
  const nameColumn = cursor.isSymbol('(')
    ? (parseColumnNames(cursor)[0] ?? { text: '', quoted: false })
    : cursor.name();
  cursor.expect('IN');
  cursor.expectSymbol('(');
  const groups: (readonly Expr[])[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    groups.push(cursor.isSymbol('(') ? parseKeyTuple(cursor) : [cursor.grammar.expression(cursor)]);
    if (cursor.take('AS') || cursor.peek().kind === 'string' || isName(cursor)) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
    if (!cursor.takeSymbol(',')) break;
  }
  closeParens(cursor);
  closeParens(cursor);
  return {
    kind: 'unpivot',
    source,
    valueColumns: valueColumns.map((name) => name.text),
    nameColumn: nameColumn.text,
    groups,
    ...unnamed,
  };
}

/** MATCH_RECOGNIZE (…) over a relation. */
export function parseMatch(cursor: Cursor, source: Relation): Relation {
  cursor.expect('MATCH_RECOGNIZE');
  cursor.expectSymbol('(');
  const partition: Expr[] = [];
  const order: Expr[] = [];
  const measures: SelectItem[] = [];
  const conditions: Expr[] = [];
  let allRows = false;
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.take('PARTITION', 'BY')) partition.push(...parseKeys(cursor));
    else if (cursor.take('ORDER', 'BY')) order.push(...parseKeys(cursor));
    else if (cursor.take('MEASURES')) {
      do {
        if (!cursor.take('FINAL')) cursor.take('RUNNING');
        measures.push(parseItem(cursor));
      } while (cursor.takeSymbol(','));
    } else if (cursor.take('DEFINE')) {
      do {
        cursor.name();
        cursor.expect('AS');
        conditions.push(cursor.grammar.expression(cursor));
      } while (cursor.takeSymbol(','));
    } else if (cursor.take('ALL', 'ROWS')) allRows = true;
    else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  cursor.expectSymbol(')');
  return { kind: 'match', source, partition, order, measures, conditions, allRows, ...unnamed };
}
