/** One way through a script. */
export type Arm = () => void;

/** One turn of a loop's body, `isAgain` from the second on; true when another turn would tell more. */
export type Turn = (isAgain: boolean) => boolean;

/** What was there before some work changed it, and in a loop which values from before its turn were looked at. */
interface Frame<T> {
  readonly before: Map<string, T | undefined>;
  readonly looked: Set<string> | null;
}

/** Names that are a scope's own, with what they stood for outside. */
interface Scope<T> {
  readonly label: string | null;
  readonly hidden: Map<string, T | undefined>;
}

/**
 * Named values along the ways through a script: set anew in a straight line, united where ways meet. The cost of a branch or
 * loop is that of what is set in it, not of all there is.
 */
export class ControlFlow<T> {
  readonly #values = new Map<string, T>();
  readonly #frames: Frame<T>[] = [];
  /** All that was set while a guarded body ran. */
  readonly #watches: Map<string, T>[] = [];
  readonly #scopes: Scope<T>[] = [];
  readonly #unite: (one: T, other: T) => T;
  readonly #sizeOf: (value: T) => number;

  constructor(unite: (one: T, other: T) => T, sizeOf: (value: T) => number) {
    this.#unite = unite;
    this.#sizeOf = sizeOf;
  }

  get(key: string): T | undefined {
    this.#look(key);
    return this.#values.get(key);
  }

  /** A value of which nothing goes into another. */
  peek(key: string): T | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: T): void {
    this.#put(key, value);
    for (const watch of this.#watches) {
      const known = watch.get(key);
      watch.set(key, known === undefined ? value : this.#unite(known, value));
    }
  }

  /** The name is the innermost scope's own from here on. */
  declare(key: string): void {
    const hidden = this.#scopes.at(-1)?.hidden;
    if (hidden?.has(key) === false) hidden.set(key, this.#values.get(key));
  }

  /** `label` is the name by which what is declared within can be named from inside of other scopes. */
  scope(work: Arm, label: string | null): void {
    const hidden = new Map<string, T | undefined>();
    this.#scopes.push({ label, hidden });
    try {
      work();
    } finally {
      this.#scopes.pop();
      for (const [key, value] of hidden) this.#put(key, value);
    }
  }

  /** What the innermost scope of a label declares, with the values that scopes within it may hide; null: no such label. */
  labelled(label: string): readonly (readonly [string, T])[] | null {
    const at = this.#scopes.findLastIndex((scope) => scope.label === label);
    const scope = this.#scopes[at];
    if (scope === undefined) return null;
    return [...scope.hidden.keys()].flatMap((key) => {
      const hiding = this.#scopes.find((inner, place) => place > at && inner.hidden.has(key));
      const value = hiding === undefined ? this.get(key) : hiding.hidden.get(key);
      return value === undefined ? [] : [[key, value] as const];
    });
  }

  within(work: Arm): void {
    this.#undo(this.#framed(work, null).before);
  }

  branches(arms: readonly Arm[], isWhole: boolean): void {
    const ends: Map<string, T | undefined>[] = [];
    for (const arm of arms) {
      const { before } = this.#framed(arm, null);
      ends.push(new Map([...before.keys()].map((key) => [key, this.#values.get(key)])));
      this.#undo(before);
    }
    const united = new Map<string, T | undefined>();
    for (const key of new Set(ends.flatMap((end) => [...end.keys()]))) {
      const isEverywhere = isWhole && ends.every((end) => end.has(key));
      if (!isEverywhere) this.#look(key);
      let value = isEverywhere ? undefined : this.#values.get(key);
      for (const end of ends) value = this.#either(value, end.get(key));
      united.set(key, value);
    }
    for (const [key, value] of united) this.#put(key, value);
  }

  /**
   * Turn after turn, until no value that a turn looks at before it sets it has grown, and the body itself asks for no more.
   * `settle` closes values that still grow when no further turn may be made.
   */
  loop(body: Turn, mayGoOn: (turn: number) => boolean, settle: (value: T) => T): void {
    const frame: Frame<T> = { before: new Map(), looked: new Set() };
    const heads = new Map<string, T | undefined>();
    for (let turn = 1; ; turn++) {
      let asksForMore = false;
      this.#framed(() => (asksForMore = body(turn > 1)), frame);
      const growing = this.#meetHead(frame, heads);
      if (growing.length === 0 && !asksForMore) break;
      if (mayGoOn(turn)) continue;
      for (const key of growing) {
        const value = this.#values.get(key);
        if (value !== undefined) this.#values.set(key, settle(value));
      }
      break;
    }
    // What a loop changed was changed for whatever stands around it, and what was before may still be.
    const outer = this.#frames.at(-1);
    for (const [key, before] of frame.before) {
      this.#look(key);
      if (outer !== undefined && !outer.before.has(key)) outer.before.set(key, before);
    }
  }

  /** Unites what a turn left with what its head had; gives the names whose next turn would see more. */
  #meetHead(frame: Frame<T>, heads: Map<string, T | undefined>): readonly string[] {
    const growing: string[] = [];
    for (const [key, before] of frame.before) {
      const head = heads.has(key) ? heads.get(key) : before;
      const next = this.#either(head, this.#values.get(key));
      heads.set(key, next);
      if (next === undefined) continue;
      this.#values.set(key, next);
      const hasGrown = head === undefined || this.#sizeOf(next) > this.#sizeOf(head);
      if (hasGrown && frame.looked?.has(key) === true) growing.push(key);
    }
    return growing;
  }

  guarded(body: Arm, handlers: readonly Arm[]): void {
    if (handlers.length === 0) {
      body();
      return;
    }
    const watch = new Map<string, T>();
    this.#watches.push(watch);
    try {
      body();
    } finally {
      this.#watches.pop();
    }
    const broken = handlers.map((handler) => () => {
      for (const [key, value] of watch) this.#put(key, this.#either(this.#values.get(key), value));
      handler();
    });
    this.branches([() => undefined, ...broken], true);
  }

  #either(one: T | undefined, other: T | undefined): T | undefined {
    if (one === undefined || other === undefined) return one ?? other;
    return this.#unite(one, other);
  }

  #put(key: string, value: T | undefined): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined && !frame.before.has(key)) frame.before.set(key, this.#values.get(key));
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
  }

  /** A value is looked at: loops whose turn has not set it yet see what the turn before left. */
  #look(key: string): void {
    for (let at = this.#frames.length - 1; at >= 0; at--) {
      const frame = this.#frames[at];
      if (frame === undefined || frame.before.has(key)) return;
      frame.looked?.add(key);
    }
  }

  #framed(work: Arm, frame: Frame<T> | null): Frame<T> {
    const own = frame ?? { before: new Map<string, T | undefined>(), looked: null };
    this.#frames.push(own);
    try {
      work();
    } finally {
      this.#frames.pop();
    }
    return own;
  }

  #undo(before: ReadonlyMap<string, T | undefined>): void {
    for (const [key, value] of before) {
      if (value === undefined) this.#values.delete(key);
      else this.#values.set(key, value);
    }
  }
}
