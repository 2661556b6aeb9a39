import { describe, expect, it } from 'vitest';
import { loadCatalogues } from '../../../server/rulebook/catalogue.ts';
import { createQuotations } from '../../../server/rulebook/quotations.ts';
import type { CitablePassage, IndexedText } from '../../../server/rulebook/rulebook.ts';
import { sentencesOf } from '../../../server/rulebook/texts/sentences.ts';
import type { Citation } from '../../../server/model/classification.ts';
import { withQuotations } from '../../../server/query/with-quotations.ts';
import type { FieldView } from '../../../server/query/query.ts';

const text = 'Made-up words on personal data. Nothing on anything else.';
const passage: CitablePassage = {
  id: 'p',
  provision: 'GDPR:4(1)',
  edition: 'made-up 2026',
  sha256: 'a'.repeat(64),
  language: 'en',
  page: null,
  span: null,
  text,
  sentences: sentencesOf(text),
};
const indexed: IndexedText = {
  regulation: 'gdpr',
  edition: 'made-up 2026',
  sha256: 'a'.repeat(64),
  language: 'en',
  editionCheck: 'unverified',
  from: null,
  to: null,
  format: 'text',
  passages: 1,
  provisions: {},
  warnings: [],
  addedAt: '2026-11-21T00:00:00Z',
};
const citation: Citation = {
  provision: 'GDPR:4(1)',
  edition: 'catalogue 2026.11',
  check: 'catalogue-only',
  quote: null,
  ownWords: 'ours',
  sourceSha256: null,
};

/** A rulebook whose texts come and go, and a clock that is set. */
function stage(texts: readonly IndexedText[]) {
  const now = { ms: Date.UTC(2026, 10, 21), texts, asked: 0, lists: 0 };
  const quotations = createQuotations({
    catalogues: loadCatalogues(['gdpr']),
    clock: { now: () => now.ms },
    rulebook: {
      list: () => {
        now.lists += 1;
        return Promise.resolve(now.texts);
      },
      passageOf: (_, day) => {
        now.asked += 1;
        return Promise.resolve({ ...passage, edition: `in force on ${day}` });
      },
    },
  });
  return { now, quotations };
}

describe('quotations as they are shown', () => {
  it('are cut from the text that is in force on the day, with its digest, and sought once', async () => {
    const { now, quotations } = stage([indexed]);
    const [first] = await quotations.quote('user.contact.email', [citation]);
    expect(first).toEqual({
      ...citation,
      edition: 'in force on 2026-11-21',
      check: 'text-matched',
      quote: 'Made-up words on personal data.',
      sourceSha256: 'a'.repeat(64),
    });
    await quotations.quote('user.contact.email', [citation]);
    await quotations.quote('user.contact.phone', [citation]);
    expect(now).toMatchObject({ asked: 1, lists: 1 });
    now.ms += 24 * 60 * 60 * 1000;
    expect((await quotations.quote('user.contact.email', [citation]))[0]?.edition).toBe('in force on 2026-11-22');
  });

  it('begin when a text is indexed and end when it is taken away', async () => {
    const { now, quotations } = stage([]);
    expect(await quotations.quote('user.contact.email', [citation])).toEqual([citation]);
    now.texts = [indexed];
    now.ms += 10_000;
    expect((await quotations.quote('user.contact.email', [citation]))[0]?.check).toBe('text-matched');
    now.texts = [];
    now.ms += 10_000;
    expect(await quotations.quote('user.contact.email', [citation])).toEqual([citation]);
    expect(await quotations.edition()).toBeNull();
  });

  it('are asked for again after the index could not be read', async () => {
    let isDown = true;
    const { quotations } = stage([indexed]);
    const flaky = createQuotations({
      catalogues: loadCatalogues(['gdpr']),
      clock: { now: () => 0 },
      rulebook: {
        list: () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve([indexed])),
        passageOf: () => Promise.resolve(passage),
      },
    });
    await expect(flaky.quote('user.contact.email', [citation])).rejects.toThrow('down');
    isDown = false;
    expect((await flaky.quote('user.contact.email', [citation]))[0]?.check).toBe('text-matched');
    expect(await quotations.edition()).not.toBeNull();
  });

  it('are given to what rules, people and lineage say; what a model cited stays as it was recorded', async () => {
    const { quotations } = stage([indexed]);
    const view = (kind: string) =>
      ({
        classifications: [{ category: 'user.contact.email', decidedBy: { kind }, citations: [citation] }],
      }) as unknown as FieldView;
    const shown = await withQuotations([view('detector'), view('propagation'), view('llm')], quotations);
    expect(shown.map(({ classifications }) => classifications[0]?.citations[0]?.check)).toEqual([
      'text-matched',
      'text-matched',
      'catalogue-only',
    ]);
    expect(await withQuotations([view('detector')], null)).toEqual([view('detector')]);
  });
});
