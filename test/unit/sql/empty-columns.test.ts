import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** Columns of the created table that are known to hold nothing of any row. */
function emptyOf(select: string, dialect = 'postgres'): readonly string[] {
  const { created } = analyseSql({ dialect, sql: `create table made as ${select}` }, null);
  return (created[0]?.columns ?? []).flatMap(({ name, empty }) => (empty === true ? [name] : []));
}

describe('columns of a created table', () => {
  it.each([
    ['select count(*) as n, count(1) as o from t', ['n', 'o']],
    [
      "select 1 as a, 'x' as b, null as c, true as d, current_date as e, now() as f from t",
      ['a', 'b', 'c', 'd', 'e', 'f'],
    ],
    ['select count(*) + 1 as a, coalesce(count(*), 0)::int as b, round(count(*) / 2) as c from t', ['a', 'b', 'c']],
    ['with q as (select count(*) as n, mail from t group by mail) select n, mail from q', ['n']],
    ['select q.n from (select count(*) as n from t) q', ['n']],
    ['select * from (select count(*) as n from t) q', ['n']],
  ])('hold nothing of any row where they count rows or are made of constants and times: %s', (select, expected) => {
    expect(emptyOf(select)).toEqual(expected);
  });

  it.each([
    'select count(mail) as n from t',
    'select count(distinct mail) as n from t',
    'select count(*) filter (where mail is null) as n from t',
    'select max(mail) as n from t',
    'select case when max(mail) is null then 1 else 0 end as n from t',
    'select f() as n from t',
    'select random() as n from t',
    'select current_user as n from t',
    'select n from t',
    'select (select mail from t) as n',
    'select count(*) as n from t union all select mail from t',
    'select count(*) as n from t union all select f() from t',
    'select n from (select count(*) as n from t) a, b',
  ])('may hold anything otherwise: %s', (select) => {
    expect(emptyOf(select)).toEqual([]);
  });

  it.each([
    ['tsql', 'create view made as select count_big(*) as n, getdate() as d from t'],
    ['bigquery', 'create table made as select count(*) as n, current_timestamp() as d from t'],
  ])('are told in %s', (dialect, sql) => {
    const { created } = analyseSql({ dialect, sql }, null);
    expect((created[0]?.columns ?? []).map(({ name, empty }) => [name, empty])).toEqual([
      ['n', true],
      ['d', true],
    ]);
  });
});
