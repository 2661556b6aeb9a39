import { changeCreated, changeRowset, toldChange } from './alter.ts';
import { Certainty } from './certainty.ts';
import type { TransactionEnd } from './ways.ts';
import { Feeding } from './feeding.ts';
import { Flows } from './flows.ts';
import { Notes } from './notes.ts';
import { Reads } from './reads.ts';
import { Steering } from './steering.ts';
import { Turns } from './turns.ts';
import { Variables } from './variables.ts';
import { FilledTables } from './filled.ts';
import { SelfFilled } from './self-filled.ts';
import { UsageLog } from '../resolve/usage.ts';
import { column, own } from '../resolve/rowset.ts';
import { isLocation } from '../dialect/locations.ts';
import type { ColumnChange, TableName } from '../ast/nodes.ts';
import type { KnownTable, Surroundings } from '../resolve/context.ts';
import type { ScriptResult } from './script-result.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Catalog } from './catalog.ts';
import type { CreatedTable, TableEvent } from '../sql-lineage.ts';
import type { Input } from '../resolve/inputs.ts';
import type { ColumnSlot, Rowset } from '../resolve/rowset.ts';

/** What is remembered from one statement of a script to the next, and what the whole script does. */
export class Session extends Notes {
  readonly dialect: Dialect;
  readonly catalog: Catalog;
  readonly reads = new Reads();
  readonly #writes = new Map<string, string>();
  readonly #flows = new Flows();
  readonly steering = new Steering();
  readonly variables = new Variables(() => this.steering.around);
  readonly turns = new Turns();
  readonly selfFilled = new SelfFilled();
  /** Tables that the script itself filled. */
  readonly filled = new FilledTables((table, grows) => this.turns.filled(table, grows));
  /** Puts a function's body in place of its call; null: its body is not in the text. */
  inline: Surroundings['inline'] = () => null;
  rowsOf: Surroundings['rowsOf'] = () => null;
  /** {@link Surroundings.isInPart} */
  isInPart = false;
  /** What the last query showed. */
  lastResult: Rowset | null = null;
  /** Takes the rows that queries inside of routines show. */
  shown: ((rowset: Rowset) => void) | null = null;
  readonly feeding = new Feeding();
  readonly events: TableEvent[] = [];
  /** Tables that the script creates and leaves, as it leaves them. */
  readonly created = new Map<string, CreatedTable>();
  /** Tables known from outside whose columns this script changed. */
  readonly #altered = new Map<string, Rowset>();

  /** Variable keys of records that stand behind FROM: the rows that fired a trigger. */
  readonly transitions = new Set<string>();
  readonly certainty = new Certainty();

  /** Depth of stored procedures and functions around here. */
  #routines = 0;
  #silent = 0;
  /** {@link SqlRequest.keepTables} */
  readonly #keepTables: boolean;

  /** {@link SqlRequest.usage} */
  readonly usage: UsageLog | null;

  constructor(
    dialect: Dialect,
    catalog: Catalog,
    asked: { readonly keepTables?: boolean; readonly usage?: boolean } = {},
  ) {
    super();
    this.dialect = dialect;
    this.catalog = catalog;
    this.#keepTables = asked.keepTables ?? false;
    this.usage = asked.usage === true ? new UsageLog() : null;
  }

  /** Inside a stored routine permanent tables outlive the text, so they are no intermediates, and queries show nothing. */
  inRoutine(work: () => void): void {
    this.#routines += 1;
    this.variables.within(work);
    this.#routines -= 1;
  }

