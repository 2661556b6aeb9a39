import { describe, expect, it } from 'vitest';
import { createRulebook } from '../../../server/rulebook/create-rulebook.ts';
import { createLoosePhrases } from '../../../server/rulebook/search/loose-phrases.ts';
import { createPhraseIndex, formOf } from '../../../server/rulebook/search/phrase-index.ts';
import { rootOf } from '../../../server/rulebook/search/roots.ts';
import { speltOut, spellingsOf, wordsOf } from '../../../server/rulebook/search/words.ts';

const rulebook = createRulebook();
const found = async (query: string): Promise<readonly string[]> =>
  (await rulebook.search({ query, regulations: ['gdpr'] })).hits.map(({ provision }) => provision);

describe('umlauts that are spelt out', () => {
  it.each([
    ['Geschäft', 'geschaeft'],
    ['Überzeugung', 'ueberzeugung'],
    ['højde', 'hoejde'],
  ])('%s is also %s', (word, spelt) => {
    expect(speltOut(word)).toBe(spelt);
  });

  it('leave a word without umlauts alone, and give back what a word may stand for', () => {
    expect(speltOut('value')).toBeNull();
    expect(spellingsOf('loeschung')).toEqual(['loeschung', 'loschung']);
    expect(spellingsOf('konto')).toEqual(['konto']);
  });

  it.each([
    ['Löschung', 'Loeschung', 'GDPR:17(1)'],
    ['Datenübertragbarkeit', 'Datenuebertragbarkeit', 'GDPR:20(1)'],
    ['Verzeichnis von Verarbeitungstätigkeiten', 'Verzeichnis von Verarbeitungstaetigkeiten', 'GDPR:30(1)'],
    ['Spalte religionszugehörigkeit', 'Spalte religionszugehoerigkeit', 'GDPR:9(1)'],
    ['Spalte führungszeugnis', 'Spalte fuehrungszeugnis', 'GDPR:10'],
  ])('%s finds what %s finds', async (plain, spelt, provision) => {
    expect(await found(plain)).toContain(provision);
    expect(await found(spelt)).toEqual(await found(plain));
  });
});

describe('what the law guards most', () => {
  const words: readonly (readonly [provision: string, queries: readonly string[]])[] = [
    [
      'GDPR:9(1)',
      ['column religious_affiliation', 'Spalte konfession', 'colonne croyance', 'columna creencia', 'colonna credo'],
    ],
    [
      'GDPR:9(1)',
      [
        'philosophical belief',
        'Weltanschauung',
        'convictions philosophiques',
        'convicción filosófica',
        'convinzioni filosofiche',
      ],
    ],
    [
      'GDPR:9(1)',
      [
        'column union_dues',
        'Spalte gewerkschaftsmitglied',
        'colonne syndicat',
        'columna afiliacion_sindical',
        'colonna iscrizione_sindacale',
      ],
    ],
    [
      'GDPR:9(1)',
      [
        'column sexual_orientation',
        'Spalte sexuelle_orientierung',
        'colonne orientation_sexuelle',
        'columna orientacion_sexual',
        'colonna orientamento_sessuale',
      ],
    ],
    [
      'GDPR:9(1)',
      ['political opinions', 'politische Überzeugung', 'opinions politiques', 'opinión política', 'opinioni politiche'],
    ],
    [
      'GDPR:4(14)',
      [
        'column fingerprint_hash',
        'Spalte fingerabdruck_hash',
        'reconnaissance faciale',
        'huella dactilar',
        'impronta digitale',
      ],
    ],
    [
      'GDPR:10',
      ['column felony_flag', 'Spalte vorstrafen', 'casier judiciaire', 'antecedentes penales', 'casellario giudiziale'],
    ],
  ];

  it.each(words.flatMap(([provision, queries]) => queries.map((query) => [query, provision] as const)))(
    'is known in five languages: %s',
    async (query, provision) => {
      expect(await found(query)).toContain(provision);
    },
  );

  it.each([
    'column union_all_query',
    'column belief_propagation_steps',
    'column religion_section_shelf of the library',
    'column phone_screen_orientation',
    'column conviction_rate_of_predictions',
    'column cpu_fingerprint_of_compiler',
    'Spalte kirchturm_hoehe',
    'column party_size_limit',
  ])('is not seen in %s', async (query) => {
    expect(await found(query)).toEqual([]);
  });
});

describe('phrases in languages with endings', () => {
  it('are met in other cases, numbers and genders', () => {
    const index = createPhraseIndex<string>();
    index.add('arbeitsunfähigkeit', 'de', formOf('de'));
    index.add('convinzione religiosa', 'it', formOf('it'));
    const met = (text: string) => index.find(wordsOf(text)).map(({ value }) => value);
    expect(met('arbeitsunfähig')).toEqual(['de']);
    expect(met('convinzioni religiose')).toEqual(['it']);
    expect(met('arbeit')).toEqual([]);
  });

  it('are met as the head of a compound that goes on into the next word', () => {
    const index = createPhraseIndex<string>();
    index.add('ausweis nr', 'id', formOf('de'));
    expect(index.find(['behindertenausweis', 'nr']).map(({ value }) => value)).toEqual(['id']);
    expect(index.find(['ware', 'hausnr'])).toEqual([]);
  });

  it('are met with their words in another order, by words that mean the same, and not by one word alone', () => {
    const loose = createLoosePhrases(
      [
        { phrase: 'inform the press', family: 'english', value: 'media' },
        { phrase: 'kind einwilligung', family: 'germanic', value: 'child' },
      ],
      { isFiller: (word) => word === 'the', same: (root) => (['inform', 'tell'].includes(root) ? 'tell' : undefined) },
    );
    const met = (text: string) => loose.find(wordsOf(text)).map(({ value }) => value);
    expect(met('the press was told: telling late')).toEqual(['media']);
    expect(met('Einwilligung eines Kindes')).toEqual(['child']);
    expect(met('the press')).toEqual([]);
  });

  it('keep short words whole', () => {
    expect(rootOf('ende', 'germanic')).toBe('ende');
    expect(rootOf('kindes', 'germanic')).toBe('kind');
    expect(rootOf('datos', 'romance')).toBe('dato');
  });
});
