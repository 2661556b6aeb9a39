import { z } from 'zod';
import { dataFile } from '../base/data-files.ts';
import { namesOfRegulation, type Catalogue } from './catalogue.ts';
import { createPhraseIndex, formOf, type PhraseIndex } from './search/phrase-index.ts';
import { readQuestion } from './search/question.ts';
import { otherLawsCited } from './search/other-laws.ts';
import { readYaml } from './search/read-data.ts';
import { seenText, wordsOf } from './search/words.ts';

/** A law of which there is no catalogue. */
export interface UnknownLaw {
  readonly name: string;
  /** Null: a name that stands with the number of an article, and nothing is known of it. */
  readonly is: string | null;
}

/** The laws that a question names, as people call them. */
export interface NamedLaws {
  /** Ids of regulations with a catalogue. */
  readonly regulations: readonly string[];
  readonly unknown: readonly UnknownLaw[];
}

/** Finds the names of laws in questions. */
export type LawsByName = (question: string) => NamedLaws;

const lawsFile = z.strictObject({
  laws: z.array(z.strictObject({ names: z.array(z.string().min(1)).min(1), is: z.string().min(1) })),
});

type Meant =
  | { readonly type: 'regulation'; readonly id: string }
  | { readonly type: 'unknown'; readonly law: UnknownLaw };

/** `AVG` is a law and `avg` an average: a name this short counts only as it is written. */
const shortName = 3;

/**
 * Reads which laws the catalogues have, and which other ones people ask for. A name counts in a question only: a column called
 * `gdpr_flag` names no law, as whoever named it would choose what is answered. Of names inside one another the longest counts:
 * `UK GDPR` is not the GDPR. `isTerm` tells words that are no law where they stand with the number of an article. Fails with CONFIG_INVALID when the shipped list does not hold.
 */
export function lawsByName(
  catalogues: readonly Catalogue[],
  isTerm: (words: readonly string[]) => boolean = () => false,
): LawsByName {
  const index = createPhraseIndex<Meant>();
  const form = { ...formOf('en'), inflects: 'no' } as const;
  const short = new Set<string>();
  const taken = new Set<string>();
  const add = (name: string, meant: Meant): void => {
    const words = wordsOf(name);
    if (words.length === 1 && name.length <= shortName) short.add(name);
    index.add(name, meant, form);
    index.add(words.join(''), meant, form);
  };
  for (const { regulation } of catalogues)
    for (const name of namesOfRegulation(regulation)) {
      taken.add(wordsOf(name).join(' '));
      add(name, { type: 'regulation', id: regulation.id });
    }
  const { data } = readYaml(dataFile('regulations/other-laws.yml'), lawsFile);
  for (const { names, is } of data.laws) {
    if (names.some((name) => taken.has(wordsOf(name).join(' ')))) continue;
    const law = { name: names[0] ?? '', is };
    for (const name of names) add(name, { type: 'unknown', law });
  }
  const isKnown = (word: string): boolean => {
    const words = wordsOf(word.toLowerCase());
    return index.find(words).length > 0 || isTerm(words);
  };
  return (text) => namedIn(text, index, short, isKnown);
}

function namedIn(
  text: string,
  index: PhraseIndex<Meant>,
  short: ReadonlySet<string>,
  isKnown: (word: string) => boolean,
): NamedLaws {
  const { asked, isName } = readQuestion(text);
  if (isName) return { regulations: [], unknown: [] };
  // Names written as one identifier with other words (`is_gdpr_relevant`) are left out.
  const said = seenText(asked).replaceAll(/\S*_\S*/gu, ' ');
  const regulations = new Set<string>();
  const unknown = new Map<string, UnknownLaw>();
  const written = new Set(said.match(/[\p{L}\p{N}]+/gu));
  const isShort = (words: readonly string[]): boolean =>
    words.length === 1 && [...short].some((name) => name.toLowerCase() === words[0]);
  for (const words of [wordsOf(said), wordsOf(said.toLowerCase())])
    for (const { value, start, end, isPart } of index.find(words)) {
      const met = words.slice(start, end);
      if (isPart || (isShort(met) && ![...short].some((name) => name.toLowerCase() === met[0] && written.has(name))))
        continue;
      if (value.type === 'regulation') regulations.add(value.id);
      else unknown.set(value.law.name, value.law);
    }
  if (unknown.size === 0) for (const name of otherLawsCited(said, isKnown)) unknown.set(name, { name, is: null });
  return { regulations: [...regulations], unknown: [...unknown.values()] };
}

/** True when two names are the same but for case and punctuation: `PCI DSS`, `pci-dss`, `PCIDSS`. */
export function isSameName(a: string, b: string): boolean {
  return wordsOf(a.toLowerCase()).join('') === wordsOf(b.toLowerCase()).join('');
}