  /** Carries out work that is perhaps not done, or breaks off: values that it replaces may be there all the same. */
  perhaps<T>(work: () => T): T {
    return this.filled.perhaps(() => this.#flows.perhaps(work));
  }

  /** {@link Ways.endTransaction}. ROLLBACK in a branch is there for errors, and the script ends with it. */
  endTransaction(end: TransactionEnd): void {
    if (this.certainty.branches > 0) return;
    this.filled.endTransaction(end);
    this.#flows.endTransaction(end);
  }

  /** What queries give is seen by nobody. */
  silently(work: () => void): void {
    this.#silent += 1;
    work();
    this.#silent -= 1;
  }

  get showsResults(): boolean {
    return this.#routines === 0 && this.#silent === 0;
  }

  /** SELECT … INTO this name sets a variable and makes no table. */
  assignsInto(name: TableName): boolean {
    const text = name.map((part) => part.text).join('.');
    if (name.length === 1 && name[0]?.quoted === true && isLocation(text)) return false;
    const { variables } = this;
    if (variables.get(text) !== null || variables.record(name[0]?.text ?? '') !== null || /^[@:]/.test(text))
      return true;
    return this.dialect.selectIntoVariables || (this.#routines > 0 && this.dialect.declareSection);
  }

  nameOf(name: TableName): string {
    return this.catalog.nameOf(name);
  }

  /** A table for its columns alone, without counting it as read. */
  look(name: string): KnownTable {
    const filled = this.filled.of(name);
    if (filled === undefined) return this.#outside(name);
    if (!filled.created) {
      const known = this.#outside(name);
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

  #outside(name: string): KnownTable {
    const altered = this.#altered.get(name.toLowerCase());
    return altered === undefined ? this.catalog.find(name) : { name, rowset: altered, made: false };
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
      if (filled !== undefined) filled.rowset = changeRowset(filled.rowset, change, () => []);
      else
        this.#altered.set(
          key,
          changeRowset(this.#outside(name).rowset, change, (item) => [own(name, item)]),
        );
      if (change.type === 'rename') this.#flows.renameColumn(name, change.from, change.to);
      if (change.type === 'drop') this.#flows.dropColumn(name, change.column);
    }
  }

  read(table: TableName): KnownTable {
    const name = this.nameOf(table);
    const filled = this.filled.of(name);
    this.turns.read(name.toLowerCase());
    const isMade = filled?.temporary === true || (filled?.empty === false && this.#routines === 0 && !this.#keepTables);
    if (filled !== undefined && isMade) {
      for (const read of filled.reads) this.reads.add(read);
      if (filled.temporary) filled.consumed = true;
      else this.feeding.read(filled.name);
      return { name: filled.name, rowset: this.filled.held(filled, this.selfFilled.names(name)), made: true };
    }
    this.reads.add(name);
    if (filled?.empty === false) filled.isSeen = true;
    return this.look(name);
  }

  /** Counts a table as read for its rows or structure, without columns (LIKE, dictionaries). */
  touch(name: string): void {
    this.reads.add(name);
  }

  write(name: string): void {
    this.feeding.wrote(name);
    this.#writes.set(name.toLowerCase(), name);
  }

  /** Adds inputs of one column of a table that a statement writes, or of a bare query's result (null). */
  flow(table: string | null, name: string, inputs: readonly Input[]): void {
    this.#flows.add(table, name, inputs);
  }

  /**
   * Every row of a table that the text filled has new values in these columns. Where the old ones went on under the table's own
   * name, the edge into it stays as well: it is part of their way.
   */
  replace(table: string, changed: readonly ColumnSlot[]): void {
    const isSeen = this.filled.of(table)?.isSeen === true;
    const reaching = this.filled.reaching(table, changed);
    const isLeft = reaching.map(({ name }) => isSeen || this.#flows.goesOn(table, name));
    this.filled.replace(table, changed);
    for (const [at, { name, inputs }] of reaching.entries())
      if (isLeft[at] === true) this.#flows.add(table, name, inputs);
      else this.#flows.replace(table, name, inputs);
  }

  /** How often something was sent to a column so far. */
  get fedCount(): number {
    return this.#flows.fedCount;
  }

  /** What has been sent to the columns of a table so far. */
  flowsOf(table: string): Rowset {
    return this.#flows.of(table);
  }

  drop(name: string): void {
    if (this.turns.isAgain) return;
    const key = name.toLowerCase();
    this.events.push({ type: 'drop', table: name });
    if (!this.filled.isOwn(name)) return;
    this.filled.drop(name);
    this.#writes.delete(key);
    this.#flows.dropTable(name);
    this.created.delete(key);
    this.feeding.drop(name);
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
    const moved = pairs.map(([from, to]) => {
      const key = from.toLowerCase();
      const part = {
        to,
        written: this.#writes.has(key),
        created: this.created.get(key),
      };
      this.#writes.delete(key);
      this.created.delete(key);
      return part;
    });
    this.filled.move(pairs);
    this.selfFilled.move(pairs);
    this.#flows.move(pairs);
    for (const { to, written, created } of moved) {
      if (created !== undefined) this.created.set(to.toLowerCase(), { ...created, table: to });
      if (written) this.#writes.set(to.toLowerCase(), to);
    }
  }

  result(): ScriptResult {
    const intermediate = new Set([...this.filled.consumed(), ...this.feeding.intermediates()]);
    const isKept = (table: string | null): boolean => table === null || !intermediate.has(table.toLowerCase());
    const edges = this.#flows.all().filter(({ table }) => isKept(table));
    return {
      inTables: this.reads.names,
      outTables: [...this.#writes.values()].filter(isKept),
      edges,
      indirect: this.steering.all().map((use) => ({ ...use, into: use.into.filter(isKept) })),
      unresolved: this.namesUnresolved,
      warnings: this.warnings,
    };
  }
}
