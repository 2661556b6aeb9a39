import { piecedItem } from './pieced-item.ts';
import { resolveValues } from './values.ts';
import { noteComparison } from './usage.ts';
import { evaluate, evaluateAll } from './expression.ts';
import { bind, conjuncts } from './relation.ts';
import { namedGenerator } from './generators.ts';
import { LaterAliases, valueSlot } from './later-aliases.ts';
import { shapeOf } from './members.ts';
import { column, isOpen, lazily, renameColumns, unite, wholeRow } from './rowset.ts';
import { newScope } from './scope.ts';
import { expandStar } from './star.ts';
import { tellsNothing } from './tells-nothing.ts';
import { figuredName } from './figured-name.ts';
import { eachColumn } from './star-each.ts';
import { withWindows } from './windows.ts';
import { starOrder } from './star-order.ts';
import type { Cte, Expr, Query, SelectItem, SelectQuery } from '../ast/nodes.ts';
import type { CteScope, StatementContext } from './context.ts';
import type { Input } from './inputs.ts';
import type { ColumnSlot, Rowset, Slot } from './rowset.ts';
import type { Scope } from './scope.ts';

/** The columns of a query's result. `outer` is the scope around a subquery, for correlated names. */
export function resolveQuery(
  query: Query,
  context: StatementContext,
  outer: Scope | null,
  ctes: CteScope | null,
): Rowset {
  return context.nested(() => {
    const inSight = addCtes(query.with, context, outer, ctes);
    const rowset = resolveBody(query, context, outer, inSight, null);
    if (query.with.length > 0) touchUnused(inSight, ctes, context);
    return rowset;
  }, []);
}

/** Tables that only an unused CTE names still stand in the statement: they are read, and steer nothing. */
function touchUnused(inSight: CteScope | null, before: CteScope | null, context: StatementContext): void {
  for (let entry = inSight; entry !== null && entry !== before; entry = entry.parent) {
    const unused = entry;
    if (unused.rowset === null && !unused.busy) context.quietly(() => (unused.rowset = unused.resolve()));
  }
}

function resolveBody(
  query: Query,
  context: StatementContext,
  outer: Scope | null,
  ctes: CteScope | null,
  self: CteScope | null,
): Rowset {
  switch (query.kind) {
    case 'select':
      return resolveSelect(query, newScope(context, outer, ctes));
    case 'set':
      return resolveSet(query, context, outer, ctes, self);
    case 'values':
      return resolveValues(query.rows, newScope(context, outer, ctes));
    default: {
      const scope = newScope(context, outer, ctes);
      bind(query.relation, scope);
      return starOrder(scope);
    }
  }
}

/** Puts CTEs in sight; each is resolved once, when it is first asked for. */
export function addCtes(
  ctes: readonly Cte[],
  context: StatementContext,
  outer: Scope | null,
  before: CteScope | null,
): CteScope | null {
  let inSight = before;
  for (const cte of ctes) {
    const parent = inSight;
    const entry: CteScope = {
      name: cte.name.text,
      parent,
      rowset: null,
      partial: null,
      busy: false,
      recursive: false,
      columns: names(cte),
      valueIn: valueOf(cte),
      seen: null,
      resolve: () => resolveCte(cte, entry, context, outer),
    };
    inSight = entry;
    if (cte.statement !== null) entry.rowset = renameColumns(context.around.perform(cte.statement, parent), names(cte));
  }
  return inSight;
}

function valueOf({ name, scalar }: Cte): CteScope['valueIn'] {
  return scalar === null ? null : (scope) => valueSlot(name.text, scalar, scope);
}

const names = (cte: Cte): readonly string[] => cte.columns.map((name) => name.text);

function resolveCte(cte: Cte, entry: CteScope, context: StatementContext, outer: Scope | null): Rowset {
  // A value that nobody uses: only a query in it reads anything.
  if (cte.scalar?.kind === 'query')
    return [column(cte.name.text, evaluate(cte.scalar, newScope(context, outer, entry.parent)))];
  if (cte.query === null) return [];
  const { query } = cte;
  const given = names(cte);
  const inside = addCtes(query.with, context, outer, entry);
  let rowset: Rowset = renameColumns(resolveBody(query, context, outer, inside, entry), given);
  // A recursive branch may carry a value to another column: again, with what the first pass found.
  for (let round = 0; round < 3 && entry.recursive; round++) {
    entry.partial = rowset;
    const next = renameColumns(resolveBody(query, context, outer, inside, entry), given);
    if (size(next) === size(rowset)) break;
    rowset = next;
  }
  return rowset;
}

