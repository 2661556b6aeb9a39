import { adds, onlyCapital, onlyDotted, paragraphs, parts, points, ofWords } from './citation-words.ts';
import { isAttached, isEnd, joinAt, type Read, type Token } from './citation-tokens.ts';

/** A level below a number. `number` and `letter` were named or stand alone, `bracket` stands in brackets. */
export interface Level {
  readonly kind: 'number' | 'letter' | 'bracket';
  readonly token: string;
}

/** Letters that are words of a language as well: `a controller`, `e`, `y`, `z`. */
const wordLetters = new Set('aeiouyzwsvk');
const mostLevels = 5;
/** The levels from here on, with those above them. */
export function placesAt(tokens: readonly Token[], at: number, above: readonly Level[]): Read<readonly Level[]> {
  const levels = [...above];
  let next = at;
  while (levels.length < mostLevels) {
    const one =
      bracketAt(tokens, next) ??
      pointAt(tokens, next) ??
      romanAt(tokens, next, levels) ??
      (levels.length > 0 ? letterAt(tokens, next) : null);
    const read = one === null ? namedAt(tokens, next) : { value: [one.value], next: one.next };
    if (read === null) break;
    levels.push(...read.value);
    ({ next } = read);
  }
  return { value: levels, next };
}

/** `(2)`, `(f)`, `(iv)`, `(2A)`. */
export function bracketAt(tokens: readonly Token[], at: number): Read<Level> | null {
  if (tokens[at]?.text !== '(') return null;
  const close = tokens[at + 2]?.text === ')' ? at + 2 : tokens[at + 3]?.text === ')' ? at + 3 : null;
  const token = tokens
    .slice(at + 1, close ?? at)
    .map(({ text }) => text)
    .join('');
  return close !== null && /^(?:\d{1,3}[A-Z]{0,2}|\p{L}{1,2}|[ivx]{1,5}|[IVX]{1,5})$/u.test(token)
    ? { value: { kind: 'bracket', token }, next: close + 1 }
    : null;
}

/** `.1`, `.f` at the number before. */
function pointAt(tokens: readonly Token[], at: number): Read<Level> | null {
  const token = tokens[at + 1];
  if (!isAttached(tokens, at, '.') || token === undefined || token.spaced) return null;
  const letter = letterAt(tokens, at + 1);
  if (letter !== null) return letter;
  return /^[1-9]\d?$/u.test(token.text) ? { value: { kind: 'number', token: token.text }, next: at + 2 } : null;
}

/** `Art. 6 I f`: a paragraph. `Art. 5, II`: an item, whose number stays as it is written. */
function romanAt(tokens: readonly Token[], at: number, above: readonly Level[]): Read<Level> | null {
  if (above.length > 0) return null;
  const isItem = tokens[at]?.text === ',';
  const i = isItem ? at + 1 : at;
  const roman = tokens[i]?.text ?? '';
  const value = arabic(roman);
  // `Art. 6 I 1 f`: a bare number behind it counts sentences.
  const sentence = countedAt(tokens, i + 1);
  const next =
    sentence !== null && (isEnd(tokens, sentence.next) || letterAt(tokens, sentence.next) !== null)
      ? sentence.next
      : i + 1;
  const goesOn = isEnd(tokens, next) || letterAt(tokens, next) !== null || namedAt(tokens, next) !== null;
  if (value === null || !(goesOn || ofWords.has(tokens[next]?.folded ?? ''))) return null;
  return { value: { kind: 'number', token: isItem ? roman : value }, next };
}

/** `Absatz 2`, `lit. f)`, `paragraphe 1`, `Satz 1`; a part of a paragraph is no level of its own. */
export function namedAt(tokens: readonly Token[], at: number): Read<readonly Level[]> | null {
  const i = tokens[at]?.text === ',' ? at + 1 : at;
  const word = tokens[i];
  const isPart = parts.has(word?.folded ?? '');
  if (word === undefined || !(isPart || word.text === '§' || paragraphs.has(word.folded) || points.has(word.folded)))
    return null;
  const hasDot = tokens[i + 1]?.text === '.';
  if (
    (onlyDotted.has(word.folded) && !hasDot) ||
    (onlyCapital.has(word.text.toUpperCase()) && !onlyCapital.has(word.text))
  )
    return null;
  let next = hasDot ? i + 2 : i + 1;
  if (hasDot && /^os?$/u.test(tokens[next]?.text ?? '')) next += 1;
  const bracket = bracketAt(tokens, next);
  const isBare = points.has(word.folded) || isPart;
  const read = bracket ?? countedAt(tokens, next) ?? itemAt(tokens, next) ?? letterAt(tokens, next, isBare);
  if (read === null) return null;
  const { token } = read.value;
  const kind = /^\p{L}$/u.test(token) ? 'letter' : 'number';
  return { value: isPart && kind === 'number' ? [] : [{ kind, token }], next: read.next };
}

/** The number of a level, with nothing at it but a bracket: `2)`. */
export function countedAt(tokens: readonly Token[], at: number): Read<Level> | null {
  const token = tokens[at];
  if (token?.kind !== 'number' || !/^[1-9]\d?$/u.test(token.text)) return null;
  const after = tokens[at + 1];
  if (
    after?.spaced === false &&
    (after.kind === 'word' ? letterAt(tokens, at + 1) === null && !adds.has(after.text) : after.text === '%')
  )
    return null;
  return { value: { kind: 'number', token: token.text }, next: pastBracket(tokens, at + 1) };
}

/** `inciso II`. */
function itemAt(tokens: readonly Token[], at: number): Read<Level> | null {
  const roman = tokens[at]?.text ?? '';
  return arabic(roman) === null ? null : { value: { kind: 'number', token: roman }, next: at + 1 };
}

/** A letter that stands for a point. One that is a word of a language as well counts where the sentence does not go on with it. */
export function letterAt(tokens: readonly Token[], at: number, isNamed = false): Read<Level> | null {
  const token = tokens[at];
  const after = tokens[at + 1];
  if (token === undefined || !/^[a-z]$/u.test(token.text)) return null;
  if (after?.spaced === false && (after.kind !== 'sign' || /^['’_\-–]$/u.test(after.text))) return null;
  const isLetter =
    isNamed ||
    !wordLetters.has(token.text) ||
    isEnd(tokens, at + 1) ||
    (joinAt(tokens, at + 1) !== null && /^[a-z]$/u.test(tokens[at + 2]?.text ?? ''));
  return isLetter ? { value: { kind: 'letter', token: token.text }, next: pastBracket(tokens, at + 1) } : null;
}

function pastBracket(tokens: readonly Token[], at: number): number {
  return isAttached(tokens, at, ')') ? at + 1 : at;
}

/** I to XXX; null for anything else. */
function arabic(roman: string): string | null {
  const [, tens = '', ones = ''] = /^(X{0,3})(IX|IV|V?I{0,3})$/u.exec(roman) ?? [];
  const value = tens.length * 10 + ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'].indexOf(ones);
  return value > 0 ? `${value}` : null;
}
