import { describe, expect, it } from 'vitest';
import { citationLanguage } from '../../../../server/rulebook/search/citation-language.ts';

describe('the language of a citation', () => {
  it.each([
    ['Art. 9 Abs. 2 lit. h DSGVO', 'de'],
    ['Artikel 17 Absatz 3 Buchstabe b DSGVO', 'de'],
    ['Artikel 99 DSGVO', 'de'],
    ['DSGVO 99', 'de'],
    ['Erwägungsgrund 173', 'de'],
    ['article 9, paragraphe 2, point h)', 'fr'],
    ['artículo 6, apartado 1, letra f)', 'es'],
    ['articolo 9, paragrafo 2, lettera h)', 'it'],
    ['artikel 6, lid 1, onder f', 'nl'],
    ['art. 6 ust. 1', 'pl'],
    ['Article 9(2)(h) GDPR', null],
    ['Art. 9', null],
    ['What does Art. 6 DSGVO say of consent', null],
    ['Absatz eines Schuhs', null],
  ])('of %s is %s', (text, language) => {
    expect(citationLanguage(text)).toBe(language);
  });
});
