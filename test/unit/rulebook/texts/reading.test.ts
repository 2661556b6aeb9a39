import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../../server/rulebook/catalogue.ts';
import { checkEdition } from '../../../../server/rulebook/texts/check-edition.ts';
import { cleanPages } from '../../../../server/rulebook/texts/clean-pages.ts';
import { guessLanguage } from '../../../../server/rulebook/texts/guess-language.ts';
import { readWordings, wordingLines, wordingOf } from '../../../../server/rulebook/texts/known-wording.ts';
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

  it('do not end inside brackets, nor at short forms of other languages', () => {
    expect(cut('As the Act says (20 U.S.C. Sec. 1; 34 C.F.R. Part 99). Next (a; or b.')).toEqual([
      'As the Act says (20 U.S.C. Sec. 1; 34 C.F.R. Part 99).',
      'Next (a;',
      'or b.',
    ]);
    expect(cut('Das gilt nicht, d.h. nie. Es gilt z. B. hier.')).toEqual([
      'Das gilt nicht, d.h. nie.',
      'Es gilt z. B. hier.',
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
  // Of marks and numbers alone: what the wording adds is below.
  const gdpr = { ...loadCatalogue('gdpr'), wordings: () => new Map<string, never>() };
  const of = { sha256: 'abcdef0123', language: 'en' };
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
    expect(checkEdition(text(provisions, marks), gdpr, of)).toMatchObject({
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
      of,
    );
    expect(status).toBe('unverified');
    expect(warnings).toEqual(['98 of 99 articles found', "of the catalogue's provisions 1 were not found: 9(1)"]);
  });

  it('tells a draft and an unknown edition, whatever the name says', () => {
    const draft = checkEdition(text(provisions, [...marks, 'Council document 5419/16']), gdpr, of);
    expect(draft.status).toBe('unverified');
    expect(draft.warnings.join()).toContain('first reading');
    const unknown = checkEdition(text(provisions, ['General Data Protection Regulation']), gdpr, of);
    expect(unknown).toMatchObject({ status: 'unverified', edition: 'user-supplied-abcdef01' });
  });

  it('refuses another text', () => {
    expect(() => checkEdition(text(['1', '2', '3'], []), gdpr, of)).toThrow(
      /this is not General Data Protection Regulation: 3 of 99 articles/u,
    );
    expect(() => checkEdition(text([], []), loadCatalogue('pci-dss'), of)).toThrow(/this is not/u);
  });
});

describe('the wording of an edition', () => {
  const gdpr = loadCatalogue('gdpr');
  const numbers = [
    ...Array.from({ length: 99 }, (_, i) => String(i + 1)),
    ...Array.from({ length: 173 }, (_, i) => `R${i + 1}`),
  ];
  const ids = [...new Set([...numbers, ...gdpr.provisions.map(({ id }) => id.slice(5))])];
  const provisions = ids.map((number) => ({
    number,
    heading: '',
    text: `What ${number} says: within 72 hours, of 1,850 feet.`,
    page: null,
    span: [0, 1] as const,
  }));
  const marks = ['32016R0679', 'consolidated 20180523'];
  const text = (changed: Readonly<Record<string, string>> = {}, leftOut = ''): ParsedText => ({
    format: 'formex',
    language: 'en',
    title: null,
    marks,
    provisions: provisions
      .filter(({ number }) => number !== leftOut)
      .map((one) => ({ ...one, text: changed[one.number] ?? one.text })),
    text: 'x',
    pages: null,
    warnings: [],
  });
  const catalogue = { ...gdpr, wordings: () => new Map([['en', wordingOf(provisions)]]) };
  const of = { sha256: 'abcdef0123', language: 'en' };

  it('verifies an edition word by word, however it is spaced', () => {
    const spaced = Object.fromEntries(provisions.map((one) => [one.number, one.text.replaceAll(' ', ' \n')]));
    expect(checkEdition(text(spaced), catalogue, of)).toMatchObject({
      status: 'verified',
      wordingCompared: true,
      edition: '02016R0679-20160504',
      warnings: [],
    });
  });

  it.each([
    'What 33(1) says: within 96 hours, of 1,850 feet.',
    'What 33(1) says: within 72 hours, of 18,50 feet.',
    'What 33(1) says: not within 72 hours, of 1,850 feet.',
    'What 33(1) says: within 7 2 hours, of 1,850 feet.',
    'What 331 says: within 72 hours, of 1,850 feet.',
    'What 33(1) says: within -72 hours, of 1,850 feet.',
    'What 33(1) says: with\u{200B}in 72 hours, of 1,850 feet.',
  ])('names the passage that says something else, and is not that edition: %s', (words) => {
    const changed = checkEdition(text({ '33(1)': words, '33': `Article 33. ${words}` }), catalogue, of);
    expect(changed).toMatchObject({ status: 'unverified', edition: 'user-supplied-abcdef01', from: '2018-05-25' });
    expect(changed.warnings).toEqual(['worded otherwise than 02016R0679-20160504: 33(1)']);
  });

  const headed = (heading: (number: string) => string): ParsedText => ({
    ...text(),
    provisions: text().provisions.map((one) => ({ ...one, heading: heading(/^\w+/u.exec(one.number)?.[0] ?? '') })),
  });
  const withHeadings = {
    ...gdpr,
    wordings: () => new Map([['en', wordingOf(headed((article) => `Article ${article} On ${article}`).provisions)]]),
  };

  it.each([
    ['written with another word for its number', (article: string) => `Art. ${article}. – On ${article}`],
    ['spaced otherwise, with a full stop', (article: string) => `${article}\u{A0} On  ${article}.`],
  ])('verifies an edition with its headings, %s', (_, heading) => {
    expect(checkEdition(headed(heading), withHeadings, of)).toMatchObject({ status: 'verified', warnings: [] });
  });

  it('names a heading that says something else: it is shown as the title', () => {
    const changed = headed((article) => `Article ${article} On ${article === '17' ? 'no erasure' : article}`);
    expect(checkEdition(changed, withHeadings, of)).toMatchObject({
      status: 'unverified',
      edition: 'user-supplied-abcdef01',
      warnings: ['worded otherwise than 02016R0679-20160504: the heading of 17'],
    });
  });

  it('says nothing of headings where the wording was written down without them', () => {
    const other = headed((article) => `Article ${article} Something`);
    expect(checkEdition(other, catalogue, of)).toMatchObject({ status: 'verified', warnings: [] });
  });

  it('names an article that stands there twice in other words: only its first place was compared', () => {
    const again = { number: '17(1)', heading: '', text: 'Nothing is erased.', page: null, span: [0, 1] as const };
    const doubled = { ...text(), provisions: [...provisions, again] };
    expect(checkEdition(doubled, catalogue, of)).toMatchObject({
      status: 'unverified',
      warnings: ['found twice in other words, and only the first of each is read: 17(1)'],
    });
    const same = { ...text(), provisions: [...provisions, ...provisions.filter(({ number }) => number === '17(1)')] };
    expect(checkEdition(same, catalogue, of)).toMatchObject({ status: 'verified', warnings: [] });
  });

  it('names what was put in and what was taken away', () => {
    const { warnings, status } = checkEdition(
      {
        ...text({}, 'R30'),
        provisions: [
          ...text({}, 'R30').provisions,
          { number: '33(9)', heading: '', text: 'New.', page: null, span: [0, 1] },
        ],
      },
      catalogue,
      of,
    );
    expect(status).toBe('unverified');
    expect(warnings).toContain('not in 02016R0679-20160504: 33(9)');
    expect(warnings).toContain('in 02016R0679-20160504 and not here: R30');
  });

  it('says of another translation or file that it is one, and names no numbers', () => {
    const other = checkEdition(
      text(Object.fromEntries(ids.map((number) => [number, `Other words on ${number}.`]))),
      catalogue,
      of,
    );
    expect(other.status).toBe('unverified');
    expect(other.warnings).toEqual([expect.stringMatching(/^\d+ of \d+ provisions are worded or cut otherwise/u)]);
  });

  it('is known in some languages only: in another an edition is not verified, and keeps its name', () => {
    const french = checkEdition(text(), catalogue, { ...of, language: 'fr' });
    expect(french).toMatchObject({ status: 'unverified', wordingCompared: false, edition: '02016R0679-20160504' });
    expect(french.warnings).toEqual([
      'its wording was compared with nothing: of this edition it is known in en, not in fr',
    ]);
  });

  it('is written down as numbers and digests, and read again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lexline-wording-'));
    mkdirSync(join(folder, 'wording'));
    writeFileSync(join(folder, 'wording', 'v1.en.txt'), wordingLines('ours v1', wordingOf(provisions)));
    expect(readWordings(folder, 'v1').get('en')).toEqual(wordingOf(provisions));
    expect(readWordings(folder, 'v').size).toBe(0);
    writeFileSync(join(folder, 'wording', 'v1.de.txt'), '# ours\n33(1) within 72 hours\n');
    expect(() => readWordings(folder, 'v1')).toThrow(/v1\.de\.txt: line 2/u);
    rmSync(folder, { recursive: true });
  });
});
