/** One step of a pattern: which signs it takes, how often, and in which group it stands. */
export interface PatternStep {
  /** `all` every sign; `most` every letter and digit; `wide` many of them; `narrow` signs or a fixed text. */
  readonly takes: 'all' | 'most' | 'wide' | 'narrow';
  readonly min: number;
  readonly max: number;
  /** The groups round it, by number. */
  readonly groups: readonly number[];
  readonly taken: Taken;
  /** `[^…]`: all signs but those named. */
  readonly isNegated: boolean;
}

/** True for a sign that a step takes. */
export type Taken = (sign: string) => boolean;

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';
/** Stand for the letters that ASCII does not have. */
const foreign = 'éжŁ';
const signs = '-_.,;:@/\\+*#()[]{}<>!?"\'&%$=~^|` \t';
const plain = `${letters}${digits}`.split('');
const spoken = [...plain, ...foreign.split('')];
const probes = [...spoken, ...signs.split('')];

/** At least this many letters and digits make a class one of values, not of a few chosen signs. */
export const wideFrom = 10;

/** What a class takes, tried on signs of each kind. */
export function reachOf(taken: Taken): PatternStep['takes'] {
  if (probes.every(taken)) return 'all';
  if (spoken.every(taken)) return 'most';
  return plain.filter(taken).length >= wideFrom ? 'wide' : 'narrow';
}

/** True for a step that takes signs of these alone. */
export function takesOnly({ taken }: PatternStep, of: string): boolean {
  const own = probes.filter(taken);
  return own.length > 0 && own.every((sign) => of.includes(sign));
}

/** True for a letter or digit of a fixed text. */
export function isFixedLetter({ takes, taken }: PatternStep): boolean {
  return takes === 'narrow' && spoken.filter(taken).length === 1;
}

const oneOf =
  (text: string): Taken =>
  (sign) =>
    text.includes(sign);
const not =
  (taken: Taken): Taken =>
  (sign) =>
    !taken(sign);
const blank = oneOf(' \t');
const digit = oneOf(digits);

/** The classes that patterns name. */
export interface SignClasses {
  /** `\d` and its kin. */
  readonly shorthands: Readonly<Record<string, Taken>>;
  /** `[[:alpha:]]` and its kin: POSIX, IEEE 1003.1, 9.3.5. */
  readonly posix: Readonly<Record<string, Taken>>;
}

/** `others`: the letters beyond ASCII that count as letters. */
function classesWith(others: string): SignClasses {
  const letter = oneOf(letters + others);
  const word: Taken = (sign) => letter(sign) || digit(sign) || sign === '_';
  const seen: Taken = (sign) => letter(sign) || digit(sign) || signs.includes(sign);
  return {
    shorthands: { d: digit, D: not(digit), w: word, W: not(word), s: blank, S: not(blank) },
    posix: {
      alpha: letter,
      upper: (sign) => letter(sign) && sign !== sign.toLowerCase(),
      lower: (sign) => letter(sign) && sign !== sign.toUpperCase(),
      digit,
      alnum: (sign) => letter(sign) || digit(sign),
      xdigit: oneOf(`${digits}abcdefABCDEF`),
      word,
      space: blank,
      blank,
      punct: (sign) => signs.includes(sign) && !blank(sign),
      print: seen,
      graph: (sign) => seen(sign) && !blank(sign),
    },
  };
}

/** Letters are those of ASCII: RE2, Java's patterns, Snowflake. */
export const asciiClasses = classesWith('');
/** Letters are those of Unicode, or of the database's locale. */
export const unicodeClasses = classesWith(foreign);

/** A class in brackets at `at`, and where it ends; null when it is not closed or holds what is not read. */
export function readClass(
  pattern: string,
  at: number,
  { posix, shorthands }: SignClasses,
): (Pick<PatternStep, 'taken' | 'isNegated'> & { end: number }) | null {
  let here = at + 1;
  const negated = pattern[here] === '^';
  if (negated) here += 1;
  const parts: Taken[] = [];
  for (let first = true; here < pattern.length; first = false) {
    const sign = pattern[here] ?? '';
    if (sign === ']' && !first) {
      const taken: Taken = (each) => parts.some((part) => part(each));
      return { taken: negated ? not(taken) : taken, isNegated: negated, end: here + 1 };
    }
    const named = /^\[:(\w+):\]/.exec(pattern.slice(here));
    if (named !== null) {
      const known = posix[named[1] ?? ''];
      if (known === undefined) return null;
      parts.push(known);
      here += named[0].length;
      continue;
    }
    const escaped = sign === '\\' ? (pattern[here + 1] ?? '') : '';
    const short = Object.hasOwn(shorthands, escaped) ? shorthands[escaped] : undefined;
    if (short !== undefined) {
      parts.push(short);
      here += 2;
      continue;
    }
    if (/^[pPNxu]$/.test(escaped)) return null;
    const from = escaped === '' ? sign : escaped;
    here += escaped === '' ? 1 : 2;
    const to = pattern[here + 1] ?? ']';
    if (pattern[here] === '-' && to !== ']' && to !== '\\') {
      parts.push((each) => each >= from && each <= to);
      here += 2;
    } else parts.push((each) => each === from);
  }
  return null;
}
