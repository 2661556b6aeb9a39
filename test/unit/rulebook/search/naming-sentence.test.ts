import { describe, expect, it } from 'vitest';
import { loadCatalogues, usualRegulations } from '../../../../server/rulebook/catalogue.ts';
import type { CitablePassage } from '../../../../server/rulebook/rulebook.ts';
import { cutQuote } from '../../../../server/rulebook/search/cut-quote.ts';
import { excludedSentences, withoutExceptions } from '../../../../server/rulebook/search/exclusions.ts';
import { bearingOf, namesOf, namingSentence } from '../../../../server/rulebook/search/naming-sentence.ts';
import { stemsOf } from '../../../../server/rulebook/search/words.ts';
import { withOfficialTexts } from '../../../../server/rulebook/text-citations.ts';
import { sentencesOf } from '../../../../server/rulebook/texts/sentences.ts';
import type { Citation } from '../../../../server/model/classification.ts';

/** A passage in words of ours. */
function passage(text: string, language = 'en'): CitablePassage {
  return {
    id: 'p',
    provision: 'OURS:1',
    edition: 'made-up 2026',
    sha256: 'a'.repeat(64),
    language,
    page: 1,
    span: [0, text.length],
    text,
    sentences: sentencesOf(text),
  };
}

const guarded = passage(
  [
    'Guarded notes means notes that tell of the health of a person:',
    '(1) Kept on paper;',
    'or\n(2) Kept otherwise.',
    '(b) Guarded notes excludes notes on health:',
    '(1) In files of schools on health status;',
    'and\n(2) Of the medical history of staff.',
    '(c) Notes on a diagnosis are guarded too.',
  ].join('\n'),
);
const list = passage(
  [
    '(z) “Delicate notes” means:',
    '(1) Notes that tell:',
    '(A) The account name, or the number with which one logs in, of personal belief in a system.',
    '(B) The racial or ethnic origin, or the religious or philosophical beliefs, of a person.',
    '(2) Delicate notes that anybody may read on religion shall not be considered delicate notes.',
  ].join('\n'),
);
const none = { terms: [], isBase: false };
const whole = `Guarded notes means notes that tell of the health of a person:
(1) Kept on paper;
or
(2) Kept otherwise.`;

