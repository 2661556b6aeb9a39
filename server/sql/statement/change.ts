import { knowAssigned } from './assigned-names.ts';
import { givenInputs } from '../resolve/pieced-item.ts';
import { noteComparison } from '../resolve/usage.ts';
import { addCtes, resolveItemsOver, resolveQuery } from '../resolve/query.ts';
import { bind, conjuncts } from '../resolve/relation.ts';
import { evaluate } from '../resolve/expression.ts';
import { newScope } from '../resolve/scope.ts';
import { column } from '../resolve/rowset.ts';
import { columnNames } from './place.ts';
import { assignThrough, throughView } from './through-view.ts';
import { changedRows, performOutput } from './output.ts';
import { noRow, returnedRows } from './returning.ts';
import type { ThroughView } from './through-view.ts';
import { emit, quiet } from './outcome.ts';
import type { Assignment, OutputInto, Relation, Statement, TableName } from '../ast/nodes.ts';
import type { Outcome } from './outcome.ts';
import type { CteScope, StatementContext } from '../resolve/context.ts';
import type { Bound, Scope } from '../resolve/scope.ts';
import type { Input } from '../resolve/inputs.ts';
import type { ColumnSlot, Rowset } from '../resolve/rowset.ts';
import type { Session } from './session.ts';

/** A table that a statement changes, in its scope. */
interface Target {
  readonly name: string;
  readonly bound: Bound;
}

/** Binds a target without counting it as read. */
export function bindTarget(relation: Relation, scope: Scope, session: Session): Target | null {
  if (relation.kind !== 'table' || relation.name.length === 0) {
    bind(relation, scope);
    return null;
  }
  const name = session.nameOf(relation.name);
  const path = relation.alias === null ? relation.name.map((part) => part.text) : [];
  const bound: Bound = {
    alias: relation.alias?.text ?? path.at(-1) ?? null,
    path,
    rowset: session.target(name),
    table: name,
    generator: false,
    hidden: false,
  };
  scope.relations.push(bound);
  return { name, bound };
}

/** The tables of a relation by the name they are qualified with. */
function tablesOf(relation: Relation | null): readonly { readonly alias: string; readonly name: TableName }[] {
  if (relation === null) return [];
  if (relation.kind === 'join') return [...tablesOf(relation.left), ...tablesOf(relation.right)];
  if (relation.kind !== 'table') return [];
  const alias = relation.alias?.text ?? relation.name.at(-1)?.text ?? '';
  return [{ alias: alias.toLowerCase(), name: relation.name }];
}

/** T-SQL and MySQL name the target by an alias of the FROM clause; others add FROM beside the target. */
function aliasedTarget(target: Relation, from: Relation | null): TableName | null {
  if (target.kind !== 'table' || target.name.length !== 1) return null;
  const wanted = target.name[0]?.text.toLowerCase();
  return tablesOf(from).find(({ alias }) => alias === wanted)?.name ?? null;
}

function bindFrom(from: Relation | null, target: string | null, scope: Scope, session: Session): void {
  if (from === null) return;
  if (target === null) bind(from, scope);
  else session.reads.without(target, () => bind(from, scope));
}

