import { mapExpression } from '../ast/map-expression.ts';
import { evaluate } from './expression.ts';
import { column, lazily } from './rowset.ts';
import { shapeOf } from './members.ts';
import { withWindows } from './windows.ts';
import type { Expr, SelectQuery } from '../ast/nodes.ts';
import type { ColumnSlot } from './rowset.ts';
import type { Scope } from './scope.ts';

/**
 * The names that a query gives to values anywhere in it: the aliases of its items, before they are made too, and those inside of
 * its expressions. ClickHouse: "Aliases are global for a query or subquery, and you can define an alias in any part of a query
 * for any expression" ("Syntax"). Snowflake and Teradata take an alias of the list in WHERE.
 */
export class LaterAliases {
  readonly #values = new Map<string, Expr>();
  readonly #slots = new Map<string, ColumnSlot>();
  /** Being worked out: within its own value a name is a column. */
  readonly #busy = new Set<string>();
  readonly #scope: Scope;

  /** `scope`: that of the whole query. */
  constructor(query: SelectQuery, scope: Scope) {
    this.#scope = scope;
    const visit = withWindows(query);
    const within = (expr: Expr): void => {
      mapExpression(expr, (part) => {
        if (part.kind === 'named') this.#note(part.name, visit(part.value));
        return null;
      });
    };
    for (const { expr, alias } of query.items) {
      if (alias !== null) this.#note(alias.text, visit(expr));
      within(expr);
    }
    const { where, having, groupBy } = query;
    for (const expr of [...where, ...having, ...(groupBy === 'all' ? [] : groupBy)]) within(expr);
  }

  #note(name: string, value: Expr): void {
    const key = name.toLowerCase();
    if (value.kind !== 'star' && !this.#values.has(key)) this.#values.set(key, value);
  }

  /** What a name stands for; null where the query gives it to nothing. */
  of(name: string): ColumnSlot | null {
    const key = name.toLowerCase();
    const value = this.#values.get(key);
    if (value === undefined || this.#busy.has(key)) return null;
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slot = this.within(name, () => valueSlot(name, value, this.#scope));
    this.#slots.set(key, slot);
    return slot;
  }

  /** Works out the value of that name. */
  within<T>(name: string, work: () => T): T {
    const key = name.toLowerCase();
    const isNew = !this.#busy.has(key);
    this.#busy.add(key);
    try {
      return work();
    } finally {
      if (isNew) this.#busy.delete(key);
    }
  }
}

/** A value under a name, with its members. */
export function valueSlot(name: string, value: Expr, scope: Scope): ColumnSlot {
  return { ...column(name, evaluate(value, scope)), members: lazily(() => shapeOf(value, scope, evaluate)) };
}
