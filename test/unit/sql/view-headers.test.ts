import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** What the columns of `v` are made from, under a header that stands before AS. */
function columnsUnder(dialect: string, header: string): string {
  const sql = `create ${header} as select id, mail from p`;
  const { columns, parseStatus } = analyseSql({ dialect, sql, schema: { p: { id: 'int', mail: 'text' } } }, null);
  if (parseStatus !== 'full') return parseStatus;
  return columns.map(({ down, up }) => `${down.column} <- ${up.column}`.toLowerCase()).join(', ');
}

describe('parentheses before the query of a view', () => {
  it.each([
    ['postgres', 'view v with (security_invoker = true)'],
    ['postgres', 'view v with (security_barrier)'],
    ['postgres', 'materialized view v using heap with (fillfactor = 70) tablespace x'],
    ['snowflake', 'view v with row access policy r on (mail, id)'],
    ['snowflake', "view v with tag (t = 'b')"],
    ['snowflake', 'materialized view v cluster by (mail)'],
    ['redshift', 'materialized view v backup no distkey (mail) sortkey (mail, id)'],
    ['bigquery', 'materialized view v partition by date(id) cluster by mail options (enable_refresh = true)'],
    ['databricks', "view v tblproperties ('a' = 'b')"],
    ['databricks', "view v comment 'x' tblproperties (a = 'b')"],
    ['databricks', 'materialized view v partitioned by (mail)'],
    ['trino', "materialized view v with (format = 'ORC')"],
    ['hive', "view v tblproperties ('a' = 'b')"],
    ['hive', 'materialized view v partitioned on (mail) stored as orc'],
    ['doris', "materialized view v build immediate distributed by hash(mail) buckets 2 properties ('a' = '1')"],
    ['starrocks', 'materialized view v partition by (mail) refresh async every (interval 1 day)'],
    ['oracle', 'materialized view v tablespace x storage (initial 64k) refresh complete'],
    ['tsql', 'materialized view v with (distribution = hash(mail))'],
    ['clickhouse', 'materialized view v engine = ReplacingMergeTree(mail) order by (mail)'],
    ['materialize', "materialized view v in cluster c with (refresh = every '1 day')"],
  ])('%s: are options: %s', (dialect, header) => {
    expect(columnsUnder(dialect, header)).toBe('id <- id, mail <- mail');
  });

  it.each([
    ['postgres', 'view v (a, b) with (security_barrier)'],
    ['postgres', 'view if not exists v (a, b)'],
    ['snowflake', 'view v (a, b) with row access policy r on (a)'],
    ['snowflake', 'materialized view v copy grants (a, b) cluster by (a)'],
    ['hive', "view v (a comment 'x', b) comment 'y' tblproperties ('a' = 'b')"],
    ['oracle', 'view v sharing = metadata (a, b)'],
    ['clickhouse', 'view v on cluster c (a Int32, b String)'],
    ['tsql', 'view v (a, b) with schemabinding'],
  ])('%s: right behind the name they are its columns: %s', (dialect, header) => {
    expect(columnsUnder(dialect, header)).toBe('a <- id, b <- mail');
  });

  it('are the columns behind the table that a materialised view of ClickHouse fills', () => {
    const header = 'materialized view v on cluster c refresh every 1 hour to o (a Int32, b String)';
    expect(columnsUnder('clickhouse', header)).toBe('a <- id, b <- mail');
  });
});
