import { findColumn } from '../resolve/rowset.ts';
import { newScope } from '../resolve/scope.ts';
import { columnNames, place } from './place.ts';
import { emit, isTemporaryName } from './outcome.ts';
import { resolveItemsOver } from '../resolve/query.ts';
import type { OutputInto } from '../ast/nodes.ts';
import type { StatementContext } from '../resolve/context.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from './session.ts';

/** T-SQL's OUTPUT … INTO: rows that a statement put in (`inserted`) or took out (`deleted`) go to another table as well. */
export function performOutput(
  output: OutputInto | null,
  rows: { readonly inserted: Rowset; readonly deleted: Rowset },
  session: Session,
  context: StatementContext,
): readonly string[] {
  if (output === null) return [];
  const scope = newScope(context, null, null);
  for (const [alias, rowset] of Object.entries(rows))
    scope.relations.push({ alias, path: [], rowset, table: null, generator: false, hidden: false });
  const name = session.nameOf(output.target);
  const placed = place(resolveItemsOver(output.items, scope), {
    listed: output.columns.map((item) => item.text),
    known: columnNames(session.look(name).rowset),
    byName: false,
  });
  session.write(name);
  emit(session, name, placed);
  session.fill(name, placed, { created: false, temporary: isTemporaryName(name) });
  return [name];
}

/** A table's rows after a statement gave some of its columns new values. */
export function changedRows(before: Rowset, changed: Rowset): Rowset {
  return [...changed, ...before.filter((slot) => slot.kind === 'tail' || findColumn(changed, slot.name) === null)];
}
