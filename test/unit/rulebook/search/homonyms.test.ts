import { describe, expect, it } from 'vitest';
import { loneWords } from '../../../../server/rulebook/search/homonyms.ts';
import { bearingOf, namingSentence } from '../../../../server/rulebook/search/naming-sentence.ts';
import { wordsOf } from '../../../../server/rulebook/search/words.ts';
import { sentencesOf } from '../../../../server/rulebook/texts/sentences.ts';

const passageOf = (text: string) => ({
  id: 'p',
  provision: 'OURS:1',
  edition: 'made-up 2026',
  sha256: 'a'.repeat(64),
  language: 'en',
  page: 1,
  span: [0, text.length] as const,
  text,
  sentences: sentencesOf(text),
});
const named = (category: string) => ({ category, terms: [], isBase: false });

describe('a word that names health data among other things', () => {
  it.each([
    ['Write down the procedures by which doors are opened.', ['procedur']],
    ['The same restrictions and conditions bind the agent.', ['condit']],
    ['Conditions for the processing of special categories', ['condit']],
  ])('is meant otherwise in: %s', (sentence, lone) => {
    expect([...loneWords(wordsOf(sentence))]).toEqual(lone);
  });

  it.each([
    'the physical or mental health or condition of a person',
    'a health condition of the member',
    'patient procedures are listed',
    // The same word stands there twice, and once it is meant.
    'a condition of the contract about the health condition of a member',
    'the e-mail address and the name of a person',
  ])('is meant, or is none, in: %s', (sentence) => {
    expect([...loneWords(wordsOf(sentence))]).toEqual([]);
  });

  it('is quoted for health only where it is meant', () => {
    const text = 'Keep to the procedures of this house. The medical procedures of a member are kept apart.';
    expect(namingSentence(passageOf(text), named('user.health.procedure'))).toBe(
      'The medical procedures of a member are kept apart.',
    );
    const beside = 'Doors open on one condition only. They close by procedures of their own.';
    expect(namingSentence(passageOf(beside), named('user.health.condition'))).toBeNull();
    expect(bearingOf(passageOf(beside), 0, [{ ...named('user.health.condition'), isMapped: false }])).toBe('unnamed');
  });
});
