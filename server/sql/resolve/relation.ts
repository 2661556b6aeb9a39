import { noteComparison } from './usage.ts';
import { findCte } from './ctes.ts';
import { evaluate, evaluateAll } from './expression.ts';
import { functionRowset } from './generators.ts';
import { apply, merge, steer } from './inputs.ts';
import { shapeOf } from './members.ts';
import { isGapName } from '../text/gap-name.ts';
import { piecedColumns } from './pieced-item.ts';
import { column, findColumn, renameColumns, tail, withoutColumns } from './rowset.ts';
import { columnOf } from './scope.ts';
import { expandStar } from './star.ts';
import type { Expr, Relation } from '../ast/nodes.ts';
import type { Rowset } from './rowset.ts';
import type { Bound, Scope } from './scope.ts';

type Named = Exclude<Relation, { kind: 'join' }>;

/** Puts a relation, and all that is joined to it, into a scope, from left to right. Returns what it added. */
export function bind(relation: Relation, scope: Scope): readonly Bound[] {
  if (relation.kind !== 'join') {
    const bound = bindOne(relation, scope);
    scope.relations.push(bound);
    return [bound];
  }
  // Long chains of joins lean to the left: they are walked, not recursed into.
  const joins: Extract<Relation, { kind: 'join' }>[] = [];
  let first: Relation = relation;
  while (first.kind === 'join') {
    joins.push(first);
    first = first.left;
  }
  const added: Bound[] = [...bind(first, scope)];
  for (const join of joins.reverse()) {
    const right = bind(join.right, scope);
    mergeJoined(join, added, right, scope);
    useConditions(join.on, scope);
    if (join.leftOnly)
      for (const bound of right) scope.relations[scope.relations.indexOf(bound)] = { ...bound, hidden: true };
    else added.push(...right);
  }
  return added;
}

function mergeJoined(
  join: Extract<Relation, { kind: 'join' }>,
  left: readonly Bound[],
  right: readonly Bound[],
  scope: Scope,
): void {
  const names = join.natural ? sharedNames(left, right) : join.using;
  if (names.length > 0)
    scope.joins.push({ names: names.map((name) => name.toLowerCase()), relations: new Set([...left, ...right]) });
  for (const name of names) {
    const lower = name.toLowerCase();
    const known = scope.merged.get(lower) ?? new Set<Bound>();
    const sides = [...(known.size > 0 ? [] : left), ...(join.leftOnly ? [] : right)];
    for (const bound of sides) if (columnOf(bound, name) !== null && !bound.generator) known.add(bound);
    scope.merged.set(lower, known);
    scope.context.use('JOIN', merge(...[...left, ...right].map((bound) => columnOf(bound, name) ?? [])));
  }
}

function sharedNames(left: readonly Bound[], right: readonly Bound[]): readonly string[] {
  const names = left.flatMap((bound) => bound.rowset.flatMap((slot) => (slot.kind === 'column' ? [slot.name] : [])));
  return names.filter((name) => right.some((bound) => findColumn(bound.rowset, name) !== null));
}

/** ON: members that name one relation filter it, the others join. */
function useConditions(conditions: readonly Expr[], scope: Scope): void {
  for (const condition of conditions.flatMap(conjuncts)) {
    noteComparison(condition, scope);
    const inputs = evaluate(condition, scope);
    const tables = new Set(inputs.map((input) => input.table));
    scope.context.use(tables.size === 1 && countColumns(condition) < 2 ? 'FILTER' : 'JOIN', inputs);
  }
}

/** The members of a chain of ANDs. */
export function conjuncts(expr: Expr): readonly Expr[] {
  return expr.kind === 'call' && expr.name === 'AND' ? expr.args.flatMap(conjuncts) : [expr];
}

function countColumns(expr: Expr): number {
  if (expr.kind === 'column') return 1;
  if (expr.kind === 'call') return expr.args.reduce((sum, arg) => sum + countColumns(arg), 0);
  if (expr.kind === 'cast') return countColumns(expr.arg);
  return 0;
}

function bindOne(relation: Named, scope: Scope): Bound {
  const given = relation.columnAliases.map((name) => name.text);
  const path = relation.kind === 'table' && relation.alias === null ? relation.name.map((part) => part.text) : [];
  // A table function that the text defines is a view with parameters.
  const rows = relation.kind === 'function' ? scope.context.around.rowsOf(relation.name, relation.args, scope) : null;
  const called = rows !== null && relation.kind === 'function' ? relation.name.split('.').at(-1) : undefined;
  const alias = relation.alias?.text ?? path.at(-1) ?? called ?? functionAlias(relation, scope);
  const content: Content = rows === null ? contentOf(relation, scope) : { rowset: rows, table: null };
  const { rowset, table } = content;
  const generator = (relation.kind === 'function' && rows === null) || content.isNested === true;
  return { alias, path, rowset: renameColumns(rowset, given), table, generator, hidden: false };
}

