import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** The columns of t that an expression is made from. */
function columnsOf(expression: string, dialect: string, columns: readonly string[] = []): string {
  const schema =
    columns.length === 0 ? {} : { schema: { t: Object.fromEntries(columns.map((name) => [name, 'date'])) } };
  const { columns: edges } = analyseSql({ dialect, sql: `SELECT ${expression} AS r FROM t`, ...schema }, null);
  return [...new Set(edges.map(({ up }) => up.column.toLowerCase()))].sort().join(' ');
}

describe('a unit of time as a bare word', () => {
  it.each([
    ['tsql', 'DATEADD(isowk, 1, sold)'],
    ['tsql', 'DATEDIFF_BIG(mcs, sold, GETDATE())'],
    ['fabric', 'DATENAME(tz, sold)'],
    ['tsql', '{fn TIMESTAMPADD(SQL_TSI_DAY, 1, sold)}'],
    ['redshift', 'DATEADD(qtrs, 1, sold)'],
    ['redshift', 'DATE_PART(timezone_hour, sold)'],
    ['redshift', "DATEDIFF(yrs, sold, '2024-01-01')"],
    ['snowflake', 'DATE_PART(epoch_second, sold)'],
    ['snowflake', 'DATE_TRUNC(mon, sold)'],
    ['snowflake', 'LAST_DAY(sold, qtr)'],
    ['snowflake', 'TRUNC(sold, month)'],
    ['bigquery', 'DATE_TRUNC(sold, ISOWEEK)'],
    ['bigquery', 'TIMESTAMP_TRUNC(sold, WEEK(MONDAY), "Europe/Berlin")'],
    ['bigquery', "DATE_DIFF(DATE '2024-01-01', sold, DAY)"],
    ['databricks', 'DATEADD(DAYOFYEAR, 1, sold)'],
    ['mysql', 'TIMESTAMPDIFF(SQL_TSI_MONTH, sold, NOW())'],
    ['clickhouse', 'date_add(DAY, 1, sold)'],
    ['vertica', 'TIMESTAMPADD(mi, 1, sold)'],
    ['dremio', 'TIMESTAMPDIFF(HOUR, sold, CURRENT_TIMESTAMP)'],
    ['ansi', 'DATE_TRUNC(month, sold)'],
    ['ansi', 'DATE_TRUNC(sold, month)'],
  ])('%s: is no column in %s', (dialect, expression) => {
    expect(columnsOf(expression, dialect)).toBe('sold');
  });

  it.each([
    ['postgres', "date_trunc('month', date)", 'date'],
    ['trino', "date_diff('day', date, now())", 'date'],
    ['bigquery', 'DATE_TRUNC(date, month)', 'date'],
    ['bigquery', 'DATE_ADD(date, INTERVAL day DAY)', 'date day'],
    ['snowflake', 'last_day(date)', 'date'],
    ['snowflake', 'datediff(day, week, month)', 'month week'],
    ['tsql', 'DATEADD(month, Months, Start)', 'months start'],
    ['tsql', 'DATEPART(d, d)', 'd'],
    ['redshift', 'trunc(date)', 'date'],
    ['redshift', 'next_day(date, day)', 'date day'],
    ['redshift', "date_trunc('day', week)", 'week'],
    ['oracle', 'TRUNC(n, 2)', 'n'],
    ['oracle', 'TRUNC(month, day)', 'day month'],
    ['spark', 'datediff(day, date)', 'date day'],
    ['hive', 'datediff(day, month)', 'day month'],
    ['mysql', 'DATEDIFF(day, month)', 'day month'],
    ['duckdb', "datediff('day', day, month)", 'day month'],
    ['vertica', "DATE_TRUNC('hour', hour)", 'hour'],
  ])('%s: a column of that name elsewhere in the call stays, in %s', (dialect, expression, columns) => {
    expect(columnsOf(expression, dialect)).toBe(columns);
  });

  it('stays a unit where the table has a column of that name', () => {
    expect(columnsOf('DATEADD(day, 1, sold)', 'tsql', ['day', 'sold'])).toBe('sold');
    expect(columnsOf('DATEADD(day, day, sold)', 'tsql', ['day', 'sold'])).toBe('day sold');
  });

  it('is a column where its name is quoted or qualified', () => {
    expect(columnsOf('TRUNC(sold, "MONTH")', 'snowflake')).toBe('month sold');
    expect(columnsOf('TRUNC(sold, t.month)', 'snowflake')).toBe('month sold');
  });
});
