import { changeCreated, changeRowset, toldChange } from './alter.ts';
import { Feeding } from './feeding.ts';
import { FilledTables } from './filled.ts';
import { Flows } from './flows.ts';
import { Notes } from './notes.ts';
import { OutsideTables } from './outside.ts';
import { Reads } from './reads.ts';
import { SelfFilled } from './self-filled.ts';
import { Turns } from './turns.ts';
import { Views } from './views.ts';
import { Written } from './written.ts';
import { column, own, unite } from '../resolve/rowset.ts';
import { writtenTo } from '../resolve/inputs.ts';
import type { Catalog } from './catalog.ts';
import type { ColumnChange, TableName } from '../ast/nodes.ts';
import type { ColumnSlot, Rowset } from '../resolve/rowset.ts';
import type { CreatedTable, TableEvent } from '../sql-lineage.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Filled } from './filled.ts';
import type { Input } from '../resolve/inputs.ts';
import type { KnownTable } from '../resolve/context.ts';

/** The tables that a script reads, writes, changes and leaves, from one statement to the next. */
export class Tables extends Notes {
  readonly dialect: Dialect;
  readonly catalog: Catalog;
  readonly reads = new Reads();
  protected readonly written = new Written();
  protected readonly flows = new Flows();
  readonly turns = new Turns();
  readonly selfFilled = new SelfFilled();
  /** Tables that the script itself filled. */
  readonly filled = new FilledTables(
    (table, grows) => this.turns.filled(table, grows),
    (table) => {
      for (const undo of this.#dropped.get(table.toLowerCase()) ?? []) undo();
    },
  );
  readonly views = new Views(this.filled, () => {
    this.partial('views were brought up to date only so often: what their tables hold later is not seen');
  });
  /** Name in lower case of a dropped table → what brings it back. */
  readonly #dropped = new Map<string, readonly (() => void)[]>();
  readonly feeding = new Feeding();
  readonly events: TableEvent[] = [];
  readonly #outside: OutsideTables;

  /** Depth of stored procedures and functions around here. */
  protected routines = 0;
  /** Depth of what is read as it was. */
  #pasts = 0;
  /** {@link SqlRequest.keepTables} */
  readonly #keepTables: boolean;

  constructor(dialect: Dialect, catalog: Catalog, keepTables: boolean) {
    super();
    this.dialect = dialect;
    this.catalog = catalog;
    this.#outside = new OutsideTables(catalog);
    this.#keepTables = keepTables;
  }

  /** Tables that the script creates and leaves, as it leaves them. */
  get created(): Map<string, CreatedTable> {
    return this.written.created;
  }

  nameOf(name: TableName): string {
    return this.catalog.nameOf(name);
  }

  /** A table for its columns alone, without counting it as read. */
  look(name: string): KnownTable {
    const filled = this.filled.of(name);
    if (filled === undefined) return this.#outside.find(name);
    if (!filled.created) {
      const known = this.#outside.find(name);
      if (known.rowset.every((slot) => slot.kind === 'column')) return known;
    }
    const rowset = filled.rowset.map((slot) =>
      slot.kind === 'column' ? column(slot.name, [own(filled.name, slot.name)]) : slot,
    );
    return { name: filled.name, rowset, made: false };
  }

  /** The rows of a table that a statement changes: what it holds, where it is a temporary one that this script filled. */
  target(name: string): Rowset {
    const filled = this.filled.of(name);
    return filled?.temporary === true && !filled.empty ? filled.rowset : this.look(name).rowset;
  }

  /** Rows of a changed table go on to somewhere (OUTPUT, RETURNING). A temporary table is an intermediate by that: true. */
  handsOn(name: string): boolean {
    const filled = this.filled.of(name);
    if (filled?.temporary !== true) return false;
    filled.consumed = true;
    return true;
  }

  /** ALTER TABLE and COMMENT ON: what is known of a table's columns from here on. */
  alter(name: string, changes: readonly ColumnChange[]): void {
    if (this.turns.isAgain) return;
    const key = name.toLowerCase();
    for (const change of changes) {
      this.selfFilled.alter(name, change);
      const created = this.created.get(key);
      if (created !== undefined) this.created.set(key, changeCreated(created, change));
      else if (!this.filled.isOwn(name)) this.events.push({ type: 'alter', table: name, change: toldChange(change) });
      const filled = this.filled.of(name);
      if (filled === undefined) this.#outside.alter(name, change);
      else
        this.filled.alter(
          filled,
          changeRowset(filled.rowset, change, () => []),
        );
      if (change.type === 'rename') this.flows.renameColumn(name, change.from, change.to);
      if (change.type === 'drop') this.flows.dropColumn(name, change.column);
    }
  }

  /** `isPast`: as it was, or at all times. */
  read(table: TableName, isPast = false): KnownTable {
    const name = this.nameOf(table);
    const filled = this.filled.of(name);
    this.turns.read(name.toLowerCase());
    if (filled !== undefined) this.#refresh(filled);
    this.#pasts += isPast ? 1 : 0;
    const known = this.#known(name, filled);
    this.#pasts -= isPast ? 1 : 0;
    return known;
  }

  #known(name: string, filled: Filled | undefined): KnownTable {
    const isPast = this.#pasts > 0;
    const isMade = filled?.temporary === true || (filled?.empty === false && this.routines === 0 && !this.#keepTables);
    if (filled !== undefined && isMade) {
      for (const read of filled.reads) this.reads.add(read);
      if (filled.temporary) filled.consumed = true;
      else this.feeding.read(filled.name);
      this.views.reads(name);
      const seen = isPast ? this.filled.atAnyTime(filled) : filled;
      const rowset = this.filled.held(seen, this.selfFilled.names(name));
      const shown = isPast ? this.views.atAnyTime(name) : null;
      return { name: filled.name, rowset: shown === null ? rowset : unite([rowset, shown], true), made: true };
    }
    this.reads.add(name);
    if (isPast) this.flows.restore(name);
    if (filled?.empty === false) filled.isSeen = true;
    return this.look(name);
  }

  /** A view shows what the tables under it hold by now, and so does what it sends on. */
  #refresh({ name, rowset: before }: Filled): void {
    const view = this.turns.again(() => this.views.refreshed(name));
    if (view === null) return;
    this.filled.show(name, view.isKept ? unite([before, view.rowset], true) : view.rowset);
    for (const target of view.targets)
      for (const slot of view.rowset) if (slot.kind === 'column') this.flow(target, slot.name, slot.inputs);
  }

