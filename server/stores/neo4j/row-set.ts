import type { RowLabel } from './schema.ts';
import { INF } from './schema.ts';

/** The tables of rows that live in `[from, to)`: labels of nodes, and the relationships of the lineage. */
export type RowTable = RowLabel | 'FLOWS';

/** A row as it stands in the database: alive, or closed by the very revision that is open. */
export interface StoredRow {
  /** What finds it: the key of a node, the number of a relationship. */
  readonly id: string | number;
  /** The key without the revision. */
  readonly base: string;
  readonly from: number;
  readonly to: number;
  /** What it says, as one text: two rows of a key that say the same are the same fact. */
  readonly said: string;
}

/** The values of a new row, in the order of its table's columns. */
export type Columns = readonly (string | number | boolean | null)[];

export type RowOperation = { readonly table: RowTable } & (
  | { readonly type: 'create'; readonly base: string; readonly columns: Columns }
  | { readonly type: 'close' | 'reopen' | 'delete'; readonly id: string | number }
);

interface Entry {
  readonly stored: StoredRow | null;
  readonly said: string;
  readonly columns: Columns;
}

interface Slot {
  standing: Entry | null;
  /** Rows that the open revision closed. */
  readonly closed: Entry[];
  readonly removed: StoredRow[];
}

/**
 * The rows of some keys while changes are applied to them, and what must be written so that the database holds the result.
 * An equal row stays as it is; a row of an earlier revision is closed and a new one opened; a row opened in this very
 * revision is replaced, or removed; a row that this revision closed and that is said again unchanged was never gone.
 */
export class RowSet {
  readonly #n: number;
  readonly #slots = new Map<RowTable, Map<string, Slot>>();
  readonly #groups = new Map<string, Set<string>>();

  constructor(n: number) {
    this.#n = n;
  }

  /** Takes in what the database holds. `group`: the document that the row belongs to. */
  load(table: RowTable, stored: StoredRow, group: string | null = null): void {
    const slot = this.#slot(table, stored.base, group);
    const entry: Entry = { stored, said: stored.said, columns: [] };
    if (stored.to === INF) slot.standing = entry;
    else slot.closed.push(entry);
  }

  /** From the open revision on, `columns` stand under the key. */
  put(table: RowTable, base: string, said: string, columns: Columns, group: string | null = null): void {
    const slot = this.#slot(table, base, group);
    if (slot.standing?.said === said) return;
    this.#take(slot);
    const again = slot.closed.findIndex((entry) => entry.said === said);
    slot.standing = again < 0 ? { stored: null, said, columns } : (slot.closed.splice(again, 1)[0] ?? null);
  }

  /** From the open revision on, nothing stands under the key. */
  end(table: RowTable, base: string): void {
    const slot = this.#slots.get(table)?.get(base);
    if (slot !== undefined) this.#take(slot);
  }

  /** Keys of a document under which something stands. */
  standing(table: RowTable, group: string): string[] {
    const bases = [...(this.#groups.get(`${table} ${group}`) ?? [])];
    return bases.filter((base) => this.#slots.get(table)?.get(base)?.standing !== null);
  }

  /** What must be written: what goes first, documents' own records last. */
  operations(): RowOperation[] {
    const found: RowOperation[] = [];
    const tables = [...this.#slots].sort(([a], [b]) => Number(a === 'Doc') - Number(b === 'Doc'));
    for (const [table, slots] of tables) {
      for (const slot of slots.values()) {
        for (const { id } of slot.removed) found.push({ table, type: 'delete', id });
        for (const { stored } of slot.closed)
          if (stored !== null && stored.to === INF) found.push({ table, type: 'close', id: stored.id });
      }
      for (const [base, { standing }] of slots) {
        if (standing === null) continue;
        if (standing.stored === null) found.push({ table, type: 'create', base, columns: standing.columns });
        else if (standing.stored.to !== INF) found.push({ table, type: 'reopen', id: standing.stored.id });
      }
    }
    return found;
  }

  #take(slot: Slot): void {
    const { standing } = slot;
    if (standing === null) return;
    slot.standing = null;
    if (standing.stored === null) return;
    if (standing.stored.from === this.#n) slot.removed.push(standing.stored);
    else slot.closed.push(standing);
  }

  #slot(table: RowTable, base: string, group: string | null): Slot {
    let slots = this.#slots.get(table);
    if (slots === undefined) {
      slots = new Map();
      this.#slots.set(table, slots);
    }
    let slot = slots.get(base);
    if (slot === undefined) {
      slot = { standing: null, closed: [], removed: [] };
      slots.set(base, slot);
    }
    if (group !== null) {
      const name = `${table} ${group}`;
      const bases = this.#groups.get(name);
      if (bases === undefined) this.#groups.set(name, new Set([base]));
      else bases.add(base);
    }
    return slot;
  }
}