function size(rowset: Rowset): number {
  return rowset.reduce((sum, slot) => sum + 1 + slot.inputs.length, 0);
}

function resolveSet(
  query: Extract<Query, { kind: 'set' }>,
  context: StatementContext,
  outer: Scope | null,
  ctes: CteScope | null,
  self: CteScope | null,
): Rowset {
  const rowsets: Rowset[] = [];
  for (const branch of query.branches) {
    const next = resolveQuery(branch, context, outer, ctes);
    if (rowsets.length === 0 || query.op === 'union') rowsets.push(next);
    else context.use('FILTER', wholeRow(next));
    // What is known so far is what a recursive branch sees of itself.
    if (self !== null && query.op === 'union') self.partial = self.partial ?? next;
  }
  const scope = newScope(context, outer, ctes);
  const isUneven = !query.byName && new Set(rowsets.map((rowset) => rowset.length)).size > 1;
  if (isUneven && !rowsets.some(isOpen))
    context.around.partial('the queries of a set operation have different numbers of columns');
  const result = unite(rowsets, query.byName);
  scope.relations.push({ alias: null, path: [], rowset: result, table: null, generator: false, hidden: false });
  useKeys('SORT', query.orderBy, scope, result);
  return result;
}

const hierarchical: ReadonlyMap<string, readonly Input[]> = new Map([
  ['level', []],
  ['connect_by_isleaf', []],
  ['connect_by_iscycle', []],
]);

function resolveSelect(query: SelectQuery, outer: Scope): Rowset {
  const { context } = outer;
  const scope: Scope = query.hierarchical === true ? { ...outer, parameters: hierarchical } : outer;
  if (query.from !== null) bind(query.from, scope);
  if (context.dialect.aliasesAnywhere) scope.later = new LaterAliases(query, scope);
  // Where conditions may name the items, the items come first.
  const first = context.dialect.localAliases ? resolveItems(query, scope) : null;
  for (const condition of query.where.flatMap(conjuncts)) {
    noteComparison(condition, scope);
    const inputs = evaluate(condition, scope);
    context.use('FILTER', inputs);
    if (joinsTables(condition, inputs)) context.use('JOIN', inputs);
  }
  const rowset = first ?? resolveItems(query, scope);
  const aliases = aliasesOf(rowset, context.dialect.figuredNames);
  const late: Scope = { ...scope, aliases: scope.aliases ?? aliases };
  if (query.groupBy === 'all') {
    for (const { inputs } of rowset)
      if (inputs.every((input) => input.kind !== 'AGGREGATION')) context.use('GROUP_BY', inputs);
  } else useKeys('GROUP_BY', query.groupBy, late, rowset);
  context.use('FILTER', evaluateAll([...query.having, ...query.qualify].map(withWindows(query)), late));
  useKeys('SORT', query.orderBy, { ...late, aliases }, rowset);
  return rowset;
}

/** `a.x = b.y` in WHERE is a join as well as a filter. */
function joinsTables(condition: Expr, inputs: readonly Input[]): boolean {
  if (condition.kind !== 'call' || condition.name !== '=') return false;
  return condition.args.every((arg) => arg.kind === 'column') && new Set(inputs.map((input) => input.table)).size > 1;
}

function aliasesOf(rowset: Rowset, isFigured: boolean): ReadonlyMap<string, ColumnSlot> {
  const found = new Map<string, ColumnSlot>();
  for (const slot of rowset)
    if (slot.kind === 'column' && (slot.named || isFigured) && !found.has(slot.name.toLowerCase()))
      found.set(slot.name.toLowerCase(), slot);
  return found;
}

/** Keys of GROUP BY and ORDER BY: a number is a position in the select list. */
function useKeys(kind: 'GROUP_BY' | 'SORT', keys: readonly Expr[], scope: Scope, rowset: Rowset): void {
  for (const key of keys) {
    if (key.kind === 'literal') {
      const slot = key.type === 'number' ? rowset[Number(key.value) - 1] : undefined;
      if (slot !== undefined) scope.context.use(kind, slot.inputs);
      continue;
    }
    const [only] = key.kind === 'column' && key.parts.length === 1 ? key.parts : [];
    const alias = only === undefined ? undefined : scope.aliases?.get(only.text.toLowerCase());
    scope.context.use(kind, kind === 'SORT' && alias !== undefined ? alias.inputs : evaluate(key, scope));
  }
}

