import { isOpen } from '../resolve/rowset.ts';
import { columnNames, place } from './place.ts';
import type { ColumnChange, ColumnDefinition, ComputedChange } from '../ast/nodes.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from './session.ts';

type Filling = NonNullable<ColumnDefinition['selfFilled']>;

/** The columns of the tables of a script that the database fills itself, by name in any case. */
export class SelfFilled {
  readonly #tables = new Map<string, Map<string, Filling>>();

  of(table: string): ReadonlyMap<string, Filling> {
    return this.#tables.get(table.toLowerCase()) ?? new Map<string, Filling>();
  }

  /** Their names alone, in lower case. */
  names(table: string): ReadonlySet<string> {
    return new Set(this.of(table).keys());
  }

  /** A table was made with these columns. */
  create(table: string, columns: readonly ColumnDefinition[]): void {
    this.#tables.delete(table.toLowerCase());
    for (const item of columns) this.#add(table, item);
  }

  #add(table: string, { name, selfFilled }: ColumnDefinition): void {
    if (selfFilled === undefined) return;
    const known = this.#tables.get(table.toLowerCase()) ?? new Map<string, Filling>();
    this.#tables.set(table.toLowerCase(), known.set(name.toLowerCase(), selfFilled));
  }

  alter(table: string, change: ColumnChange | ComputedChange): void {
    if (change.type === 'add' || change.type === 'compute') this.#add(table, change.column);
    if (change.type === 'replace') this.create(table, change.columns);
    const known = this.#tables.get(table.toLowerCase());
    const gone = change.type === 'drop' ? change.column : change.type === 'rename' ? change.from : null;
    if (gone === null || known === undefined) return;
    const filling = known.get(gone.toLowerCase());
    known.delete(gone.toLowerCase());
    if (change.type === 'rename' && filling !== undefined) known.set(change.to.toLowerCase(), filling);
  }

  /** What one name stood for another stands for from now on; several at once. */
  move(pairs: readonly (readonly [string, string])[]): void {
    const moved = pairs.map(([from, to]) => [to, this.#tables.get(from.toLowerCase())] as const);
    for (const [from] of pairs) this.#tables.delete(from.toLowerCase());
    for (const [to, known] of moved) if (known !== undefined) this.#tables.set(to.toLowerCase(), known);
  }
}

/**
 * The columns of a table that rows without a list of columns go to, in order; null: they are not known; `unfit`: the rows have
 * more or fewer columns than take part, so that none of them can be told.
 */
export function positions(table: string, rowset: Rowset, session: Session): readonly string[] | 'unfit' | null {
  const known = columnNames(session.look(table).rowset);
  if (known === null) return null;
  const filling = session.selfFilled.of(table);
  const how = (name: string): Filling | undefined => filling.get(name.toLowerCase());
  const taking = known.filter((name) => how(name) !== 'left-out');
  if (isOpen(rowset) || rowset.length === 0) return taking;
  const fits = taking.every((name, at) => how(name) === undefined || (rowset[at]?.inputs ?? []).length === 0);
  if (session.dialect.selfFilled === 'placed') return fits ? taking : 'unfit';
  if (rowset.length === taking.length) return fits ? taking : 'unfit';
  const plain = taking.filter((name) => how(name) === undefined);
  if (rowset.length === plain.length) return plain;
  // Of a table that is known from outside it is not known which of its columns the database fills.
  return rowset.length < taking.length || filling.size > 0 ? 'unfit' : taking;
}

/** Puts rows into a table: under the columns that are listed, by name, or by {@link positions}. */
export function placeInto(
  table: string,
  rowset: Rowset,
  how: { readonly listed: readonly string[]; readonly byName: boolean },
  session: Session,
): Rowset {
  const known = positions(table, rowset, session);
  if (known === 'unfit' && how.listed.length === 0 && !how.byName) session.partial(unfitMessage);
  return place(rowset, { ...how, known });
}

/** Said where {@link positions} are unfit. */
export const unfitMessage =
  'an INSERT without a list of columns does not fit the columns that are known: which go where is not told';
