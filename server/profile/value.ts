import { mayBeRespelt, oneSpelling } from './one-spelling.ts';

/** Of values longer than this only parts are looked at: the work per value is bounded. */
export const maxValueLength = 4_096;

/** Which kinds of signs a value holds, as bits, so that a test can be ruled out by one comparison. */
export const has = {
  digit: 1,
  lower: 2,
  upper: 4,
  /** A letter outside ASCII. */
  foreign: 8,
  blank: 16,
  at: 32,
  dot: 64,
  dash: 128,
  colon: 256,
  slash: 512,
  brace: 1024,
  /** `*`, `•`, `#`: what masks are made of. */
  star: 2048,
  plus: 4096,
  paren: 8192,
  comma: 16_384,
  percent: 32_768,
  equals: 65_536,
  underscore: 131_072,
  other: 262_144,
} as const;

/** Of a sign, while a value is looked at: the text may have to be written in another spelling. */
const respell = 524_288;

/** One value as tests see it: trimmed, cut, with what a quick look tells. Lives for the time of one look only. */
export interface Value {
  /** In one spelling of spaces, dashes and digits (see one-spelling.ts). */
  readonly text: string;
  /** As the source has it, trimmed and cut. */
  readonly written: string;
  readonly signs: number;
  /** How many digits. */
  readonly digits: number;
  /** How many letters. */
  readonly letters: number;
  /** The digits alone when the value is nothing but digits, blanks and `-./()+`, else empty. */
  readonly number: string;
}

const bits = new Uint32Array(128);
for (let code = 0; code < 128; code++) bits[code] = bitOf(String.fromCharCode(code));

function bitOf(char: string): number {
  if (char >= '0' && char <= '9') return has.digit;
  if (char >= 'a' && char <= 'z') return has.lower;
  if (char >= 'A' && char <= 'Z') return has.upper;
  const named: Readonly<Record<string, number>> = {
    ' ': has.blank,
    '\t': has.blank,
    '\n': has.blank,
    '@': has.at,
    '.': has.dot,
    '-': has.dash,
    ':': has.colon,
    '/': has.slash,
    '{': has.brace,
    '[': has.brace,
    '<': has.brace,
    '*': has.star,
    '#': has.star,
    '+': has.plus,
    '(': has.paren,
    ')': has.paren,
    ',': has.comma,
    '%': has.percent,
    '=': has.equals,
    _: has.underscore,
  };
  const code = char.charCodeAt(0);
  // A back-slash may begin the escape of a sign; NUL and its like are no signs.
  const isOdd = char === '\\' || code === 127 || (code < 32 && char !== '\r');
  return named[char] ?? (isOdd ? has.other | respell : has.other);
}

const numberSigns = has.digit | has.blank | has.dash | has.dot | has.slash | has.paren | has.plus;

const restParts = 4;

/**
 * What is looked at of a value: all of it; of one longer than the bound the first half of the bound, and stretches of the
 * rest, evenly spread, up to its end.
 */
export function boundedText(raw: string, bound = maxValueLength): string {
  if (raw.length <= bound) return raw;
  const headLength = bound / 2;
  const head = raw.slice(0, headLength);
  const size = Math.floor(headLength / restParts) - 1;
  const step = Math.floor((raw.length - headLength - size) / (restParts - 1));
  const rest = Array.from({ length: restParts }, (_, i) => {
    const start = i === restParts - 1 ? raw.length - size : headLength + i * step;
    return raw.slice(start, start + size);
  });
  // What has no blank in it must not get one: a key, an encoded picture.
  return [head, ...rest].join(/\s/.test(head) ? '\n' : '');
}

/** Looks at a text once. */
export function lookAt(raw: string): Value {
  const written = boundedText(raw).trim();
  const seen = count(written);
  if ((seen.signs & respell) === 0 && !written.startsWith("'")) return valueOf(written, written, seen);
  const text = oneSpelling(written).slice(0, maxValueLength).trim();
  return valueOf(text, written, text === written ? seen : count(text));
}

interface Count {
  readonly signs: number;
  readonly digits: number;
  readonly letters: number;
}

function count(text: string): Count {
  let signs = 0;
  let digits = 0;
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const bit = code < 128 ? (bits[code] ?? has.other) : foreignBit(code);
    signs |= bit;
    if (bit === has.digit) digits += 1;
    else if ((bit & (has.lower | has.upper | has.foreign)) !== 0) letters += 1;
  }
  return { signs, digits, letters };
}

function foreignBit(code: number): number {
  const bit = code === 0x2022 || code === 0xd7 ? has.star : has.foreign;
  return mayBeRespelt(code) ? bit | respell : bit;
}

function valueOf(text: string, written: string, { signs, digits, letters }: Count): Value {
  const number = digits > 0 && (signs & ~(numberSigns | respell)) === 0 ? digitsOf(text, digits) : '';
  return { text, written, signs: signs & ~respell, digits, letters, number };
}

function digitsOf(text: string, digits: number): string {
  if (digits === text.length) return text;
  // A number that went through a float column: 4711.0
  const whole = text.endsWith('.0') && digits === text.length - 1 ? text.slice(0, -2) : text;
  return whole.replaceAll(/\D/g, '');
}

/** What a source hands over, as text: dates as ISO 8601, objects as JSON, bytes as their length only. Null for nothing. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (value instanceof Uint8Array) return `<${value.byteLength} bytes>`;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

/** FNV-1a over two lanes, 53 bits: equal values meet, and nothing can be read back from it once the profile ends. */
export function digestOfText(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return (a >>> 0) * 0x200000 + ((b >>> 11) & 0x1fffff);
}
