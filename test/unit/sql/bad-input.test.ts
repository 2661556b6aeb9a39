import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import { allCases } from './sql-cases.ts';

const many = (count: number, make: (at: number) => string, between: string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(between);

function nested(depth: number): string {
  let query = 'select a from t';
  for (let at = 0; at < depth; at++) query = `select a from (${query}) x${at}`;
  return query;
}

/** Large and deep texts that are answered in full. */
const large: readonly (readonly [name: string, sql: string, edges: number])[] = [
  ['3,000 parentheses', `insert into z select ${'('.repeat(3000)}a${')'.repeat(3000)} as a from t`, 1],
  ['400 nested subqueries', `insert into z ${nested(400)}`, 1],
  ['a union of 2,000 branches', `insert into z ${many(2000, (at) => `select a from t${at}`, ' union all ')}`, 2000],
  [
    'a chain of 300 CTEs',
    `with c0 as (select a from t), ${many(300, (at) => `c${at + 1} as (select a from c${at})`, ', ')} insert into z select a from c300`,
    1,
  ],
  [
    'a diamond of 40 CTEs',
    `with c0 as (select a, b from t), ${many(40, (at) => `c${at + 1} as (select x.a, coalesce(x.b, y.a, lower(y.b)) as b from c${at} x join c${at} y on x.a = y.a)`, ', ')} insert into z select a, b from c40`,
    3,
  ],
  ['20,000 ANDs', `insert into z select a from t where ${many(20_000, (at) => `a${at} = ${at}`, ' and ')}`, 1],
  ['a sum of 20,000 columns', `insert into z select ${many(20_000, (at) => `a${at}`, ' - ')} as s from t`, 20_000],
  ['a list of 100,000 values', `insert into z select a from t where a in (${many(100_000, String, ',')})`, 1],
  [
    '3,000 columns',
    `insert into z (${many(3000, (at) => `c${at}`, ',')}) select ${many(3000, (at) => `lower(s${at})`, ',')} from t`,
    3000,
  ],
  [
    '500 nested CASEs',
    `insert into z select ${'case when a > 1 then b else '.repeat(500)} c ${'end '.repeat(500)} as x from t`,
    3,
  ],
  [
    '1,000 joins',
    `insert into z select t0.a from t t0 ${many(1000, (at) => `join t${at + 1} on t${at + 1}.a = t${at}.a`, ' ')}`,
    1,
  ],
];

/** Texts that nobody can read: an answer or a clean error, and the process alive. */
const hopeless: readonly (readonly [name: string, sql: string])[] = [
  ['nothing', ''],
  ['only comments', '-- a\n/* b'],
  ['a null sign', 'select \u0000 from \u0000'],
  ['an open string of 2 MB', `select '${'a'.repeat(2_000_000)}`],
  ['one word of 2 MB', 'x'.repeat(2_000_000)],
  ['signs', '([{,;.'.repeat(50_000)],
  ['with with with', 'with a as ('.repeat(3000)],
  ['case case case', `select ${'case '.repeat(20_000)}`],
  ['begin begin begin', 'begin '.repeat(20_000)],
  ['100,000 parentheses', `select ${'('.repeat(100_000)}a${')'.repeat(100_000)}`],
  ['an open query', 'select a from (select b from (select'],
  ['a lone surrogate', 'select \ud800 from "\udfff"'],
];

describe('a text that is large or bad', () => {
  // The limits are those of a slow machine: what is looked at is the answer.
  const engine = createSqlEngine({ workers: 1, deadlineMs: 20_000 });
  afterAll(() => engine.close());

  it.each(large)('is answered in full: %s', async (_name, sql, edges) => {
    const lineage = await engine.lineage({ dialect: 'postgres', sql });
    expect(lineage.error).toBeNull();
    expect(lineage.parseStatus).toBe('full');
    expect(lineage.columns).toHaveLength(edges);
  });

  it.each(hopeless)('gets an answer or a clean error: %s', async (_name, sql) => {
    for (const dialect of ['postgres', 'tsql', 'bigquery']) {
      const { error } = await engine.lineage({ dialect, sql });
      if (error !== null) expect(['SQL_FAILED', 'DEADLINE_EXCEEDED']).toContain(error.code);
    }
    const after = await engine.lineage({ dialect: 'postgres', sql: 'insert into t select a from s' });
    expect(after.columns).toHaveLength(1);
  });

  it('above the limit is refused with its size and what to do', async () => {
    const small = createSqlEngine({ workers: 1, maxBytes: 10 });
    const { error } = await small.lineage({ dialect: 'postgres', sql: 'select a from t' });
    expect(error).toEqual({
      code: 'INPUT_INVALID',
      message: 'the text has 15 bytes, the limit is 10: split it, or raise maxBytes',
    });
    await small.close();
  });
});

describe('mutated statements', () => {
  const cases = allCases();

  it('never throw, and keep their literals to themselves', () => {
    const mutations = fc.tuple(
      fc.nat(cases.length - 1),
      fc.nat(),
      fc.nat(),
      fc.constantFrom('cut', 'drop', 'double', 'swap', 'sign'),
      fc.constantFrom('(', ')', "'", '"', ';', ',', '/*', '$$', '`', '[', ' select ', ' from '),
    );
    fc.assert(
      fc.property(mutations, ([index, first, second, kind, sign]) => {
        const { request } = cases[index] ?? { request: { dialect: 'ansi', sql: '' } };
        const sql = mutate(request.sql, first, second, kind, sign);
        const lineage = analyseSql({ ...request, sql }, null);
        for (const warning of lineage.warnings) expect(warning).not.toContain('a mistake of ours');
        expect(['full', 'tables', 'failed']).toContain(lineage.parseStatus);
      }),
      { numRuns: 4000, seed: 20_260_101 },
    );
  });
});

function mutate(sql: string, first: number, second: number, kind: string, sign: string): string {
  const a = first % (sql.length + 1);
  const b = second % (sql.length + 1);
  const [from, to] = a < b ? [a, b] : [b, a];
  if (kind === 'cut') return sql.slice(0, a);
  if (kind === 'drop') return sql.slice(0, from) + sql.slice(Math.min(to, from + 20));
  if (kind === 'double') return sql.slice(0, to) + sql.slice(from);
  if (kind === 'swap') return sql.slice(to) + sql.slice(from, to) + sql.slice(0, from);
  return sql.slice(0, a) + sign + sql.slice(a);
}
