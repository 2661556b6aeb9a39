import type { IndirectUse } from '../sql-lineage.ts';
import type { Steer } from './held.ts';

/** Which columns steer what a script does: those of each statement, and those of the conditions around it. */
export class Steering {
  readonly #uses = new Map<string, IndirectUse>();
  /** Conditions and cursors around this place, outermost first. */
  #around: readonly Steer[] = [];

  /** What decides whether this place of the script is reached. */
  get around(): readonly Steer[] {
    return this.#around;
  }

  add({ kind, table, column }: Steer, into: readonly string[]): void {
    const key = [kind, table, column, ...into].join('\u0000');
    if (!this.#uses.has(key)) this.#uses.set(key, { kind, table, column, into });
  }

  /** Does some work that is done only if the columns say so. */
  by(steers: readonly Steer[], work: () => void): void {
    const before = this.#around;
    if (steers.length > 0) this.#around = [...before, ...steers];
    try {
      work();
    } finally {
      this.#around = before;
    }
  }

  all(): readonly IndirectUse[] {
    return [...this.#uses.values()];
  }
}
