/** A table of which is remembered whether another written table was fed from it. */
export interface Feedable {
  readonly name: string;
  readonly temporary: boolean;
  consumed: boolean;
}

/**
 * Tells which tables of a script are intermediates: those that a later statement reads in order to write another table.
 * A closing SELECT, or a statement that writes the table itself, makes none.
 */
export class Feeding {
  #depth = 0;
  readonly #read = new Set<Feedable>();
  readonly #written = new Set<string>();

  /** What is read and written within, however nested, is one statement. */
  statement<T>(work: () => T): T {
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#settle();
    }
  }

  read(table: Feedable): void {
    if (table.temporary) table.consumed = true;
    else this.#read.add(table);
  }

  wrote(name: string): void {
    this.#written.add(name.toLowerCase());
  }

  #settle(): void {
    for (const table of this.#read) {
      const own = table.name.toLowerCase();
      if ([...this.#written].some((name) => name !== own)) table.consumed = true;
    }
    this.#read.clear();
    this.#written.clear();
  }
}
