import { apply, merge, steer, writtenTo } from '../resolve/inputs.ts';
import { column, findColumn, tailsFor, throughTail, unite } from '../resolve/rowset.ts';
import { rowSize } from './held.ts';
import { Ways } from './ways.ts';
import type { TransactionEnd } from './ways.ts';
import type { Input } from '../resolve/inputs.ts';
import type { ColumnSlot, Rowset } from '../resolve/rowset.ts';

/** A table that the script itself filled. */
export interface Filled {
  readonly name: string;
  readonly temporary: boolean;
  /** A temporary table that was read: nothing of it is left when the script ends. */
  consumed: boolean;
  /** Its columns, each with what it is made from. */
  rowset: Rowset;
  readonly created: boolean;
  /** Others read it under its own name: what it held then went on from there. */
  isSeen?: boolean;
  /** Nothing was put into it by this script: what it holds comes from elsewhere. */
  empty: boolean;
  /** Tables that count as read once this is read. */
  readonly reads: readonly string[];
}

/** `mayExist`: it is not made anew where it is there already. */
type Filling = Pick<Filled, 'created' | 'temporary'> &
  Partial<Pick<Filled, 'empty' | 'reads'>> & { readonly mayExist?: boolean };

/** The tables that a script itself filled, by name in any case, with what they hold at each moment. */
export class FilledTables {
  readonly #tables = new Map<string, Filled>();
  /** Hears of each filling; `grows`: the table holds more than before. */
  readonly #heard: (key: string, grows: boolean) => void;
  /** Hears of a table that was dropped and is there again. */
  readonly #revived: (name: string) => void;
  /** How often each table was filled, changed or dropped. */
  readonly #changes = new Map<string, number>();
  readonly #ways = new Ways<Filled>((key, before) => {
    const table = this.#tables.get(key);
    if (table === undefined) {
      this.#tables.set(key, { ...before });
      this.#revived(before.name);
    } else {
      table.rowset = unite([table.rowset, before.rowset], true);
      table.empty &&= before.empty;
    }
    this.#changed(key);
  });

  constructor(heard: (key: string, grows: boolean) => void, revived: (name: string) => void) {
    this.#heard = heard;
    this.#revived = revived;
  }

  /** Differs from before once the table was filled, changed or dropped since. */
  stamp(key: string): number {
    return this.#changes.get(key) ?? 0;
  }

  #changed(key: string): void {
    this.#changes.set(key, this.stamp(key) + 1);
  }

  of(name: string): Filled | undefined {
    return this.#tables.get(name.toLowerCase());
  }

  /** The table is one that this script created. */
  isOwn(name: string): boolean {
    return this.of(name)?.created === true;
  }

  /**
   * What a table holds, its computed columns by what the columns hold that they are computed from. `computed`: their names in
   * lower case.
   */
  held(table: Filled, computed: ReadonlySet<string>): Rowset {
    if (computed.size === 0) return table.rowset;
    const isComputed = (slot: Rowset[number]): slot is ColumnSlot =>
      slot.kind === 'column' && computed.has(slot.name.toLowerCase());
    let { rowset } = table;
    // A computed column may be computed from another one.
    for (let turn = 0; turn < maximumSteps && rowset.some((slot) => isComputed(slot) && readsOf(slot, table)); turn++) {
      const before = { ...table, rowset };
      rowset = rowset.map((slot) => (isComputed(slot) ? column(slot.name, passedOn(before, slot.inputs)) : slot));
    }
    return rowset;
  }

  /** Lower-case names of the temporary tables that were read. */
  consumed(): readonly string[] {
    return [...this.#tables].filter(([, table]) => table.consumed).map(([key]) => key);
  }

  /** Remembers what a table holds from now on, for the statements after this one. */
  fill(name: string, rowset: Rowset, how: Filling): void {
    const before = this.of(name);
    const key = name.toLowerCase();
    const isMade = before === undefined || (how.created && how.mayExist !== true);
    if (isMade) {
      this.#ways.takes(key, before);
      const { created, temporary, empty = false, reads = [] } = how;
      this.#tables.set(key, { name, rowset, empty, reads, created, temporary, consumed: before?.consumed ?? false });
      this.#changed(key);
      this.#heard(key, false);
      return;
    }
    this.#ways.changes(key, { ...before });
    if (how.empty !== true)
      this.#grow(before, before.rowset.length === 0 ? rowset : unite([before.rowset, rowset], true));
  }

  /**
   * An UPDATE, a MERGE or an upsert gave a column a value. Where the text made the table, what is read of it later is made
   * from that value too; the earlier one stays, because rows may have been left alone.
   */
  give(name: string, item: string, inputs: readonly Input[]): void {
    const table = this.of(name);
    if (table === undefined) return;
    this.#ways.changes(name.toLowerCase(), { ...table });
    this.#grow(table, withValue(table, item, passedOn(table, writtenTo(name, item, inputs))));
  }

  /**
   * An UPDATE of every row gave columns new values, all at once: nothing is left of the old ones.
   */
  replace(name: string, changed: readonly ColumnSlot[]): void {
    const table = this.of(name);
    if (table === undefined) return;
    this.#ways.takes(name.toLowerCase(), { ...table });
    const given = changed.map((slot) => column(slot.name, passedOn(table, slot.inputs)));
    this.#grow(table, given.reduce(withoutOld, table.rowset));
  }

  /**
   * What reaches the columns of a table that such an UPDATE changes: of a column that is gone with it what that held, with the
   * column itself where the table is older than the text.
   */
  reaching(name: string, changed: readonly ColumnSlot[]): readonly ColumnSlot[] {
    const table = this.of(name);
    if (table === undefined) return changed;
    const gone = new Set(changed.map((slot) => slot.name.toLowerCase()));
    const isGone = (input: Input): boolean =>
      input.table.toLowerCase() === name.toLowerCase() && gone.has(input.column.toLowerCase());
    return changed.map((slot) => {
      const inputs = slot.inputs.map((input) =>
        isGone(input) ? merge(passedOn(table, [input]), table.created ? [] : [input]) : [input],
      );
      return column(slot.name, merge(...inputs));
    });
  }

  /** All rows of a table that the text made are gone. */
  clear(name: string): void {
    const table = this.of(name);
    if (table === undefined || table.empty || !(table.created || table.temporary)) return;
    this.#ways.takes(name.toLowerCase(), { ...table });
    this.#changed(name.toLowerCase());
    table.rowset = table.rowset.map((slot) =>
      slot.kind === 'column' ? column(slot.name, []) : { ...slot, tables: [], inputs: [] },
    );
  }

  /** Carries out work that is perhaps not done: what it takes away from tables may be there all the same. */
  perhaps<T>(work: () => T): T {
    return this.#ways.perhaps(work);
  }

  /** {@link Ways.endTransaction} */
  endTransaction(end: TransactionEnd): void {
    this.#ways.endTransaction(end);
  }

  /** What a table holds now, and all that it ever held. */
  atAnyTime(table: Filled): Filled {
    const past = this.#ways.past(table.name.toLowerCase());
    return { ...table, rowset: unite([table.rowset, ...past.map(({ rowset }) => rowset)], true) };
  }

  /** A view shows something else by now. */
  show(name: string, rowset: Rowset): void {
    const view = this.of(name);
    if (view !== undefined) view.rowset = rowset;
  }

  /** {@link Ways.restore} */
  restore(name: string | null): void {
    this.#ways.restore(name?.toLowerCase() ?? null);
  }

  /** A table that was dropped is there again. */
  undrop(name: string): void {
    if (this.of(name) === undefined) this.#ways.restoreLast(name.toLowerCase());
  }

  /** Its columns are about to become others. */
  alter(table: Filled, rowset: Rowset): void {
    this.#ways.takes(table.name.toLowerCase(), { ...table });
    table.rowset = rowset;
    this.#changed(table.name.toLowerCase());
  }

  drop(name: string): void {
    const key = name.toLowerCase();
    this.#ways.takes(key, this.of(name));
    this.#tables.delete(key);
    this.#changed(key);
  }

  /** What one name held another holds from now on; several at once. */
  move(pairs: readonly (readonly [string, string])[]): void {
    const moved = pairs.map(([from, to]) => ({ to, table: this.of(from) }));
    for (const [from] of pairs) this.drop(from);
    for (const [from, to] of pairs) this.#ways.move(from.toLowerCase(), to.toLowerCase());
    for (const { to, table } of moved) {
      if (table === undefined) continue;
      this.#tables.set(to.toLowerCase(), { ...table, name: to });
      this.#changed(to.toLowerCase());
    }
  }

  #grow(table: Filled, rowset: Rowset): void {
    const size = rowSize(table.rowset);
    table.rowset = rowset;
    table.empty = false;
    this.#changed(table.name.toLowerCase());
    this.#heard(table.name.toLowerCase(), rowSize(rowset) > size);
  }
}