/** UPDATE: each assigned column takes what its expression is made from. */
export function performUpdate(
  statement: Extract<Statement, { kind: 'update' }>,
  session: Session,
  context: StatementContext,
  ctes: CteScope | null,
): Outcome {
  const view = throughView(statement, session, context, ctes);
  if (view !== null) return updateThrough(statement, view, session);
  const scope = newScope(context, null, addCtes(statement.with, context, null, ctes));
  const aliased = aliasedTarget(statement.target, statement.from);
  const joined = statement.target.kind === 'join' ? tablesOf(statement.target) : [];
  let main: string | null = null;
  if (aliased !== null) main = session.nameOf(aliased);
  else if (joined.length > 0) bind(statement.target, scope);
  else main = bindTarget(statement.target, scope, session)?.name ?? null;
  bindFrom(statement.from, aliased === null ? null : main, scope, session);
  const old = main === null ? [] : session.target(main);
  for (const item of statement.assignments)
    knowAssigned(scope, main ?? ownerOf(item, joined, scope, session) ?? '', [changedColumn(item, scope)]);
  const into = new Set<string>();
  const replaced: { readonly table: string; readonly slots: ColumnSlot[] } | null =
    main !== null && changesAllRows(statement, main, session) ? { table: main, slots: [] } : null;
  const given: ColumnSlot[] = [];
  for (const item of statement.assignments) {
    const [variable] = item.target;
    // T-SQL: `SET @old = column`.
    if (item.target.length === 1 && variable?.quoted === false && variable.text.startsWith('@')) {
      context.around.assign(variable.text, evaluate(item.value, scope));
      continue;
    }
    const table = main ?? ownerOf(item, joined, scope, session);
    if (table === null) continue;
    into.add(table);
    const isWhole = !isMember(item, scope);
    const slot = column(changedColumn(item, scope), assignedInputs(item, scope));
    if (replaced === null || !isWhole) give(session, table, slot.name, slot.inputs);
    else replaced.slots.push(slot);
    if (isWhole) given.push(slot);
  }
  if (replaced !== null) session.replace(replaced.table, replaced.slots);
  if (main !== null) into.add(main);
  for (const table of into) session.write(table);
  filter(statement.where, scope);
  const output = outputRows(statement.output, main, session, scope);
  if (statement.returning.length > 0 && main !== null) session.handsOn(main);
  const rows = { old, new: main === null ? [] : changedRows(old, session.flowsOf(main)) };
  const now = main === null || session.filled.of(main) === undefined ? changedRows(old, given) : session.target(main);
  const returned = [...returnedRows(statement, afterChange(scope, main, now), rows), ...output.returned];
  return { returned, into: [...into, ...output.into] };
}

/**
 * No row keeps what it held: nothing in the statement leaves one out, and this text filled the table. T-SQL's FROM may name the
 * table once more.
 */
function changesAllRows(
  { isWhole, from, target }: Extract<Statement, { kind: 'update' }>,
  table: string,
  session: Session,
): boolean {
  if (isWhole !== true || target.kind !== 'table') return false;
  const isAlone = from === null || (from.kind === 'table' && session.nameOf(from.name) === table);
  return isAlone && session.certainty.isSure && session.filled.of(table)?.empty === false;
}

/** RETURNING gives the rows as they are now. */
function afterChange(scope: Scope, table: string | null, rows: Rowset): Scope {
  const relations = scope.relations.map((bound) =>
    table !== null && bound.table === table ? { ...bound, rowset: rows } : bound,
  );
  return { ...scope, relations };
}

function updateThrough(
  statement: Extract<Statement, { kind: 'update' }>,
  view: ThroughView,
  session: Session,
): Outcome {
  const into = new Set<string>();
  for (const item of statement.assignments) {
    const table = assignThrough(item, view, session);
    if (table !== null) into.add(table);
  }
  for (const table of into) session.write(table);
  filter(statement.where, view.scope);
  const output = outputRows(statement.output, view.base, session, { ...view.scope, relations: [] });
  const returned = [...resolveItemsOver(statement.returning, view.scope), ...output.returned];
  return { returned, into: [...into, ...output.into] };
}

/** Which of several joined tables an assignment changes: the one named, else the one known to have the column, else the first. */
function ownerOf(
  item: Assignment,
  tables: readonly { readonly alias: string; readonly name: TableName }[],
  scope: Scope,
  session: Session,
): string | null {
  const [first] = item.target;
  const qualifier = item.target.length > 1 ? item.target.at(-2)?.text.toLowerCase() : undefined;
  const named = tables.find(({ alias }) => alias === qualifier);
  const having = tables.find(({ name }) => {
    const known = columnNames(session.look(session.nameOf(name)).rowset);
    return known?.some((text) => text.toLowerCase() === first?.text.toLowerCase()) === true;
  });
  const found = named ?? having ?? tables[0];
  return found === undefined ? null : session.nameOf(found.name);
}

/** The column that an assignment changes: `alias.column` and `column.member` both name it. */
function changedColumn(item: Assignment, scope: Scope): string {
  const [first, second] = item.target;
  if (second === undefined) return first?.text ?? '';
  const isAlias = scope.relations.some((bound) => bound.alias?.toLowerCase() === first?.text.toLowerCase());
  const isPath = scope.relations.some((bound) =>
    bound.path.some((part) => part.toLowerCase() === first?.text.toLowerCase()),
  );
  return isAlias || isPath ? (item.target.at(isAlias ? 1 : -1)?.text ?? '') : (first?.text ?? '');
}

