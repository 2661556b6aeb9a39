/** One turn of a loop's body: what it read, and whether it later filled a table that it had read before. */
interface Turn {
  readonly read: Set<string>;
  carries: boolean;
  grows: boolean;
}

/** Work that is done more than once: loops, and routines at their calls. */
export class Turns {
  readonly #turns: Turn[] = [];
  #again = 0;

  /** What is done now was done before: it moves data, but is no event or statement of its own. */
  get isAgain(): boolean {
    return this.#again > 0;
  }

  again<T>(work: () => T): T {
    this.#again += 1;
    try {
      return work();
    } finally {
      this.#again -= 1;
    }
  }

  /** One turn of a loop; true when the next one reads rows that this one put into a table. */
  turn(isAgain: boolean, work: () => void): boolean {
    const own: Turn = { read: new Set(), carries: false, grows: false };
    this.#turns.push(own);
    try {
      if (isAgain) this.again(work);
      else work();
    } finally {
      this.#turns.pop();
    }
    return own.carries && (own.grows || !isAgain);
  }

  read(table: string): void {
    for (const turn of this.#turns) turn.read.add(table);
  }

  /** `grows`: the table holds more than before. */
  filled(table: string, grows: boolean): void {
    for (const turn of this.#turns) {
      if (!turn.read.has(table)) continue;
      turn.carries = true;
      turn.grows ||= grows;
    }
  }
}
