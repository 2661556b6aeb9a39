import type { Lexicon, Meaning } from './lexicon.ts';
import { segment } from './segment.ts';

/** A run of words of a name and what it means; no meanings: unknown. */
export interface Unit {
  readonly words: readonly string[];
  readonly meanings: readonly Meaning[];
  readonly segment: number;
}

/** Cuts the words of a path into the longest runs that the lexicon knows; an unknown word stands alone. */
export function unitsOf(segments: readonly (readonly string[])[], lexicon: Lexicon): Unit[] {
  const words: { readonly text: string; readonly segment: number }[] = [];
  segments.forEach((segmentWords, index) => {
    for (const word of segmentWords) {
      const known = lexicon.isWord(word) || lexicon.meanings(word).length > 0 || lexicon.expand(word) !== word;
      for (const text of known ? [word] : segment(word, lexicon)) words.push({ text, segment: index });
    }
  });
  const units: Unit[] = [];
  for (let at = 0; at < words.length;) {
    const unit = longestUnit(words, at, lexicon, segments.length - 1);
    units.push(unit);
    at += unit.words.length;
  }
  return units;
}

function longestUnit(
  words: readonly { readonly text: string; readonly segment: number }[],
  at: number,
  lexicon: Lexicon,
  last: number,
): Unit {
  for (let length = Math.min(lexicon.longest, words.length - at); length > 0; length--) {
    const part = words.slice(at, at + length);
    // `name.family` is a family name; `contact.name` is no phrase where more follows: `contact.name.family`.
    const end = part.at(-1)?.segment ?? 0;
    if (part[0]?.segment !== end && end !== last) continue;
    const texts = part.map((word) => word.text);
    const raw = lexicon.meanings(texts.join(' '));
    const meanings = raw.length > 0 ? raw : otherwiseSpelt(texts, lexicon);
    if (meanings.length > 0) return { words: texts, meanings, segment: part.at(-1)?.segment ?? 0 };
  }
  const word = words[at];
  return { words: [word?.text ?? ''], meanings: [], segment: word?.segment ?? 0 };
}

/** One of many, as English forms it. */
export function singularOf(word: string): string {
  if (!/^[a-z]{3,}s$/.test(word) || word.endsWith('ss')) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** Short forms written out, or words that were cut apart put together: `Linked In`, `Git Hub`. */
function otherwiseSpelt(texts: readonly string[], lexicon: Lexicon): readonly Meaning[] {
  const expanded = lexicon.meanings(texts.map((text) => lexicon.expand(text)).join(' '));
  if (expanded.length > 0) return expanded;
  const singular = lexicon.meanings(texts.map((text) => lexicon.expand(singularOf(text))).join(' '));
  if (singular.length > 0 || texts.length !== 2) return singular;
  return lexicon.meanings(texts.join('')).filter((meaning) => meaning.kind === 'sense');
}

/** True where a unit is a word of this kind, whatever else it may be. */
export function has(unit: Unit | undefined, kind: Meaning['kind']): boolean {
  return unit?.meanings.some((meaning) => meaning.kind === kind) ?? false;
}

/** It says when something runs out: of a card, or of any document. */
export function isExpiry({ meanings }: Unit): boolean {
  return meanings.some((meaning) => meaning.kind === 'sense' && meaning.fine === 'card_expiry');
}
