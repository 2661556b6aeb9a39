import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, shippedRegulations } from '../../../server/rulebook/catalogue.ts';
import { compareOwnWords } from '../../../server/rulebook/texts/own-words.ts';
import { parseDocument } from '../../../server/rulebook/texts/parse-document.ts';

/** A folder with official texts, which are never part of the repository: `gdpr_formex_en.xml` and so on. */
const folder = process.env['LEXLINE_REGULATION_TEXTS'];
const texts = [
  ['gdpr', 'gdpr_formex_en.xml'],
  ['hipaa', 'hipaa_combined.pdf'],
  ['ccpa', 'ccpa_statute.pdf'],
] as const;
const noFiller = () => false;

describe('our words', () => {
  const provision = { title: 'Guards', categories: [], aliases: ['tower watch'], checked: false };
  const text = {
    provisions: [
      {
        number: '1(1)',
        heading: 'Watch',
        text: 'Each tower of the city shall be watched by night and by day.',
        page: null,
        span: [0, 1] as const,
      },
    ],
    text: 'Each tower of the city shall be watched by night and by day.',
  };

  it('are told from borrowed ones by seven words in a row', () => {
    const say = (duty: string) => compareOwnWords([{ ...provision, id: 'X:1(1)', duty }], text, noFiller)[0];
    expect(say('Every tower has somebody who looks out.')).toMatchObject({
      isFound: true,
      isAbout: true,
      borrowed: null,
    });
    expect(say('A tower of the city shall be watched by night.')).toMatchObject({
      borrowed: 'tower of the city shall be watched',
    });
  });

  it('count for a number only where the text speaks of the same', () => {
    const check = (id: string, title: string) =>
      compareOwnWords([{ ...provision, id, title, aliases: [], duty: 'Cats are fed.' }], text, noFiller)[0];
    expect(check('X:1(2)', 'Cats')).toMatchObject({ isFound: false });
    expect(check('X:1(1)', 'Cats')).toMatchObject({ isFound: true, isAbout: false });
  });

  for (const [id, file] of texts) {
    const path = join(folder ?? '', file);
    const reason =
      folder === undefined
        ? 'LEXLINE_REGULATION_TEXTS names no folder of official texts'
        : existsSync(path)
          ? null
          : `${path} is not there`;
    if (reason !== null) it.skip(`on ${id} are not the official ones (skipped: ${reason})`, () => {});
    else
      it(`on ${id} are not the official ones`, async () => {
        const catalogue = loadCatalogue(id);
        const official = await parseDocument(readFileSync(path), { numbering: catalogue.regulation.numbering });
        const checks = compareOwnWords(catalogue.provisions, official, noFiller);
        expect(checks.filter(({ borrowed }) => borrowed !== null)).toEqual([]);
        // What is noted as checked is there.
        const found = new Set(checks.filter(({ isFound }) => isFound).map((one) => one.id));
        expect(catalogue.provisions.filter(({ id: own, checked }) => checked && !found.has(own))).toEqual([]);
      });
  }

  it('say nothing of being checked where no text was in hand', () => {
    const unseen = shippedRegulations.filter((id) => !texts.some(([seen]) => seen === id));
    expect(unseen.flatMap((id) => loadCatalogue(id).provisions.filter(({ checked }) => checked))).toEqual([]);
  });
});
