import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readQuestions, scoreRetrieval } from '../../../../bench/regulations/score.ts';
import { createRulebook } from '../../../../server/rulebook/create-rulebook.ts';

const rulebook = createRulebook();
const found = async (query: string, regulation: string) =>
  (await rulebook.search({ query, regulations: [regulation] })).hits.map(({ provision }) => provision);

describe('a question of everyday life with a word of the law in it', () => {
  it.each([
    ['gdpr', 'is there a fine for parking on a pavement'],
    ['gdpr', 'Wie lange muss ein Ei kochen?'],
    ['gdpr', 'do I need my neighbours’ consent to build a fence'],
    ['gdpr', 'Bußgeld für zu lautes Radio'],
    ['gdpr', 'amende pour stationnement gênant'],
    ['gdpr', 'multa por aparcar en doble fila'],
    ['gdpr', 'how long does bread keep in the freezer'],
    ['pci-dss', 'pin the board to the wall'],
    ['ccpa', 'sell my old bike at the market'],
  ])('is left alone under %s: "%s"', async (regulation, query) => {
    expect(await found(query, regulation)).toEqual([]);
  });

  it.each([
    ['gdpr', 'is there a fine for losing a customer file', 'GDPR:83(5)'],
    ['gdpr', 'Wie hoch ist das Bußgeld?', 'GDPR:83(5)'],
    ['gdpr', 'GDPR fine for a bakery', 'GDPR:83(5)'],
    ['gdpr', 'multa por perder los datos de clientes', 'GDPR:83(5)'],
    ['gdpr', 'how long may we keep old applications', 'GDPR:5(1)(e)'],
    ['gdpr', 'do I need a customer’s consent to write to her', 'GDPR:4(11)'],
    ['gdpr', 'Auskunft', 'GDPR:15(1)'],
    ['pci-dss', 'the pin is written on the card', 'PCI:3.3.1.3'],
    ['ccpa', 'do not sell my data at the market', 'CCPA:1798.120(a)'],
  ])('is answered under %s where people, data or the law are spoken of: "%s"', async (regulation, query, provision) => {
    expect(await found(query, regulation)).toContain(provision);
  });

  it('is left alone where its only kind of data is what is done: `pin the board`, not `the pin of the board member`', async () => {
    expect(await found('pin the note to the board', 'pci-dss')).toEqual([]);
    expect(await found('the pin of the board member', 'pci-dss')).toContain('PCI:3.3.1.3');
  });

  it('reads an acronym that is a little word elsewhere where it is written in capitals', async () => {
    expect(await found('our EIN and that of the partner', 'hipaa')).toContain('HIPAA:162.605');
    expect(await found('das ist ein Baum vor dem Haus', 'hipaa')).toEqual([]);
  });

  // Frozen before the rule was written; the ninth set was not looked at when it was.
  it.each([
    ['eighth', 0.9, 0.9],
    ['ninth', 0.7, 0.75],
  ])('is told in the %s set from what strangers ask about their data', async (set, answers, negativesLeft) => {
    const file = fileURLToPath(new URL(`../../../fixtures/regulations/${set}-questions.jsonl`, import.meta.url));
    const { positives, found: right, negatives, abstained } = await scoreRetrieval(rulebook, readQuestions(file));
    expect(right / positives).toBeGreaterThanOrEqual(answers);
    expect(abstained / negatives).toBeGreaterThanOrEqual(negativesLeft);
  });
});

describe('a question with apostrophes', () => {
  it('quotes nothing by them: what stands between two is still asked', async () => {
    expect(await found("ma banque m'a refusé un crédit à cause d'un calcul automatique", 'gdpr')).toContain(
      'GDPR:22(1)',
    );
    expect(await found("the customer's wish to be erased isn't met by the shop's staff", 'gdpr')).toContain(
      'GDPR:17(1)',
    );
  });

  it('still sets a quoted sentence apart, which somebody wrote into a source', async () => {
    expect(await found("pallet_count 'somebody stole the laptop with the client list'", 'gdpr')).toEqual([]);
  });
});
