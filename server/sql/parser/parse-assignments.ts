import { parseTableName } from './parse-arguments.ts';
import { parseItems } from './parse-item.ts';
import { closeParens } from './parse-parts.ts';
import { parseColumnNames } from './relation-parts.ts';
import type { Assignment, Expr, Name, Returning, Statement, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** An INSERT statement. */
export type Insert = Extract<Statement, { kind: 'insert' }>;

/** Expressions in parentheses. */
export function parseTuple(cursor: Cursor): readonly Expr[] {
  cursor.expectSymbol('(');
  const row: Expr[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    row.push(cursor.grammar.expression(cursor));
    if (!cursor.takeSymbol(',')) break;
  }
  closeParens(cursor);
  return row;
}

/** The items behind RETURNING, and the variables they are put into. */
export function parseReturning(cursor: Cursor): Returning {
  const rowNames = parseRowNames(cursor);
  const returning = parseItems(cursor);
  const returningInto: TableName[] = [];
  if (cursor.take('INTO') || cursor.take('BULK', 'COLLECT', 'INTO')) {
    cursor.take('STRICT');
    do {
      cursor.takeSymbol(':');
      returningInto.push(parseTableName(cursor));
    } while (cursor.takeSymbol(','));
  }
  return { returning, returningInto, rowNames };
}

/** `WITH (OLD AS o, NEW AS n)`, of which either may be missing. */
function parseRowNames(cursor: Cursor): NonNullable<Returning['rowNames']> {
  const names = { old: 'old', new: 'new' };
  if (!cursor.is('WITH') || !cursor.isSymbol('(', 1)) return names;
  cursor.next();
  cursor.next();
  do {
    const which = cursor.is('OLD') ? 'old' : 'new';
    cursor.next();
    cursor.expect('AS');
    names[which] = cursor.name().text;
  } while (cursor.takeSymbol(','));
  closeParens(cursor);
  return names;
}

/** T-SQL: `OUTPUT inserted.a, deleted.b INTO log (x, y)`; another one, without INTO, may stand beside it (`before`). */
export function parseOutput(cursor: Cursor, before: Insert['output'] = null): Insert['output'] {
  cursor.expect('OUTPUT');
  const items = parseItems(cursor);
  if (!cursor.take('INTO')) return before ?? { items, target: null, columns: [] };
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
  const isElement = cursor.isSymbol('[');
  if (isElement) while (!cursor.atEnd && !cursor.takeSymbol(']')) cursor.next();
  if (cursor.isSymbol('.')) {
    cursor.next();
    target.push(cursor.name());
  }
  // `+=` and the like: the old value stays in it; T-SQL's `@v = column = value`.
  const compound = /^[-+*/%&|^]$/.test(cursor.peek().text) && cursor.isSymbol('=', 1);
  if (compound) cursor.next();
  if (!cursor.takeSymbol('=')) cursor.expectSymbol(':=');
  const value = cursor.grammar.expression(cursor);
  if (!compound) return [{ target, value, position: 0, ...(isElement ? { isPart: true } : {}) }];
  const old: Expr = { kind: 'column', parts: target };
  return [
    {
      target,
      value: { kind: 'call', name: '+', args: [old, value], distinct: false, filter: null, order: [] },
      position: 0,
    },
  ];
}
