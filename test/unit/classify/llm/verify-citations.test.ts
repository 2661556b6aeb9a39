import { describe, expect, it } from 'vitest';
import { verifyCitations } from '../../../../server/classify/verify-citations.ts';
import type { Rulebook } from '../../../../server/rulebook/rulebook.ts';
import type { MappedNames } from '../../../../server/rulebook/search/naming-sentence.ts';
import { smallRulebook } from '../../../fake/small-rulebook.ts';

const religion = ['user.religion'];

/** What holds of a citation of one sentence of a provision that has a text. */
async function cited(
  text: readonly string[],
  sentence: number,
  categories = religion,
  patch: Pick<Rulebook, 'namesOf'> | null = null,
) {
  const rulebook = smallRulebook([{ provision: 'OURS:1', categories: ['user.religion', 'user.health'], text }]);
  const { hits } = await rulebook.search({ query: '' });
  const candidates = hits.map((hit) => ({ id: 'P1', hit }));
  return verifyCitations([{ passage: 'P1', sentence }], categories, {
    candidates,
    rulebook: { ...rulebook, ...patch },
    catalogueEdition: () => 'catalogue',
  });
}

describe('a citation that a model names', () => {
  it('holds for what a sentence says, in words of the stored text', async () => {
    const { citations, counts } = await cited(['Notes on religious belief are delicate.', 'Towers are not.'], 0);
    expect(citations).toMatchObject([{ check: 'text-matched', quote: 'Notes on religious belief are delicate.' }]);
    expect(counts).toMatchObject({ textMatched: 1, besideThePoint: 0 });
  });

  it('does not hold for a sentence that says what is not meant, nor for a point of the list that it opens', async () => {
    const text = ['Delicate notes do not include:', '(1) Notes on belief that anybody may read.'];
    for (const sentence of [0, 1]) {
      const { citations, counts } = await cited(text, sentence);
      expect(citations).toEqual([]);
      expect(counts).toMatchObject({ textMatched: 0, besideThePoint: 1 });
    }
  });

  it('does not hold for the item of a list beside the one that is meant', async () => {
    const text = [
      'Delicate are:',
      '(A) Passport numbers of people.',
      '(B) Religious beliefs of people.',
      '(C) Whatever else.',
    ];
    expect((await cited(text, 1)).counts).toMatchObject({ textMatched: 0, besideThePoint: 1 });
    expect((await cited(text, 3)).counts).toMatchObject({ textMatched: 0, besideThePoint: 1 });
    expect((await cited(text, 2)).citations).toMatchObject([{ quote: '(B) Religious beliefs of people.' }]);
  });

  it('is not quoted from a passage that names the category nowhere: the provision stays as the catalogue has it', async () => {
    const { citations, counts, speaking } = await cited(['Delicate are:', '(A) Notes of one kind.'], 1);
    expect(citations).toMatchObject([
      { provision: 'OURS:1', check: 'catalogue-only', quote: null, sourceSha256: null },
    ]);
    expect(counts).toMatchObject({ textMatched: 0, catalogueOnly: 1, besideThePoint: 0 });
    expect(speaking.get('OURS:1')).toEqual(religion);
  });

  it('is quoted from there by a term of the regulation for it, from a provision that is mapped to it, and from one sentence', async () => {
    const text = ['Delicate are:', '(A) Amber notes of one kind.', '(B) Notes of another kind.'];
    const named = (patch: Partial<MappedNames>): Pick<Rulebook, 'namesOf'> => ({
      namesOf: (category) => ({ category, terms: [], isBase: false, isMapped: false, ...patch }),
    });
    const checksOf = async (sentence: number, patch: Partial<MappedNames>) =>
      (await cited(text, sentence, religion, named(patch))).citations.map(({ check }) => check);
    expect(await checksOf(1, { terms: ['amber notes'] })).toEqual(['text-matched']);
    expect(await checksOf(2, { terms: ['amber notes'] })).toEqual(['catalogue-only']);
    expect(await checksOf(2, { isMapped: true })).toEqual(['text-matched']);
    expect((await cited(['Notes of one kind are guarded.'], 0)).counts).toMatchObject({ textMatched: 1 });
  });

  it('is quoted from where its sentence begins', async () => {
    const { citations } = await cited(['(C) All notes, but for years;', 'and all religious beliefs;'], 1);
    expect(citations).toMatchObject([{ quote: '(C) All notes, but for years; and all religious beliefs;' }]);
  });

  it('bears of several categories only those of which its provision speaks', async () => {
    const { speaking } = await cited(['Notes on religious belief are delicate.'], 0, [
      'user.religion',
      'user.contact.email',
    ]);
    expect(speaking.get('OURS:1')).toEqual(religion);
  });
});
