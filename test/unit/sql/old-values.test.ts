import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { left, reaches } from './reaching.ts';

/** What reaches `o.m` by a reading of `t`, which held the clear value and holds a hash of it. */
function readBack(dialect: string, read: string): string {
  return reaches(
    dialect,
    `create table t as select mail from u; update t set mail = md5(mail); insert into o (m) select mail from ${read}`,
  );
}

describe('old values', () => {
  it.each(['postgres', 'redshift', 'greenplum', 'duckdb'])('are there again after ABORT in %s', (dialect) => {
    expect(left(dialect, 'begin; update t set mail = md5(mail)')).toBe('hash');
    expect(left(dialect, 'begin; update t set mail = md5(mail); commit')).toBe('hash');
    expect(left(dialect, 'begin; update t set mail = md5(mail); commit; abort')).toBe('hash');
    expect(left(dialect, 'begin; update t set mail = md5(mail); abort')).toMatch(/keep/);
    expect(left(dialect, 'begin; update t set mail = md5(mail); abort work')).toMatch(/keep/);
  });

  it('stay beside the new ones where a change leaves out rows that break a constraint', () => {
    expect(left('sqlite', 'update t set mail = md5(mail)')).not.toMatch(/keep/);
    expect(left('sqlite', 'update or ignore t set mail = md5(mail)')).toMatch(/keep/);
    expect(left('sqlite', 'update or fail t set mail = md5(mail)')).toMatch(/keep/);
  });

  // Sources: "AT | BEFORE", "CHANGES" (Snowflake), "Work with table history" (Databricks), "FOR SYSTEM_TIME AS OF" (BigQuery),
  // "Flashback Query" (Oracle), "Temporal tables" (T-SQL, MariaDB, Db2), "Time travel" (Trino, Iceberg, Dremio, DuckDB, Doris),
  // "AS OF SYSTEM TIME" (CockroachDB).
  it.each([
    ['snowflake', 't at (offset => -60)'],
    ['snowflake', "t before (statement => 'x')"],
    ['snowflake', 't changes (information => default) at (offset => -60) as c'],
    ['databricks', 't version as of 0'],
    ['databricks', "t timestamp as of '2026-01-01'"],
    ['databricks', 't for system_version as of 0'],
    ['databricks', 't@v0'],
    ['databricks', 't@v0 as x'],
    ['databricks', 't@20260101000000000'],
    ['databricks', "table_changes('t', 1)"],
    ['spark', 't system_version as of 1'],
    ['bigquery', 't for system_time as of timestamp_sub(current_timestamp(), interval 1 hour)'],
    ['oracle', 't as of timestamp sysdate - 1'],
    ['oracle', 't as of scn 5'],
    ['oracle', 't versions between scn minvalue and maxvalue'],
    ['tsql', "t for system_time as of '2026-01-01'"],
    ['tsql', 't for system_time all'],
    ['tsql', "t for system_time between '2026-01-01' and '2026-02-01' as x"],
    ['tsql', "t for system_time contained in ('2026-01-01', '2026-02-01')"],
    ['mariadb', 't for system_time all'],
    ['db2', "t for system_time from '2026-01-01' to '2026-02-01'"],
    ['trino', 't for version as of 1'],
    ['trino', "t for timestamp as of timestamp '2026-01-01 00:00:00'"],
    ['dremio', "t at snapshot '1'"],
    ['dremio', 't at branch main'],
    ['duckdb', 't at (version => 1)'],
    ['doris', "t for time as of '2026-01-01 00:00:00'"],
    ['cockroach', "t as of system time '-10s'"],
    ['cockroach', "t, v as of system time '-10s'"],
  ])('are what time travel reads beside the new ones: %s, %s', (dialect, read) => {
    expect(readBack(dialect, read)).toMatch(/keep/);
    expect(readBack(dialect, 't')).not.toMatch(/keep/);
    expect(readBack(dialect, 't as x')).not.toMatch(/keep/);
  });

  it('are read back after a COMMIT, an emptied table and a table made anew', () => {
    const read = 'insert into o (m) select mail from t at (offset => -60)';
    const make = 'create table t as select mail from u';
    const hashed = 'insert into t select md5(mail) from u';
    expect(reaches('snowflake', `begin; ${make}; update t set mail = md5(mail); commit; ${read}`)).toBe('hash, keep');
    expect(reaches('snowflake', `${make}; truncate table t; ${hashed}; ${read}`)).toBe('hash, keep');
    expect(
      reaches(
        'databricks',
        `${make}; create or replace table t as select md5(mail) as mail from u; insert into o (m) select mail from t version as of 0`,
      ),
    ).toBe('hash, keep');
    expect(reaches('snowflake', `${make}; alter table t drop column mail; ${read}`)).toBe('keep');
    expect(
      reaches(
        'snowflake',
        `${make}; update t set mail = md5(mail); alter table t rename to t2; insert into o (m) select mail from t2 at (offset => -60)`,
      ),
    ).toBe('hash, keep');
  });

  it('are read back within a routine, where the table stands between', () => {
    const body = 'insert into t (mail) select mail from u; update t set mail = md5(mail)';
    const sql = (read: string): string =>
      `create table t (mail text); create procedure p() language sql as begin ${body}; insert into o (m) select mail from ${read}; end;`;
    const { columns } = analyseSql(
      { dialect: 'snowflake', sql: sql('t at (offset => -60)'), schema: { u: { mail: 'text' } } },
      null,
    );
    const steps = columns.map(({ up, down, effect }) => `${up.table}>${down.table} ${effect}`);
    expect(steps).toContain('u>t keep');
    expect(steps).toContain('t>o keep');
  });

  it.each([
    ['snowflake', 'create table b clone t'],
    ['snowflake', "create table b clone t before (statement => 'x')"],
    ['databricks', 'create table b deep clone t version as of 0'],
    ['databricks', "create table b shallow clone t timestamp as of '2026-01-01'"],
    [
      'bigquery',
      'create snapshot table b clone t for system_time as of timestamp_sub(current_timestamp(), interval 1 hour)',
    ],
  ])('are in a clone of what the table was: %s, %s', (dialect, clone) => {
    const sql = `create table t as select mail from u; update t set mail = md5(mail) where true; ${clone}; insert into o (m) select mail from b`;
    expect(reaches(dialect, sql)).toBe(clone.endsWith('clone t') ? 'hash' : 'hash, keep');
  });

  it.each([
    ['databricks', 'restore table t to version as of 0'],
    ['databricks', "restore t timestamp as of '2026-01-01'"],
    ['oracle', "flashback table t to timestamp systimestamp - interval '5' minute"],
    ['dremio', "rollback table t to snapshot '1'"],
    ['tsql', "restore database d from disk = 'x'"],
  ])('are there again once the table is restored: %s, %s', (dialect, restore) => {
    const sql = `create table t as select mail from u; update t set mail = md5(mail); ${restore}; insert into o (m) select mail from t`;
    expect(reaches(dialect, sql)).toMatch(/keep/);
    expect(analyseSql({ dialect, sql: restore }, null).parseStatus).toBe('full');
  });

  it('of a table that was dropped are there again once it is', () => {
    const made = 'create table t as select mail from u; drop table t';
    const read = 'insert into o (m) select mail from t';
    expect(reaches('snowflake', `${made}; ${read}`)).toBe('');
    expect(reaches('snowflake', `${made}; undrop table t; ${read}`)).toBe('keep');
    expect(reaches('oracle', `${made}; flashback table t to before drop; ${read}`)).toBe('keep');
    expect(
      reaches('oracle', `${made}; flashback table t to before drop rename to x; insert into o (m) select mail from x`),
    ).toBe('keep');
    const update = 'create table t as select mail from u; update t set mail = md5(mail); drop table t; undrop table t';
    expect(reaches('snowflake', `${update}; ${read}`)).toBe('hash');
    expect(analyseSql({ dialect: 'snowflake', sql: `${made}; undrop table t` }, null).events).toEqual([]);
  });

  it('stay beside the new ones where a table is perhaps made anew', () => {
    const anew = 'drop table t; create temporary table t as select md5(mail) as mail from u';
    expect(left('postgres', anew)).toBe('hash');
    expect(left('postgres', `do $$ begin if now() > '2026-01-01' then ${anew}; end if; end $$`)).toBe('hash, keep');
    expect(left('snowflake', 'create or replace temporary table t as select md5(mail) as mail from u')).toBe('hash');
    expect(
      left(
        'snowflake',
        'begin if (x > 1) then create or replace temporary table t as select md5(mail) as mail from u; end if; end',
      ),
    ).toBe('hash, keep');
    expect(left('postgres', 'create temporary table if not exists t as select md5(mail) as mail from u')).toMatch(
      /keep/,
    );
    expect(left('postgres', 'create temporary table if not exists t (mail text)')).toBe('keep');
  });

  it('stay beside the new ones where a table is perhaps dropped', () => {
    const sql = `create table t as select mail from u; do $$ begin if now() > '2026-01-01' then drop table t; end if; end $$`;
    expect(reaches('postgres', `${sql}; insert into o (m) select mail from t`)).toBe('keep');
    expect(analyseSql({ dialect: 'postgres', sql }, null).outTables).toEqual(['t']);
  });
});

