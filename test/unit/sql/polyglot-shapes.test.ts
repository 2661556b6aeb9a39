import { describe, expect, it } from 'vitest';
import { compilePolyglot, loadPolyglot } from '../../../server/sql/ast/polyglot.ts';
import type { Statement } from '../../../server/sql/ast/nodes.ts';

/** One text for each shape of the second parser's tree that our readers rely on. */
const shapes: readonly (readonly [dialect: string, sql: string])[] = [
  ['postgresql', 'select a.b, c as d, e f from s.t as a'],
  ['postgresql', 'select * from t'],
  ['postgresql', 'select t.* from a.b.t'],
  ['snowflake', 'select * exclude (a) replace (b + 1 as b) rename (c as d) from t'],
  ['bigquery', 'select * except (a) from `p.d.t`'],
  ['postgresql', "select 1, 'x', null, true, $1, :p"],
  ['postgresql', 'select a + b - c * d / e, a || b, not f, -g from t'],
  ['postgresql', 'select a = 1 and b <> 2 or c is null from t'],
  ['postgresql', "select a in (1, 2), b between 1 and 2, c like 'x' from t"],
  ['postgresql', 'select a in (select b from u), exists (select 1 from v) from t'],
  ['postgresql', 'select case a when 1 then b else c end, case when d then e end from t'],
  ['postgresql', 'select cast(a as int), b::text from t'],
  ['snowflake', 'select try_cast(a as int), b:c.d from t'],
  ['postgresql', 'select coalesce(a, b), lower(c), f(d, e) from t'],
  ['postgresql', 'select count(*), count(distinct a), sum(b) filter (where c) from t'],
  ['postgresql', 'select array_agg(a order by b), percentile_cont(0.5) within group (order by c) from t'],
  ['postgresql', 'select row_number() over (partition by a order by b), sum(c) over w from t window w as (order by d)'],
  ['postgresql', "select substring(a from 1 for 3), extract(year from b), trim(both 'x' from c) from t"],
  ['snowflake', 'select iff(a, b, c), nvl2(d, e, f) from t'],
  ['spark', 'select transform(a, x -> x + 1) from t'],
  ['postgresql', 'select (select max(a) from u) from t'],
  ['postgresql', '(select a from t) union all (select b from u) order by 1'],
  ['postgresql', 'select a from t union select b from u union select c from v'],
  ['postgresql', 'select a from t except select b from u'],
  ['duckdb', 'select a from t union all by name select b from u'],
  ['postgresql', 'values (1, a), (2, b)'],
  ['postgresql', 'with a as (select b from t), c (d) as (select b from a) select d from c'],
  ['postgresql', 'with recursive r (n) as (select a from t union all select n + 1 from r) select n from r'],
  ['postgresql', 'with d as (delete from t returning a) select a from d'],
  ['clickhouse', 'with 1 as x select x'],
  ['postgresql', 'select a from t join u on t.i = u.i left join v using (k) natural join w cross join x'],
  ['postgresql', 'select a from t, u, (select b from v) as s (c)'],
  ['postgresql', 'select a from t left join lateral (select b from u) l on true'],
  ['postgresql', 'select a from (t join u using (i)) as j'],
  ['spark', 'select a from t left semi join u on t.i = u.i'],
  ['postgresql', 'select a from generate_series(1, 2) as g (a)'],
  ['bigquery', 'select a from t, unnest(t.b) as a with offset as o'],
  ['hive', 'select a from t lateral view outer explode(m) x as k, v'],
  ['snowflake', 'select f.value from t, lateral flatten(input => t.a) f'],
  ['clickhouse', 'select a from t array join b as c'],
  ['tsql', 'select a from t cross apply f(t.x) as y'],
  ['snowflake', "select * from t pivot (sum(a) for q in ('x', 'y')) as p"],
  ['snowflake', 'select * from t unpivot (v for n in (a, b))'],
  ['postgresql', 'select a, b from t where c group by d having e order by f limit 1'],
  ['snowflake', 'select a from t qualify row_number() over (order by b) = 1'],
  ['postgresql', 'select distinct on (a) b from t'],
  ['tsql', 'select top 1 a into u from t'],
  ['postgresql', 'insert into t (a, b) select c, d from s'],
  ['postgresql', 'insert into t values (1, a)'],
  ['postgresql', 'insert into t (a) select b from s on conflict (a) do update set a = excluded.a'],
  ['hive', "insert overwrite table t partition (x = 'y', z) select a from s"],
  ['mysql', 'insert into t (a) select b from s on duplicate key update a = values(a)'],
  ['snowflake', 'insert all into t (a) values (b) into u select b from s'],
  ['postgresql', 'update t set a = s.b from s where s.i = t.i'],
  ['mysql', 'update t join s on s.i = t.i set t.a = s.b'],
  ['postgresql', 'delete from t using s where s.i = t.i'],
  [
    'postgresql',
    'merge into t using s on t.i = s.i when matched then update set a = s.a when not matched then insert (i) values (s.i)',
  ],
  ['databricks', 'merge into t using s on t.i = s.i when matched then update set * when not matched then insert *'],
  ['postgresql', 'create table t (a int, b text not null)'],
  ['postgresql', 'create temp table t as select a from s'],
  ['postgresql', 'create view v (a) as select b from t'],
  ['clickhouse', 'create materialized view v to t as select a from s'],
  ['snowflake', 'create table a clone b'],
  ['mysql', 'create table a like b'],
  ['postgresql', 'drop table a, b'],
  ['postgresql', 'alter table s.a rename to b'],
  ['snowflake', 'alter table a swap with b'],
  ['postgresql', 'truncate table t'],
  ['postgresql', "comment on column t.a is 'x'"],
];

/** A tree without what is empty in it: short enough to be looked at. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([, member]) =>
          member !== null && member !== false && member !== '' && !(Array.isArray(member) && member.length === 0),
      )
      .map(([key, member]) => [key, compact(member)]),
  );
}

describe('the second parser', async () => {
  const parse = await loadPolyglot(await compilePolyglot());

  it.each(shapes)('gives a tree that our readers still understand: %s: %s', (dialect, sql) => {
    const parsed = parse(sql, dialect);
    expect(parsed.ok).toBe(true);
    const statements: readonly Statement[] = parsed.ok ? parsed.statements : [];
    expect(JSON.stringify(statements.map(compact))).toMatchSnapshot();
  });

  it('tells the place of a mistake and never the text', () => {
    const parsed = parse("select a from 'zqcanaryqz' where where", 'postgresql');
    expect(parsed).toEqual({ ok: false, error: expect.stringMatching(/^not understood( at line \d+, column \d+)?$/) });
  });
});