describe('the sentence that names a category', () => {
  it.each([
    ['user.health', whole],
    ['user.health.allergy', whole],
    ['user.health.diagnosis', '(c) Notes on a diagnosis are guarded too.'],
  ])(
    'of %s is not what is excluded, nor a point of the list that is, and goes on to the end of its list',
    (category, quote) => {
      expect(namingSentence(guarded, { category, ...none })).toBe(quote);
    },
  );

  it('begins where its sentence begins, and without the word that joins a point to the one before', () => {
    const clauses = passage('(C) All dates, but years; and all ages of the old;\nand\n(D) Telephone numbers; and');
    expect(namingSentence(clauses, { category: 'user.age', ...none })).toBe(
      '(C) All dates, but years; and all ages of the old;',
    );
    expect(namingSentence(clauses, { category: 'user.contact.phone', ...none })).toBe('(D) Telephone numbers;');
  });

  it('is the only one of a passage, however that names it, if it says what is meant', () => {
    const one = passage('(R) Any other number that singles somebody out, except as said below; and');
    const other = { category: 'user.contact.phone', ...none };
    expect(namingSentence(one, other)).toBe('(R) Any other number that singles somebody out, except as said below;');
    expect(namingSentence(passage('Numbers are not included.'), other)).toBeNull();
    expect(namingSentence(passage('Names are. Numbers are not included.'), other)).toBeNull();
  });

  it('is the title inside a paragraph together with what it heads', () => {
    const title = passage('(c) Rules:\nTelephone numbers. Holders may keep them. They say so.');
    expect(namingSentence(title, { category: 'user.contact.phone', ...none })).toBe(
      'Telephone numbers. Holders may keep them.',
    );
  });

  it('of the part of a joined name is not the end of another name', () => {
    const cards = passage(
      '(A) The state identification card, or the passport number.\n(B) The debit card or credit card number.',
    );
    expect(namingSentence(cards, { category: 'user.payment.card.number', ...none })).toContain('(B)');
    const apart = passage('(A) An account name, or a security number. (B) Notes.');
    expect(namingSentence(apart, { category: 'user.financial.account_number', ...none })).toBeNull();
  });

  it('of a provision on everything of a person is what outright names the category, else what names everything', () => {
    const base = passage(
      'Personal data means what tells of a person. It may be paper, printed images or tape. Location data tells, too.',
    );
    const named = { terms: ['personal data'], isBase: true };
    expect(namingSentence(base, { category: 'user.image', ...named })).toContain('means what tells');
    expect(namingSentence(base, { category: 'user.location', ...named })).toContain('Location data');
  });

  it('is the point of a list that names it, also where two names share a word', () => {
    const point = '(B) The racial or ethnic origin, or the religious or philosophical beliefs, of a person.';
    for (const category of ['user.religion', 'user.ethnicity'])
      expect(namingSentence(list, { category, ...none })).toBe(point);
  });

  it('is none where none names it, or only what excludes it does', () => {
    expect(namingSentence(list, { category: 'user.contact.phone', ...none })).toBeNull();
    const only = passage('These notes do not include telephone numbers. They include names.');
    expect(namingSentence(only, { category: 'user.contact.phone', ...none })).toBeNull();
    expect(namingSentence(only, { category: 'user.name', ...none })).toBe('They include names.');
  });

  it('is not one with the name in what it takes out, nor in the name of a law', () => {
    const part = passage(
      'All numbers, except telephone numbers. All dates (except telephone numbers) and e-mail addresses.',
    );
    expect(namingSentence(part, { category: 'user.contact.phone', ...none })).toBeNull();
    expect(namingSentence(part, { category: 'user.contact.email', ...none })).toContain('All dates');
    const law = passage('What the Family Allowance and Health Act says of records. Other records.');
    expect(namingSentence(law, { category: 'user.family', ...none })).toBeNull();
  });

  it('says the term of the regulation where that stands for everything of a person', () => {
    const base = passage('Nothing here. ‘Personal data’ means what tells of a person.');
    const catalogues = loadCatalogues(usualRegulations);
    const named = namesOf('user.contact.phone', 'GDPR:4(1)', catalogues);
    expect(named).toMatchObject({ isBase: true, terms: ['personal data'] });
    expect(namingSentence(base, named)).toContain('means what tells');
    // One term for many categories names none of them.
    expect(namesOf('user.religion', 'CCPA:1798.140(ae)', catalogues)).toMatchObject({ isBase: false, terms: [] });
    expect(namesOf('user.contact.email', 'GDPR:4(5)', catalogues).terms).not.toEqual([]);
  });

  it('is told in the language of the text', () => {
    const german = passage(
      'Angaben zur Religion gelten hier nicht. Gesundheitsdaten sind besonders zu schützen.',
      'de',
    );
    expect(namingSentence(german, { category: 'user.health', ...none })).toBe(
      'Gesundheitsdaten sind besonders zu schützen.',
    );
    expect(namingSentence(german, { category: 'user.religion', ...none })).toBeNull();
    const abroad = passage('Diese Regeln sollten nicht für die Religion gelten, d.h. nie. Sie gelten für Namen.', 'de');
    expect(namingSentence(abroad, { category: 'user.religion', ...none })).toBeNull();
  });
});

