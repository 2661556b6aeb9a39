import { isVocabulary } from '../base/known-words.ts';
import { withoutPersons } from '../base/person-words.ts';
import { issued, maySaySecret } from '../base/secret-words.ts';
import { withoutExamples } from './model-examples.ts';
import { withoutHosts } from './model-hosts.ts';
import { withoutSecrets } from './model-secrets.ts';

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
/** What stands between marks of quotation, however long; an apostrophe between letters closes nothing. What a cut left open ends with the text. */
const quoted =
  /"[^"]+"|“[^”]+”|„[^“”]+[“”]|”[^”]+”|«[^»]+»|»[^«]+«|‹[^›]+›|「[^」]+」|`[^`]+`|‚[^‘’]+[‘’]|‘(?:[^’]|’(?=\p{L}))+’|(?<![\p{L}\p{N}])'(?:[^']|'(?=\p{L}))+?'(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])["“„«](?=[\p{L}\p{N}[])[^"”»]*$|(?<![\p{L}\p{N}])'(?=\p{L})(?:[^']|'(?=\p{L})){200,}$/gu;
/** `user=jane`: what is set without a space is a value; `1=open` and `M=male` are the words of a code list, `mrn=medical record number` explains. */
const assigned = /(?<![\p{L}\p{N}])([\p{L}_][\p{L}\p{N}_-]{2,})=([^\s,;)]+)/gu;
/** `see also (Jane)`, `siehe Müller`: words with a capital behind a word that points. */
const pointed =
  /(?<![\p{L}\p{N}])([Ss]ee(?: also)?|[Ss]iehe(?: auch)?|[Vv]gl\.|[Cc]f\.|[Vv]oir(?: aussi)?|[Vv]éase|[Vv]edi(?: anche)?)(\s*\(?\s*)\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)*/gu;
/** `jane (at) example (dot) com`. */
const spelled =
  /(?<![^\s([{])[^\s([{]{1,64}\s?[([{]\s?(?:at|ät|arroba|chez)\s?[)\]}]\s?[^\s([{]{1,64}(?:\s?[([{]\s?(?:dot|punkt|punto|point|ponto)\s?[)\]}]\s?[^\s([{]{1,64})*/giu;
/** A form of address, or who speaks of himself, and the names behind it. */
const titled =
  /(?<![\p{L}\p{N}])(Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mme|Señora?|Sig|Signora?|Dhr|Mevr|Pan|Pani|[Ii]ch bin|[Mm]y name is|I am|[Jj]e suis|[Jj]e m['’]appelle|[Mm]e llamo|[Mm]i chiamo|[Ii]k ben)(\.?\s+)\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2}/gu;
/** What a name goes on with. */
const goesOn = /\[name\](?:\s+\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)+/gu;
const withDigits = /\S*\d(?:[\s.,:/-]?\d){2,}\S*/gu;

/** What stands in the place of a comment that names a password or key and says more of it than plain words do. */
export const withheldComment = '[withheld: it names a password or key]';

/**
 * A comment without what people paste into comments: quoted texts, examples, lists of values, addresses, links, names of
 * machines, command lines, values that are set, words that hold three digits or more, and persons of whom something is told by
 * a known name. One that names a password or key is withheld whole, because no list knows how it may be told. What is left may
 * still name somebody: a comment is free text.
 */
export function commentForModel(comment: string): string {
  const clean = cleanText(comment, maxComment * 4);
  if (maySaySecret(clean)) return withheldComment;
  const bare = withoutSecrets(clean)
    .replaceAll(link, '[link]')
    .replaceAll(address, '[address]')
    .replaceAll(spelled, '[address]')
    .replaceAll(quoted, '[text]');
  const rest = withoutHosts(withoutExamples(bare))
    .replaceAll(assigned, (whole, name: string, value: string) => (isVocabulary(value) ? whole : `${name}=[value]`))
    .replaceAll(pointed, '$1$2[name]')
    .replaceAll(titled, '$1$2[name]')
    .replaceAll(withDigits, '[number]');
  return cleanText(withoutPersons(rest).replaceAll(goesOn, '[name]'), maxComment);
}

/** A name of a table or column; where it holds a value (a pivoted table, a key, an address), without it. */
export function nameForModel(name: string): string {
  return cleanText(
    cleanText(name, maxName)
      .replaceAll(issued, '[secret]')
      .replaceAll(link, '[link]')
      .replaceAll(address, '[address]')
      .replaceAll(/\d(?:[\s.,:/-]?\d){4,}/gu, '[number]'),
    maxName,
  );
}

/** Free text with a mark between its words, so that it reads as data wherever it stands (datamarking). */
export function markWords(text: string, mark: string): string {
  return text.replaceAll(mark, '').split(' ').join(mark);
}
