import { describe, expect, it } from 'vitest';
import { statementExcerpt } from '../../../server/query/statement-excerpt.ts';

const script = [
  'CREATE TABLE b.t1 (v text)',
  'INSERT INTO b.t1 (v) SELECT lower(email) FROM a.people',
  'CREATE TABLE b.t12 (v text)',
  'INSERT INTO b.t12 (v) SELECT email FROM a.people',
  'INSERT INTO "b"."T12" (n) SELECT count(email) FROM a.people GROUP BY city',
  'CREATE TEMP TABLE step AS SELECT phone FROM a.people',
  'INSERT INTO b.last (number) SELECT phone FROM step',
].join(';\n');
const people = (column: string) => ({ dataset: 'a.people', column });

/** One of them does not say which column it writes: both may be meant. */
const unlisted = 'INSERT INTO b.stat SELECT city FROM a.people;\nINSERT INTO b.stat (c) SELECT city FROM a.people';

describe('the statements behind an edge', () => {
  it.each([
    ['by both tables, never a longer name', 'email', { dataset: 'b.t1', column: 'v' }, 'LOWER', [2]],
    ['by its columns, where two write the same table', 'email', { dataset: 'b.t12', column: 'v' }, '', [4]],
    ['by its function, in whatever quotes', 'email', { dataset: 'b.t12', column: 'n' }, 'COUNT', [5]],
    [
      'by either end, where the value goes through a table of the script',
      'phone',
      { dataset: 'b.last', column: 'number' },
      '',
      [2, 4, 5, 6, 7],
    ],
  ])('are found %s', (_, column, to, fn, places) => {
    const found = statementExcerpt(script, { from: people(column), to, fn });
    expect([found.places, found.of]).toEqual([places, 7]);
    expect(found.text).toBe(places.map((place) => script.split(';\n')[place - 1]).join(';\n'));
  });

  it('are both where one lists no columns', () => {
    const found = statementExcerpt(unlisted, { from: people('city'), to: { dataset: 'b.stat', column: 'c' }, fn: '' });
    expect(found.places).toEqual([1, 2]);
    const other = statementExcerpt(unlisted, { from: people('city'), to: { dataset: 'b.stat', column: 'd' }, fn: '' });
    expect(other.places).toEqual([1]);
  });

  it('are the whole text where nothing in it names either end', () => {
    const text = 'SELECT 1;\nSELECT 2';
    expect(statementExcerpt(text, { from: people('email'), to: people('email'), fn: '' })).toEqual({
      text,
      places: [1, 2],
      of: 2,
    });
  });

  it('takes names with signs of patterns as they are', () => {
    const text = 'INSERT INTO b.xx SELECT email FROM a.people;\nINSERT INTO b."x+" SELECT email FROM a.people';
    const found = statementExcerpt(text, { from: people('email'), to: { dataset: 'b.x+', column: 'email' }, fn: '' });
    expect(found.places).toEqual([2]);
  });
});
