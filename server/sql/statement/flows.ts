import { column } from '../resolve/rowset.ts';
import { merge } from '../resolve/inputs.ts';
import { Ways } from './ways.ts';
import type { TransactionEnd } from './ways.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Rowset } from '../resolve/rowset.ts';

/** All that reaches one column. */
interface Flow {
  readonly name: string;
  readonly inputs: readonly Input[];
}

/** One column of a table that a script writes, or of a bare query's result (null), with what reaches it. */
export interface ColumnFlow {
  readonly table: string | null;
  readonly column: string;
  readonly inputs: readonly Input[];
}

/** What a script has sent to the columns of tables, and to what its queries show, so far. */
export class Flows {
  /** Down table (or null) → down column in lower case → inputs. */
  readonly #columns = new Map<string | null, Map<string, Flow>>();

  readonly #ways = new Ways<ColumnFlow>((_key, { table, column: name, inputs }) => {
    this.add(table, name, inputs);
  });

  #fed = 0;

  /** How often something was sent to a column so far. */
  get fedCount(): number {
    return this.#fed;
  }

  add(table: string | null, name: string, inputs: readonly Input[]): void {
    const known = this.#flowOf(table, name);
    this.#ways.changes(keyOf(table, name), known && { table, column: known.name, inputs: known.inputs });
    this.#put(table, known?.name ?? name, merge(known?.inputs ?? [], inputs));
    if (inputs.length > 0) this.#fed += 1;
  }

  /** Something else is made from a column of a table, under its own name. */
  goesOn(table: string, name: string): boolean {
    const [own, wanted] = [table.toLowerCase(), name.toLowerCase()];
    const isIt = (input: Input): boolean =>
      input.table.toLowerCase() === own && (input.column === '*' || input.column.toLowerCase() === wanted);
    return [...this.#columns].some(([down, columns]) =>
      [...columns].some(([key, { inputs }]) => !(key === wanted && down?.toLowerCase() === own) && inputs.some(isIt)),
    );
  }

  /** What was sent to a column of a table before is no longer in it. */
  replace(table: string, name: string, inputs: readonly Input[]): void {
    const known = this.#flowOf(table, name);
    this.#ways.takes(keyOf(table, name), known && { table, column: known.name, inputs: known.inputs });
    this.#put(table, known?.name ?? name, merge(inputs));
    if (inputs.length > 0) this.#fed += 1;
  }

  /** Carries out work that is perhaps not done: what it replaces may be there all the same. */
  perhaps<T>(work: () => T): T {
    return this.#ways.perhaps(work);
  }

  /** {@link Ways.endTransaction} */
  endTransaction(end: TransactionEnd): void {
    this.#ways.endTransaction(end);
  }

  #flowOf(table: string | null, name: string): Flow | undefined {
    return this.#columns.get(table)?.get(name.toLowerCase());
  }

  #put(table: string | null, name: string, inputs: readonly Input[]): void {
    const columns = this.#columns.get(table) ?? new Map<string, Flow>();
    this.#columns.set(table, columns);
    columns.set(name.toLowerCase(), { name, inputs });
  }

  /** What has been sent to the columns of a table. */
  of(table: string): Rowset {
    return [...(this.#columns.get(table)?.values() ?? [])].map(({ name, inputs }) => column(name, inputs));
  }

  all(): readonly ColumnFlow[] {
    return [...this.#columns].flatMap(([table, columns]) =>
      [...columns.values()].map(({ name, inputs }) => ({ table, column: name, inputs })),
    );
  }

  /** Gives what brings them back. */
  dropTable(table: string): () => void {
    const columns = this.#columns.get(table);
    this.#columns.delete(table);
    return () => {
      for (const { name, inputs } of columns?.values() ?? []) this.add(table, name, inputs);
    };
  }

  /** All that was ever sent to a table's columns reaches them again; null: of all tables. */
  restore(table: string | null): void {
    if (table === null) this.#ways.restore(null);
    for (const name of this.#columns.get(table)?.keys() ?? []) this.#ways.restore(keyOf(table, name));
  }

  dropColumn(table: string, name: string): void {
    this.#columns.get(table)?.delete(name.toLowerCase());
  }

  renameColumn(table: string, from: string, to: string): void {
    const columns = this.#columns.get(table);
    const flow = columns?.get(from.toLowerCase());
    if (columns === undefined || flow === undefined) return;
    columns.delete(from.toLowerCase());
    columns.set(to.toLowerCase(), { name: to, inputs: flow.inputs });
  }

  /** What was sent to one table is, from now on, true of another; several at once. */
  move(pairs: readonly (readonly [string, string])[]): void {
    const moved = pairs.map(([from, to]) => {
      const columns = this.#columns.get(from);
      this.#columns.delete(from);
      return { from, to, columns };
    });
    for (const { from, to, columns } of moved)
      if (columns !== undefined)
        this.#columns.set(to, new Map([...columns].map(([key, flow]) => [key, fedByItself(flow, from, to)])));
  }
}

function keyOf(table: string | null, name: string): string {
  return `${table ?? ''}\u0000${name.toLowerCase()}`;
}

/** A generated column is made from its own table, whatever that is called. */
function fedByItself(flow: Flow, from: string, to: string): Flow {
  return { ...flow, inputs: flow.inputs.map((input) => (input.table === from ? { ...input, table: to } : input)) };
}
