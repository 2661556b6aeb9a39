import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { dataFile } from '../../base/data-files.ts';
import { LexlineError } from '../../base/errors.ts';
import { digestOf } from '../../model/json.ts';
import { tokens } from './tokens.ts';

type Sense = Extract<Meaning, { readonly kind: 'sense' }>;

/** How much a phrase says by itself: 2 names its category outright, 1 likely, 0 only with other evidence. */
export type Strength = 0 | 1 | 2;

/** What a run of words in a column's name means. */
export type Meaning =
  | {
      readonly kind: 'sense';
      readonly fine: string;
      readonly strength: Strength;
      readonly language: string;
      /** The head noun stands last (`phone model` is a model) or first (`numero de carte` is a number). */
      readonly head: 'first' | 'last';
    }
  | { readonly kind: 'subject'; readonly subject: string; readonly language: string }
  | {
      readonly kind: 'flag' | 'not' | 'key' | 'glue' | 'date' | 'hash' | 'token' | 'mask' | 'last4';
      readonly language: string;
    };

/** All phrases of all languages, looked up by their folded words joined by blanks. */
export interface Lexicon {
  /** Over everything it was read from; part of a verdict's key. */
  readonly digest: string;
  readonly longest: number;
  readonly languages: readonly string[];
  meanings(phrase: string): readonly Meaning[];
  expand(token: string): string;
  /** True for a word that occurs in some phrase; used to cut words that were written together. */
  isWord(token: string): boolean;
  words(): Iterable<string>;
  /** Every phrase with its meanings. */
  entries(): Iterable<readonly [string, readonly Meaning[]]>;
  /** True for an everyday word that names nothing of a person and steers no other word. */
  isPlain(word: string): boolean;
}

const languageFile = z.strictObject({
  language: z.string(),
  head: z.enum(['first', 'last']),
  /** Its short words mean what the file says, not what they stand for elsewhere: `doc name` is no name of a document. */
  asWritten: z.boolean().optional(),
  senses: z.record(z.string(), z.string()),
  subjects: z.record(z.string(), z.string()).optional(),
  words: z.record(z.string(), z.string()).optional(),
});
const listFile = z.record(z.string(), z.string());
const plainFile = z.strictObject({ plain: z.string() });
const abbreviationFile = z.strictObject({ abbreviations: listFile });

const wordKinds: Readonly<Record<string, Exclude<Meaning['kind'], 'sense' | 'subject'>>> = {
  flags: 'flag',
  not: 'not',
  keys: 'key',
  glue: 'glue',
  dates: 'date',
  hash: 'hash',
  token: 'token',
  mask: 'mask',
  last4: 'last4',
};

/** What a short word stands for in whatever phrase it stands. */
const ofAnyNumber = new Set('number code date'.split(' '));

/** Little words that names leave out: `numero de cuenta` is also `numero_cuenta`. */
const connectors = new Set('de da do di du des del della dei la le les el los las l d of the van'.split(' '));

/** A number of something in one word, as Germanic languages join them: `kundennummer` is also `kundennr`. */
const joinedNumber = /(\p{L}{3})numm?er(?=\??\s*$)/u;

const umlaut = /[äöüøå]/i;
const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** As German and Nordic words are written without their letters: `staatsangehoerigkeit`. */
function withoutUmlauts(text: string): string {
  return text.toLowerCase().replaceAll(/[äöüøå]/g, (letter) => umlauts[letter] ?? letter);
}

let shipped: Lexicon | undefined;

/** The lexicon that ships with Lexline (`regulations/taxonomy/names/`), read once. */
export function loadLexicon(): Lexicon {
  shipped ??= readLexicon(dataFile('regulations/taxonomy/names'));
  return shipped;
}

