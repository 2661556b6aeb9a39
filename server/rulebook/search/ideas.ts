import { z } from 'zod';
import { formOf } from './phrase-index.ts';
import { readList, readYaml } from './read-data.ts';
import { spellingsOf, wholeWordsOf } from './words.ts';

/** Where an idea stands in a question: from the first word of what says it to the one after the last. */
export interface IdeaMatch {
  readonly start: number;
  readonly end: number;
}

/** The ideas that a question speaks of in one language, each with all places where it does. */
export interface SpokenIdeas {
  readonly language: string;
  readonly ideas: ReadonlyMap<string, readonly IdeaMatch[]>;
}

/** Everyday words by the idea that they stand for. */
export interface Ideas {
  readonly digest: string;
  readonly names: ReadonlySet<string>;
  /** 1; less for an idea that nearly every question has. */
  weightOf(idea: string): number;
  /** Ideas of whom or what a law on data is about: a patient, a file, a card. */
  readonly about: ReadonlySet<string>;
  /** Ideas of what carries data and has other lives: a pin, a card, a photo. */
  readonly carries: ReadonlySet<string>;
  /** Languages are read apart: a word that two of them write alike is met in the one that the other words are of. */
  find(words: readonly string[]): readonly SpokenIdeas[];
}

const ideasFile = z.strictObject({
  /** Ideas that tell little. */
  weak: z.array(z.string()),
  /** Whom or what a law on data is about. */
  about: z.array(z.string()),
  /** What carries data, and has a life of its own. */
  carries: z.array(z.string()),
  ideas: z.record(z.string().regex(/^[a-z-]+$/u), z.record(z.string().regex(/^[a-z]{2}$/u), z.string())),
});

/** Of all languages: product names, borrowed words. */
const everywhere = 'xx';
const weakWeight = 0.3;
/** A head of a compound that is shorter may be chance. */
const shortestHead = 6;

/** One word of an entry: as it stands, or how a word must begin or end. */
interface WordPattern {
  readonly text: string;
  readonly kind: 'whole' | 'beginning' | 'end' | 'inside';
}

interface Entry {
  readonly idea: string;
  readonly pattern: readonly WordPattern[];
}

/** Reads a file of ideas. Fails with CONFIG_INVALID, naming the file. */
export function readIdeas(file: string): Ideas {
  const { data, text } = readYaml(file, ideasFile);
  const languages = new Map<string, Entry[]>();
  for (const [idea, terms] of Object.entries(data.ideas))
    for (const [language, list] of Object.entries(terms)) {
      const entries = languages.get(language) ?? [];
      languages.set(language, entries);
      for (const { phrase } of readList(list)) entries.push({ idea, pattern: patternOf(phrase) });
    }
  const shared = languages.get(everywhere) ?? [];
  const indexes = [...languages]
    .filter(([language]) => language !== everywhere)
    .map(([language, entries]) => ({
      language,
      match: matcherOf([...entries, ...shared], formOf(language).compounds),
    }));
  const weak = new Set(data.weak);
  return {
    digest: text,
    names: new Set(Object.keys(data.ideas)),
    about: new Set(data.about),
    carries: new Set(data.carries),
    weightOf: (idea) => (weak.has(idea) ? weakWeight : 1),
    find: (words) => indexes.map(({ language, match }) => ({ language, ideas: match(words) })),
  };
}

function patternOf(phrase: string): readonly WordPattern[] {
  return phrase.split(/\s+/u).flatMap((token) => {
    const words = wholeWordsOf(token.replaceAll('*', ''));
    return words.map((text, i): WordPattern => {
      const opens = i === 0 && token.startsWith('*');
      const ends = i === words.length - 1 && token.endsWith('*');
      return { text, kind: opens && ends ? 'inside' : opens ? 'end' : ends ? 'beginning' : 'whole' };
    });
  });
}

/** Looks entries up by their first word, so that a question costs its own length and not that of the list. */
function matcherOf(
  entries: readonly Entry[],
  compounds: boolean,
): (words: readonly string[]) => ReadonlyMap<string, readonly IdeaMatch[]> {
  const whole = new Map<string, Entry[]>();
  const beginning = new Map<string, Entry[]>();
  const others: Entry[] = [];
  for (const entry of entries) {
    const [first] = entry.pattern;
    if (first === undefined) continue;
    if (first.kind === 'end' || first.kind === 'inside') {
      others.push(entry);
      continue;
    }
    const index = first.kind === 'whole' ? whole : beginning;
    const same = index.get(first.text);
    if (same === undefined) index.set(first.text, [entry]);
    else same.push(entry);
  }
  const candidates = function* (spelling: string): Generator<Entry> {
    yield* whole.get(spelling) ?? [];
    for (let end = 1; end <= spelling.length; end += 1) yield* beginning.get(spelling.slice(0, end)) ?? [];
    yield* others;
    // `Dienstlaptop`: the head of a compound says what it is.
    if (!compounds) return;
    for (let from = 2; from <= spelling.length - shortestHead; from += 1) yield* headsOf(spelling.slice(from));
  };
  const headsOf = function* (head: string): Generator<Entry> {
    yield* whole.get(head) ?? [];
    for (let end = shortestHead; end <= head.length; end += 1) yield* beginning.get(head.slice(0, end)) ?? [];
  };
  return (words) => {
    const spellings = words.map((word) => spellingsOf(word));
    const found = new Map<string, IdeaMatch[]>();
    for (const start of words.keys())
      for (const spelling of spellings[start] ?? [])
        for (const { idea, pattern } of candidates(spelling)) {
          const holds = pattern.every(
            (one, i) =>
              (spellings[start + i] ?? []).some((word) => fits(word, one)) ||
              (compounds && i === 0 && endsWithHead(spelling, one)),
          );
          if (holds) found.set(idea, [...(found.get(idea) ?? []), { start, end: start + pattern.length }]);
        }
    return found;
  };
}

/** A candidate whose first word is the head of a compound was found by that head. */
function endsWithHead(word: string, { text, kind }: WordPattern): boolean {
  if (text.length < shortestHead || !word.slice(2).includes(text)) return false;
  return kind === 'beginning' || (kind === 'whole' && word.endsWith(text));
}

function fits(word: string, { text, kind }: WordPattern): boolean {
  if (kind === 'whole') return word === text;
  if (kind === 'beginning') return word.startsWith(text);
  return kind === 'end' ? word.endsWith(text) : word.includes(text);
}
