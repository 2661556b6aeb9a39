import type { CreatedTable } from '../sql-lineage.ts';

/** The tables that a text writes, and how it leaves those that it creates. */
export class Written {
  readonly #names = new Map<string, string>();
  /** Lower-case name → the table. */
  readonly created = new Map<string, CreatedTable>();

  get names(): readonly string[] {
    return [...this.#names.values()];
  }

  add(name: string): void {
    this.#names.set(name.toLowerCase(), name);
  }

  /** The table is gone; gives what brings it back. */
  drop(name: string): () => void {
    const key = name.toLowerCase();
    const created = this.created.get(key);
    const isWritten = this.#names.delete(key);
    this.created.delete(key);
    return () => {
      if (isWritten) this.add(name);
      if (created !== undefined) this.created.set(key, created);
    };
  }

  /** What is said of one name is, from now on, said of another; several at once. */
  move(pairs: readonly (readonly [string, string])[]): void {
    const moved = pairs.map(([from, to]) => {
      const key = from.toLowerCase();
      const created = this.created.get(key);
      this.created.delete(key);
      return { to, created, isWritten: this.#names.delete(key) };
    });
    for (const { to, created, isWritten } of moved) {
      if (created !== undefined) this.created.set(to.toLowerCase(), { ...created, table: to });
      if (isWritten) this.add(to);
    }
  }
}
