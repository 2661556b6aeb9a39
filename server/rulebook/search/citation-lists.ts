import { adds, ofWords } from './citation-words.ts';
import { bracketAt, countedAt, letterAt, namedAt, placesAt, type Level } from './citation-places.ts';
import { isAttached, isEnd, joinAt, type Join, type Read, type Token } from './citation-tokens.ts';

/** A number and the levels below it. */
export interface Provision {
  readonly number: string;
  readonly levels: readonly Level[];
}

const longestRange = 30;

/** The number of an article or recital; a date, an edition and a number with a unit at it is none. */
export function numberAt(tokens: readonly Token[], at: number): Read<string> | null {
  const token = tokens[at];
  if (token?.kind !== 'number' || !/^[1-9]\d{0,2}$/u.test(token.text)) return null;
  for (let dot = at + 1; isAttached(tokens, dot, '.') && tokens[dot + 1]?.kind === 'number'; dot += 2)
    if (tokens[dot + 1]?.spaced === false && !/^[1-9]\d?$/u.test(tokens[dot + 1]?.text ?? '')) return null;
  const next =
    isAttached(tokens, at + 1, '.') && tokens[at + 2]?.text === 'o' && !tokens[at + 2]?.spaced ? at + 3 : at + 1;
  const after = tokens[next];
  if (after?.kind !== 'word' || after.spaced) return { value: token.text, next };
  if (/^[A-D]$/u.test(after.text)) return { value: token.text + after.text, next: next + 1 };
  return adds.has(after.text) ? { value: token.text, next: next + 1 } : null;
}

/** A provision and those that are listed behind it. `lists`: may further numbers follow, and is it said that they do? */
export function provisionsFrom(
  tokens: readonly Token[],
  at: number,
  first: Provision,
  lists: 'many' | 'one' | null,
): Read<readonly Provision[]> {
  const start = placesAt(tokens, at, first.levels);
  const found: Provision[] = [{ number: first.number, levels: start.value }];
  let { next } = start;
  for (let join = joinAt(tokens, next); join !== null; join = joinAt(tokens, next)) {
    const last = found.at(-1) ?? first;
    const read = siblingAt(tokens, join.next, last) ?? (lists === null ? null : furtherAt(tokens, join, lists));
    if (read === null) break;
    found.push(...(join.value === 'through' ? between(last, read.value) : []), read.value);
    next = read.next;
  }
  return { value: found, next };
}

/** `and (f)`, `und e`, `und Abs. 2 lit. b`: another level beside the last one, of the same provision. */
function siblingAt(tokens: readonly Token[], at: number, { number, levels }: Provision): Read<Provision> | null {
  const last = levels.at(-1);
  if (last === undefined) return null;
  const named = namedAt(tokens, at);
  const [level] = named?.value ?? [];
  if (named !== null && level !== undefined) {
    const beside = levels.findIndex(({ kind }) => kind === level.kind);
    const above = levels.slice(0, beside >= 0 ? beside : level.kind === 'number' ? 0 : 1);
    const read = placesAt(tokens, named.next, [...above, ...named.value]);
    return { value: { number, levels: read.value }, next: read.next };
  }
  const unbracketed =
    last.kind === 'letter' ? letterAt(tokens, at) : last.kind === 'number' ? countedAt(tokens, at) : null;
  const like = bracketAt(tokens, at) ?? unbracketed;
  if (like === null) return null;
  const read = placesAt(tokens, like.next, [...levels.slice(0, -1), like.value]);
  return { value: { number, levels: read.value }, next: read.next };
}

/** `and 14`, `-22`: a further number of the same kind. */
function furtherAt(
  tokens: readonly Token[],
  { value, next }: Read<Join>,
  lists: 'many' | 'one',
): Read<Provision> | null {
  const number = numberAt(tokens, next);
  if (number === null) return null;
  const read = placesAt(tokens, number.next, []);
  const isRange = value === 'through' && tokens[next - 1]?.kind === 'sign';
  return lists === 'many' || isRange || isCiting(tokens, read.next)
    ? { value: { number: number.value, levels: read.value }, next: read.next }
    : null;
}

/** Is what stands before this part of a citation: the sentence ends, the law is named, or more numbers of it follow. */
function isCiting(tokens: readonly Token[], at: number): boolean {
  if (isEnd(tokens, at) || ofWords.has(tokens[at]?.folded ?? '')) return true;
  const join = joinAt(tokens, at);
  return join !== null && tokens[join.next]?.kind === 'number' && isCiting(tokens, join.next + 1);
}

/** What a range has between its ends: numbers, or letters of the last level. */
function between(from: Provision, to: Provision): readonly Provision[] {
  const [a, b] = [from.levels.at(-1)?.token, to.levels.at(-1)?.token];
  const steps = (first: number, last: number): number[] =>
    last - first > longestRange ? [] : Array.from({ length: Math.max(0, last - first - 1) }, (_, i) => first + 1 + i);
  if (from.number !== to.number)
    return steps(Number(from.number), Number(to.number)).map((n) => ({ number: `${n}`, levels: [] }));
  if (a === undefined || b === undefined || a.length > 2 || b.length > 2) return [];
  const above = to.levels.slice(0, -1);
  const kind = to.levels.at(-1)?.kind ?? 'bracket';
  const tokens = /^\d+$/u.test(a + b)
    ? steps(Number(a), Number(b)).map(String)
    : steps(a.codePointAt(0) ?? 0, b.codePointAt(0) ?? 0).map((code) => String.fromCodePoint(code));
  return tokens.map((token) => ({ number: to.number, levels: [...above, { kind, token }] }));
}

/** `6(1)(f)`. */
export function written({ number, levels }: Provision): string {
  return number + levels.map(({ token }) => `(${token})`).join('');
}
