import { namesOfRegulation, type Catalogue } from '../catalogue.ts';
import type { Glossary } from './glossary.ts';
import { createPhraseIndex, formOf, type PhraseIndex } from './phrase-index.ts';
import type { Vocabulary } from './vocabulary.ts';
import { seenText, spellingsOf, stem, stemsOf, wordsOf } from './words.ts';

/** A term whose definition a question asks for. */
export interface AskedDefinition {
  /** Folded words of the term. */
  readonly words: readonly string[];
  /** `definition of …`, not only `what is a …`. */
  readonly isExplicit: boolean;
}

/** Ways to ask for a definition in so many words. */
const explicit: readonly RegExp[] = [
  /\b(?:definitions?|meaning)\s+of\s+(.+)/iu,
  /\bdefine\s+(.+)/iu,
  /\bhow\s+(?:is|are)\s+(.+?)\s+defined\b/iu,
  /\bwhat\s+(?:does|do)\s+(.+?)\s+mean\b/iu,
  /\bwhat\s+is\s+meant\s+by\s+(.+)/iu,
  /(?:begriffsbestimmung(?:en)?|definition(?:en)?|bedeutung)\s+(?:(?:von|für|zu|des|der|vom)\s+)?(.+)/iu,
  /\bwas\s+(?:bedeute[tn]|hei(?:ß|ss)t|versteht\s+man\s+unter)\s+(.+)/iu,
  /\bd[ée]finition\s+(?:de\s+|d['’]|du\s+|des\s+)(.+)/iu,
  /\bque\s+(?:signifie|veut\s+dire)\s+(.+)/iu,
  /\bdefinici[oó]n\s+(?:de|del)\s+(.+)/iu,
  /\bqu[eé]\s+significa\s+(.+)/iu,
  /\bdefinizione\s+(?:di|del|della|dei)\s+(.+)/iu,
  /\bcosa\s+significa\s+(.+)/iu,
  /\bdefinitie\s+van\s+(.+)/iu,
  /\bwat\s+betekent\s+(.+)/iu,
  /\bdefiniç(?:ão|ao)\s+de\s+(.+)/iu,
];
/** Ways that ask for other things too. */
const loose: readonly RegExp[] = [
  /\bwhat(?:['’]s|\s+is|\s+are)\s+(?:an?\s+)?(?!the\b)(.+)/iu,
  /\bwas\s+(?:ist|sind)\s+(?:eine?n?\s+)?(?!der\b|die\b|das\b)(.+)/iu,
  /\bqu['’]est[- ]ce\s+qu(?:['’](?:une?\s+)?|e\s+(?:les?\s+)?)(.+)/iu,
  /\bqu[eé]\s+(?:es|son)\s+(?:una?\s+)?(?!el\b|la\b|los\b)(.+)/iu,
  /\bcos['’]?\s*è\s+(?:un['’]?a?\s+)?(.+)/iu,
];
/** What follows the term: where it is defined. */
const after =
  /\s+(?:under|in|within|according|for|laut|nach|gem(?:ä|ae)(?:ß|ss)|im|selon|au\s+sens|dans|seg[uú]n|en|secondo|nel|volgens)\b.*$/iu;
const article =
  /^(?:(?:the\s+)?(?:term|word|begriff|terme|t[ée]rmino|termine)\s+|an?\s+|the\s+|eine?[rsnm]?\s+|der\s+|die\s+|das\s+|des\s+|une?\s+|les?\s+|la\s+|l['’]\s*|el\s+|los\s+|las\s+|una?\s+|il\s+|lo\s+|gli\s+|de\s+|het\s+|een\s+)/iu;
const mostWords = 5;

/** The term that a question asks to be defined; null where it asks for something else. */
export function askedDefinition(asked: string, catalogues: readonly Catalogue[]): AskedDefinition | null {
  const seen = seenText(asked).replaceAll(/\s+/gu, ' ').trim();
  const laws = catalogues.flatMap(({ regulation }) => namesOfRegulation(regulation));
  for (const [patterns, isExplicit] of [
    [explicit, true],
    [loose, false],
  ] as const)
    for (const pattern of patterns) {
      const found = pattern.exec(seen)?.[1];
      if (found === undefined) continue;
      const term = found
        .replaceAll(/["“”„‚‘«»?!]|(?<!\p{L})['’]|['’](?!\p{L})/gu, ' ')
        .trim()
        .replace(after, '')
        .replace(article, '');
      const words = wordsOf(withoutNames(term, laws));
      return words.length === 0 || term.split(/\s+/u).length > mostWords ? null : { words, isExplicit };
    }
  return null;
}

/** `dark pattern CCPA`: the name of a law beside a term is no part of it. */
function withoutNames(term: string, laws: readonly string[]): string {
  const folded = term.toLowerCase();
  const law = laws.find(
    (name) => folded.endsWith(` ${name.toLowerCase()}`) || folded.startsWith(`${name.toLowerCase()} `),
  );
  if (law === undefined) return term;
  return folded.endsWith(law.toLowerCase()) ? term.slice(0, -law.length) : term.slice(law.length);
}

const stems = (words: readonly string[]): string => words.map((word) => stem(word)).join(' ');
const quoted = /[“"„‚‘«]\s*([^“”"„‚‘’«»]{2,80}?),?\s*[”"“’‘»]/gu;
const designator = /^(?:\s*(?:\(\w{1,5}\)|\d{1,3}\.|[a-z]\)))*\s*/u;
/** Words that define, after the terms that they define. */
const defines =
  /\b(?:means?|has\s+the\s+(?:same\s+)?meaning|includes?|is\s+defined|refers?\s+to|bezeichne[tn]|bedeute[tn]|ist|sind|d[ée]signe|s['’]entend|significa|se\s+entender[áa]|si\s+intende)\b|:/iu;

/** Does a passage define a term? Its number is made of it, or its words begin with it and go on to say what it means. */
export function definesTerm(
  passage: { readonly provision: string; readonly text: string },
  words: readonly string[],
): boolean {
  const wanted = stems(words);
  const slug = /#(.+)$/u.exec(passage.provision)?.[1];
  if (slug !== undefined && stems(wordsOf(slug)) === wanted) return true;
  const text = passage.text.replaceAll(/\s+/gu, ' ').replace(designator, '');
  if (/^[“"„‚‘«]/u.test(text)) {
    const end = text.slice(1).search(defines);
    const head = text.slice(0, end < 0 ? 120 : Math.min(end + 1, 240));
    return [...head.matchAll(quoted)].some(([, term = '']) => stems(wordsOf(term)) === wanted);
  }
  const [, term] =
    /^(?:an?\s+|the\s+|eine?\s+)?(.{2,60}?)\s+(?:means?|is\s+defined\s+as|bezeichnet|bedeutet)\s/iu.exec(text) ?? [];
  return term !== undefined && stems(wordsOf(term)) === wanted;
}

const read = new WeakMap<readonly Catalogue[], PhraseIndex<true>>();

/** Titles and aliases of catalogues; remembered as long as those are held. */
function titlesOf(catalogues: readonly Catalogue[]): PhraseIndex<true> {
  const known = read.get(catalogues);
  if (known !== undefined) return known;
  const titles = createPhraseIndex<true>();
  for (const { title, aliases } of catalogues.flatMap(({ provisions }) => provisions))
    for (const name of [title, ...aliases]) titles.add(name, true, formOf('en'));
  read.set(catalogues, titles);
  return titles;
}

/** Does a passage hold all words of a term? */
export function speaksOf(passage: { readonly text: string }, words: readonly string[]): boolean {
  const held = new Set(stemsOf(passage.text));
  return words.every((word) => spellingsOf(word).some((spelling) => held.has(stem(spelling))));
}

/** Every telling word of a term is one that glossary, vocabulary or catalogues know as such or in a phrase, or a rule of the user's own holds all. */
export function isKnownTerm(
  words: readonly string[],
  {
    glossary,
    vocabulary,
    catalogues,
  }: { glossary: Glossary; vocabulary: Vocabulary; catalogues: readonly Catalogue[] },
): boolean {
  const titles = titlesOf(catalogues);
  const known = new Set(
    [
      ...glossary.phrases.find(words),
      ...titles.find(words),
      ...vocabulary.phrases.find(words).filter(({ value }) => value.kind !== 'other'),
    ].flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
  );
  return (
    words.every((word, i) => known.has(i) || glossary.isFiller(word) || glossary.isLittle(word)) ||
    catalogues.some(
      ({ isOwn, provisions }) => isOwn === true && provisions.some(({ duty }) => speaksOf({ text: duty }, words)),
    )
  );
}
