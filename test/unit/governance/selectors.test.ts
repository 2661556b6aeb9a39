import { describe, expect, it } from 'vitest';
import { isSelected, selectorText } from '../../../server/governance/selectors.ts';

const patients = {
  name: 'warehouse.clinic.patients',
  namespace: 'postgres://warehouse:5432',
  platform: 'postgres',
  sources: ['warehouse', 'dbt'],
  owners: ['clinic-team'],
  tags: [{ name: 'restricted' }],
};

describe('a selector', () => {
  it.each([
    [{ name: 'warehouse.clinic.*' }, true],
    [{ name: '*.PATIENTS' }, true],
    [{ name: '*clinic*pat*' }, true],
    [{ name: 'clinic' }, false],
    [{ name: 'warehouse.clinic' }, false],
    [{ name: '*patients*patients' }, false],
    [{ name: 'warehouse-clinic*' }, false],
    [{ source: 'dbt' }, true],
    [{ source: 'crm' }, false],
    [{ source: 'dbt', name: '*.orders' }, false],
    [{ owner: 'clinic-*', tag: 'restricted', platform: 'postgres' }, true],
    [{ tag: 'public' }, false],
  ])('%j means the table of patients: %s', (selector, expected) => {
    expect(isSelected([selector], patients)).toBe(expected);
  });

  it('means nothing when there is none', () => {
    expect(isSelected([], patients)).toBe(false);
  });

  it('is slow on no pattern', () => {
    const name = 'a'.repeat(50_000);
    expect(isSelected([{ name: `${'*a'.repeat(500)}b` }], { ...patients, name })).toBe(false);
  });

  it('is printed as a person reads it', () => {
    expect(selectorText({ name: 'x.*', source: 'crm' })).toBe('name x.*, source crm');
  });
});
