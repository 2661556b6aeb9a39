import { describe, expect, it } from 'vitest';
import { allCases, fixtureFiles, outcome } from './sql-cases.ts';

const cases = allCases();

describe('the SQL suite', () => {
  it('has at least 400 cases in at least 14 dialects', () => {
    expect(cases.length).toBeGreaterThanOrEqual(400);
    expect(new Set(cases.map((item) => item.dialect)).size).toBeGreaterThanOrEqual(14);
  });

  it('names the documentation of each dialect', () => {
    for (const { dialect, text } of fixtureFiles()) expect(text, dialect).toMatch(/^-- documentation: https:\/\/\S+/m);
  });

  it('has no two cases of one name in a dialect', () => {
    const names = cases.map((item) => `${item.dialect}: ${item.name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each([...new Set(cases.map((item) => item.dialect))])('%s', (dialect) => {
  it.each(cases.filter((item) => item.dialect === dialect))('$name', ({ request, expected }) => {
    expect(outcome(request)).toEqual(expected);
  });
});
