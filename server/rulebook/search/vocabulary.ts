import { basename } from 'node:path';
import { z } from 'zod';
import { dataFile } from '../../base/data-files.ts';
import { digestOf } from '../../model/json.ts';
import { loadTaxonomy } from '../taxonomy.ts';
import { createPhraseIndex, formOf, type PhraseForm, type PhraseIndex } from './phrase-index.ts';
import { readList, readYaml, yamlFiles } from './read-data.ts';
import { wordsOf } from './words.ts';

/** What a word of a column's name says. */
export type NameMeaning =
  | {
      readonly kind: 'category';
      readonly category: string;
      /** 1: names it outright; 0.6: likely; 0.2: says little alone. */
      readonly strength: number;
      /** A qualifier after it turns it into something else in these languages: `phone model` is a model. */
      readonly head: 'first' | 'last';
      readonly language: string;
    }
  /** `status`, `count`, `pallet`: everyday words that say what else is meant beside them. */
  | { readonly kind: 'other' }
  | { readonly kind: 'subject'; readonly subject: string };

/** The words of column names in many languages, as `regulations/taxonomy/names` has them. */
export interface Vocabulary {
  readonly digest: string;
  readonly phrases: PhraseIndex<NameMeaning>;
  /** A short form spelt out: `cust` is `customer`. */
  expand(word: string): string;
}

const nameFile = z.looseObject({
  language: z.string(),
  head: z.enum(['first', 'last']),
  senses: z.record(z.string(), z.string()),
  subjects: z.record(z.string(), z.string()).default({}),
});
const wordFile = z.looseObject({ not: z.string() });
const plainFile = z.strictObject({ plain: z.string() });
const abbreviationFile = z.looseObject({ abbreviations: z.record(z.string(), z.string()) });
const strengths = [1, 0.6, 0.2];

let shipped: Vocabulary | undefined;

/** Reads the vocabulary once. Fails with CONFIG_INVALID, naming the file. */
export function loadVocabulary(): Vocabulary {
  shipped ??= readVocabulary(dataFile('regulations/taxonomy/names'));
  return shipped;
}

function readVocabulary(folder: string): Vocabulary {
  const taxonomy = loadTaxonomy();
  const phrases = createPhraseIndex<NameMeaning>();
  const short = new Map<string, string>();
  const texts: string[] = [];
  const read = <T>(file: string, schema: z.ZodType<T>): T => {
    const { data, text } = readYaml(file, schema);
    texts.push(text);
    return data;
  };
  const english = nameForm('en');
  const other: NameMeaning = { kind: 'other' };
  for (const file of yamlFiles(folder)) {
    const name = basename(file);
    if (name === 'plain.yml') {
      for (const { phrase } of readList(read(file, plainFile).plain)) phrases.add(phrase, other, english);
      continue;
    }
    if (name === 'abbreviations.yml') {
      for (const [long, list] of Object.entries(read(file, abbreviationFile).abbreviations))
        for (const { phrase } of readList(list)) short.set(phrase, long);
      continue;
    }
    if (name === 'words.yml') {
      for (const { phrase } of readList(read(file, wordFile).not)) phrases.add(phrase, other, english);
      continue;
    }
    const { language, head, senses, subjects } = read(file, nameFile);
    const form = nameForm(language);
    const meanings = new Map<string, NameMeaning>();
    for (const [sense, list] of Object.entries(senses)) {
      const fine = sense.replace(/\?+$/u, '');
      const category = taxonomy.byFine(fine)?.id;
      if (category === undefined) continue;
      for (const { phrase, isWeak } of readList(list)) {
        const strength = strengths[Math.min(2, sense.length - fine.length + (isWeak ? 1 : 0))] ?? 0;
        const key = `${category} ${strength}`;
        const meaning = meanings.get(key) ?? { kind: 'category', category, strength, head, language };
        meanings.set(key, meaning);
        phrases.add(phrase.replaceAll('+', ' '), meaning, form);
        if (phrase.includes('+')) phrases.add(phrase.split('+').reverse().join(' '), meaning, form);
        const bare = withoutConnectors(phrase);
        if (bare !== null) phrases.add(bare, meaning, form);
      }
    }
    for (const [subject, list] of Object.entries(subjects))
      for (const { phrase } of readList(list)) phrases.add(phrase, { kind: 'subject', subject }, form);
  }
  return { digest: digestOf(texts), phrases, expand: (word) => short.get(word) ?? word };
}

/** Names are inflected in number at most. */
function nameForm(language: string): PhraseForm {
  const form = formOf(language);
  return form.inflects === 'all' ? { ...form, inflects: 'number' } : form;
}

/** Little words that names leave out: `numero de cuenta` is also `numero_cuenta`. */
const connectors = new Set('de da do di du des del della dei la le les el los las l d of the van'.split(' '));

function withoutConnectors(phrase: string): string | null {
  const words = wordsOf(phrase);
  const bare = words.filter((word) => !connectors.has(word));
  return bare.length > 1 && bare.length < words.length ? bare.join(' ') : null;
}