/** PostgreSQL, SQLite, DuckDB and Snowflake: a table function that is given no alias goes by its own name. */
function functionAlias(relation: Named, scope: Scope): string | null {
  if (relation.kind !== 'function' || !scope.context.dialect.functionIsAlias) return null;
  return standIns.has(relation.name) ? null : (relation.name.split('.').at(-1) ?? null);
}

/** What the parser calls relations that are no function by that name. */
const standIns: ReadonlySet<string> = new Set(['TABLE', 'STAGE', 'EXPRESSION', 'ARRAY JOIN', 'VALUES']);

interface Content {
  readonly rowset: Rowset;
  readonly table: string | null;
  /** A collection of a relation before it, taken apart. */
  readonly isNested?: boolean;
}

function contentOf(relation: Named, scope: Scope): Content {
  if (relation.kind === 'table') return tableContent(relation, scope);
  return { rowset: rowsetOf(relation, scope), table: null };
}

function rowsetOf(relation: Exclude<Named, { kind: 'table' }>, scope: Scope): Rowset {
  switch (relation.kind) {
    case 'query':
      return scope.context.subquery(relation.query, scope);
    case 'function':
      return functionRowset(relation, scope);
    case 'pivot':
      return pivotRowset(relation, scope);
    case 'unpivot':
      return unpivotRowset(relation, scope);
    default:
      return matchRowset(relation, scope);
  }
}

function tableContent({ name, isPast }: Extract<Relation, { kind: 'table' }>, scope: Scope): Content {
  const [first, second] = name;
  const last = name.at(-1)?.text.toUpperCase() ?? '';
  if (name.length <= 2 && scope.context.dialect.emptyTables.has(last)) return { rowset: [], table: null };
  if (name.length === 1 && first !== undefined) {
    const cte = findCte(first, scope.ctes);
    if (cte !== null) return { rowset: cte, table: null };
    const changed = scope.context.around.changedRows(first.text);
    if (changed !== null) return { rowset: changed, table: null };
  }
  // `FROM t, t.items`: a nested collection of a relation before it.
  if (first !== undefined && second !== undefined) {
    const owner = scope.relations.find((bound) => bound.alias?.toLowerCase() === first.text.toLowerCase());
    if (owner !== undefined) {
      const members = shapeOf({ kind: 'column', parts: name }, scope, evaluate);
      if (members !== null) return { rowset: members, table: null, isNested: true };
      const inputs = columnOf(owner, second.text) ?? [];
      return {
        rowset: [tail([], apply(inputs, { kind: 'TRANSFORMATION', effect: 'keep', fn: 'UNNEST' }))],
        table: null,
        isNested: true,
      };
    }
  }
  const { rowset, name: table, made } = scope.context.around.read(name, isPast);
  return { rowset, table: made ? null : table };
}

/** A scope that sees one relation only: what stands inside PIVOT, UNPIVOT and MATCH_RECOGNIZE. */
function innerScope(source: Relation, scope: Scope): Scope {
  const inner: Scope = { ...scope, relations: [], merged: new Map(), joins: [], aliases: null };
  bind(source, inner);
  return inner;
}

