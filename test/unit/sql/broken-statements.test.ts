import { beforeAll, describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { compilePolyglot, loadPolyglot } from '../../../server/sql/ast/polyglot.ts';
import type { Parser } from '../../../server/sql/ast/polyglot.ts';

let second: Parser | null = null;
beforeAll(async () => {
  second = await loadPolyglot(await compilePolyglot());
});

/** Statements that break off, or have a piece too many: by no dialect's grammar a whole one. */
const broken: readonly (readonly [dialect: string, sql: string])[] = [
  ...['postgres', 'tsql', 'mysql', 'oracle', 'spark', 'redshift', 'trino', 'db2', 'sqlite'].map(
    (dialect) => [dialect, 'SELECT a, FROM t'] as const,
  ),
  ...['postgres', 'bigquery', 'snowflake', 'duckdb', 'clickhouse'].flatMap((dialect) => [
    [dialect, 'SELECT a,'] as const,
    [dialect, 'SELECT a,, b FROM t'] as const,
    [dialect, 'SELECT a FROM FROM t'] as const,
  ]),
  ['postgres', 'SELECT a FROM t,'],
  ['snowflake', 'SELECT a FROM t,'],
  ['postgres', 'SELECT f(a,) FROM t'],
  ['postgres', 'SELECT a FROM t WHERE a IN (1,)'],
  ['postgres', 'SELECT a FROM t WHERE b = 1 AND'],
  ['postgres', 'SELECT a FROM t GROUP BY a,'],
  ['postgres', 'SELECT a FROM t ORDER BY'],
  ['postgres', 'SELECT a FROM t LIMIT'],
  ['postgres', 'SELECT a FROM t JOIN JOIN u'],
  ['postgres', 'SELECT a FROM (SELECT b FROM u'],
  ['postgres', "SELECT a FROM t WHERE b = 'x"],
  ['postgres', 'SELECT a:: FROM t'],
  ['postgres', 'SELECT t. FROM t'],
  ['postgres', 'SELECT CASE WHEN a THEN b FROM t'],
  ['postgres', 'WITH a AS (SELECT b FROM c)'],
  ['postgres', 'WITH a AS (SELECT b FROM c), SELECT b FROM a'],
  ['postgres', 'INSERT INTO t'],
  ['postgres', 'INSERT INTO t (a, b)'],
  ['postgres', 'INSERT INTO t SELECT'],
  ['postgres', 'INSERT INTO t (a, b,) SELECT x, y FROM u'],
  ['postgres', 'INSERT INTO t (a) VALUES (1),'],
  ['postgres', 'UPDATE t SET a = b,'],
  ['postgres', 'MERGE INTO t USING s ON t.a = s.a'],
  ['postgres', 'CREATE TABLE t AS'],
  ['postgres', 'CREATE TABLE t (a INT,)'],
  ['postgres', 'CREATE VIEW v'],
  ['postgres', 'COPY t FROM'],
  ...['postgres', 'redshift', 'tsql', 'oracle', 'bigquery', 'trino', 'duckdb', 'teradata', 'db2'].flatMap((dialect) => [
    [dialect, 'SELECT t.a FROM t JOIN u'] as const,
    [dialect, 'SELECT t.a FROM t LEFT JOIN u WHERE t.b = 1'] as const,
    [dialect, 'SELECT a FROM t WHERE b IN ()'] as const,
  ]),
  ['mysql', 'SELECT t.a FROM t LEFT JOIN u'],
  ['mysql', 'SELECT a FROM t WHERE b NOT IN ()'],
  ['postgres', 'SELECT x.a FROM t JOIN u JOIN x ON x.a = u.a'],
  ['postgres', 'SELECT a FROM (SELECT t.a FROM t JOIN u) s'],
  ['postgres', 'SELECT a FROM t WHERE b BETWEEN 1'],
  ['postgres', 'SELECT CASE END FROM t'],
  ['tsql', 'SELECT FROM t'],
  ['postgres', 'INSERT INTO t (a, b) SELECT x FROM u'],
  ['postgres', 'INSERT INTO t (a) VALUES (1, 2)'],
  ['postgres', 'SELECT a, b FROM t UNION ALL SELECT c FROM u'],
  ['bigquery', 'FROM t |>'],
  ['bigquery', 'FROM t |> SELECT'],
];

/** The near misses: what looks alike and is a whole statement in its dialect. */
const whole: readonly (readonly [dialect: string, sql: string])[] = [
  ...['bigquery', 'duckdb', 'snowflake', 'clickhouse', 'databricks'].map(
    (dialect) => [dialect, 'SELECT a, FROM t'] as const,
  ),
  ['duckdb', 'FROM t'],
  ['duckdb', 'FROM t SELECT a'],
  ['duckdb', 'SELECT a, b, FROM t GROUP BY a, b,'],
  ['duckdb', 'SELECT a FROM t WHERE a IN (1, 2,)'],
  ['duckdb', 'CREATE TABLE t (a INT, b INT,)'],
  ['bigquery', 'CREATE TABLE t (a INT64, b INT64,)'],
  ['bigquery', 'SELECT * EXCEPT (a,) FROM t'],
  ['bigquery', 'SELECT v FROM t, UNNEST(l) AS v WITH OFFSET'],
  ['postgres', 'SELECT FROM t'],
  ['postgres', "SELECT string_agg(a, ',') FROM t"],
  ['postgres', "SELECT string_agg(a, ';') FROM t"],
  ['postgres', 'SELECT a AS limit FROM t'],
  ['postgres', 'SELECT max(a) AS by FROM t'],
  ['postgres', 'INSERT INTO t DEFAULT VALUES'],
  ['postgres', 'CREATE TABLE t ()'],
  ['mysql', 'INSERT INTO t VALUES ()'],
  ['mysql', 'INSERT INTO t SET a = 1'],
  ...['mysql', 'mariadb', 'sqlite', 'spark', 'hive', 'databricks', 'snowflake'].map(
    (dialect) => [dialect, 'SELECT t.a FROM t JOIN u'] as const,
  ),
  ['sqlite', 'SELECT a FROM t WHERE b IN ()'],
  ['clickhouse', 'SELECT a FROM t WHERE b IN ()'],
  ['postgres', 'SELECT t.a FROM t CROSS JOIN u NATURAL JOIN v'],
  ['postgres', 'SELECT t.a FROM t JOIN u JOIN v ON v.a = u.a ON u.b = t.b'],
  ['postgres', 'SELECT t.a FROM t JOIN (u JOIN v USING (a)) ON u.b = t.b'],
  ['tsql', 'SELECT t.a FROM t CROSS APPLY f(t.b) AS x OUTER APPLY (SELECT 1 AS o) AS y'],
  ['bigquery', 'SELECT t.a, i FROM t LEFT JOIN UNNEST(t.items) AS i'],
  ['bigquery', 'SELECT t.a, i FROM t JOIN t.items AS i'],
  ['duckdb', 'SELECT t.a FROM t POSITIONAL JOIN u'],
  ['snowflake', 'SELECT t.a FROM t ASOF JOIN u MATCH_CONDITION (t.d >= u.d)'],
  ['postgres', 'SELECT a FROM t WHERE b BETWEEN 1 AND 2'],
  ['postgres', 'INSERT INTO t (a, b) SELECT * FROM u'],
  ['postgres', 'SELECT a, b FROM t UNION ALL SELECT * FROM u'],
  ['duckdb', 'SELECT a, b FROM t UNION ALL BY NAME SELECT b FROM u'],
  ['clickhouse', 'INSERT INTO t (a, b) VALUES'],
  ['clickhouse', 'INSERT INTO t (a) FORMAT JSONEachRow'],
  ['tsql', 'SET NOCOUNT ON'],
  ['tsql', 'INSERT INTO t (a) EXEC dbo.p'],
];

describe('a statement that breaks off or has a piece too many', () => {
  it.each(broken)('is said to be understood in part at most, %s: %s', (dialect, sql) => {
    const lineage = analyseSql({ dialect, sql }, second);
    expect(lineage.parseStatus).not.toBe('full');
    expect(Math.max(...lineage.statements.map((statement) => statement.confidence))).toBeLessThanOrEqual(0.5);
    expect(lineage.warnings.length).toBeGreaterThan(0);
  });

  it.each(whole)('near miss, understood as a whole, %s: %s', (dialect, sql) => {
    expect(analyseSql({ dialect, sql }, null).parseStatus).toBe('full');
  });

  it('keeps the edges that were there before the break', () => {
    const { columns } = analyseSql({ dialect: 'postgres', sql: 'INSERT INTO t (a, b,) SELECT x, y FROM u' }, second);
    expect(columns.map(({ down, up }) => `${down.column} <- ${up.column}`)).toEqual(['a <- x', 'b <- y']);
  });
});
