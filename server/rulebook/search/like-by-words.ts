import type { Provision } from '../catalogue.ts';
import { sentencesOf } from '../texts/sentences.ts';
import type { Glossary } from './glossary.ts';
import { readQuestion } from './question.ts';
import { readEvidence } from './read-evidence.ts';
import type { Situations } from './situations.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A name of an idea that says it outright. */
const outright = 0.75;
/** Of an idea or situation so many provisions of each law: the first ones are what it is about. */
const mostOfEach = 2;

/**
 * The provisions of known laws that speak of what a rule of the user's own speaks of, by the legal words and everyday situations
 * in its sentences: whatever finds `GDPR:17(1)` then finds the house rule on deletion, in every language of the glossary.
 */
export function likeByWords(
  { title, duty, aliases }: Pick<Provision, 'title' | 'duty' | 'aliases'>,
  { glossary, vocabulary, situations }: { glossary: Glossary; vocabulary: Vocabulary; situations: Situations },
): readonly string[] {
  const sentences = sentencesOf(duty).map(({ start, end }) => duty.slice(start, end));
  const found = new Set<string>();
  for (const sentence of [title, ...sentences, ...aliases]) {
    const question = readQuestion(sentence);
    const { concepts } = readEvidence({ ...question, isName: false }, glossary, vocabulary);
    const spoken = [
      ...[...concepts].filter(([, weight]) => weight >= outright).map(([concept]) => concept.provisions),
      ...situations.told(sentence).map(({ situation }) => situation.provisions),
    ];
    for (const provisions of spoken) for (const one of firstOfEach(provisions)) found.add(one);
  }
  return [...found];
}

function firstOfEach(provisions: readonly string[]): readonly string[] {
  const laws = Map.groupBy(provisions, (one) => one.slice(0, one.indexOf(':')));
  return [...laws.values()].flatMap((own) => own.slice(0, mostOfEach));
}
