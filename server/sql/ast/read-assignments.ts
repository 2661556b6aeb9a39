import { child, isRaw, nameOf, tagged } from './raw.ts';
import { readExpr, readItem } from './read-expression.ts';
import { readQuery } from './read-query.ts';
import type { Assignment, Expr, Name, Query, SelectItem } from './nodes.ts';
import type { Raw } from './raw.ts';

/** A member that is a query; null when it is absent. */
export function query(value: unknown): Query | null {
  return isRaw(value) ? readQuery(value) : null;
}

/** The condition of a WHERE clause, as a list of none or one. */
export function where(body: Raw): readonly Expr[] {
  const found = child(body, 'where_clause');
  return found === null ? [] : [readExpr(found['this'])];
}

/** The parser joins `t.a` on the left of SET into one name. */
function targetParts(value: unknown): readonly Name[] {
  const node = tagged(value);
  if (node?.tag === 'column' || node?.tag === 'dot') {
    const expr = readExpr(value);
    return expr.kind === 'column' ? expr.parts : [];
  }
  const name = nameOf(node?.body ?? value);
  if (name === null) return [];
  if (name.quoted) return [name];
  return name.text.split('.').map((part) => ({ text: part, quoted: false }));
}

/** The column on the left of SET, without its qualifier. */
export function targetColumn(value: unknown): Name {
  return targetParts(value).at(-1) ?? { text: '', quoted: false };
}

/** The members of SET, in the several shapes that the parser has for them. */
export function assignments(value: unknown): readonly Assignment[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): readonly Assignment[] => {
    if (Array.isArray(item)) return [{ target: targetParts(item[0]), value: readExpr(item[1]), position: 0 }];
    const node = tagged(item);
    if (node?.tag !== 'eq' && node?.tag !== 'property_e_q') return [];
    return [{ target: targetParts(node.body['left']), value: readExpr(node.body['right']), position: 0 }];
  });
}

/** The members of a tuple node. */
export function tuple(value: unknown): readonly unknown[] {
  const node = tagged(value);
  const items = node === null ? null : node.body['expressions'];
  return Array.isArray(items) ? (items as readonly unknown[]) : [];
}

/** The items of RETURNING. */
export function returningOf(body: Raw): readonly SelectItem[] {
  const items = body['returning'];
  return Array.isArray(items) ? items.map(readItem) : [];
}
