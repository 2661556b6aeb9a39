import { describe, expect, it } from 'vitest';
import {
  aroundOf,
  numbersIn,
  scoreNumbers,
  unknownNumbers,
  withoutNumbers,
} from '../../../../server/rulebook/search/provision-numbers.ts';

describe('the number of a provision in a question', () => {
  it.each([
    ['Article 33(3)(d) GDPR', ['*GDPR:33(3)(d)']],
    ['Artikel 45 Absatz 2 Buchstabe a DSGVO', ['*GDPR:45(2)(a)']],
    ['Art. 6 Abs. 1 lit. f', ['*GDPR:6(1)(f)']],
    ['artículo 6 apartado 1 letra f', ['*GDPR:6(1)(f)']],
    ['point (d) of Article 33(3)', ['*GDPR:33(3)(d)']],
    ['Art. 4 Nr. 7 DSGVO', ['*GDPR:4(7)']],
    ['HOUSERULES:4.1', ['HOUSERULES:4.1']],
    ['what does rule 4.1 say', ['*OWN:4.1']],
    // The ways of the languages.
    ['Art. 6 Abs. 1 S. 1 lit. f DSGVO', ['*GDPR:6(1)(f)']],
    ['Art. 6 Abs. 1 UAbs. 1 Buchst. f DS-GVO', ['*GDPR:6(1)(f)']],
    ['Art. 6 I f DSGVO', ['*GDPR:6(1)(f)']],
    ['Art. 6 I 1 f DSGVO', ['*GDPR:6(1)(f)']],
    ['Art 4 Z 7 DSGVO', ['*GDPR:4(7)']],
    ['Art. 9 Abs. 2h DSGVO', ['*GDPR:9(2)(h)']],
    ['article 9, paragraphe 2, point h)', ['*GDPR:9(2)(h)']],
    ['article 6 §1 f) RGPD', ['*GDPR:6(1)(f)']],
    ['art. 6, al. 1, let. f', ['*GDPR:6(1)(f)']],
    ['articolo 9, paragrafo 2, lettera h)', ['*GDPR:9(2)(h)']],
    ['art. 9, par. 2, lett. h) GDPR', ['*GDPR:9(2)(h)']],
    ['artículo 6.1.f) RGPD', ['*GDPR:6(1)(f)']],
    ['artigo 6.º, n.º 1, alínea f)', ['*GDPR:6(1)(f)']],
    ['artikel 6, lid 1, onder f AVG', ['*GDPR:6(1)(f)']],
    ['art. 6 lid 1 sub f', ['*GDPR:6(1)(f)']],
    ['art. 6 ust. 1 lit. f RODO', ['*GDPR:6(1)(f)']],
    ['čl. 6 odst. 1 písm. f) GDPR', ['*GDPR:6(1)(f)']],
    ['Article 6 (1) f', ['*GDPR:6(1)(f)']],
    ['art. 5, II, LGPD', ['*GDPR:5(II)']],
    ['Article 22A UK GDPR', ['*GDPR:22A']],
    ['Section 1798.140, subdivision (ae), paragraph (1)', ['CCPA:1798.140(ae)(1)']],
    ['§ 164.524(a)', ['HIPAA:164.524(a)']],
    ['PCI DSS v4.0.1 requirement 3.5.1', ['PCI:3.5.1']],
    ['ErwG 26 DSGVO', ['*GDPR:R26']],
    ['overweging 26 AVG', ['*GDPR:R26']],
    ['motyw 26 RODO', ['*GDPR:R26']],
    ['GDPR 17', ['*GDPR:17']],
    ['GDPR 6(1)(f)', ['*GDPR:6(1)(f)']],
    ['AVG 17', ['*GDPR:17']],
    // What is inside stands first.
    ['Buchstabe f des Artikels 6 Absatz 1 DSGVO', ['*GDPR:6(1)(f)']],
    ["lettera f) dell'articolo 6, paragrafo 1", ['*GDPR:6(1)(f)']],
    // Lists and ranges.
    ['recitals 26 and 30', ['*GDPR:R26', '*GDPR:R30']],
    ['Art. 13 und 14 DSGVO', ['*GDPR:13', '*GDPR:14']],
    ['Articles 13, 14 and 15(1) GDPR', ['*GDPR:13', '*GDPR:14', '*GDPR:15(1)']],
    ['Artt. 15-17', ['*GDPR:15', '*GDPR:16', '*GDPR:17']],
    ['Article 6(1)(a), (b) and (f)', ['*GDPR:6(1)(a)', '*GDPR:6(1)(b)', '*GDPR:6(1)(f)']],
    ['points (a) to (c) of Article 6(1)', ['*GDPR:6(1)(a)', '*GDPR:6(1)(b)', '*GDPR:6(1)(c)']],
    ['Art. 5 Abs. 1 lit. c und e DSGVO', ['*GDPR:5(1)(c)', '*GDPR:5(1)(e)']],
    ['Artikel 6 Absatz 1 lit. a und Absatz 4', ['*GDPR:6(1)(a)', '*GDPR:6(4)']],
    ['requirements 3.4 and 3.5.1', ['PCI:3.4', 'PCI:3.5.1']],
    // Words that only begin like a level are none, and a sentence goes on.
    ['art. 9 letter to the king', ['*GDPR:9']],
    ['article 5 para 12bis', ['*GDPR:5']],
    ['Article 9 sub-zero', ['*GDPR:9']],
    ['Under Art. 17 I can ask', ['*GDPR:17']],
    ['Article 6(1) a controller must', ['*GDPR:6(1)']],
    ['Art. 33, 72 hours', ['*GDPR:33']],
    ['Artikel 33, 72 Stunden', ['*GDPR:33']],
    ['Art. 17 to 3 people', ['*GDPR:17']],
    ['articles about nothing', []],
    ['a rule of thumb', []],
    ['avg 17', []],
    ['GDPR 72 hours', []],
    ['GDPR 2.0', []],
    ['GDPR 2016/679', []],
    ['GDPR 4%', []],
    ['is GDPR 5 or 6 years old', []],
    ['state of the art 2024', []],
    ['Art. 5.12.2024', []],
    ['PCI DSS 4.0.1', []],
    ['point 3 of the agenda', []],
    ['sub 5 minute mile', []],
    ['recital of 26 songs', []],
    ['version 3.5.1 of the app', []],
  ])('is read: "%s"', (question, numbers) => {
    expect(numbersIn(question)).toEqual(numbers);
  });

  it('is taken out of the question with all of its levels', () => {
    expect(withoutNumbers('what does Art. 6 Abs. 1 S. 1 lit. a und f DSGVO allow').replaceAll(/\s+/gu, ' ')).toBe(
      'what does DSGVO allow',
    );
  });

  it('is read in bounded time, and many of them in bounded number', () => {
    const started = performance.now();
    for (const part of ['lit. a of ', 'Art. 1-30, ', 'Articles 1, ', '(a) ', 'GDPR 1 and 1 '])
      expect(numbersIn(part.repeat(400)).length).toBeLessThanOrEqual(40);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('stands in the provisions around it', () => {
    expect(aroundOf('*GDPR:33(3)(d)')).toEqual(['*GDPR:33(3)', '*GDPR:33']);
    expect(aroundOf('HIPAA:160.103#workforce')).toEqual(['HIPAA:160.103']);
    expect(aroundOf('GDPR:99')).toEqual([]);
  });

  it('means itself and what stands in it, else the nearest that it stands in, and nobody beside it', () => {
    const entries = ['LAW:3', 'LAW:3(1)', 'LAW:3(2)', 'LAW:31', 'HOUSE:3'].map((id) => ({
      provision: { id },
      catalogue: { isOwn: id.startsWith('HOUSE') },
    }));
    const met = (named: string) => [...scoreNumbers(entries, [named]).keys()].map((i) => entries[i]?.provision.id);
    expect(met('LAW:3')).toEqual(['LAW:3', 'LAW:3(1)', 'LAW:3(2)']);
    expect(met('LAW:3(1)(b)')).toEqual(['LAW:3(1)']);
    expect(met('LAW:3(4)')).toEqual(['LAW:3']);
    expect(met('LAW:9(1)')).toEqual([]);
    expect(met('*OWN:3')).toEqual(['HOUSE:3']);
  });

  it('is answered before another one is answered twice', () => {
    const entries = ['LAW:3', 'LAW:3(1)', 'LAW:4(1)', 'LAW:4(2)'].map((id) => ({ provision: { id }, catalogue: {} }));
    const scores = scoreNumbers(entries, ['LAW:3', 'LAW:4']);
    const inOrder = [...scores].toSorted(([, a], [, b]) => b - a).map(([i]) => entries[i]?.provision.id);
    expect(inOrder.slice(0, 2)).toEqual(['LAW:3', 'LAW:4(1)']);
  });

  it('is told where nothing has it', () => {
    expect(unknownNumbers({ numbers: ['*GDPR:300'] }, [{ provision: 'GDPR:30(1)' }])).toEqual({
      unknownNumbers: ['300'],
    });
    expect(unknownNumbers({ numbers: ['*GDPR:33(3)(d)'] }, [{ provision: 'GDPR:33(3)' }])).toEqual({});
  });
});
