import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** What `a.x` and `b.y` come to over a FROM clause, and how far the statement was understood. */
function read(from: string, dialect: string): { readonly edges: string; readonly status: string } {
  const { columns, parseStatus } = analyseSql({ dialect, sql: `SELECT a.x AS x, b.y AS y FROM ${from}` }, null);
  const edges = columns.map(({ down, up }) => `${down.column} <- ${up.table}.${up.column}`.toLowerCase());
  return { edges: edges.sort().join(', '), status: parseStatus };
}

const both = { edges: 'x <- t.x, y <- u.y', status: 'full' };

describe('what stands behind a table and names no column', () => {
  it.each([
    ['oracle', 't PARTITION (p1) a, u SUBPARTITION (s1) b WHERE a.i = b.i(+)'],
    ['oracle', "t PARTITION FOR (DATE '2024-01-01') a JOIN u SAMPLE (10) SEED (1) b ON a.i = b.i"],
    ['oracle', 't a PARTITION BY (a.k) RIGHT OUTER JOIN u b ON a.i = b.i'],
    ['postgres', 'ONLY t a JOIN u * b ON a.i = b.i'],
    ['snowflake', 't a DIRECTED JOIN u b ON a.i = b.i'],
    ['bigquery', 't AS a JOIN @{JOIN_TYPE=HASH_JOIN} u b ON a.i = b.i'],
    ['databricks', 't@v12 a JOIN u b ON a.i = b.i'],
    ['duckdb', 't a TABLESAMPLE 10% JOIN u b USING (i)'],
    ['db2', 't FOR SYSTEM_TIME AS OF CURRENT TIMESTAMP - 1 MONTH a JOIN u b ON a.i = b.i'],
    ['db2', "t FOR BUSINESS_TIME FROM '2024-01-01' TO '2025-01-01' a JOIN u b ON a.i = b.i"],
    ['dremio', "t AT BRANCH main AS a JOIN u AT SNAPSHOT '1' AS b ON a.i = b.i"],
    ['impala', 't a JOIN [SHUFFLE] u b ON a.i = b.i'],
    ['starrocks', 't a [_META_] JOIN u b ON a.i = b.i'],
    ['doris', 't TABLET (10001) a JOIN u b ON a.i = b.i'],
    ['cockroachdb', 't@primary a JOIN u@{FORCE_INDEX=i} b ON a.i = b.i'],
  ])('%s: is passed: %s', (dialect, from) => {
    expect(read(from, dialect)).toEqual(both);
  });

  it('is the database of a link where the dialect has links', () => {
    expect(read('t@far a JOIN u b ON a.i = b.i', 'oracle').edges).toBe('x <- t@far.x, y <- u.y');
  });
});

describe('a FROM clause that is not understood to its end', () => {
  it('makes no member of the first table out of an alias that was not read', () => {
    const { edges, status } = read('t SOME ODD WORDS a JOIN u b ON a.i = b.i', 'ansi');
    expect(status).toBe('tables');
    expect(edges).toBe('');
  });

  it('leaves members of columns alone where all of it was read', () => {
    const { columns } = analyseSql({ dialect: 'bigquery', sql: 'SELECT address.city FROM crm.person' }, null);
    expect(columns.map(({ up }) => up.column)).toEqual(['address']);
  });
});

describe('names for the columns of a table whose columns are not known', () => {
  it('are made from any of its columns', () => {
    expect(read('t AS a (x, i) JOIN u b ON a.i = b.i', 'trino').edges).toBe('x <- t.*, y <- u.y');
  });

  it('go by place where they are known', () => {
    const schema = { t: { id: 'int', mail: 'text' } };
    const { columns } = analyseSql({ dialect: 'postgres', sql: 'SELECT q.b FROM t AS q (a, b)', schema }, null);
    expect(columns.map(({ up }) => up.column)).toEqual(['mail']);
  });
});

describe('T-SQL adding to a variable in a select list', () => {
  const sent = (sql: string): string =>
    analyseSql({ dialect: 'tsql', sql }, null)
      .columns.map(({ down, up }) => `${down.table ?? 'result'}.${down.column} <- ${up.table}.${up.column}`)
      .join(', ');

  it('is no column of a result', () => {
    const script =
      "DECLARE @m nvarchar(max) = N''; SELECT @m += Mail + ';' FROM crm.Person; INSERT INTO q.Bulk_ (Mails) VALUES (@m);";
    expect(sent(script)).toBe('q.Bulk_.Mails <- crm.Person.Mail');
  });

  it('keeps what the variable held', () => {
    const script =
      'DECLARE @m nvarchar(max); SELECT @m = Name FROM crm.Person; SELECT @m += Mail FROM crm.Person; INSERT INTO q.Bulk_ (M) VALUES (@m);';
    expect(sent(script)).toBe('q.Bulk_.M <- crm.Person.Name, q.Bulk_.M <- crm.Person.Mail');
  });

  it('carries dynamic SQL that stays constant, and says where it does not', () => {
    const constant =
      "DECLARE @s nvarchar(max) = N'INSERT INTO a (x) SELECT x FROM b WHERE 1 = 1'; SELECT @s += N' AND y = 2'; EXEC (@s);";
    expect(sent(constant)).toBe('a.x <- b.x');
    const open =
      "DECLARE @s nvarchar(max) = N''; SELECT @s += N'INSERT INTO arc.' + t.name + N' SELECT 1;' FROM sys.tables t; EXEC (@s);";
    expect(sent(open)).toBe('');
    expect(analyseSql({ dialect: 'tsql', sql: open }, null).unresolved).toEqual(['dynamic SQL']);
  });
});