/** How many computed columns may stand behind each other. */
const maximumSteps = 8;

function readsOf(slot: ColumnSlot, { name }: Filled): boolean {
  return slot.inputs.some((input) => input.table.toLowerCase() === name.toLowerCase());
}

/** What a table holds after a column was given one more value. */
function withValue({ rowset }: Filled, name: string, given: readonly Input[]): Rowset {
  const at = placeOf(rowset, name);
  const before = rowset[at];
  if (before?.kind === 'column') return rowset.with(at, column(before.name, merge(before.inputs, given)));
  const held = tailsFor(rowset, name).map((slot) => throughTail(slot, name));
  return [...rowset, column(name, merge(...held, given))];
}

/** What a table holds after a column was given one value in place of all that it held. */
function withoutOld(rowset: Rowset, { name, inputs }: ColumnSlot): Rowset {
  const at = placeOf(rowset, name);
  const before = rowset[at];
  if (before?.kind === 'column') return rowset.with(at, column(before.name, inputs));
  const others = rowset.map((slot) =>
    slot.kind === 'tail' ? { ...slot, except: new Set([...slot.except, name.toLowerCase()]) } : slot,
  );
  return [...others, column(name, inputs)];
}

function placeOf(rowset: Rowset, name: string): number {
  return rowset.findIndex((slot) => slot.kind === 'column' && slot.name.toLowerCase() === name.toLowerCase());
}

/** Inputs of a change of a table that are columns of its own: what those hold before the change. */
function passedOn({ name, rowset }: Filled, inputs: readonly Input[]): readonly Input[] {
  return inputs.flatMap((input) =>
    input.table.toLowerCase() === name.toLowerCase() ? throughColumn(input, findColumn(rowset, input.column)) : [input],
  );
}

/** What a column of the same table passes on: what that column holds, after the step that the input stands for. */
function throughColumn(input: Input, slot: ColumnSlot | null): readonly Input[] {
  if (slot === null) return [input];
  const { kind, effect, fn } = input;
  return kind === 'CONDITIONAL' || kind === 'WINDOW'
    ? steer(slot.inputs, kind)
    : apply(slot.inputs, { kind, effect, fn });
}