/** The rest of the column's value stays. */
function isMember(item: Assignment, scope: Scope): boolean {
  return item.isPart === true || item.target.at(-1)?.text !== changedColumn(item, scope);
}

/** SET: a column takes what its value is made from. */
export function assign(item: Assignment, table: string, scope: Scope, session: Session): void {
  give(session, table, changedColumn(item, scope), assignedInputs(item, scope));
}

function assignedInputs({ value, position }: Assignment, scope: Scope): readonly Input[] {
  if (value.kind !== 'query' || position === 0) return givenInputs(value, scope);
  return resolveQuery(value.query, scope.context, scope, scope.ctes)[position - 1]?.inputs ?? [];
}

function give(session: Session, table: string, name: string, inputs: readonly Input[]): void {
  session.flow(table, name, inputs);
  session.filled.give(table, name, inputs);
}

/** Sends rows on to a table and to what the text reads of it later. */
export function giveAll(session: Session, table: string, rowset: Rowset): void {
  emit(session, table, rowset);
  for (const slot of rowset) if (slot.kind === 'column') session.filled.give(table, slot.name, slot.inputs);
}

function filter(where: Extract<Statement, { kind: 'delete' }>['where'], scope: Scope): void {
  for (const condition of where.flatMap(conjuncts)) {
    noteComparison(condition, scope);
    scope.context.use('FILTER', evaluate(condition, scope));
  }
}

/** DELETE: writes its table; its conditions steer. */
export function performDelete(
  statement: Extract<Statement, { kind: 'delete' }>,
  session: Session,
  context: StatementContext,
  ctes: CteScope | null,
): Outcome {
  const view = throughView(statement, session, context, ctes);
  if (view !== null) {
    filter(statement.where, view.scope);
    if (view.base === null) return { returned: [], into: [] };
    session.write(view.base);
    const output = outputRows(statement.output, view.base, session, { ...view.scope, relations: [] });
    return { returned: output.returned, into: [view.base, ...output.into] };
  }
  const scope = newScope(context, null, addCtes(statement.with, context, null, ctes));
  if (statement.target.kind === 'join') return deleteFromSeveral(statement, scope, session);
  const aliased = aliasedTarget(statement.target, statement.from);
  const name =
    aliased === null ? (bindTarget(statement.target, scope, session)?.name ?? null) : session.nameOf(aliased);
  bindFrom(statement.from, aliased === null ? null : name, scope, session);
  filter(statement.where, scope);
  if (name === null) return { returned: [], into: [] };
  session.write(name);
  const isCleared = statement.isWhole === true && statement.from === null;
  const handsOn = statement.returning.length > 0 || statement.output !== null;
  if (handsOn && !session.handsOn(name)) session.touch(name);
  const output = outputRows(statement.output, name, session, scope);
  const old = session.target(name);
  const returned = [...returnedRows(statement, scope, { old, new: noRow(old) }), ...output.returned];
  if (isCleared && session.certainty.isSure) session.filled.clear(name);
  return { returned, into: [name, ...output.into] };
}

/** MySQL: `DELETE a, b FROM a JOIN b …` takes rows out of each table it names. */
function deleteFromSeveral(statement: Extract<Statement, { kind: 'delete' }>, scope: Scope, session: Session): Outcome {
  const names = tablesOf(statement.target).map(
    ({ alias, name }) =>
      aliasedTarget({ kind: 'table', name, alias: null, columnAliases: [] }, statement.from) ??
      (alias === '' ? null : name),
  );
  const into = names.flatMap((name) => (name === null ? [] : [session.nameOf(name)]));
  const bindAll = into.reduce<() => void>(
    (work, name) => () => session.reads.without(name, work),
    () => {
      if (statement.from !== null) bind(statement.from, scope);
    },
  );
  bindAll();
  filter(statement.where, scope);
  for (const name of into) session.write(name);
  return { returned: [], into };
}

/** Where OUTPUT sends the rows of a changed table; `scope` is that of the statement. */
export function outputRows(output: OutputInto | null, table: string | null, session: Session, scope: Scope): Outcome {
  if (output === null || table === null) return quiet;
  const deleted = session.target(table);
  session.handsOn(table);
  const inserted = changedRows(deleted, session.flowsOf(table));
  const sources = scope.relations.filter((bound) => bound.table?.toLowerCase() !== table.toLowerCase());
  return performOutput(output, { inserted, deleted, sources }, session, scope.context);
}