describe('a view', () => {
  const view = 'create temporary table t as select md5(mail) as mail from u; create view v as select mail as m from t';
  const read = 'insert into o (m) select m from v';

  it('shows what the tables under it hold when it is read', () => {
    expect(reaches('postgres', `${view}; ${read}`)).toBe('hash');
    expect(reaches('postgres', `${view}; insert into t select mail from u; ${read}`)).toBe('hash, keep');
    expect(reaches('postgres', `${view}; delete from t; insert into t select mail from u; ${read}`)).toBe('keep');
    expect(
      reaches(
        'postgres',
        `${view}; create view w as select m from v; insert into t select mail from u; insert into o (m) select m from w`,
      ),
    ).toBe('hash, keep');
  });

  it('shows so at the end of the text as well, and as it was under time travel', () => {
    expect(reaches('postgres', `${view}; insert into t select mail from u`, 'v')).toBe('hash, keep');
    const clear =
      'create table t as select mail from u; update t set mail = md5(mail); create view v as select mail as m from t';
    expect(reaches('mariadb', `${clear}; ${read}`)).toBe('hash');
    expect(reaches('mariadb', `${clear}; insert into o (m) select m from v for system_time all`)).toBe('hash, keep');
  });

  it('that is a stream of changed rows shows old ones too', () => {
    const stream = 'create table t as select mail from u; create stream s on table t; update t set mail = md5(mail)';
    expect(reaches('snowflake', `${stream}; insert into o (m) select mail from s`)).toBe('hash, keep');
  });

  it('stands for its last state where a table under it is gone', () => {
    expect(reaches('postgres', `${view}; drop table t; ${read}`)).toBe('hash');
  });

  it.each([
    ['postgres', 'create materialized view m as select mail from t', 'refresh materialized view m'],
    ['snowflake', "create dynamic table m target_lag = '1 hour' warehouse = w as select mail from t", 'select 1'],
    ['spark', 'cache table m as select mail from t', 'refresh table m'],
  ])('that keeps its rows shows what it was brought up to as well: %s, %s', (dialect, made, refresh) => {
    const clear = 'create table t as select md5(mail) as mail from u';
    const into = 'insert into o (m) select mail from m';
    expect(reaches(dialect, `${clear}; ${made}; ${into}`)).toBe('hash');
    expect(reaches(dialect, `${clear}; ${made}; insert into t select mail from u; ${refresh}; ${into}`)).toBe(
      'hash, keep',
    );
    const hashed = 'create table t as select mail from u';
    expect(reaches(dialect, `${hashed}; ${made}; delete from t; insert into t select md5(mail) from u; ${into}`)).toBe(
      'hash, keep',
    );
  });

  it('of ClickHouse carries what comes later into its table', () => {
    const made =
      'create table t engine = Memory as select hex(MD5(mail)) as mail from u; create materialized view v to x as select mail as m from t';
    expect(reaches('clickhouse', made, 'x')).toBe('hash');
    expect(reaches('clickhouse', `${made}; insert into t select mail from u`, 'x')).toBe('hash, keep');
  });

  it('is brought up to date only so often within a text, which is said, and once more at its end', () => {
    const views = Array.from(
      { length: 80 },
      (_, at) =>
        `create view v${at} as select mail as m from ${at === 0 ? 't' : `(select m as mail from v${at - 1}) x`}; insert into t select mail from u`,
    );
    const sql = `create table t as select md5(mail) as mail from u; ${views.join('; ')}`;
    const { parseStatus, warnings } = analyseSql({ dialect: 'postgres', sql, schema: { u: { mail: 'text' } } }, null);
    expect(parseStatus).toBe('tables');
    expect(warnings).toEqual(['views were brought up to date only so often: what their tables hold later is not seen']);
    expect(reaches('postgres', sql, 'v79')).toBe('hash, keep');
  });
});

describe('TRUNCATE', () => {
  const again = 'insert into t select md5(mail) from u';

  it('of a partition, or of one table that others inherit from, leaves rows', () => {
    expect(left('postgres', `truncate t; ${again}`)).toBe('hash');
    expect(left('postgres', `truncate table t restart identity cascade; ${again}`)).toBe('hash');
    expect(left('postgres', `truncate only t; ${again}`)).toBe('hash, keep');
    expect(left('hive', `truncate table t; ${again}`)).toBe('hash');
    expect(left('hive', `truncate table t partition (d = '1'); ${again}`)).toBe('hash, keep');
    expect(left('mariadb', `truncate table t; ${again}`)).toBe('hash');
    const sql = (how: string): string =>
      `select mail into #t from u; truncate table #t${how}; insert #t select convert(varchar(64), hashbytes('MD5', mail), 2) from u; insert o (m) select mail from #t`;
    expect(reaches('tsql', sql(''))).toBe('hash');
    expect(reaches('tsql', sql(' with (partitions (2))'))).toBe('hash, keep');
  });
});
