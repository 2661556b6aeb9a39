import { basename } from 'node:path';
import { z } from 'zod';
import { dataFile } from '../../base/data-files.ts';
import { digestOf } from '../../model/json.ts';
import { createPhraseIndex, formOf, type PhraseIndex } from './phrase-index.ts';
import { readList, readYaml, yamlFiles } from './read-data.ts';
import { stem } from './words.ts';

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
  /** Words of a question that ask for nothing themselves. */
  readonly isFiller: (word: string) => boolean;
  /** `height`, `weight`: of a person only where no other thing stands before it. */
  readonly isMeasure: (word: string) => boolean;
  /** `history`, `sample`: what carries a thing is still about it. */
  readonly isCarrier: (word: string) => boolean;
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
const wordsFile = z.strictObject({ filler: z.string(), measures: z.string(), carriers: z.string() });

let shipped: Glossary | undefined;

/** Reads the glossary once. Fails with CONFIG_INVALID, naming the file. */
export function loadGlossary(): Glossary {
  shipped ??= readGlossary(dataFile('regulations/glossary'));
  return shipped;
}

function readGlossary(folder: string): Glossary {
  const phrases = createPhraseIndex<NamedConcept>();
  const concepts: Concept[] = [];
  const filler = new Set<string>();
  const measures = new Set<string>();
  const carriers = new Set<string>();
  const texts: string[] = [];
  for (const file of yamlFiles(folder)) {
    if (basename(file) === 'words.yml') {
      const { data, text } = readYaml(file, wordsFile);
      texts.push(text);
      for (const { phrase } of readList(data.filler)) filler.add(stem(phrase));
      for (const { phrase } of readList(data.measures)) measures.add(stem(phrase));
      for (const { phrase } of readList(data.carriers)) carriers.add(stem(phrase));
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
        for (const { phrase, isWeak } of readList(list)) phrases.add(phrase, isWeak ? weak : strong, formOf(language));
      }
    }
  }
  return {
    digest: digestOf(texts),
    concepts,
    phrases,
    isFiller: (word) => filler.has(stem(word)),
    isMeasure: (word) => measures.has(stem(word)),
    isCarrier: (word) => carriers.has(stem(word)),
  };
}
