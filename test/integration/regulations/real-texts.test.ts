import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readQuestions, scoreRetrieval } from '../../../bench/regulations/score.ts';
import { silentLog } from '../../../server/base/log.ts';
import { loadCatalogues, usualRegulations } from '../../../server/rulebook/catalogue.ts';
import { createLibrary } from '../../../server/rulebook/create-library.ts';
import { excludedSentences } from '../../../server/rulebook/search/exclusions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { catalogueCitations } from '../../../server/rulebook/terms.ts';
import { withOfficialTexts } from '../../../server/rulebook/text-citations.ts';
import { sentencesOf } from '../../../server/rulebook/texts/sentences.ts';
import { createRulebook } from '../../../server/rulebook/create-rulebook.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';

/** A folder with official texts; they are never part of the repository. */
const folder = process.env['LEXLINE_REGULATION_TEXTS'];
const files = ['gdpr_formex_en.xml', 'gdpr_formex_de.xml', 'hipaa_combined.pdf', 'ccpa_statute.pdf', 'nist80066r1.pdf'];
const reason =
  folder === undefined
    ? 'LEXLINE_REGULATION_TEXTS names no folder of official texts'
    : files.every((file) => existsSync(join(folder, file)))
      ? null
      : `${folder} lacks some of ${files.join(', ')}`;
const signal = new AbortController().signal;