function columnsNamed(exprs: readonly Expr[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (expr: Expr): void => {
    if (expr.kind === 'column') names.add((expr.parts.at(-1)?.text ?? '').toLowerCase());
    else if (expr.kind === 'call') expr.args.forEach(visit);
    else if (expr.kind === 'cast') visit(expr.arg);
    else if (expr.kind === 'case') [...expr.conditions, ...expr.values].forEach(visit);
  };
  exprs.forEach(visit);
  return names;
}

/** Slots of all relations of a scope but those columns. */
function without(scope: Scope, gone: ReadonlySet<string>): Rowset {
  return withoutColumns(
    scope.relations.flatMap((bound) => [...bound.rowset]),
    [...gone],
  );
}

function pivotRowset(relation: Extract<Relation, { kind: 'pivot' }>, scope: Scope): Rowset {
  const inner = innerScope(relation.source, scope);
  const aggregates = relation.aggregates.map((item) => ({
    name: item.alias?.text ?? null,
    inputs: evaluate(item.expr, inner),
  }));
  scope.context.use('FILTER', evaluateAll(relation.chosenBy ?? [], scope));
  const keys = steer(evaluateAll(relation.on, inner), 'CONDITIONAL');
  const gone = columnsNamed([...relation.aggregates.map((item) => item.expr), ...relation.on]);
  const kept =
    relation.groupBy === null
      ? without(inner, gone)
      : relation.groupBy.map((expr) =>
          column(expr.kind === 'column' ? (expr.parts.at(-1)?.text ?? '') : '', evaluate(expr, inner)),
        );
  const fresh = relation.values.flatMap((value) =>
    aggregates.map((aggregate) =>
      column(pivotName(value, aggregate.name, aggregates.length, scope), merge(aggregate.inputs, keys)),
    ),
  );
  const isPieced = relation.values.some(isGapName);
  if (isPieced) scope.context.around.partial(piecedColumns);
  if (relation.values.length > 0 && !isPieced) return [...kept, ...fresh];
  return [...kept, tail([], merge(...aggregates.map((aggregate) => aggregate.inputs), keys))];
}

function pivotName(value: string, aggregate: string | null, count: number, scope: Scope): string {
  if (aggregate === null) return value;
  const prefixed = scope.context.dialect.pivotNaming === 'aggregate-first';
  if (prefixed) return `${aggregate}_${value}`;
  return count === 1 && scope.context.dialect.pivotNaming === 'value-alone' ? value : `${value}_${aggregate}`;
}

function unpivotRowset(relation: Extract<Relation, { kind: 'unpivot' }>, scope: Scope): Rowset {
  const inner = innerScope(relation.source, scope);
  const groups = relation.groups.flatMap((group) => unpivoted(group, inner));
  const gone = columnsNamed(groups.flat());
  const values = relation.valueColumns.map((name, at) =>
    column(name, merge(...groups.map((group) => (group[at] === undefined ? [] : evaluate(group[at], inner))))),
  );
  return [...without(inner, gone), column(relation.nameColumn, []), ...values];
}

/** DuckDB: `ON *`, `ON COLUMNS(…)`: each of the columns that are known by name is a group of its own. */
function unpivoted(group: readonly Expr[], scope: Scope): readonly (readonly Expr[])[] {
  const [star] = group;
  if (group.length !== 1 || star?.kind !== 'star') return [group];
  const slots = expandStar(star, scope);
  const known = slots.flatMap((slot): readonly (readonly Expr[])[] =>
    slot.kind === 'column' ? [[{ kind: 'column', parts: [{ text: slot.name, quoted: true }] }]] : [],
  );
  return known.length === slots.length ? known : [group];
}

function matchRowset(relation: Extract<Relation, { kind: 'match' }>, scope: Scope): Rowset {
  const inner = innerScope(relation.source, scope);
  // Pattern variables qualify columns: `A.price` is the price of the rows matched as A.
  const bare = (expr: Expr): Expr => stripVariables(expr, inner);
  inner.context.use('FILTER', evaluateAll(relation.conditions.map(bare), inner));
  const keys = evaluateAll([...relation.partition, ...relation.order].map(bare), inner);
  const measures = relation.measures.map((item) =>
    column(item.alias?.text ?? '', merge(evaluate(bare(item.expr), inner), steer(keys, 'WINDOW'))),
  );
  if (relation.allRows) return [...without(inner, new Set()), ...measures];
  const partition = relation.partition.map((expr) =>
    column(expr.kind === 'column' ? (expr.parts.at(-1)?.text ?? '') : '', evaluate(bare(expr), inner)),
  );
  return [...partition, ...measures];
}

function stripVariables(expr: Expr, scope: Scope): Expr {
  if (expr.kind === 'column' && expr.parts.length === 2) {
    const [qualifier, name] = expr.parts;
    const real = scope.relations.some((bound) => bound.alias?.toLowerCase() === qualifier?.text.toLowerCase());
    return real || name === undefined ? expr : { kind: 'column', parts: [name] };
  }
  if (expr.kind === 'call') return { ...expr, args: expr.args.map((arg) => stripVariables(arg, scope)) };
  if (expr.kind === 'cast') return { ...expr, arg: stripVariables(expr.arg, scope) };
  if (expr.kind === 'case')
    return {
      ...expr,
      conditions: expr.conditions.map((part) => stripVariables(part, scope)),
      values: expr.values.map((part) => stripVariables(part, scope)),
    };
  return expr;
}