function resolveItems(query: SelectQuery, scope: Scope): Rowset {
  const visit = withWindows(query);
  const slots: Slot[] = [];
  const lateral = new Map<string, ColumnSlot>();
  if (scope.context.dialect.lateralAlias) scope.aliases = lateral;
  if (scope.context.dialect.localAliases) scope.locals = lateral;
  query.items.forEach((item, at) => {
    const make = (): readonly Slot[] => resolveItem({ ...item, expr: visit(item.expr) }, at, scope);
    const made = item.alias === null || scope.later === null ? make() : scope.later.within(item.alias.text, make);
    for (const slot of made) {
      slots.push(isTaken(slot, slots) ? { ...slot, name: `_col${at}` } : slot);
      if (slot.kind === 'column' && slot.named && (item.alias !== null || item.expr.kind === 'named'))
        lateral.set(slot.name.toLowerCase(), slot);
    }
  });
  return slots;
}

/** Two results that nobody named must not become one for a name that the engine gives both. */
function isTaken(slot: Slot, slots: readonly Slot[]): slot is ColumnSlot {
  if (slot.kind !== 'column' || slot.named) return false;
  return slots.some((other) => other.kind === 'column' && other.name === slot.name);
}

/** A select list over relations that are in the scope already (RETURNING, OUTPUT). */
export function resolveItemsOver(items: readonly SelectItem[], scope: Scope): Rowset {
  return items.flatMap((item, at) => [...resolveItem(item, at, scope)]);
}

function resolveItem(item: SelectItem, at: number, scope: Scope): readonly Slot[] {
  const { expr } = item;
  if (expr.kind === 'star' && (expr.isEach !== true || item.alias === null)) return expandStar(expr, scope);
  if (item.aliases.length > 0) {
    return namedGenerator(expr, item.aliases, scope);
  }
  const { context } = scope;
  const pieced = piecedItem(item, scope);
  if (pieced !== null) return pieced;
  if (context.dialect.equalsAlias && item.alias === null && expr.kind === 'call' && expr.name === '=') {
    const [target, value] = expr.args;
    if (target?.kind === 'variable' && value !== undefined) {
      context.around.assign(target.name, evaluate(value, scope));
      return [];
    }
    const name = equalsAlias(target);
    if (name !== undefined && value !== undefined) return [column(name, evaluate(value, scope))];
  }
  const each = eachColumn(expr, item.alias, at, scope);
  if (each !== null) return each;
  const inputs = evaluate(expr, scope);
  const more = {
    members: lazily(() => shapeOf(expr, scope, evaluate)),
    ...(inputs.length === 0 && tellsNothing(expr, scope) ? { empty: true } : {}),
  };
  if (item.alias !== null && item.alias.text !== '') return [{ ...column(item.alias.text, inputs), ...more }];
  if (context.dialect.figuredNames) {
    const figured = figuredName(expr) ?? `_col${at}`;
    return [{ ...column(figured, inputs, impliedName(expr) !== null), ...more }];
  }
  const name = impliedName(expr);
  // Snowflake: a column by its place, `$2`, brings no name to a table.
  if (name === null) return [{ ...column(`_col${at}`, inputs, false), ...more }];
  return [{ ...column(name, inputs, !/^\$\d+$/.test(name)), ...more }];
}

/** T-SQL: `name = value` and `'name' = value` give the item its name. */
function equalsAlias(target: Expr | undefined): string | undefined {
  if (target?.kind === 'literal' && target.type === 'string' && target.value !== '') return target.value;
  return target?.kind === 'column' && target.parts.length === 1 ? target.parts[0]?.text : undefined;
}

/** The name an item has without an alias. */
export function impliedName(expr: Expr): string | null {
  if (expr.kind === 'named') return expr.name;
  if (expr.kind === 'column') return expr.parts.at(-1)?.text ?? null;
  // ClickHouse's `t.2`, a member by its place, has no name of its own.
  if (expr.kind === 'field') return /^\d/.test(expr.name) ? null : expr.name;
  if (expr.kind === 'cast') return impliedName(expr.arg);
  return null;
}
