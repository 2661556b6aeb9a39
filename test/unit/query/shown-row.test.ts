import { describe, expect, it } from 'vitest';
import type { DerivedClassification } from '../../../server/model/classification.ts';
import { rowOfClasses, shownRow } from '../../../server/query/shown-row.ts';

const row = (
  category: string,
  rank: number,
  treatment: DerivedClassification['treatment'] = 'clear',
): DerivedClassification => ({ field: 'f', category, treatment, rank, via: null, rules: 'functions@1' });

const email = 'user.contact.email';
const shown = (derived: readonly DerivedClassification[], carried: readonly ('PHI' | 'PII' | 'PCI')[]) =>
  shownRow(
    { category: email, treatment: 'clear', carried, rows: derived.filter(({ category }) => category === email) },
    derived,
    ['PII'],
  );

describe('the row whose way is shown', () => {
  it('is the one by which a class came that the category alone does not have', () => {
    const derived = [row(email, 1), row(`${email}#PII`, 1), row(`${email}#PHI`, 3), row(`${email}#PHI`, 2)];
    expect(shown(derived, ['PII', 'PHI'])).toBe(derived[3]);
    expect(shown(derived, ['PII'])).toBe(derived[0]);
  });

  it('is the nearest of the category where the class comes in another form only', () => {
    const derived = [row(email, 2), row(email, 1), row(`${email}#PHI`, 1, 'hashed')];
    expect(shown(derived, ['PHI'])).toBe(derived[1]);
  });

  it('of classes asked for is the gravest, least treated and nearest from elsewhere', () => {
    const derived = [row(`${email}#PHI`, 0), row(`${email}#PHI`, 1, 'hashed'), row(`${email}#PHI`, 4), row(email, 1)];
    expect(rowOfClasses(derived, email, ['PCI', 'PHI'])).toBe(derived[2]);
    expect(rowOfClasses(derived, email, ['PCI'])).toBeNull();
    expect(rowOfClasses(derived, 'user.name', ['PHI'])).toBeNull();
  });
});
