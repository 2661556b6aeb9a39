import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../../server/rulebook/catalogue.ts';
import { checkEdition } from '../../../../server/rulebook/texts/check-edition.ts';
import { cleanPages } from '../../../../server/rulebook/texts/clean-pages.ts';
import { guessLanguage } from '../../../../server/rulebook/texts/guess-language.ts';
import type { ParsedText } from '../../../../server/rulebook/texts/parsed-text.ts';
import { sentencesOf } from '../../../../server/rulebook/texts/sentences.ts';

describe('cleaning pages', () => {
  it('takes out running headers and page numbers, joins cut words, and keeps the page of each line', () => {
    const pages = [1, 2, 3, 4, 5].map(
      (page) =>
        `The Act of Examples\n${page}\nBody of page ${'x'.repeat(page)} speaks of infor-\nmation ${'y'.repeat(page)}.`,
    );
    const { lines, droppedLines, joinedHyphens } = cleanPages(pages);
    expect(droppedLines).toBe(10);
    expect(joinedHyphens).toBe(5);
    expect(lines.map(({ text }) => text)).toContain('Body of page xx speaks of information');
    expect(lines.find(({ text }) => text.includes('xxx '))?.page).toBe(3);
  });

  it('leaves a line that stands on few pages, and hyphens that belong', () => {
    const { lines } = cleanPages(['Once\nself-made', 'Other', 'Third', 'Fourth', 'Fifth']);
    expect(lines.map(({ text }) => text)).toEqual(['Once', 'self-made', 'Other', 'Third', 'Fourth', 'Fifth']);
  });
});

describe('sentences', () => {
  const cut = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

  it('end at full stops and semicolons, not at abbreviations or numbers', () => {
    expect(cut('See Art. 9 and U.S.C. 1320d. It holds (cf. No. 3); so be it.')).toEqual([
      'See Art. 9 and U.S.C. 1320d.',
      'It holds (cf. No. 3);',
      'so be it.',
    ]);
  });

  it('cover everything but white space', () => {
    const text = ' One.  Two two!\nThree? (a) four';
    expect(cut(text).join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''));
  });
});

describe('the language of a text', () => {
  it('is told by its commonest words, or not at all', () => {
    expect(guessLanguage('Wie lange dürfen die Daten der Kunden von der Firma gespeichert werden?')).toBe('de');
    expect(guessLanguage('The rights of the person and of the holder')).toBe('en');
    expect(guessLanguage('iban bic')).toBeNull();
  });
});

describe('the check of an edition', () => {
  const gdpr = loadCatalogue('gdpr');
  const provisions = [
    ...Array.from({ length: 99 }, (_, i) => String(i + 1)),
    ...Array.from({ length: 173 }, (_, i) => `R${i + 1}`),
    ...gdpr.provisions.map(({ id }) => id.slice(5)),
  ];
  const text = (numbers: readonly string[], marks: readonly string[]): ParsedText => ({
    format: 'formex',
    language: 'en',
    title: null,
    marks,
    provisions: [...new Set(numbers)].map((number) => ({ number, heading: '', text: 'x', page: null, span: [0, 1] })),
    text: 'x',
    pages: null,
    warnings: [],
  });
  const marks = ['32016R0679', 'consolidated 20180523'];

  it('says verified only when the marks and every provision are there', () => {
    expect(checkEdition(text(provisions, marks), gdpr, 'ab')).toMatchObject({
      status: 'verified',
      edition: '02016R0679-20160504',
      warnings: [],
    });
    const { status, warnings } = checkEdition(
      text(
        provisions.filter((number) => number !== '9(1)' && number !== '50'),
        marks,
      ),
      gdpr,
      'ab',
    );
    expect(status).toBe('unverified');
    expect(warnings).toEqual(['98 of 99 articles found', "of the catalogue's provisions 1 were not found: 9(1)"]);
  });

  it('tells a draft and an unknown edition, whatever the name says', () => {
    const draft = checkEdition(text(provisions, [...marks, 'Council document 5419/16']), gdpr, 'ab');
    expect(draft.status).toBe('unverified');
    expect(draft.warnings.join()).toContain('first reading');
    const unknown = checkEdition(text(provisions, ['General Data Protection Regulation']), gdpr, 'abcdef0123');
    expect(unknown).toMatchObject({ status: 'unverified', edition: 'user-supplied-abcdef01' });
  });

  it('refuses another text', () => {
    expect(() => checkEdition(text(['1', '2', '3'], []), gdpr, 'ab')).toThrow(
      /this is not General Data Protection Regulation: 3 of 99 articles/u,
    );
    expect(() => checkEdition(text([], []), loadCatalogue('pci-dss'), 'ab')).toThrow(/this is not/u);
  });
});
