/** The tables that a text reads, each once. */
export class Reads {
  readonly #names = new Map<string, string>();

  get names(): readonly string[] {
    return [...this.#names.values()];
  }

  add(name: string): void {
    this.#names.set(name.toLowerCase(), name);
  }

  /** That some work reads one table does not count: binding a target by its alias in FROM is no reading of it. */
  without(name: string, work: () => void): void {
    const key = name.toLowerCase();
    const before = this.#names.has(key);
    work();
    if (!before) this.#names.delete(key);
  }

  /** What some work reads does not count; it is given back. */
  apart<T>(work: () => T): { readonly result: T; readonly reads: readonly string[] } {
    const before = new Map(this.#names);
    const result = work();
    const reads = [...this.#names].filter(([key]) => !before.has(key)).map(([, name]) => name);
    this.#names.clear();
    for (const [key, name] of before) this.#names.set(key, name);
    return { result, reads };
  }
}
