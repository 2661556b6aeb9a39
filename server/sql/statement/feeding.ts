/**
 * Remembers which table of a script feeds which other. A table is an intermediate where its rows go on to another table that
 * does not merely hand them back: the ends of the flow are the script's outputs. So a closing SELECT, a statement that
 * writes the table itself, and tables that feed each other in a circle lose nothing.
 */
export class Feeding {
  #depth = 0;
  readonly #read = new Set<string>();
  readonly #written = new Set<string>();
  /** Table → the tables written by statements that read it after this script had filled it. */
  readonly #feeds = new Map<string, Set<string>>();

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

  /** A table that this script filled is read again. */
  read(name: string): void {
    this.#read.add(name.toLowerCase());
  }

  wrote(name: string): void {
    this.#written.add(name.toLowerCase());
  }

  /** The table is gone: whatever fed it fed what it fed, or nothing. Gives what brings it back. */
  drop(name: string): () => void {
    const key = name.toLowerCase();
    const onward = this.#feeds.get(key) ?? new Set();
    this.#feeds.delete(key);
    for (const fed of this.#feeds.values()) if (fed.delete(key)) for (const next of onward) fed.add(next);
    return () => {
      if (onward.size > 0) this.#feeds.set(key, onward);
    };
  }

  /** From now on the tables bear other names, all at once. */
  rename(pairs: readonly (readonly [string, string])[]): void {
    const names = new Map(pairs.map(([from, to]) => [from.toLowerCase(), to.toLowerCase()]));
    const moved = [...this.#feeds].map(
      ([key, fed]) => [names.get(key) ?? key, new Set([...fed].map((next) => names.get(next) ?? next))] as const,
    );
    this.#feeds.clear();
    for (const [key, fed] of moved) this.#feeds.set(key, new Set([...(this.#feeds.get(key) ?? []), ...fed]));
  }

  /** Names, in lower case, of the tables whose rows all go on elsewhere. */
  intermediates(): ReadonlySet<string> {
    return new Set(
      [...this.#feeds.keys()].filter((key) => [...this.#reach(key)].some((end) => !this.#leads(end, key))),
    );
  }

  #leads(from: string, to: string): boolean {
    return from === to || this.#reach(from).has(to);
  }

  #reach(from: string): ReadonlySet<string> {
    const seen = new Set<string>();
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const next of this.#feeds.get(at) ?? [])
        if (!seen.has(next)) {
          seen.add(next);
          open.push(next);
        }
    return seen;
  }

  #settle(): void {
    for (const from of this.#read) {
      const others = [...this.#written].filter((name) => name !== from);
      if (others.length > 0) this.#feeds.set(from, new Set([...(this.#feeds.get(from) ?? []), ...others]));
    }
    this.#read.clear();
    this.#written.clear();
  }
}
