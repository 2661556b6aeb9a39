/** One piece of work that is perhaps not done: what it changed, as that was before, and from what of it something was taken away. */
interface Frame<T> {
  readonly before: Map<string, T | undefined>;
  readonly taken: Set<string>;
}

/** How a statement ends a transaction. */
export type TransactionEnd = 'commit' | 'rollback';

/** How a statement begins or ends a transaction. */
export type TransactionMark = TransactionEnd | 'begin';

/**
 * How a text, which is one statement, begins or ends a transaction; null: it does not. ABORT is ROLLBACK (PostgreSQL, Redshift, DuckDB,
 * Teradata), ROLLBACK TABLE none (Dremio).
 */
export function transactionMark(sql: string): TransactionMark | null {
  if (/^\s*start\s+transaction\b/i.test(sql)) return 'begin';
  const word = /^\s*(?:commit|rollback|abort)\b(?!\s+table\b)/i.exec(sql)?.[0].trim().toLowerCase();
  if (word === undefined) return null;
  return word === 'commit' ? 'commit' : 'rollback';
}

/** Gives back what was taken away by work that is perhaps not done: branches, turns of loops, bodies that may break off. */
export class Ways<T> {
  readonly #frames: Frame<T>[] = [];
  readonly #giveBack: (key: string, before: T) => void;
  /** What was taken away since the last COMMIT. */
  #lost: (readonly [string, T])[] = [];
  /** All that was ever taken away. */
  readonly #past = new Map<string, T[]>();

  /** `giveBack` unites what is there now with what was there before the work. */
  constructor(giveBack: (key: string, before: T) => void) {
    this.#giveBack = giveBack;
  }

  /** Carries out work that is perhaps not done, or not to its end. */
  perhaps<R>(work: () => R): R {
    const frame: Frame<T> = { before: new Map(), taken: new Set() };
    this.#frames.push(frame);
    try {
      return work();
    } finally {
      this.#frames.pop();
      for (const [key, before] of frame.before) {
        this.changes(key, before);
        if (before !== undefined && frame.taken.has(key)) this.#giveBack(key, before);
      }
    }
  }

  /** Something is about to become more or other than `before`; undefined: it was not there. */
  changes(key: string, before: T | undefined): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined && !frame.before.has(key)) frame.before.set(key, before);
  }

  /** Something is about to lose what it held. */
  takes(key: string, before: T | undefined): void {
    this.changes(key, before);
    this.#frames.at(-1)?.taken.add(key);
    if (before === undefined) return;
    this.#lost.push([key, before]);
    const past = this.#past.get(key);
    if (past === undefined) this.#past.set(key, [before]);
    else past.push(before);
  }

  /** All that was ever taken away from something. */
  past(key: string): readonly T[] {
    return this.#past.get(key) ?? [];
  }

  /** All that was ever taken away from something is there again; null: from anything. */
  restore(key: string | null): void {
    for (const known of key === null ? [...this.#past.keys()] : [key])
      for (const before of this.past(known)) this.#giveBack(known, before);
  }

  /** What was taken away last is there again. */
  restoreLast(key: string): void {
    const last = this.past(key).at(-1);
    if (last !== undefined) this.#giveBack(key, last);
  }

  /** Something goes by another name from here on, with all that it ever was. */
  move(from: string, to: string): void {
    const past = this.past(from);
    if (past.length > 0) this.#past.set(to, [...this.past(to), ...past]);
  }

  /** COMMIT: what was taken away is gone, but for {@link past}; ROLLBACK: it is there again. */
  endTransaction(end: TransactionEnd): void {
    const lost = this.#lost;
    this.#lost = [];
    if (end === 'rollback') for (const [key, before] of lost) this.#giveBack(key, before);
  }
}
