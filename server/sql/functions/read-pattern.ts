import { reachOf, readClass } from './pattern-signs.ts';
import type { PatternStep, SignClasses } from './pattern-signs.ts';

/** One of a pattern's alternatives: its steps in order, and what holds it to a place. */
export interface PatternBranch {
  readonly steps: readonly PatternStep[];
  readonly fromStart: boolean;
  readonly toEnd: boolean;
  /** Looks at what stands beside it, or at a word's edge: it takes not every sign that its steps could. */
  readonly conditioned: boolean;
}

/** The alternatives of a pattern; null for one with parts that are not read here (back references, recursion). */
export function readPattern(pattern: string, classes: SignClasses): readonly PatternBranch[] | null {
  const reader = new PatternReader(pattern, classes);
  const branches = reader.alternatives([]);
  return reader.atEnd && !reader.failed ? branches : null;
}

class PatternReader {
  failed = false;
  #at = 0;
  #groups = 0;
  readonly #text: string;
  readonly #classes: SignClasses;

  constructor(text: string, classes: SignClasses) {
    this.#text = text;
    this.#classes = classes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  alternatives(groups: readonly number[]): readonly PatternBranch[] {
    const branches = [this.#branch(groups)];
    while (this.#take('|')) branches.push(this.#branch(groups));
    return branches;
  }

  #branch(groups: readonly number[]): PatternBranch {
    const steps: PatternStep[] = [];
    let fromStart = false;
    let toEnd = false;
    let conditioned = false;
    while (!this.atEnd && !this.failed && !/^[|)]/.test(this.#rest)) {
      if (this.#takeAny(/^(?:\^|\\A)/)) {
        fromStart = true;
        conditioned ||= steps.length > 0;
      } else if (this.#takeAny(/^(?:\$|\\[zZ])/)) toEnd = true;
      else if (this.#takeAny(/^\\[bByYmM<>]/)) conditioned = true;
      else if (this.#takeAny(/^\(\?[a-zA-Z]+\)/)) continue;
      else if (this.#takeAny(/^\(\?<?[=!]/)) {
        conditioned = true;
        this.alternatives(groups);
        this.#close();
      } else if (this.#rest.startsWith('(')) {
        const [only, ...others] = this.#group(groups);
        const inner = only === undefined ? [] : [only, ...others];
        const times = this.#quantifier();
        if (others.length === 0 && only !== undefined && times.min === 1 && times.max === 1) {
          steps.push(...only.steps);
          fromStart ||= only.fromStart;
          toEnd ||= only.toEnd;
          conditioned ||= only.conditioned;
        } else {
          steps.push(...inner.flatMap((branch) => branch.steps.map((step) => ({ ...step, ...spread(step, times) }))));
          conditioned ||= inner.length > 1 || inner.some((branch) => branch.conditioned || branch.steps.length !== 1);
        }
      } else steps.push({ ...this.#one(), ...this.#quantifier(), groups });
    }
    return { steps, fromStart, toEnd, conditioned };
  }

  /** `(…)`, `(?:…)`, `(?<name>…)`; what follows it is how often. */
  #group(groups: readonly number[]): readonly PatternBranch[] {
    if (this.#takeAny(/^\(\?(?:[a-zA-Z]*:|>)/)) {
      const branches = this.alternatives(groups);
      this.#close();
      return branches;
    }
    if (!this.#takeAny(/^\(\?P?<\w+>/)) this.#takeAny(/^\(/);
    if (this.#rest.startsWith('?')) this.failed = true;
    this.#groups += 1;
    const branches = this.alternatives([...groups, this.#groups]);
    this.#close();
    return branches;
  }

  /** One sign, escape or class. */
  #one(): Pick<PatternStep, 'takes' | 'taken' | 'isNegated'> {
    const sign = this.#text[this.#at] ?? '';
    if (sign === '[') {
      const read = readClass(this.#text, this.#at, this.#classes);
      if (read === null) this.failed = true;
      this.#at = read?.end ?? this.#text.length;
      return read === null ? fixed(sign) : { ...read, takes: reachOf(read.taken) };
    }
    this.#at += 1;
    if (sign === '.') return { takes: 'all', taken: () => true, isNegated: false };
    if (sign !== '\\') return fixed(sign);
    const escaped = this.#text[this.#at] ?? '';
    this.#at += 1;
    const { shorthands } = this.#classes;
    const short = Object.hasOwn(shorthands, escaped) ? shorthands[escaped] : undefined;
    if (short !== undefined) return { takes: reachOf(short), taken: short, isNegated: false };
    // A back reference or a class by its Unicode name.
    if (/^[0-9pPkgNxuXRKQGC]$/.test(escaped)) this.failed = true;
    return fixed(escaped);
  }

  #quantifier(): Pick<PatternStep, 'min' | 'max'> {
    const found = /^(?:[*+?]|\{(\d*)(,?)(\d*)\})([?+]?)/.exec(this.#rest);
    if (found === null) return { min: 1, max: 1 };
    const [all, low = '', comma = '', high = '', lazy = ''] = found;
    this.#at += all.length;
    const sign = all.startsWith('{') ? '{' : all.slice(0, 1);
    const min = sign === '{' ? Number(low) : sign === '+' ? 1 : 0;
    const most =
      sign === '?' ? 1 : sign !== '{' || (comma === ',' && high === '') ? Infinity : Number(comma === '' ? low : high);
    // As few as may be: at the pattern's end no more than the least.
    const max = lazy === '?' && (this.atEnd || /^\)+$/.test(this.#rest)) ? min : most;
    return { min, max };
  }

  get #rest(): string {
    return this.#text.slice(this.#at);
  }

  #close(): void {
    if (!this.#take(')')) this.failed = true;
  }

  #take(sign: string): boolean {
    if (!this.#rest.startsWith(sign)) return false;
    this.#at += sign.length;
    return true;
  }

  #takeAny(pattern: RegExp): boolean {
    const found = pattern.exec(this.#rest);
    this.#at += found?.[0].length ?? 0;
    return found !== null;
  }
}

/** A sign that stands for itself. */
function fixed(sign: string): Pick<PatternStep, 'takes' | 'taken' | 'isNegated'> {
  return { takes: 'narrow', taken: (each) => each === sign, isNegated: false };
}

type Times = Pick<PatternStep, 'min' | 'max'>;

/** A step of a group that repeats. */
function spread(step: PatternStep, times: Times): Times {
  return { min: step.min * times.min, max: step.max === 0 || times.max === 0 ? 0 : step.max * times.max };
}
