import { findColumn } from '../resolve/rowset.ts';
import { newScope } from '../resolve/scope.ts';
import { placeInto } from './self-filled.ts';
import { emit, isTemporaryName, quiet } from './outcome.ts';
import { resolveItemsOver } from '../resolve/query.ts';
import type { OutputInto } from '../ast/nodes.ts';
import type { StatementContext } from '../resolve/context.ts';
import type { Bound } from '../resolve/scope.ts';
import type { Outcome } from './outcome.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from './session.ts';

/** What OUTPUT may name. */
export interface OutputRows {
  readonly inserted: Rowset;
  readonly deleted: Rowset;
  /** T-SQL: tables of FROM and USING beside the target stand under their own names ("OUTPUT clause", from_table_name). */
  readonly sources?: readonly Bound[];
}

/**
 * T-SQL's OUTPUT: rows that a statement put in (`inserted`) or took out (`deleted`) go to another table as well, or are given
 * back to the query around it.
 */
export function performOutput(
  output: OutputInto | null,
  { inserted, deleted, sources = [] }: OutputRows,
  session: Session,
  context: StatementContext,
): Outcome {
  if (output === null) return quiet;
  const scope = newScope(context, null, null);
  for (const [alias, rowset] of Object.entries({ inserted, deleted }))
    scope.relations.push({ alias, path: [], rowset, table: null, generator: false, hidden: false });
  scope.relations.push(...sources);
  const rows = resolveItemsOver(output.items, scope);
  if (output.target === null) return { returned: rows, into: [] };
  const name = session.nameOf(output.target);
  const listed = output.columns.map((item) => item.text);
  const placed = placeInto(name, rows, { listed, byName: false }, session);
  session.write(name);
  emit(session, name, placed);
  session.filled.fill(name, placed, { created: false, temporary: isTemporaryName(name) });
  return { returned: [], into: [name] };
}

/** A table's rows after a statement gave some of its columns new values. */
export function changedRows(before: Rowset, changed: Rowset): Rowset {
  const names = new Set(before.flatMap((slot) => (slot.kind === 'column' ? [slot.name.toLowerCase()] : [])));
  const others = changed.filter((slot) => slot.kind === 'tail' || !names.has(slot.name.toLowerCase()));
  const inPlace = before.map((slot) => (slot.kind === 'tail' ? slot : (findColumn(changed, slot.name) ?? slot)));
  return [...others, ...inPlace];
}
