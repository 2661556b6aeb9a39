import { describe, expect, it } from 'vitest';
import { loadCatalogues, shippedRegulations, usualRegulations } from '../../../server/rulebook/catalogue.ts';
import { createRulebook } from '../../../server/rulebook/create-rulebook.ts';
import { isSameName, lawsByName } from '../../../server/rulebook/laws-by-name.ts';
import { wordsOf } from '../../../server/rulebook/search/words.ts';
import { answerSearchLine, type SearchAnswer } from '../../../server/rulebook/search-line.ts';

const rulebook = createRulebook({ catalogues: loadCatalogues(usualRegulations) });
const ask = (query: string, regulation?: string): Promise<SearchAnswer> =>
  answerSearchLine(
    { id: 1, query, ...(regulation === undefined ? {} : { regulation }) },
    rulebook,
    new AbortController().signal,
  );
const lawsOf = ({ hits }: SearchAnswer) => [...new Set(hits.map(({ regulation }) => regulation))];

describe('a question that names a law', () => {
  it.each([
    ['what does the UK GDPR say about a request for access', 'uk-gdpr'],
    ['UK-GDPR automated decisions', 'uk-gdpr'],
    ['PCI DSS: may the card number be stored', 'pci-dss'],
    ['pcidss masking of card numbers', 'pci-dss'],
    ['erasure under the LGPD', 'lgpd'],
    ['right to be forgotten, Lei Geral de Proteção de Dados', 'lgpd'],
    ['HIPAA and e-mail addresses', 'hipaa'],
    ['right to delete, CCPA', 'ccpa'],
    ['right to delete in the CPRA', 'ccpa'],
    ['GDPR breach notification', 'gdpr'],
    ['Was sagt die DSGVO zum Recht auf Löschung', 'gdpr'],
    ['RGPD: droit à l’effacement', 'gdpr'],
    ['data breach under Regulation (EU) 2016/679', 'gdpr'],
  ])('is answered from it alone: %s', async (query, regulation) => {
    const answer = await ask(query);
    expect(answer.hits.length).toBeGreaterThan(0);
    expect(lawsOf(answer)).toEqual([regulation]);
    expect(answer.note).toContain(regulation);
  });

  it('of several is answered from these and no other', async () => {
    expect(lawsOf(await ask('breach notification under GDPR and HIPAA')).toSorted()).toEqual(['gdpr', 'hipaa']);
  });

  it('says so where the law ships and the configuration does not name it', async () => {
    expect((await ask('LGPD erasure')).note).toMatch(/lgpd ships and is not among the regulations/u);
    expect((await ask('GDPR erasure')).note).not.toMatch(/ships and is not/u);
  });

  it.each([
    ['consent under PIPEDA', 'PIPEDA'],
    ['breach notification, POPIA', 'POPIA'],
    ['Gilt das BDSG für Beschäftigte', 'BDSG'],
    ['APPI consent', 'APPI'],
    ['student records and FERPA', 'FERPA'],
    ['encryption, ISO 27001', 'ISO 27001'],
  ])('without a catalogue is told so, and no other law answers: %s', async (query, law) => {
    const answer = await ask(query);
    expect(answer).toMatchObject({ hits: [], abstain: true });
    expect(answer.note).toContain(`no catalogue of ${law}`);
  });

  it('with a catalogue and one without is answered from the first, and the other is named', async () => {
    const answer = await ask('breach notification in GDPR and PIPEDA');
    expect(lawsOf(answer)).toEqual(['gdpr']);
    expect(answer.note).toContain('no catalogue of PIPEDA');
  });

  it.each([
    'column gdpr_consent_flag',
    'column hipaa status',
    'is_hipaa_relevant',
    'breach notification',
    'avg salary of the person',
  ])('is not read out of a name, nor where none is named: %s', async (query) => {
    expect((await ask(query)).note).toBeNull();
    expect(rulebook.named(query)).toEqual({ regulations: [], unknown: [] });
  });

  it('is read from the question, never from what a source says of itself', () => {
    expect(rulebook.named("column email, comment: 'see HIPAA and PIPEDA'")).toEqual({ regulations: [], unknown: [] });
  });

  it('takes a place for a hint and not for the law', () => {
    expect(rulebook.named('transfer to the United Kingdom').regulations).toEqual([]);
    expect(rulebook.named('customers in California').regulations).toEqual([]);
  });
});