/** Reads the lexicon from a folder of YAML files. Fails with CONFIG_INVALID, naming the file. */
export function readLexicon(folder: string): Lexicon {
  const index = new Map<string, Meaning[]>();
  const vocabulary = new Set<string>();
  const languages: string[] = [];
  const texts: string[] = [];
  const read = <T>(file: string, schema: z.ZodType<T>): T => {
    const text = readFileSync(join(folder, file), 'utf8');
    texts.push(text);
    return checked(text, file, schema);
  };
  const abbreviations = abbreviationsOf(read('abbreviations.yml', abbreviationFile).abbreviations);
  const plain = new Set(
    read('plain.yml', plainFile)
      .plain.split(',')
      .map((word) => tokens(word).join(' ')),
  );
  let longest = 1;

  const english = new Set<string>();
  let skeletons: ReadonlyMap<string, string> | undefined;
  const expand = (token: string): string => {
    const known = abbreviations.get(token);
    if (known !== undefined || !isSkeleton(token) || vocabulary.has(token)) return known ?? token;
    skeletons ??= skeletonsOf(english);
    return skeletons.get(token) ?? token;
  };
  const expansions: (readonly [phrase: string, meaning: Sense])[] = [];
  const put = (phrase: string, meaning: Meaning, asWritten: boolean): void => {
    const words = tokens(phrase);
    if (words.length === 0) return;
    longest = Math.max(longest, words.length);
    for (const word of words) if (word.length > 2) vocabulary.add(word);
    if (meaning.kind === 'sense' && meaning.language === 'en') for (const word of words) english.add(word);
    add(index, words.join(' '), meaning);
    const bare = words.filter((word) => !connectors.has(word));
    if (bare.length > 1 && bare.length < words.length) add(index, bare.join(' '), meaning);
    if (meaning.kind !== 'sense' || words.length === 1) return;
    const expanded = words.map((word) => abbreviations.get(word) ?? word);
    const isMeant = expanded.every((word, i) => word === words[i] || !asWritten || ofAnyNumber.has(word));
    if (isMeant) expansions.push([expanded.join(' '), meaning]);
  };
  const putAll = (list: string, meaning: (weaker: boolean) => Meaning, asWritten = false): void => {
    const spellings = list
      .split(',')
      .flatMap((raw) => (umlaut.test(raw) ? [raw, withoutUmlauts(raw)] : [raw]))
      .flatMap((raw) => (joinedNumber.test(raw) ? [raw, raw.replace(joinedNumber, '$1nr')] : [raw]));
    for (const raw of spellings) {
      const phrase = raw.trim();
      const weaker = phrase.endsWith('?');
      const bare = weaker ? phrase.slice(0, -1) : phrase;
      put(bare.replaceAll('+', ' '), meaning(weaker), asWritten);
      if (bare.includes('+')) put(bare.split('+').reverse().join(' '), meaning(weaker), asWritten);
    }
  };
  const putWords = (rows: Readonly<Record<string, string>>, file: string, language: string): void => {
    for (const [group, list] of Object.entries(rows)) {
      const kind = wordKinds[group];
      if (kind === undefined) throw new LexlineError('CONFIG_INVALID', `[lexicon] ${file}: unknown group ${group}`);
      putAll(list, () => ({ kind, language }));
    }
  };

  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()) {
    if (file === 'abbreviations.yml' || file === 'plain.yml') continue;
    if (file === 'words.yml') {
      putWords(read(file, listFile), file, 'en');
      continue;
    }
    const { language, head, asWritten, senses, subjects, words } = read(file, languageFile);
    languages.push(language);
    for (const [sense, list] of Object.entries(senses)) {
      const fine = sense.replace(/\?+$/u, '');
      const marks = sense.length - fine.length;
      const meaning = (weaker: boolean): Meaning => {
        return { kind: 'sense', fine, strength: strengthOf(marks + (weaker ? 1 : 0)), language, head };
      };
      putAll(list, meaning, asWritten);
    }
    for (const [subject, list] of Object.entries(subjects ?? {}))
      putAll(list, () => ({ kind: 'subject', subject, language }));
    if (words !== undefined) putWords(words, file, language);
  }
  // Last, when all is known that is written: `phn number` written out is somebody else's phrase.
  for (const [phrase, meaning] of own(expansions, index)) add(index, phrase, meaning);
  for (const [short, long] of abbreviations) if (short.length > 3) vocabulary.add(short).add(long);

  const none: readonly Meaning[] = [];
  return {
    digest: digestOf(texts),
    longest,
    languages,
    meanings: (phrase) => index.get(phrase) ?? none,
    expand,
    isWord: (token) => vocabulary.has(token),
    words: () => vocabulary,
    entries: () => index.entries(),
    isPlain: (word) => plain.has(word),
  };
}

/** Phrases written out that no phrase as it is written claims for another category. */
function own(
  expansions: readonly (readonly [phrase: string, meaning: Sense])[],
  index: ReadonlyMap<string, readonly Meaning[]>,
): readonly (readonly [phrase: string, meaning: Sense])[] {
  return expansions.filter(([phrase, { fine }]) => {
    const written = (index.get(phrase) ?? []).filter((meaning) => meaning.kind === 'sense');
    return written.length === 0 || written.some((meaning) => meaning.fine === fine);
  });
}

/** True for what may be a word whose vowels were left out: `ocptn`. */
function isSkeleton(token: string): boolean {
  return token.length >= 3 && token.length <= 9 && /^[a-z][b-df-hj-np-tv-z]+$/.test(token);
}

/** English words by what remains of them without vowels; a skeleton of several words stands for none. */
function skeletonsOf(words: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string | null>();
  for (const word of words) {
    if (!/^[a-z]{5,}$/.test(word)) continue;
    const bare = (word.charAt(0) + word.slice(1).replaceAll(/[aeiou]/g, '')).replaceAll(/(.)\1/g, '$1');
    if (bare.length >= 3 && bare !== word) found.set(bare, found.has(bare) && found.get(bare) !== word ? null : word);
  }
  return new Map([...found].flatMap(([bare, word]) => (word === null ? [] : [[bare, word] as const])));
}

function strengthOf(marks: number): Strength {
  return marks === 0 ? 2 : marks === 1 ? 1 : 0;
}

function add(index: Map<string, Meaning[]>, phrase: string, meaning: Meaning): void {
  const there = index.get(phrase);
  if (there === undefined) index.set(phrase, [meaning]);
  else if (!there.some((other) => same(other, meaning))) there.push(meaning);
}

function same(a: Meaning, b: Meaning): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'sense' && b.kind === 'sense')
    return a.fine === b.fine && a.strength >= b.strength && a.language === b.language;
  if (a.kind === 'subject' && b.kind === 'subject') return a.subject === b.subject;
  return true;
}

function abbreviationsOf(lists: Readonly<Record<string, string>>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [long, list] of Object.entries(lists))
    for (const short of list.split(',')) found.set(tokens(short).join(''), long);
  return found;
}

function checked<T>(text: string, file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new LexlineError('CONFIG_INVALID', `[lexicon] ${file}: ${z.prettifyError(parsed.error)}`);
}
