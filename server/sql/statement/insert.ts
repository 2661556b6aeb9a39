import { givenInputs } from '../resolve/pieced-item.ts';
import { addCtes, impliedName, resolveQuery } from '../resolve/query.ts';
import { evaluate, evaluateAll } from '../resolve/expression.ts';
import { bind, conjuncts } from '../resolve/relation.ts';
import { newScope } from '../resolve/scope.ts';
import { column, findColumn, isOpen, own, tail } from '../resolve/rowset.ts';
import { place } from './place.ts';
import { placeInto, positions, unfitMessage } from './self-filled.ts';
import { emit, isTemporaryName, quiet } from './outcome.ts';
import { performOutput } from './output.ts';
import { noRow, returnedRows } from './returning.ts';
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
  const known = positions(name, rowset, session);
  const dynamic = statement.dynamicPartitions.map((item) => item.text);
  const fixed = (statement.staticPartitions ?? []).map((item) => item.text);
  const listed = statement.columns.map((item) => item.text);
  const placed = place(statement.byName ? rowset : namedPartitions(rowset, dynamic), {
    listed: listed.length === 0 ? [] : [...without(listed, dynamic), ...dynamic],
    known: Array.isArray(known) ? [...without(known, [...dynamic, ...fixed]), ...dynamic] : known,
    byName: statement.byName,
  });
  const wanted = without(listed, dynamic).length + dynamic.length;
  if (listed.length > 0 && rowset.length > 0 && !statement.byName && !isOpen(rowset) && rowset.length !== wanted)
    session.partial('an INSERT names more or fewer columns than its rows have');
  const isUnfit = known === 'unfit' && listed.length === 0 && !statement.byName;
  if (isUnfit) session.partial(unfitMessage);
  session.write(name);
  if (statement.isWhole === true && session.certainty.isSure) session.filled.clear(name);
  emit(session, name, placed);
  onConflict(statement, name, placed, context, session, inSight);
  const wasOwn = session.filled.isOwn(name);
  const held = wasOwn && statement.loads === true ? loadedRows(statement, name, session) : placed;
  if (!isUnfit && !isConstant(name, placed, session))
    session.filled.fill(name, wasOwn ? held : keepOthers(placed, name), {
      created: false,
      temporary: isTemporaryName(name),
    });
  const inserted = [...placed, ...otherColumns(name, placed, session)];
  const output = performOutput(statement.output, { inserted, deleted: [] }, session, context);
  const returned = [...returning(statement, inserted, context, session.look(name).rowset), ...output.returned];
  return { returned, into: [name, ...output.into] };
}

/** What a table that the text made holds of a file: any of its columns may be the one. */
function loadedRows({ query, columns }: Insert, name: string, session: Session): Rowset {
  if (query?.kind !== 'select' || query.from?.kind !== 'table') return [];
  const inputs = [own(session.nameOf(query.from.name), '*')];
  const listed = new Set(columns.map((item) => item.text.toLowerCase()));
  return session.look(name).rowset.map((slot) => {
    if (slot.kind === 'tail') return { ...slot, inputs };
    return column(slot.name, listed.size === 0 || listed.has(slot.name.toLowerCase()) ? inputs : []);
  });
}

/**
 * Rows of constants, put into a table that outlives the text: what is read of it later comes from the table itself, whose other
 * rows the text does not show.
 */
function isConstant(name: string, placed: Rowset, session: Session): boolean {
  if (isTemporaryName(name) || session.filled.of(name)?.temporary === true) return false;
  return placed.every((slot) => slot.kind === 'column' && slot.inputs.length === 0);
}

/** Columns of a table that a statement gives no value: identities, defaults. */
function otherColumns(name: string, placed: Rowset, session: Session): Rowset {
  const { rowset } = session.look(name);
  return rowset.filter((slot) => slot.kind === 'tail' || findColumn(placed, slot.name) === null);
}

/** A table that existed before holds more than what this script put into it, and its columns may stand in another order. */
function keepOthers(placed: Rowset, name: string): Rowset {
  return isOpen(placed) ? placed : [...placed, { ...tail([name]), unordered: true }];
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
  // MySQL's `VALUES (…) AS new` names the new row, `INSERT INTO t AS old` elsewhere the one that is there.
  const { conflictSeesSources } = context.dialect;
  if (statement.targetAlias !== null && conflictSeesSources)
    scope.relations.push({
      alias: statement.targetAlias.text,
      path: [],
      rowset: placed,
      table: null,
      generator: false,
      hidden: true,
    });
  const named = conflictSeesSources ? null : statement.targetAlias;
  const alias = named?.text ?? statement.target?.at(-1)?.text ?? null;
  const path = statement.target?.map((part) => part.text) ?? [];
  const hasSources = bindSources(statement, scope);
  const rowset = hasSources ? namedColumns(statement, name, session) : session.look(name).rowset;
  scope.relations.push({ alias, path, rowset, table: hasSources ? name : null, generator: false, hidden: false });
  for (const item of statement.onConflict) assign(item, name, scope, session);
  const conditions = (statement.conflictWhere ?? []).flatMap(conjuncts);
  for (const condition of conditions) context.use('FILTER', evaluate(excludedValues(condition), scope));
}

/**
 * MySQL: "References to columns from queries on a single table, a join over multiple tables, a DISTINCT query, a derived
 * table" may stand in ON DUPLICATE KEY UPDATE (Reference Manual, "INSERT ... ON DUPLICATE KEY UPDATE Statement").
 */
function bindSources({ query }: Insert, scope: Scope): boolean {
  if (query?.kind !== 'select' || query.from === null || !scope.context.dialect.conflictSeesSources) return false;
  const { from } = query;
  const inner = { ...scope, ctes: addCtes(query.with, scope.context, null, scope.ctes) };
  scope.context.quietly(() => bind(from, inner));
  return true;
}

/** Of a target that is not known: the columns that the statement itself says it has; bare names beside them are the sources'. */
function namedColumns({ columns, onConflict: items }: Insert, name: string, session: Session): Rowset {
  const { rowset } = session.look(name);
  if (!isOpen(rowset)) return rowset;
  const names = [...columns.map((item) => item.text), ...items.map((item) => item.target.at(-1)?.text ?? '')];
  return [...new Set(names)].map((item) => column(item, [own(name, item)]));
}

function assign(item: Assignment, table: string, scope: Scope, session: Session): void {
  const name = item.target.at(-1)?.text ?? '';
  const inputs = givenInputs(excludedValues(item.value), scope);
  session.flow(table, name, inputs);
  session.filled.give(table, name, inputs);
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
function returning(statement: Insert, inserted: Rowset, context: StatementContext, before: Rowset): Rowset {
  const scope = newScope(context, null, null);
  const alias = statement.targetAlias?.text ?? statement.target?.at(-1)?.text ?? null;
  scope.relations.push({ alias, path: [], rowset: inserted, table: null, generator: false, hidden: false });
  // Where a row is there already, an upsert changes it.
  const old = statement.onConflict.length > 0 ? before : noRow(inserted);
  return returnedRows(statement, scope, { old, new: inserted });
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
        : branch.values.map((value, at) => column(impliedName(value) ?? `_col${at}`, givenInputs(value, scope)));
    const listed = branch.columns.map((item) => item.text);
    const placed = placeInto(name, rowset, { listed, byName: false }, session);
    session.write(name);
    emit(session, name, placed);
    if (!isConstant(name, placed, session))
      session.filled.fill(name, placed, { created: false, temporary: isTemporaryName(name) });
    into.push(name);
  }
  return { returned: [], into };
}