describe('sentences that say what is not meant', () => {
  it('are those that exclude and the points below them, to the next point beside', () => {
    expect(excludedSentences(guarded)).toEqual([false, false, false, true, true, true, false]);
    expect(excludedSentences(list)).toEqual([false, false, false, false, true]);
  });

  it('are told from points beside them by how those count: c and v are letters after b and u', () => {
    const letters = passage('(b) Notes exclude:\n(i) One;\n(v) Five;\n(x) Ten.\n(c) Others stay.');
    expect(excludedSentences(letters)).toEqual([true, true, true, true, false]);
    const alphabet = passage('(g) Notes exclude:\n(1) One.\n(h) Others stay.\n(i) These, too.');
    expect(excludedSentences(alphabet)).toEqual([true, true, false, false]);
  });

  it.each([
    'Codes may not be stored after authorisation.',
    'Processing of these data shall be prohibited.',
    'Data that is not publicly available tells of education.',
    'Nobody shall be refused.',
  ])('are not rules that forbid: %s', (sentence) => {
    expect(excludedSentences(passage(sentence))).toEqual([false]);
  });

  it('are quoted whole as far as that is not too long, and then to the end of a clause', () => {
    const clause = 'words on towers, ';
    const long = passage(`Notes are ${clause.repeat(120)}and more. Others are not.`);
    const quote = cutQuote(long, stemsOf('towers'));
    expect(long.text).toContain(quote);
    expect(quote.length).toBeLessThanOrEqual(1_500);
    expect(quote).toMatch(/towers,$/u);
    expect(cutQuote(passage(`Notes are ${clause.repeat(50)}and more.`), stemsOf('towers'))).toMatch(/and more\.$/u);
  });

  it('blank an exception at its beginning to the comma, in brackets to the bracket', () => {
    expect(withoutExceptions('(1) Except as said below, dates.').replaceAll(/ +/gu, ' ')).toBe('(1) , dates.');
    expect(withoutExceptions('Dates (except years) of birth.').replaceAll(/ +/gu, ' ')).toBe('Dates ( ) of birth.');
    expect(withoutExceptions('Dates unless public.').trim()).toBe('Dates');
  });

  it('are quoted to a question only where it asks for them or nothing else speaks of it', () => {
    expect(cutQuote(guarded, stemsOf('health status notes'))).toBe(whole);
    expect(cutQuote(guarded, stemsOf('health status not in schools'))).toContain('health status');
    expect(cutQuote(guarded, stemsOf('schools'))).toContain('schools');
  });
});

it('a citation without a sentence that names its category stays catalogue-only, without a quotation', async () => {
  const citation: Citation = {
    provision: 'CCPA:1798.140(ae)',
    edition: 'catalogue 2026.11',
    check: 'catalogue-only',
    quote: null,
    ownWords: 'ours',
    sourceSha256: null,
  };
  const rulebook = { passageOf: () => Promise.resolve(list) };
  const context = { catalogues: loadCatalogues(usualRegulations), day: '2026-11-21' };
  expect(await withOfficialTexts([citation], rulebook, { ...context, category: 'user.location' })).toEqual([citation]);
  const [quoted] = await withOfficialTexts([citation], rulebook, { ...context, category: 'user.religion' });
  expect(quoted).toMatchObject({ check: 'text-matched', edition: 'made-up 2026' });
  expect(quoted?.quote).toContain('(B)');
});

describe('a sentence that a model points at', () => {
  const text =
    'Data that tell of ethnic origin are among them. The use of photographs should not always be considered to be use of biometric data. The other rules go on as before.';
  const guarded = passage(text);
  const bearings = (
    categories: readonly string[],
    more: { readonly isMapped?: boolean; readonly terms?: string[] } = {},
  ) =>
    guarded.sentences.map((_, i) =>
      bearingOf(
        guarded,
        i,
        categories.map((category) => ({ category, terms: [], isBase: false, isMapped: false, ...more })),
      ),
    );
  const beside = 'beside-the-point';

  it.each(['user.image', 'user.biometric'])(
    'is beside the point of %s, which the passage names only to say when it is not meant',
    (category) => {
      expect(bearings([category])).toEqual([beside, beside, beside]);
      expect(bearings([category], { isMapped: true })).toEqual([beside, beside, beside]);
    },
  );

  it('holds where it names the category, or one of several', () => {
    expect(bearings(['user.ethnicity'])).toEqual(['names', beside, beside]);
    expect(bearings(['user.image', 'user.ethnicity'])).toEqual(['names', beside, beside]);
  });

  it('says nothing of what the passage names nowhere, unless the provision is mapped to it or a term of it is said', () => {
    const card = ['user.payment.card.number'];
    expect(bearings(card)).toEqual(['unnamed', beside, 'unnamed']);
    expect(bearings(card, { isMapped: true })).toEqual(['names', beside, 'names']);
    expect(bearings(card, { terms: ['other rules'] })).toEqual(['unnamed', beside, 'names']);
  });

  it('holds where it is the only one of its passage', () => {
    const only = passage('Notes of one kind are guarded.');
    const named = { category: 'user.religion', terms: [], isBase: false, isMapped: false };
    expect(bearingOf(only, 0, [named])).toBe('names');
    expect(bearingOf(only, 1, [named])).toBe(beside);
  });
});
