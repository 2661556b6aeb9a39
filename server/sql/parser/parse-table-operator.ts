import { parseTableName } from './parse-arguments.ts';
import { closeParens, emptyStar } from './parse-parts.ts';
import { emptySelect } from '../ast/empty-select.ts';
import { generator, unnamed } from './relation-parts.ts';
import type { Expr, Name, Query, Relation } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** The clauses of `USING name ('value', …)`, names in upper case. */
type Clauses = ReadonlyMap<string, readonly string[]>;

/** True where Teradata's table operators begin their arguments: `f (ON …)`; the parenthesis stands here. */
export function startsTableOperator(cursor: Cursor): boolean {
  return (
    cursor.dialect.castPhrases && cursor.isSymbol('(') && cursor.peek(1).kind === 'word' && cursor.peek(1).text === 'ON'
  );
}

/**
 * `f (ON table AS input PARTITION BY a ORDER BY b USING clause ('value'))`. What TD_UNPIVOT and Antiselect do to columns is
 * documented; any other operator passes the columns of what it is given through, beside ones of its own.
 * Source: "Table Operators", "TD_UNPIVOT" and "Antiselect" (Teradata Vantage).
 */
export function parseTableOperator(cursor: Cursor, name: string): Relation {
  cursor.expectSymbol('(');
  const sources: Query[] = [];
  let clauses: Clauses = new Map();
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.take('ON')) sources.push(parseInput(cursor));
    else if (cursor.take('USING')) clauses = parseClauses(cursor);
    else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  closeParens(cursor);
  const [source] = sources;
  const known = source === undefined ? undefined : operators[name.toUpperCase()]?.(source, clauses);
  return (
    known ??
    generator(
      name,
      sources.map((query): Expr => ({ kind: 'query', role: 'value', query })),
    )
  );
}

function parseInput(cursor: Cursor): Query {
  if (!cursor.opensQuery()) return everythingOf({ kind: 'table', name: parseTableName(cursor), ...unnamed });
  cursor.next();
  const query = cursor.grammar.query(cursor);
  closeParens(cursor);
  return query;
}

function parseClauses(cursor: Cursor): Clauses {
  const clauses = new Map<string, readonly string[]>();
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    const { text } = cursor.next();
    if (!cursor.isSymbol('(')) continue;
    cursor.next();
    const values: string[] = [];
    while (!cursor.atEnd && !cursor.isSymbol(')')) {
      const value = cursor.next();
      if (value.kind === 'string' || value.kind === 'name' || value.kind === 'word') values.push(value.text);
    }
    closeParens(cursor);
    clauses.set(text, values);
  }
  return clauses;
}

const operators: Readonly<Record<string, ((source: Query, clauses: Clauses) => Relation | undefined) | undefined>> = {
  TD_UNPIVOT: unpivoted,
  ANTISELECT: (source, clauses) => {
    const except = clauses.get('EXCLUDE');
    return except === undefined ? undefined : derived(source, { ...emptyStar([], null), except });
  },
};

/** Each member of COLUMN_LIST is one column, or several that feed the value columns by place: `'q1_net, q1_tax'`. */
function unpivoted(source: Query, clauses: Clauses): Relation | undefined {
  const valueColumns = clauses.get('VALUE_COLUMNS');
  const [nameColumn] = clauses.get('UNPIVOT_COLUMN') ?? [];
  const list = clauses.get('COLUMN_LIST');
  if (valueColumns === undefined || nameColumn === undefined || list === undefined) return undefined;
  const groups = list.map((group) => group.split(',').map((item) => columnNamed(item.trim())));
  return { kind: 'unpivot', source: derivedRelation(source), valueColumns, nameColumn, groups, ...unnamed };
}

function columnNamed(text: string): Expr {
  const part: Name = { text, quoted: false };
  return { kind: 'column', parts: [part] };
}

function everythingOf(relation: Relation): Query {
  return { kind: 'relation', with: [], relation };
}

function derivedRelation(query: Query): Relation {
  return query.kind === 'relation' ? query.relation : { kind: 'query', query, lateral: false, ...unnamed };
}

function derived(source: Query, star: Extract<Expr, { kind: 'star' }>): Relation {
  const items = [{ expr: star, alias: null, aliases: [] }];
  return { kind: 'query', query: { ...emptySelect, items, from: derivedRelation(source) }, lateral: false, ...unnamed };
}