  /** Counts a table as read for its rows or structure, without columns (LIKE, dictionaries). */
  touch(name: string): void {
    this.reads.add(name);
  }

  write(name: string): void {
    this.feeding.wrote(name);
    this.written.add(name);
  }

  /** Adds inputs of one column of a table that a statement writes, or of a bare query's result (null). */
  flow(table: string | null, name: string, inputs: readonly Input[]): void {
    this.flows.add(table, name, writtenTo(table, name, inputs));
  }

  /**
   * Every row of a table that the text filled has new values in these columns. Where the old ones went on under the table's own
   * name, the edge into it stays as well: it is part of their way.
   */
  replace(table: string, given: readonly ColumnSlot[]): void {
    const changed = given.map((slot) => column(slot.name, writtenTo(table, slot.name, slot.inputs)));
    const isSeen = this.filled.of(table)?.isSeen === true;
    const reaching = this.filled.reaching(table, changed);
    const isLeft = reaching.map(({ name }) => isSeen || this.flows.goesOn(table, name));
    this.filled.replace(table, changed);
    for (const [at, { name, inputs }] of reaching.entries())
      if (isLeft[at] === true) this.flows.add(table, name, inputs);
      else this.flows.replace(table, name, inputs);
  }

  /** How often something was sent to a column so far. */
  get fedCount(): number {
    return this.flows.fedCount;
  }

  /** What has been sent to the columns of a table so far. */
  flowsOf(table: string): Rowset {
    return this.flows.of(table);
  }

  drop(name: string): void {
    if (this.turns.isAgain) return;
    this.events.push({ type: 'drop', table: name });
    if (!this.filled.isOwn(name)) return;
    this.views.forget(name);
    this.filled.drop(name);
    const undo = [this.written.drop(name), this.flows.dropTable(name), this.feeding.drop(name)];
    this.#dropped.set(name.toLowerCase(), undo);
  }

  /** What a table ever was is there again; null: any of them. */
  restore(name: string | null): void {
    this.filled.restore(name);
    this.flows.restore(name);
  }

  /** A table that was dropped is there again, under another name if one is given. */
  undrop(name: string, to: string | null): void {
    const at = this.events.findLastIndex((event) => event.type === 'drop' && event.table === name);
    if (at >= 0) this.events.splice(at, 1);
    this.filled.undrop(name);
    if (to !== null) this.rename(name, to);
  }

  rename(from: string, to: string): void {
    if (this.turns.isAgain) return;
    this.events.push({ type: 'rename', from, to });
    this.#move([[from, to]]);
  }

  /** Several renames at once, as MySQL does them: one after the other. */
  renameAll(pairs: readonly (readonly [string, string])[]): void {
    for (const [from, to] of pairs) this.rename(from, to);
  }

  swap(a: string, b: string): void {
    if (this.turns.isAgain) return;
    this.events.push({ type: 'swap', a, b });
    this.#move([
      [a, b],
      [b, a],
    ]);
  }

  /** What this script did to one name is, from now on, true of another. */
  #move(pairs: readonly (readonly [string, string])[]): void {
    this.feeding.rename(pairs);
    this.written.move(pairs);
    for (const [from] of pairs) this.views.forget(from);
    this.filled.move(pairs);
    this.selfFilled.move(pairs);
    this.flows.move(pairs);
  }

  /** All views as the tables under them are by now. */
  protected refreshViews(): void {
    this.views.isAtEnd = true;
    for (const name of this.views.names) {
      const filled = this.filled.of(name);
      if (filled !== undefined)
        this.feeding.statement(() => {
          this.#refresh(filled);
        });
    }
  }
}
