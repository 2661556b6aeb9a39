import { addCtes, impliedName, resolveItemsOver, resolveQuery } from '../resolve/query.ts';
import { evaluate, evaluateAll } from '../resolve/expression.ts';
import { conjuncts } from '../resolve/relation.ts';
import { merge } from '../resolve/inputs.ts';
import { newScope } from '../resolve/scope.ts';
import { column, findColumn, isOpen, own, tail } from '../resolve/rowset.ts';
import { emit, isTemporaryName, quiet } from './outcome.ts';
import type { Assignment, Expr, Statement } from '../ast/nodes.ts';
import type { Outcome } from './outcome.ts';
import type { CteScope, StatementContext } from '../resolve/context.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Scope } from '../resolve/scope.ts';
import type { Session } from './session.ts';

type Insert = Extract<Statement, { kind: 'insert' }>;

/** INSERT: the query's columns under the names of the table's. */
export function performInsert(
  statement: Insert,
  session: Session,
  context: StatementContext,
  ctes: CteScope | null,
): Outcome {
  const inSight = addCtes(statement.with, context, null, ctes);
  const rowset = statement.query === null ? [] : resolveQuery(statement.query, context, null, inSight);
  if (statement.target === null) {
    emit(session, null, rowset);
    return quiet;
  }
  const name = session.nameOf(statement.target);
  const known = columnNames(session.look(name).rowset);
  const dynamic = statement.dynamicPartitions.map((item) => item.text);
  const fixed = (statement.staticPartitions ?? []).map((item) => item.text);
  const listed = statement.columns.map((item) => item.text);
  const placed = place(statement.byName ? rowset : namedPartitions(rowset, dynamic), {
    listed: listed.length === 0 ? [] : [...without(listed, dynamic), ...dynamic],
    known: known === null ? null : [...without(known, [...dynamic, ...fixed]), ...dynamic],
    byName: statement.byName,
  });
  session.write(name);
  emit(session, name, placed);
  onConflict(statement, name, placed, context, session, inSight);
  const wasOwn = session.isOwn(name);
  session.fill(name, wasOwn ? placed : keepOthers(placed, name), { created: false, temporary: isTemporaryName(name) });
  return { returned: returning(statement, name, placed, context, session), into: [name] };
}

/** A table that existed before holds more than what this script put into it. */
function keepOthers(placed: Rowset, name: string): Rowset {
  return isOpen(placed) ? placed : [...placed, tail([name])];
}

/** The columns of a table in order; null when they are not all known. */
export function columnNames(rowset: Rowset): readonly string[] | null {
  if (rowset.length === 0 || isOpen(rowset)) return null;
  return rowset.map((slot) => (slot.kind === 'column' ? slot.name : ''));
}

function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Set(others.map((item) => item.toLowerCase()));
  return names.filter((item) => !left.has(item.toLowerCase()));
}

/** The query's last columns go to the partition columns without a value, whatever they are called. */
function namedPartitions(rowset: Rowset, dynamic: readonly string[]): Rowset {
  const first = rowset.length - dynamic.length;
  if (first < 0 || rowset.slice(first).some((slot) => slot.kind === 'tail')) return rowset;
  return rowset.map((slot, at) => (at < first ? slot : column(dynamic[at - first] ?? '', slot.inputs)));
}

/** Puts a query's columns under the names of the table they go to. */
export function place(
  rowset: Rowset,
  into: {
    readonly listed: readonly string[];
    readonly known: readonly string[] | null;
    readonly byName: boolean;
  },
): Rowset {
  const { listed, known, byName } = into;
  if (byName)
    return rowset.map((slot) => (slot.kind === 'column' ? column(spelledAs(slot.name, known), slot.inputs) : slot));
  if (listed.length > 0) return placeListed(rowset, listed);
  if (known !== null && !isOpen(rowset) && rowset.length <= known.length)
    return rowset.map((slot, at) => column(known[at] ?? '', slot.inputs));
  // A column that the text does not name is known by its place alone.
  return rowset.map((slot, at) =>
    slot.kind === 'column' && !slot.named ? column(`_col${at}`, slot.inputs, false) : slot,
  );
}

function spelledAs(name: string, known: readonly string[] | null): string {
  return known?.find((item) => item.toLowerCase() === name.toLowerCase()) ?? name;
}

