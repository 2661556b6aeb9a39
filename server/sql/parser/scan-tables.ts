import { Cursor } from './cursor.ts';
import { clauseWords } from './keywords.ts';
import { parseTableName } from './parse-arguments.ts';
import { emptyInsert } from './parse-insert.ts';
import { nothing } from '../ast/make.ts';
import { emptySelect } from '../ast/empty-select.ts';
import { crossJoin } from './relation-parts.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation, Statement, TableName } from '../ast/nodes.ts';

const neverCalled = {
  query: () => emptySelect,
  statement: () => ({ kind: 'none' }) as const,
  from: () => ({ kind: 'table', name: [], alias: null, columnAliases: [] }) as const,
  expression: () => nothing,
};

/**
 * The tables that stand behind FROM, JOIN and INTO in a statement that could not be parsed; null when it does not begin like
 * a statement that moves data. Tables only: no column can be told.
 */
export function scanTables(sql: string, dialect: Dialect): readonly Statement[] | null {
  const cursor = new Cursor(sql, dialect, neverCalled);
  if (!/^(?:SELECT|WITH|INSERT|MERGE|UPDATE|DELETE|CREATE|REPLACE|FROM)$/.test(cursor.peek().text)) return null;
  const first = cursor.peek().text;
  const reads: TableName[] = [];
  let target: TableName | null = null;
  const hidden = new Set<string>();
  /** For each parenthesis around here: it holds the arguments of a function that has a FROM of its own. */
  const calls: boolean[] = [];
  while (!cursor.atEnd) {
    const { kind, text } = cursor.next();
    if (text === '(') calls.push(takesFrom.test(before(cursor)));
    else if (text === ')') calls.pop();
    if (kind !== 'word') continue;
    const next = cursor.peek();
    const isName = next.kind === 'name' || (next.kind === 'word' && !clauseWords.has(next.text));
    if (text === 'AS' && cursor.isSymbol('(')) hidden.add(before(cursor).toLowerCase());
    if (!isName) continue;
    if ((text === 'INTO' || (text === 'UPDATE' && first === 'UPDATE')) && target === null) target = nameHere(cursor);
    else if ((text === 'TABLE' || text === 'VIEW') && first === 'CREATE' && target === null) target = nameHere(cursor);
    else if ((text === 'FROM' && calls.at(-1) !== true) || text === 'JOIN' || (text === 'USING' && first === 'MERGE')) {
      const name = nameHere(cursor);
      if (name !== null && !cursor.isSymbol('(')) reads.push(name);
    }
  }
  const real = reads.filter((name) => name.length > 1 || !hidden.has((name[0]?.text ?? '').toLowerCase()));
  if (target === null && real.length === 0) return null;
  const relation = real
    .map((name): Relation => ({ kind: 'table', name, alias: null, columnAliases: [] }))
    .reduce<Relation | null>((left, right) => (left === null ? right : crossJoin(left, right)), null);
  // A query without columns reads its tables and says nothing of what goes where.
  const query = { ...emptySelect, from: relation };
  return [target === null ? { kind: 'query', query } : { ...emptyInsert, target, query }];
}

/** The table named here; null where a run alone can tell which it is. */
function nameHere(cursor: Cursor): TableName | null {
  if (!cursor.is('IDENTIFIER') || !cursor.isSymbol('(', 1) || cursor.peek(2).kind === 'string')
    return parseTableName(cursor);
  cursor.next();
  return null;
}

const takesFrom = /^(?:EXTRACT|TRIM|SUBSTRING|OVERLAY|POSITION|BTRIM|LTRIM|RTRIM)$/;

/** The name before `AS (`: a CTE's. */
function before(cursor: Cursor): string {
  return cursor.peek(-2).text;
}
