import { ands, throughs } from './citation-words.ts';
import { wholeWordsOf } from './words.ts';

/** A word, number or sign of a text. */
export interface Token {
  readonly kind: 'word' | 'number' | 'sign' | 'id';
  readonly text: string;
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** Does a blank stand before it? */
  readonly spaced: boolean;
}

/** What was read, and the token that follows it. */
export interface Read<T> {
  readonly value: T;
  readonly next: number;
}

const tokenPattern = /[A-Z]{2,30}:[0-9A-Z][\w.()#-]*|D[Ss]-GVO|[Ss]ub-?paragraphs?|\p{L}[\p{L}\p{M}]*|\d+|\S/gu;
/** Where the words of a sentence go on, a number or letter before them may be no part of a citation. */
const closing = /^[.,;:)\]?!"“”»|]$/u;

/** The tokens of a text. */
export function tokensOf(text: string): readonly Token[] {
  let last = -1;
  return [...text.matchAll(tokenPattern)].map((match) => {
    const [found] = match;
    const isWord = /^\p{L}/u.test(found);
    const kind = /^[A-Z]+:/u.test(found) ? 'id' : isWord ? 'word' : /^\d/u.test(found) ? 'number' : 'sign';
    const spaced = match.index !== last;
    last = match.index + found.length;
    const folded = isWord ? wholeWordsOf(found).join('') : found;
    return { kind, text: found, folded, start: match.index, end: last, spaced };
  });
}

export type Join = 'and' | 'through';

/** `,`, `and`, `, und`, `-`, `bis`. */
export function joinAt(tokens: readonly Token[], at: number): Read<Join> | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (/^[-–—]$/u.test(token.text) || throughs.has(token.folded)) return { value: 'through', next: at + 1 };
  if (ands.has(token.folded) || token.text === '&' || token.text === '/') return { value: 'and', next: at + 1 };
  if (token.text !== ',') return null;
  return { value: 'and', next: ands.has(tokens[at + 1]?.folded ?? '') ? at + 2 : at + 1 };
}

/** Does the sentence end here, or go on with the name of a law? */
export function isEnd(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined) return true;
  if (token.kind === 'sign')
    return closing.test(token.text) && !(tokens[at + 1]?.kind === 'number' && tokens[at + 1]?.spaced === false);
  return token.kind === 'word' && /^\p{Lu}[\p{Lu}-]*\p{Lu}$/u.test(token.text.replace('Ss', 'SS'));
}

/** Does this sign stand here, without a blank before it? */
export function isAttached(tokens: readonly Token[], at: number, sign: string): boolean {
  const token = tokens[at];
  return token !== undefined && token.text === sign && !token.spaced;
}