/** By position; behind a star of unknown width by position from the end, else the listed names are fed by the star. */
function placeListed(rowset: Rowset, listed: readonly string[]): Rowset {
  const star = rowset.findIndex((slot) => slot.kind === 'tail');
  if (star === -1) return listed.map((name, at) => column(name, rowset[at]?.inputs ?? []));
  const after = rowset.length - star - 1;
  return listed.map((name, at) => {
    const fromEnd = listed.length - at;
    const slot = at < star ? rowset[at] : fromEnd <= after ? rowset[rowset.length - fromEnd] : rowset[star];
    if (slot === undefined) return column(name, []);
    if (slot.kind === 'column') return column(name, slot.inputs);
    return column(
      name,
      merge(
        slot.tables.map((table) => own(table, '*')),
        slot.inputs,
      ),
    );
  });
}

/** ON CONFLICT and ON DUPLICATE KEY: `excluded.a` and `values(a)` are what was about to be inserted. */
function onConflict(
  statement: Insert,
  name: string,
  placed: Rowset,
  context: StatementContext,
  session: Session,
  ctes: CteScope | null,
): void {
  if (statement.onConflict.length === 0) return;
  const scope = newScope(context, null, ctes);
  scope.relations.push({ alias: 'excluded', path: [], rowset: placed, table: null, generator: false, hidden: true });
  if (statement.targetAlias !== null)
    scope.relations.push({
      alias: statement.targetAlias.text,
      path: [],
      rowset: placed,
      table: null,
      generator: false,
      hidden: true,
    });
  const target = session.look(name).rowset;
  const alias = statement.target?.at(-1)?.text ?? null;
  const path = statement.target?.map((part) => part.text) ?? [];
  scope.relations.push({ alias, path, rowset: target, table: null, generator: false, hidden: false });
  for (const item of statement.onConflict) assign(item, name, scope, session);
  const conditions = (statement.conflictWhere ?? []).flatMap(conjuncts);
  for (const condition of conditions) context.use('FILTER', evaluate(excludedValues(condition), scope));
}

function assign(item: Assignment, table: string, scope: Scope, session: Session): void {
  session.flow(table, item.target.at(-1)?.text ?? '', evaluate(excludedValues(item.value), scope));
}

/** MySQL's `VALUES(a)` is PostgreSQL's `excluded.a`, wherever it stands. */
function excludedValues(expr: Expr): Expr {
  if (expr.kind === 'case')
    return { ...expr, conditions: expr.conditions.map(excludedValues), values: expr.values.map(excludedValues) };
  if (expr.kind === 'cast') return { ...expr, arg: excludedValues(expr.arg) };
  if (expr.kind !== 'call') return expr;
  const [only] = expr.args;
  const name = expr.name === 'VALUES' && only?.kind === 'column' ? only.parts.at(-1) : undefined;
  if (name !== undefined) return { kind: 'column', parts: [{ text: 'excluded', quoted: false }, name] };
  return { ...expr, args: expr.args.map(excludedValues) };
}

/** RETURNING: the new row's columns, each with what it was made from. */
function returning(
  statement: Insert,
  name: string,
  placed: Rowset,
  context: StatementContext,
  session: Session,
): Rowset {
  if (statement.returning.length === 0) return [];
  const scope = newScope(context, null, null);
  const others = session
    .look(name)
    .rowset.filter((slot) => slot.kind === 'tail' || findColumn(placed, slot.name) === null);
  const alias = statement.targetAlias?.text ?? statement.target?.at(-1)?.text ?? null;
  scope.relations.push({
    alias,
    path: [],
    rowset: [...placed, ...others],
    table: null,
    generator: false,
    hidden: false,
  });
  return resolveItemsOver(statement.returning, scope);
}

/** Oracle's and Snowflake's INSERT ALL / FIRST: one query, several tables. */
export function performMultiInsert(
  statement: Extract<Statement, { kind: 'multi-insert' }>,
  session: Session,
  context: StatementContext,
): Outcome {
  const source = resolveQuery(statement.source, context, null, null);
  const into: string[] = [];
  for (const branch of statement.branches) {
    const name = session.nameOf(branch.target);
    const scope = newScope(context, null, null);
    scope.relations.push({ alias: null, path: [], rowset: source, table: null, generator: false, hidden: false });
    if (branch.condition !== null) context.use('FILTER', evaluateAll([branch.condition], scope));
    const rowset =
      branch.values.length === 0
        ? source
        : branch.values.map((value, at) => column(impliedName(value) ?? `_col${at}`, evaluate(value, scope)));
    const placed = place(rowset, {
      listed: branch.columns.map((item) => item.text),
      known: columnNames(session.look(name).rowset),
      byName: false,
    });
    session.write(name);
    emit(session, name, placed);
    session.fill(name, placed, { created: false, temporary: isTemporaryName(name) });
    into.push(name);
  }
  return { returned: [], into };
}
