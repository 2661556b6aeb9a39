import { knowAssigned } from './assigned-names.ts';
import { givenInputs } from '../resolve/pieced-item.ts';
import { noteComparison } from '../resolve/usage.ts';
import { addCtes, impliedName } from '../resolve/query.ts';
import { bind, conjuncts } from '../resolve/relation.ts';
import { evaluate, evaluateAll } from '../resolve/expression.ts';
import { newScope } from '../resolve/scope.ts';
import { column, withoutColumns } from '../resolve/rowset.ts';
import { assign, bindTarget, giveAll, outputRows } from './change.ts';
import { changedRows } from './output.ts';
import { returnedRows } from './returning.ts';
import { placeInto } from './self-filled.ts';
import { tableBehind } from './through-view.ts';
import type { MergeClause, Statement } from '../ast/nodes.ts';
import type { Outcome } from './outcome.ts';
import type { StatementContext } from '../resolve/context.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Bound, Scope } from '../resolve/scope.ts';
import type { Session } from './session.ts';

type Merge = Extract<Statement, { kind: 'merge' }>;

/** MERGE: values come from the source, and in updates from the target too. */
export function performMerge(statement: Merge, session: Session, context: StatementContext): Outcome {
  const ctes = addCtes(statement.with, context, null, null);
  const scope = newScope(context, null, ctes);
  const target = bindTarget(tableBehind(statement.target, statement.with), scope, session);
  const source = [...bind(statement.source, scope)];
  if (target === null) return { returned: [], into: [] };
  const sourceScope: Scope = { ...scope, relations: [...source, { ...target.bound, hidden: true }] };
  knowAssigned(scope, target.name, statement.clauses.flatMap(assignedNames));
  for (const condition of statement.on.flatMap(conjuncts)) {
    noteComparison(condition, scope);
    context.use('JOIN', evaluate(condition, scope));
  }
  session.write(target.name);
  const old = session.target(target.name);
  for (const clause of statement.clauses) performClause(clause, target.name, scope, sourceScope, source, session);
  const output = outputRows(statement.output, target.name, session, scope);
  const returned = [...returnedOf(statement, old, scope, target.name, session), ...output.returned];
  return { returned, into: [target.name, ...output.into] };
}

/** RETURNING sees the changed rows and those of the source. */
function returnedOf(
  { returning = [], rowNames }: Merge,
  old: Rowset,
  scope: Scope,
  table: string,
  session: Session,
): Rowset {
  if (returning.length === 0) return [];
  session.handsOn(table);
  const rows = { old, new: changedRows(old, session.flowsOf(table)) };
  return returnedRows({ returning, ...(rowNames === undefined ? {} : { rowNames }) }, scope, rows);
}

function assignedNames(clause: MergeClause): readonly string[] {
  if (clause.kind === 'insert') return clause.columns.map((name) => name.text);
  if (clause.kind === 'delete' || clause.assignments === 'all') return [];
  return clause.assignments.map((item) => item.target.at(-1)?.text ?? '');
}

function performClause(
  clause: MergeClause,
  table: string,
  scope: Scope,
  sourceScope: Scope,
  source: readonly Bound[],
  session: Session,
): void {
  if (clause.condition !== null) scope.context.use('FILTER', evaluateAll([clause.condition], scope));
  const left = clause.kind === 'delete' ? [] : (clause.except ?? []);
  const whole = withoutColumns(
    source.flatMap((bound) => [...bound.rowset]),
    left,
  );
  if (clause.kind === 'update') {
    if (clause.assignments === 'all')
      giveAll(session, table, placeInto(table, whole, { listed: [], byName: true }, session));
    else for (const item of clause.assignments) assign(item, table, scope, session);
  } else if (clause.kind === 'insert') {
    const rowset =
      clause.values === 'all' || clause.values === 'row'
        ? whole
        : clause.values.map((value, at) => column(impliedName(value) ?? `_col${at}`, givenInputs(value, sourceScope)));
    const listed = clause.columns.map((item) => item.text);
    const byName = clause.values === 'all' && listed.length === 0;
    giveAll(session, table, placeInto(table, rowset, { listed, byName }, session));
  }
}
