import { describe, expect, it } from 'vitest';
import {
  aroundOf,
  numbersIn,
  scoreNumbers,
  unknownNumbers,
} from '../../../../server/rulebook/search/provision-numbers.ts';

describe('the number of a provision in a question', () => {
  it.each([
    ['Article 33(3)(d) GDPR', ['*GDPR:33(3)(d)']],
    ['Artikel 45 Absatz 2 Buchstabe a DSGVO', ['*GDPR:45(2)(a)']],
    ['Art. 6 Abs. 1 lit. f', ['*GDPR:6(1)(f)']],
    ['artículo 6 apartado 1 letra f', ['*GDPR:6(1)(f)']],
    ['point (d) of Article 33(3)', ['*GDPR:33(3)(d)', '*GDPR:33(3)']],
    ['Art. 4 Nr. 7 DSGVO', ['*GDPR:4(7)']],
    ['HOUSERULES:4.1', ['HOUSERULES:4.1']],
    ['what does rule 4.1 say', ['*OWN:4.1']],
    // Words that only begin like a level are none.
    ['art. 9 letter to the king', ['*GDPR:9']],
    ['article 5 para 12b', ['*GDPR:5']],
    ['articles about nothing', []],
    ['a rule of thumb', []],
  ])('is read: "%s"', (question, numbers) => {
    expect(numbersIn(question)).toEqual(numbers);
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

  it('is told where nothing has it', () => {
    expect(unknownNumbers({ numbers: ['*GDPR:300'] }, [{ provision: 'GDPR:30(1)' }])).toEqual({
      unknownNumbers: ['300'],
    });
    expect(unknownNumbers({ numbers: ['*GDPR:33(3)(d)'] }, [{ provision: 'GDPR:33(3)' }])).toEqual({});
  });
});
