/** Whether what is carried out now is surely done, so that it may take the place of what was there before. */
export class Certainty {
  /** A GOTO went forward: what follows may have been stepped over. */
  skips = false;
  /** How many branches, loops and handlers stand around what is carried out now. */
  branches = 0;
  /** Statements change only so many rows. */
  isLimited = false;
  /** A statement that fails is gone over. */
  goesOn = false;
  #parts = 0;

  /** What follows sees what a statement changes now, and it is surely changed. */
  get isSure(): boolean {
    return !this.skips && !this.isLimited && !this.goesOn && this.#parts === 0;
  }

  /**
   * Carries out a statement inside of another, which sees the tables as they were before. Source: "Data-Modifying Statements in
   * WITH" (PostgreSQL).
   */
  asPart<T>(work: () => T): T {
    this.#parts += 1;
    try {
      return work();
    } finally {
      this.#parts -= 1;
    }
  }
}
