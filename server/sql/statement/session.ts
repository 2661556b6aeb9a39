import { Feeding } from './feeding.ts';
import { UsageLog } from '../resolve/usage.ts';
import { column, own, unite } from '../resolve/rowset.ts';
import { merge } from '../resolve/inputs.ts';
import { isLocation } from '../dialect/locations.ts';
import type { TableName } from '../ast/nodes.ts';
import type { KnownTable } from '../resolve/context.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Catalog } from './catalog.ts';
import type { CreatedTable, IndirectUse, TableEvent } from '../sql-lineage.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Rowset } from '../resolve/rowset.ts';

/** A table that the script itself filled. */
interface Filled {
  readonly name: string;
  readonly temporary: boolean;
  /** A temporary table that was read: nothing of it is left when the script ends. */
  consumed: boolean;
  /** Its columns, each with what it is made from. */
  rowset: Rowset;
  readonly created: boolean;
}

/** Names of variables compare without case, quotes and the colon that some dialects put before them. */
export function variableKey(name: string): string {
  return name.toLowerCase().replaceAll(/^:|["`]/g, '');
}

function restore<T>(map: Map<string, T>, to: ReadonlyMap<string, T>): void {
  map.clear();
  for (const [key, value] of to) map.set(key, value);
}

/** All that reaches one column. */
interface Flow {
  readonly name: string;
  readonly inputs: readonly Input[];
}

/** What is remembered from one statement of a script to the next, and what the whole script does. */
export class Session {
  readonly dialect: Dialect;
  readonly catalog: Catalog;
  readonly #filled = new Map<string, Filled>();
  readonly #reads = new Map<string, string>();
  readonly #writes = new Map<string, string>();
  /** Down table (or null) → down column → inputs. */
  readonly #edges = new Map<string | null, Map<string, Flow>>();
  readonly #indirect: IndirectUse[] = [];
  readonly #unresolved = new Set<string>();
  readonly #warnings = new Set<string>();
  readonly variables = new Map<string, readonly Input[]>();
  readonly records = new Map<string, Rowset>();
  readonly feeding = new Feeding();
  readonly events: TableEvent[] = [];
  readonly created = new Map<string, CreatedTable>();

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
    this.dialect = dialect;
    this.catalog = catalog;
    this.#keepTables = asked.keepTables ?? false;
    this.usage = asked.usage === true ? new UsageLog() : null;
  }

  /** Inside a stored routine permanent tables outlive the text, so they are no intermediates, and queries show nothing. */
  inRoutine(work: () => void): void {
    const variables = new Map(this.variables);
    const records = new Map(this.records);
    this.#routines += 1;
    work();
    this.#routines -= 1;
    restore(this.variables, variables);
    restore(this.records, records);
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

  declare(name: string): void {
    const key = variableKey(name);
    if (!this.variables.has(key)) this.variables.set(key, []);
  }

  /** SELECT … INTO this name sets a variable and makes no table. */
  assignsInto(name: TableName): boolean {
    const text = name.map((part) => part.text).join('.');
    if (name.length === 1 && name[0]?.quoted === true && isLocation(text)) return false;
    if (this.variable(text) !== null || this.record(name[0]?.text ?? '') !== null || text.startsWith('@')) return true;
    return this.dialect.selectIntoVariables || (this.#routines > 0 && this.dialect.declareSection);
  }

  /** Sets variables from a row by position; a single one of several columns becomes a record. */
  assignRow(names: readonly string[], rowset: Rowset): void {
    const [only] = names;
    if (names.length === 1 && only !== undefined && (rowset.length !== 1 || rowset[0]?.kind === 'tail')) {
      this.records.set(variableKey(only), rowset);
      return;
    }
    names.forEach((name, at) => this.assign(name, rowset[at]?.inputs ?? []));
  }

  nameOf(name: TableName): string {
    return this.catalog.nameOf(name);
  }

  /** A table for its columns alone, without counting it as read. */
  look(name: string): KnownTable {
    const filled = this.#filled.get(name.toLowerCase());
    if (filled === undefined) return this.catalog.find(name);
    if (!filled.created) {
      const known = this.catalog.find(name);
      if (known.rowset.every((slot) => slot.kind === 'column')) return known;
    }
    const rowset = filled.rowset.map((slot) =>
      slot.kind === 'column' ? column(slot.name, [own(filled.name, slot.name)]) : slot,
    );
    return { name: filled.name, rowset, made: false };
  }

  read(table: TableName): KnownTable {
    const name = this.nameOf(table);
    const filled = this.#filled.get(name.toLowerCase());
    if (filled !== undefined && (filled.temporary || (this.#routines === 0 && !this.#keepTables))) {
      if (filled.temporary) filled.consumed = true;
      else this.feeding.read(filled.name);
      return { name: filled.name, rowset: filled.rowset, made: true };
    }
    this.#reads.set(name.toLowerCase(), name);
    return this.look(name);
  }

  /** Binding a target by its alias in FROM is no reading of it. */
  withoutReading(name: string, work: () => void): void {
    const key = name.toLowerCase();
    const before = this.#reads.has(key);
    work();
    if (!before) this.#reads.delete(key);
  }

  /** Counts a table as read for its rows or structure, without columns (LIKE, dictionaries). */
  touch(name: string): void {
    this.#reads.set(name.toLowerCase(), name);
  }

  variable(name: string): readonly Input[] | null {
    return this.variables.get(variableKey(name)) ?? null;
  }

  record(name: string): Rowset | null {
    return this.records.get(variableKey(name)) ?? null;
  }

  assign(name: string, inputs: readonly Input[]): void {
    const key = variableKey(name);
    this.variables.set(key, merge(this.variables.get(key) ?? [], inputs));
  }

  unresolved(what: string): void {
    this.#unresolved.add(what);
  }

  warn(message: string): void {
    this.#warnings.add(message);
  }

  write(name: string): void {
    this.feeding.wrote(name);
    this.#writes.set(name.toLowerCase(), name);
  }

  /** Adds inputs of one column of a table that a statement writes, or of a bare query's result (null). */
  flow(table: string | null, name: string, inputs: readonly Input[]): void {
    const columns = this.#edges.get(table) ?? new Map<string, Flow>();
    this.#edges.set(table, columns);
    const key = name.toLowerCase();
    const known = columns.get(key);
    columns.set(key, { name: known?.name ?? name, inputs: merge(known?.inputs ?? [], inputs) });
  }

  /** What has been sent to the columns of a table so far. */
  flowsOf(table: string): Rowset {
    return [...(this.#edges.get(table)?.values() ?? [])].map(({ name, inputs }) => column(name, inputs));
  }

  use(use: IndirectUse): void {
    this.#indirect.push(use);
  }

  /** Remembers what a table holds from now on, for the statements after this one. */
  fill(name: string, rowset: Rowset, how: { readonly created: boolean; readonly temporary: boolean }): void {
    const key = name.toLowerCase();
    const before = this.#filled.get(key);
    if (before === undefined || how.created) {
      this.#filled.set(key, { name, rowset, ...how, consumed: before?.consumed ?? false });
    } else {
      before.rowset = before.rowset.length === 0 ? rowset : unite([before.rowset, rowset], true);
    }
  }

  /** The table is one that this script created. */
  isOwn(name: string): boolean {
    return this.#filled.get(name.toLowerCase())?.created === true;
  }

  drop(name: string): void {
    const key = name.toLowerCase();
    this.events.push({ type: 'drop', table: name });
    if (!this.isOwn(name)) return;
    this.#filled.delete(key);
    this.#writes.delete(key);
    this.#edges.delete(name);
    this.created.delete(key);
    this.feeding.drop(name);
  }

  rename(from: string, to: string): void {
    this.events.push({ type: 'rename', from, to });
    this.#move([[from, to]]);
  }

  /** Several renames at once, as MySQL does them: one after the other. */
  renameAll(pairs: readonly (readonly [string, string])[]): void {
    for (const [from, to] of pairs) this.rename(from, to);
  }

  swap(a: string, b: string): void {
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
      const part = { to, filled: this.#filled.get(key), written: this.#writes.has(key), edges: this.#edges.get(from) };
      this.#filled.delete(key);
      this.#writes.delete(key);
      this.#edges.delete(from);
      return part;
    });
    for (const { to, filled, written, edges } of moved) {
      if (filled !== undefined) this.#filled.set(to.toLowerCase(), { ...filled, name: to });
      if (written) this.#writes.set(to.toLowerCase(), to);
      if (edges !== undefined) this.#edges.set(to, edges);
    }
  }

  result(): {
    readonly inTables: readonly string[];
    readonly outTables: readonly string[];
    readonly edges: readonly {
      readonly table: string | null;
      readonly column: string;
      readonly inputs: readonly Input[];
    }[];
    readonly indirect: readonly IndirectUse[];
    readonly unresolved: readonly string[];
    readonly warnings: readonly string[];
  } {
    const consumed = [...this.#filled].filter(([, table]) => table.consumed).map(([key]) => key);
    const intermediate = new Set([...consumed, ...this.feeding.intermediates()]);
    const isKept = (table: string | null): boolean => table === null || !intermediate.has(table.toLowerCase());
    const edges = [...this.#edges].flatMap(([table, columns]) =>
      isKept(table) ? [...columns.values()].map(({ name, inputs }) => ({ table, column: name, inputs })) : [],
    );
    return {
      inTables: [...this.#reads.values()],
      outTables: [...this.#writes.values()].filter(isKept),
      edges,
      indirect: this.#indirect.map((use) => ({ ...use, into: use.into.filter(isKept) })),
      unresolved: [...this.#unresolved],
      warnings: [...this.#warnings],
    };
  }
}
