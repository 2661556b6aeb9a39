/** A value as INFORMATION_SCHEMA prints it in SQL: texts, lists and structures of them; anything else is its words. */
export type Literal = string | readonly Literal[];

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', a: '\x07', v: '\v' };
const escaped = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[xX]([0-9A-Fa-f]{2})|([0-7]{3})|([^]))/gu;

/**
 * Reads the value of an option: `"text"`, `["gs://a", "gs://b"]`, `[STRUCT("team", "sales")]`, `TIMESTAMP "2026-01-01 00:00:00 UTC"`,
 * `3.0`. Null where it is not written so. Pure.
 */
export function parseLiteral(text: string): Literal | null {
  const at = { i: 0 };
  const value = valueAt(text, at, 0);
  skip(text, at);
  return at.i === text.length ? value : null;
}

/** An option that holds one text. */
export function textOf(text: string | null): string | null {
  const value = text === null ? null : parseLiteral(text);
  return typeof value === 'string' ? value : null;
}

/** An option that holds pairs of names and values: labels, tags. */
export function pairsOf(text: string | null): readonly (readonly [string, string])[] {
  const value = text === null ? null : parseLiteral(text);
  if (value === null || typeof value === 'string') return [];
  return value.flatMap((pair) => {
    const [name, own] = typeof pair === 'string' ? [] : pair;
    return typeof name === 'string' && typeof own === 'string' ? [[name, own] as const] : [];
  });
}

/** An option that holds texts. */
export function textsOf(text: string | null): readonly string[] {
  const value = text === null ? null : parseLiteral(text);
  if (value === null || typeof value === 'string') return [];
  return value.filter((one): one is string => typeof one === 'string');
}

function skip(text: string, at: { i: number }): void {
  while (/\s/u.test(text.charAt(at.i))) at.i += 1;
}

function valueAt(text: string, at: { i: number }, depth: number): Literal | null {
  if (depth > 8) return null;
  skip(text, at);
  const word = /[A-Za-z]*/uy;
  word.lastIndex = at.i;
  const name = word.exec(text)?.[0] ?? '';
  const behind = text.charAt(at.i + name.length);
  if (/^(?:r|R)$/u.test(name) && /["']/u.test(behind)) return stringAt(text, at, 1, true);
  if (name === '' && /["']/u.test(behind)) return stringAt(text, at, 0, false);
  if (name === '' && behind === '[') return listAt(text, at, ']', depth);
  if (name === '' && behind === '(') return listAt(text, at, ')', depth);
  if (/^STRUCT$/iu.test(name)) {
    at.i += name.length;
    skip(text, at);
    return text.charAt(at.i) === '(' ? listAt(text, at, ')', depth) : null;
  }
  if (/^(?:TIMESTAMP|DATE|DATETIME|NUMERIC|INTERVAL|JSON)$/iu.test(name)) {
    at.i += name.length;
    return valueAt(text, at, depth + 1);
  }
  const bare = /[\w.+-]+/uy;
  bare.lastIndex = at.i;
  const plain = bare.exec(text)?.[0];
  if (plain === undefined) return null;
  at.i += plain.length;
  return plain;
}

function stringAt(text: string, at: { i: number }, before: number, isRaw: boolean): string | null {
  const from = at.i + before;
  const quote = text.charAt(from);
  const mark = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
  let end = from + mark.length;
  while (end < text.length && !text.startsWith(mark, end)) end += text.charAt(end) === '\\' ? 2 : 1;
  if (end >= text.length) return null;
  at.i = end + mark.length;
  const inside = text.slice(from + mark.length, end);
  if (isRaw) return inside;
  return inside.replaceAll(
    escaped,
    (_, short?: string, long?: string, byte?: string, octal?: string, sign?: string) => {
      if (sign !== undefined) return escapes[sign] ?? sign;
      const code = octal === undefined ? Number.parseInt(short ?? long ?? byte ?? '0', 16) : Number.parseInt(octal, 8);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD';
    },
  );
}

function listAt(text: string, at: { i: number }, close: string, depth: number): readonly Literal[] | null {
  at.i += 1;
  const found: Literal[] = [];
  for (;;) {
    skip(text, at);
    if (text.charAt(at.i) === close) {
      at.i += 1;
      return found;
    }
    const value = valueAt(text, at, depth + 1);
    if (value === null) return null;
    found.push(value);
    skip(text, at);
    if (text.charAt(at.i) === ',') at.i += 1;
    else if (text.charAt(at.i) !== close) return null;
  }
}
