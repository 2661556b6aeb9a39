import { withoutPersons } from '../base/person-words.ts';

/** Longest name and comment that a model is shown. */
export const maxName = 128;
export const maxComment = 512;

/** Controls, zero-width, bidirectional and tag characters, variation selectors, private use: what hides or turns text (UTS 39, UAX 9). */
const hidden =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u{FE00}-\u{FE0F}\u{E0000}-\u{E0FFF}\u{2800}\u{3164}\u{115F}\u{1160}\u{FFA0}]/gu;

/** Text of a source as a model may be shown it: one line, nothing hidden, of bounded length. */
export function cleanText(text: string, max: number): string {
  const one = text
    .slice(0, max * 8)
    .toWellFormed()
    .replaceAll(/[\t\n\r\u2028\u2029]+/gu, ' ')
    .replaceAll(hidden, '')
    .normalize('NFKC')
    .replaceAll(hidden, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(one);
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : one;
}

const address = /[^\s@<>"'/:…]{1,64}@[^\s@<>"']{1,190}/gu;
const link = /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S+/giu;
const quoted =
  /"[^"]{1,200}"|“[^”]{1,200}”|„[^“”]{1,200}[“”]|«[^»]{1,200}»|`[^`]{1,200}`|(?<![\p{L}\p{N}])'[^']{1,200}'(?![\p{L}\p{N}])/gu;
const example = /\b(?:e\.?\s?g\.?|ex\.|for (?:example|instance)|such as|z\.\s?B\.|par exemple|p\.\s?ej\.)[^.;)]*/giu;
const withDigits = /\S*\d(?:[\s.,:/-]?\d){2,}\S*/gu;

/**
 * A comment without what people paste into comments: quoted texts, examples, addresses, links, and words that hold three
 * digits or more, and persons of whom something is told by a known name. What is left may still name somebody: a comment is
 * free text.
 */
export function commentForModel(comment: string): string {
  const bare = cleanText(comment, maxComment * 2)
    .replaceAll(link, '[link]')
    .replaceAll(address, '[address]')
    .replaceAll(quoted, '[text]')
    .replaceAll(example, '[example]')
    .replaceAll(withDigits, '[number]');
  return cleanText(withoutPersons(bare), maxComment);
}

/** A name of a table or column; where it holds a value (a pivoted table), without it. */
export function nameForModel(name: string): string {
  return cleanText(
    cleanText(name, maxName)
      .replaceAll(address, '[address]')
      .replaceAll(/\d(?:[\s.,:/-]?\d){4,}/gu, '[number]'),
    maxName,
  );
}

/** Words that address a reader instead of describing data. One of several layers: it also misses, and the others hold. */
const instruction =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|all|any|earlier|instructions?|rules?|prompt|policy)\b|\b(?:you are|act as|pretend|as an ai|system prompt|assistant:|user:|system:|instructions? (?:for|to)|new instructions?)\b|\b(?:answer|respond|reply|output|return|classify|label|mark|treat|tag|report|set)\b.{0,40}\b(?:as|with|to|only)\b.{0,30}\b(?:none|public|safe|not (?:sensitive|personal|pii)|non[- ]?(?:sensitive|personal|pii)|json|harmless|internal)\b|\b(?:do not|don't|never)\b.{0,30}\b(?:classify|flag|label|mark|tag|report|review)\b|<\/?(?:system|user|assistant|data|instruction)|\[\/?inst\]|```/iu;

/** True for text that seems to speak to the model. Such text is withheld. */
export function seemsToInstruct(text: string): boolean {
  return instruction.test(cleanText(text.replaceAll('_', ' '), 4000));
}

/** Free text with a mark between its words, so that it reads as data wherever it stands (datamarking). */
export function markWords(text: string, mark: string): string {
  return text.replaceAll(mark, '').split(' ').join(mark);
}
