/** What is said about a script beside its lineage: names that could not be told, warnings, statements understood in part. */
export class Notes {
  readonly #unresolved = new Set<string>();
  readonly #warnings = new Set<string>();
  #partial = 0;
  #lenient = 0;
  #missed = 0;

  unresolved(what: string): void {
    if (this.#lenient > 0) return;
    this.#unresolved.add(what);
    this.#missed += 1;
  }

  warn(message: string): void {
    this.#warnings.add(message);
  }

  /** Does some work in which names that nobody knows are not missed: `c%NOTFOUND`, `INSERTING`. */
  leniently<T>(work: () => T): T {
    this.#lenient += 1;
    try {
      return work();
    } finally {
      this.#lenient -= 1;
    }
  }

  /** A part of the statement at hand cannot be told, although it was read. */
  partial(message: string): void {
    this.warn(message);
    this.#partial += 1;
  }

  /** How often that has been said so far. */
  get partialCount(): number {
    return this.#partial;
  }

  /** How often a name could not be told so far. */
  get missedCount(): number {
    return this.#missed;
  }

  get namesUnresolved(): readonly string[] {
    return [...this.#unresolved];
  }

  get warnings(): readonly string[] {
    return [...this.#warnings];
  }
}
