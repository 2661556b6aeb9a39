import { addCtes, resolveQuery } from '../resolve/query.ts';
import { bind } from '../resolve/relation.ts';
import { evaluate } from '../resolve/expression.ts';
import { newScope } from '../resolve/scope.ts';
import { findColumn, tailsFor } from '../resolve/rowset.ts';
import type { Assignment, Cte, Query, Relation, TableName } from '../ast/nodes.ts';
import type { CteScope, StatementContext } from '../resolve/context.ts';
import type { Scope } from '../resolve/scope.ts';
import type { Session } from './session.ts';

/** A statement whose target is a CTE, an inline view or a derived table of its FROM clause. */
export interface ThroughView {
  readonly scope: Scope;
  /** The single table under the view; null when there are several. */
  readonly base: string | null;
  /** The table and column that a column of the view stands for; null when it is made from more than one. */
  behind(column: string): { readonly table: string; readonly column: string } | null;
}

/**
 * Changes made through a view go to the table under it: T-SQL's updatable CTEs and derived tables, Oracle's and Db2's
 * `UPDATE (SELECT …)`. Null when the target is a table of its own.
 */
export function throughView(
  statement: { readonly target: Relation; readonly from: Relation | null; readonly with: readonly Cte[] },
  session: Session,
  context: StatementContext,
  ctes: CteScope | null,
): ThroughView | null {
  const { target, from } = statement;
  const wanted = target.kind === 'table' && target.name.length === 1 ? target.name[0]?.text.toLowerCase() : undefined;
  const derived = wanted === undefined ? null : derivedNamed(from, wanted);
  const cte = statement.with.find((item) => item.name.text.toLowerCase() === wanted)?.query ?? null;
  const view = target.kind === 'query' ? target.query : (derived ?? cte);
  if (view === null) return null;
  const tables = view.kind === 'select' ? realTables(view.from, statement.with) : [];
  const [only] = tables;
  const base = tables.length === 1 && only !== undefined ? session.nameOf(only) : null;
  const scope = newScope(context, null, addCtes(statement.with, context, null, ctes));
  session.reads.without(base ?? '', () => {
    if (derived === null) bind(target, scope);
    if (from !== null) bind(from, scope);
  });
  const bound =
    derived === null ? scope.relations[0] : scope.relations.find(({ alias }) => alias?.toLowerCase() === wanted);
  const rowset = bound?.rowset ?? [];
  return {
    scope,
    base,
    behind(column) {
      const slot = findColumn(rowset, column);
      const [input, ...more] = slot?.inputs ?? [];
      if (input !== undefined) return more.length === 0 ? { table: input.table, column: input.column } : null;
      const [tail] = slot === null ? tailsFor(rowset, column) : [];
      const table = tail?.tables[0] ?? base;
      return table === null ? null : { table, column };
    },
  };
}

/** Sends what an assignment takes to the column behind the view's; gives the table. */
export function assignThrough(item: Assignment, view: ThroughView, session: Session): string | null {
  const place = view.behind(item.target.at(-1)?.text ?? '');
  if (place === null) return null;
  const { scope } = view;
  const inputs =
    item.value.kind === 'query' && item.position > 0
      ? (resolveQuery(item.value.query, scope.context, scope, scope.ctes)[item.position - 1]?.inputs ?? [])
      : evaluate(item.value, scope);
  session.flow(place.table, place.column, inputs);
  return place.table;
}

function derivedNamed(from: Relation | null, alias: string): Query | null {
  if (from === null) return null;
  if (from.kind === 'join') return derivedNamed(from.left, alias) ?? derivedNamed(from.right, alias);
  return from.kind === 'query' && from.alias?.text.toLowerCase() === alias ? from.query : null;
}

/** T-SQL's MERGE into a CTE: the single table under it, by the CTE's name; any other target as it is. */
export function tableBehind(target: Relation, ctes: readonly Cte[]): Relation {
  if (target.kind !== 'table' || target.name.length !== 1) return target;
  const [name, ...others] = realTables(target, ctes);
  return name === undefined || others.length > 0
    ? target
    : { ...target, name, alias: target.alias ?? target.name[0] ?? null };
}

/** Tables of a FROM clause that are no CTEs. */
function realTables(from: Relation | null, ctes: readonly Cte[]): readonly TableName[] {
  if (from === null) return [];
  if (from.kind === 'join') return [...realTables(from.left, ctes), ...realTables(from.right, ctes)];
  if (from.kind === 'query') return from.query.kind === 'select' ? realTables(from.query.from, ctes) : [];
  if (from.kind !== 'table') return [];
  const [first] = from.name;
  const cte =
    from.name.length === 1
      ? ctes.find((item) => item.name.text.toLowerCase() === first?.text.toLowerCase())
      : undefined;
  if (cte === undefined) return [from.name];
  const others = ctes.filter((item) => item !== cte);
  return cte.query?.kind === 'select' ? realTables(cte.query.from, others) : [];
}
