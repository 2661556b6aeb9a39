import { describe, expect, it } from 'vitest';
import { formWords, searchable, type IdentifierForm } from '../../../server/report/reports/people/identifier-forms.ts';
import { isOnlyWay, mayBeSettled, settledForm } from '../../../server/report/reports/people/known-arguments.ts';
import type { LineageGraph } from '../../../server/model/lineage-graph.ts';
import type { PathStep } from '../../../server/query/path.ts';
import { clinicWorld } from './clinic-world.ts';

const step = (fn: string, statement: string | null): PathStep => ({
  from: 'shop.customers.email',
  statementAt: null,
  to: 'dw.people.mail',
  fromField: null,
  toField: null,
  fn,
  effect: 'keep',
  vouched: [],
  job: null,
  jobUid: null,
  statement,
  source: 'warehouse',
  fromSql: statement !== null,
});

const form = (...functions: string[]): IdentifierForm => ({ functions, treated: null, applied: 'there' });

/** What the search applies, innermost first; null: no statement for the place. */
const searched = (fn: string, statement: string | null): readonly string[] | null =>
  searchable([settledForm(form(...fn.split('>')), [step(fn, statement)])])?.[0] ?? null;

describe('a function that the statement tells the arguments of', () => {
  it.each([
    ['TRIM>LOWER', 'insert into people select lower(trim(email)) from customers', ['TRIM', 'LOWER']],
    ['TRIM', 'select trim(coalesce(email, ?)) from customers', ['TRIM']],
    ['LTRIM>RTRIM', 'select RTRIM( LTRIM(email) ) from customers', ['LTRIM', 'RTRIM']],
    [
      'TRIM',
      'create table dw.people as select trim(email) as mail from c;\ncreate table dw.cut as select trim(email, ?) from c',
      ['TRIM'],
    ],
    ['CAST', 'select cast(id as text) from customers', []],
    ['CAST', 'select id::varchar from customers', []],
    ['CAST>LOWER', 'select lower(cast(id as character varying)) from customers', ['LOWER']],
  ])('is applied in the search as well: %s of %s', (fn, statement, expected) => {
    expect(searched(fn, statement)).toEqual(expected);
  });

  it.each([
    ['TRIM', null],
    ['TRIM', 'select trim(email, ?) from customers'],
    ['TRIM', 'select trim(both ? from email) from customers'],
    ['TRIM', 'select trim(trailing from email) from customers'],
    ['TRIM', 'select trim(email), trim(name, ?) from customers'],
    ['TRIM', 'create table people as select trim(email, ?) from c;\ncreate table cut as select trim(email) from c'],
    ['TRIM', 'insert into people select trim(email) from c;\ninsert into people select trim(email, ?) from c'],
    ['TRIM', 'select my.trim(email) from customers'],
    ['TRIM', 'select trim(email from customers'],
    ['CAST', 'select cast(id as varchar(?)) from customers'],
    ['CAST', 'select cast(id as int) from customers'],
    ['CAST', 'select id::varchar(?) from customers'],
    ['CAST', 'select id::text, day::date from customers'],
    ['TRIM>CONCAT', 'select concat(trim(email), ?) from customers'],
  ])('is not where the statement says otherwise, or nothing: %s of %s', (fn, statement) => {
    expect(searched(fn, statement)).toBeNull();
  });

  it('is asked of where one edge after the other is the only one', () => {
    const graphOf = (...pairs: readonly (readonly [string, string])[]): LineageGraph => ({
      ...clinicWorld.lineage('a'),
      edges: pairs.map(([from, to]) => ({
        from,
        to,
        kind: 'DIRECT',
        transformation: 'TRANSFORMATION',
        fn: 'TRIM',
        effect: 'keep',
        masking: false,
        confidence: 1,
        job: null,
        assertedBy: 'warehouse',
      })),
    });
    expect(isOnlyWay(graphOf(['a', 'b'], ['b', 'c'], ['b', 'd']), 'a', 'c')).toBe(true);
    expect(isOnlyWay(graphOf(['a', 'b'], ['a', 'b']), 'a', 'b')).toBe(false);
    expect(isOnlyWay(graphOf(['a', 'b'], ['b', 'c'], ['d', 'c']), 'a', 'c')).toBe(false);
    expect(isOnlyWay(graphOf(['c', 'b'], ['b', 'c']), 'a', 'c')).toBe(false);
    expect(isOnlyWay({ ...graphOf(['c', 'b'], ['b', 'a']), direction: 'UPSTREAM' }, 'a', 'c')).toBe(true);
  });

  it('is said beside the place', () => {
    const settled = settledForm(form('TRIM', 'LOWER'), [
      step('TRIM>LOWER', 'select lower(trim(email)) from customers'),
    ]);
    expect(formWords([settled])).toBe('changed by TRIM of blanks > LOWER; the statements apply the same');
  });

  it('is left alone where the steps are not those of the form, and not asked about where nothing could come of it', () => {
    const own = form('TRIM');
    expect(settledForm(own, [step('LOWER', 'select lower(email), trim(email) from customers')])).toEqual(own);
    expect(mayBeSettled(form('LOWER'))).toBe(false);
    expect(mayBeSettled({ ...form('TRIM', 'SHA256'), treated: 'hash' })).toBe(false);
  });
});