if (reason !== null) {
  describe.skip(`the real texts (skipped: ${reason})`, () => {
    it('are not read', () => {});
  });
} else
  describe('the real texts', { timeout: 300_000 }, async () => {
    const path = mkdtempSync(join(tmpdir(), 'lexline-real-texts-'));
    const stores = await openSqliteStores({ path, log: silentLog });
    afterAll(async () => {
      await stores.close();
      rmSync(path, { recursive: true });
    });
    const shared = { catalogues: loadCatalogues(usualRegulations), vectors: stores.vectors, embedder: null };
    const library = createLibrary({ ...shared, clock: { now: () => 0 }, endpoints: {} });
    const rulebook = createRulebook(shared);
    const add = (file: string, regulation: string) =>
      library.add(readFileSync(join(folder ?? '', file)), regulation, {}, signal);

    it.each([
      [
        'gdpr_formex_en.xml',
        'gdpr',
        'en',
        { articles: { found: 99, expected: 99 }, recitals: { found: 173, expected: 173 } },
      ],
      [
        'gdpr_formex_de.xml',
        'gdpr',
        'de',
        { articles: { found: 99, expected: 99 }, recitals: { found: 173, expected: 173 } },
      ],
      ['hipaa_combined.pdf', 'hipaa', 'en', { sections: { found: 151, expected: 151 } }],
      ['ccpa_statute.pdf', 'ccpa', 'en', { sections: { found: 45, expected: 45 } }],
    ] as const)('are read whole, their edition told: %s', async (file, regulation, language, provisions) => {
      expect(await add(file, regulation)).toMatchObject({
        language,
        editionCheck: 'verified',
        wordingCompared: true,
        provisions,
      });
    });

    it('with one word changed are not the edition that they call themselves, and the passage is named', async () => {
      const real = readFileSync(join(folder ?? '', 'gdpr_formex_en.xml'), 'utf8');
      const changed = real.replaceAll('72 hours', '96 hours');
      expect(changed).not.toBe(real);
      const text = await library.add(Buffer.from(changed), 'gdpr', {}, signal);
      expect(text).toMatchObject({ editionCheck: 'unverified', edition: expect.stringMatching(/^user-supplied-/u) });
      expect(text.warnings).toEqual(['worded otherwise than 02016R0679-20160504: R85, 33(1)']);
      // The verified text stays beside it, and is what is quoted.
      const passage = await rulebook.passageOf('GDPR:33(1)', '2026-11-21');
      expect(passage).toMatchObject({ edition: '02016R0679-20160504', text: expect.stringContaining('72 hours') });
      await library.remove(text, signal);
    });

    it.each([
      ['up to 4 %', 'up to .4 %', '83(5), 83(6)'],
      [
        'Article 6(1)',
        'Article 61',
        '8(1), 13(1)(d), 13(2)(c), 14(2)(b), 14(2)(d), 17(1)(b), 20(1)(a), 21(1), 35(10), 55(2)',
      ],
      ['9(2)', '92', '13(2)(c), 14(2)(d), 17(1)(b), 17(3)(c), 20(1)(a), 22(4), 82(6)'],
      ['16 years', '-16 years', '8(1)'],
      ['72 hours', '7 2 hours', 'R85, 33(1)'],
      ['shall be prohibited', 'shall be pro\u{200B}hibited', '9(1)'],
    ])('are no more that edition with %s as %s', async (before, after, numbers) => {
      const real = readFileSync(join(folder ?? '', 'gdpr_formex_en.xml'), 'utf8');
      expect(real).toContain(before);
      const text = await library.add(Buffer.from(real.replaceAll(before, after)), 'gdpr', {}, signal);
      expect(text).toMatchObject({ editionCheck: 'unverified', edition: expect.stringMatching(/^user-supplied-/u) });
      expect(text.warnings).toEqual([`worded otherwise than 02016R0679-20160504: ${numbers}`]);
      await library.remove(text, signal);
    });

    it('are no more that edition with another heading', async () => {
      const real = readFileSync(join(folder ?? '', 'gdpr_formex_en.xml'), 'utf8');
      const heading = 'Right to rectification';
      expect(real).toContain(heading);
      const text = await library.add(Buffer.from(real.replaceAll(heading, 'Right to nothing')), 'gdpr', {}, signal);
      expect(text.warnings).toEqual(['worded otherwise than 02016R0679-20160504: the heading of 16']);
      await library.remove(text, signal);
    });

    it('are still that edition when only set otherwise', async () => {
      const real = readFileSync(join(folder ?? '', 'gdpr_formex_en.xml'), 'utf8');
      const set = real
        .replaceAll('processing of personal data', 'process-\n      ing of\u{A0}personal\r\ndata')
        .replaceAll('’', "'");
      expect(set).not.toBe(real);
      expect(await library.add(Buffer.from(set), 'gdpr', {}, signal)).toMatchObject({
        editionCheck: 'verified',
        edition: '02016R0679-20160504',
      });
      await add('gdpr_formex_en.xml', 'gdpr');
    });

    it('are told from guidance that speaks of the same', async () => {
      await expect(add('nist80066r1.pdf', 'hipaa')).rejects.toMatchObject({ code: 'ARTEFACT_INVALID' });
    });

    it('are quoted word by word, in German where the question is German', async () => {
      const questions = [
        'column ethnicity',
        'retention period',
        'right of access',
        'Wie lange dürfen personenbezogene Daten gespeichert werden?',
      ];
      for (const query of questions) {
        const { hits } = await rulebook.search({ query, regulations: ['gdpr'], k: 10 });
        expect(hits.length, query).toBeGreaterThan(0);
        for (const { quote, passage } of hits) {
          expect(passage?.text).toContain(quote ?? '?');
          expect(passage?.language).toBe(query.startsWith('Wie') ? 'de' : 'en');
        }
      }
    });

    it('keep definitions apart that stand below each other', async () => {
      const query = 'health maintenance organization HMO definition';
      const [first] = (await rulebook.search({ query, regulations: ['hipaa'] })).hits;
      expect(first?.provision).toBe('HIPAA:160.103#health-maintenance-organization');
      expect(first?.quote).toMatch(/^Health maintenance\s+organization \(HMO\)/u);
      const above = await rulebook.passageOf('HIPAA:160.103#health-information', '2026-11-21');
      expect(above?.text).toMatch(/^Health information means[\s\S]*health care to an\s+individual\.$/u);
      for (const term of ['160.103#health-insurance-issuer', '164.304#physical-safeguards', '160.202#contrary'])
        expect(await rulebook.passageOf(`HIPAA:${term}`, '2026-11-21'), term).not.toBeNull();
    });

    it('are quoted for every mapped category by a whole sentence that says what is meant', async () => {
      const none: string[] = [];
      let quoted = 0;
      for (const { id: category } of loadTaxonomy().categories)
        for (const subject of ['patient', 'person']) {
          const cited = catalogueCitations(category, null, shared.catalogues, { applies: {}, subject });
          const context = { category, catalogues: shared.catalogues, day: '2026-11-21' };
          for (const { provision, quote, check } of await withOfficialTexts(cited, rulebook, context)) {
            const passage = await rulebook.passageOf(provision, context.day);
            if (passage === null) continue;
            if (quote === null) {
              none.push(`${provision} ${category}`);
              continue;
            }
            quoted += 1;
            const told = `${category}, ${provision}: ${quote}`;
            expect(check, told).toBe('text-matched');
            expect(passage.text, told).toContain(quote);
            expect(excludedSentences({ text: quote, sentences: sentencesOf(quote) }), told).not.toContain(true);
            expect(quote, told).toMatch(/^(?:\p{Lu}|\(|\d|[“‘„'])[\s\S]*[.;]$/u);
          }
        }
      expect(quoted).toBeGreaterThan(600);
      // A position is a kind of place for the catalogue; the text names streets, towns and geocodes.
      expect([...new Set(none)]).toEqual(['HIPAA:164.514(b)(2)(i)(B) user.location']);
    });

    it('name the item of a list that the category is, not one that shares a word', async () => {
      const context = { catalogues: shared.catalogues, day: '2026-11-21' };
      const itemOf = async (category: string, provision: string): Promise<string> => {
        const cited = catalogueCitations(category, null, shared.catalogues, { applies: {}, subject: 'person' });
        const [one] = await withOfficialTexts(
          cited.filter((citation) => citation.provision === provision),
          rulebook,
          { ...context, category },
        );
        return /^(?:\(\w+\) ?)+/u.exec(one?.quote ?? '')?.[0].trim() ?? 'none';
      };
      const sensitive = 'CCPA:1798.140(ae)';
      const items = [
        'user.government.passport',
        'user.payment.card.number',
        'user.religion',
        'user.union_membership',
        'user.content.message',
        'user.health.genetic',
      ];
      expect(await Promise.all(items.map((category) => itemOf(category, sensitive)))).toEqual([
        '(A)',
        '(B)',
        '(D)',
        '(D)',
        '(E)',
        '(F)',
      ]);
    });

    it('make no answer worse than the catalogues alone', async () => {
      const own = readQuestions(join(import.meta.dirname, '../../fixtures/regulations/questions.jsonl'));
      const alone = await scoreRetrieval(createRulebook(), own);
      const together = await scoreRetrieval(rulebook, own);
      expect(together.found).toBeGreaterThanOrEqual(alone.found);
      expect(together.abstained).toBeGreaterThanOrEqual(alone.abstained);
    });
  });
