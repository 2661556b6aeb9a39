import { basename } from 'node:path';
import { z } from 'zod';
import { dataFile } from '../../base/data-files.ts';
import { digestOf } from '../../model/json.ts';
import { createLoosePhrases, type LoosePhrase, type LoosePhrases } from './loose-phrases.ts';
import { createPhraseIndex, formOf, type PhraseIndex } from './phrase-index.ts';
import { readList, readYaml, yamlFiles } from './read-data.ts';
import { familyOf } from './roots.ts';
import { speltOut, stem, wordsOf } from './words.ts';

/** An idea of data protection that people call by many names: an acronym, a duty, a kind of data. */
export interface Concept {
  readonly id: string;
  /** Provisions that speak of it, of any regulation. */
  readonly provisions: readonly string[];
  /** Categories of the taxonomy it stands for. */
  readonly categories: readonly string[];
}

/** A concept under one of its names. */
export interface NamedConcept {
  readonly concept: Concept;
  /** 1, or 0.35 for a name that means other things too: it ranks, and does not suffice alone. */
  readonly weight: number;
  readonly language: string;
}

/** Legal jargon in many languages, as `regulations/glossary` has it. */
export interface Glossary {
  readonly digest: string;
  readonly concepts: readonly Concept[];
  readonly phrases: PhraseIndex<NamedConcept>;
  /** The same names of several words, their words in any order. */
  readonly loose: LoosePhrases<NamedConcept>;
  /** Words of a question that ask for nothing themselves. */
  readonly isFiller: (word: string) => boolean;
  /** `gegen`, `depuis`: the little words of a language, as they stand. */
  readonly isLittle: (word: string) => boolean;
  /** `height`, `weight`: of a person only where no other thing stands before it. */
  readonly isMeasure: (word: string) => boolean;
  /** `history`, `sample`: what carries a thing is still about it. */
  readonly isCarrier: (word: string) => boolean;
  /** `flag`, `status`: beside a kind of data that the law guards they tell it themselves. */
  readonly isAttribute: (word: string) => boolean;
}

const glossaryFile = z.strictObject({
  concepts: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/u),
      provisions: z.array(z.string()).default([]),
      categories: z.array(z.string()).default([]),
      terms: z.record(z.string().regex(/^[a-z]{2}$/u), z.string()),
    }),
  ),
});
const wordsFile = z.strictObject({
  filler: z.string(),
  little: z.string(),
  measures: z.string(),
  carriers: z.string(),
  attributes: z.string(),
  same: z.array(z.string()),
});

let shipped: Glossary | undefined;

/** Reads the glossary once. Fails with CONFIG_INVALID, naming the file. */
export function loadGlossary(): Glossary {
  shipped ??= readGlossary(dataFile('regulations/glossary'));
  return shipped;
}

/** The words of a list as they are looked up: folded, stemmed, umlauts spelt out too. */
function addWords(words: Set<string>, list: string): void {
  for (const { phrase } of readList(list))
    for (const spelling of [phrase, speltOut(phrase) ?? phrase])
      for (const word of wordsOf(spelling)) words.add(stem(word));
}

function readGlossary(folder: string): Glossary {
  const phrases = createPhraseIndex<NamedConcept>();
  const concepts: Concept[] = [];
  const filler = new Set<string>();
  const little = new Set<string>();
  const measures = new Set<string>();
  const carriers = new Set<string>();
  const attributes = new Set<string>();
  const same = new Map<string, string>();
  const texts: string[] = [];
  const loose: LoosePhrase<NamedConcept>[] = [];
  for (const file of yamlFiles(folder)) {
    if (basename(file) === 'words.yml') {
      const { data, text } = readYaml(file, wordsFile);
      texts.push(text);
      addWords(filler, data.filler);
      for (const { phrase } of readList(data.little))
        for (const spelling of [phrase, speltOut(phrase) ?? phrase])
          for (const word of wordsOf(spelling)) little.add(word);
      addWords(measures, data.measures);
      addWords(carriers, data.carriers);
      addWords(attributes, data.attributes);
      for (const group of data.same) {
        const words = wordsOf(group);
        for (const word of words) same.set(stem(word), stem(words[0] ?? word));
      }
      continue;
    }
    const { data, text } = readYaml(file, glossaryFile);
    texts.push(text);
    for (const { id, provisions, categories, terms } of data.concepts) {
      const concept: Concept = { id, provisions, categories };
      concepts.push(concept);
      for (const [language, list] of Object.entries(terms)) {
        const strong: NamedConcept = { concept, weight: 1, language };
        const weak: NamedConcept = { concept, weight: 0.35, language };
        for (const { phrase, isWeak } of readList(list)) {
          const value = isWeak ? weak : strong;
          phrases.add(phrase, value, formOf(language));
          loose.push({ phrase, family: familyOf(language), value });
        }
      }
    }
  }
  const isFiller = (word: string): boolean => filler.has(stem(word));
  return {
    digest: digestOf(texts),
    concepts,
    phrases,
    loose: createLoosePhrases(loose, { isFiller, same: (root) => same.get(root) }),
    isFiller,
    isLittle: (word) => little.has(word),
    isMeasure: (word) => measures.has(stem(word)),
    isAttribute: (word) => attributes.has(stem(word)),
    isCarrier: (word) => carriers.has(stem(word)),
  };
}