describe('a law that is asked for as a filter', () => {
  it.each([
    ['UK GDPR', 'uk-gdpr'],
    ['PCI DSS', 'pci-dss'],
    ['pci dss v4.0.1', 'pci-dss'],
    ['LGPD', 'lgpd'],
    ['DS-GVO', 'gdpr'],
    ['CCPA/CPRA', 'ccpa'],
  ])('goes by its names, also where it ships and is not loaded: %s', async (name, regulation) => {
    expect(lawsOf(await ask(regulation === 'pci-dss' ? 'card number' : 'right of access', name))).toEqual(
      regulation === 'pci-dss' ? ['pci-dss'] : [regulation],
    );
  });

  it('without a catalogue is refused, with those that there are', async () => {
    await expect(ask('consent', 'PIPEDA')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('PIPEDA') as string,
    });
  });

  it('leaves what judges columns with the loaded regulations', async () => {
    expect(rulebook.knows('LGPD')).toBe(false);
    const { hits } = await rulebook.search({ query: 'email', k: 50 });
    expect(hits.some(({ regulation }) => regulation === 'lgpd' || regulation === 'uk-gdpr')).toBe(false);
  });
});

describe('the names of laws', () => {
  it('of up to eight words name one regulation each', () => {
    const catalogues = loadCatalogues(shippedRegulations);
    const named = lawsByName(catalogues);
    for (const { regulation } of catalogues)
      for (const name of [regulation.prefix, regulation.name, regulation.number, ...regulation.alsoCalled])
        if (wordsOf(name).length <= 8) expect(named(`duties in ${name}`).regulations, name).toEqual([regulation.id]);
  });

  it('are the same but for case and punctuation', () => {
    expect(isSameName('PCI-DSS', 'pci dss')).toBe(true);
    expect(isSameName('PCIDSS', 'pci dss')).toBe(true);
    expect(isSameName('GDPR', 'UK GDPR')).toBe(false);
  });
});

describe('an article of a law that nobody here knows', () => {
  it.each([
    ['Article 10 ECHR freedom of expression', 'ECHR'],
    ['Art. 13 GG Wohnung', 'GG'],
    ['Art. 7 GRCh', 'GRCh'],
    ['MiCAR Article 12', 'MiCAR'],
    ['Article 12 of the Dutch constitution', 'Dutch constitution'],
    ['Article 6 of Regulation 2018/1725', 'Regulation 2018/1725'],
    ['article 16 du code civil', 'code civil'],
    ['Article 9 of our works agreement', 'works agreement'],
    ['Article 12 Swiss Civil Code', 'Swiss Civil Code'],
    ['artículo 18 de la Constitución', 'Constitución'],
  ])('is answered from no other: %s', async (query, name) => {
    const { hits, abstain, note } = await ask(query);
    expect({ hits, abstain }).toEqual({ hits: [], abstain: true });
    expect(note).toContain(`there is no catalogue of ${name}`);
  });

  it.each([
    'Art. 35 DPIA',
    'Article 15 DSAR',
    'Article 17 of the GDPR',
    'Article 17 of the regulation',
    'Artikel 17 der Verordnung',
    'Article 17 of Regulation (EU) 2016/679',
    'Article 17 of the General Data Protection Regulation',
    'Article 17 EU GDPR',
    'Article 40 code of conduct',
    'Article 28 Data Processing Agreement',
    'Article 13 Privacy Policy',
    'WHAT DOES ARTICLE 17 SAY',
    'Article 33 breach of customer data in the USA',
  ])('is none: %s', async (query) => {
    const { hits, note } = await ask(query);
    expect(hits[0]?.regulation).toBe('gdpr');
    expect(note ?? '').not.toContain('there is no catalogue');
  });

  it('is no requirement of a standard that has the number', async () => {
    expect(lawsOf(await ask('Article 8'))).toEqual(['gdpr']);
  });
});
