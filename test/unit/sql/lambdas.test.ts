import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** The inputs of the one item of a select list over `t`, with what is left of each. */
function inputsOf(expression: string, dialect: string, from = 't'): string {
  const { columns } = analyseSql({ dialect, sql: `SELECT ${expression} AS r FROM ${from}` }, null);
  return columns
    .map(({ up, effect, kind }) => `${up.column} ${kind === 'CONDITIONAL' ? 'steers' : effect}`)
    .sort()
    .join(', ');
}

describe('a lambda', () => {
  it.each([
    ['transform(mails, e -> sha2(e, 256))', 'databricks', 'mails hash'],
    ['transform(mails, e -> to_hex(sha256(to_utf8(e))))', 'trino', 'mails hash'],
    ['transform(mails, e -> sha2(e))', 'snowflake', 'mails hash'],
    ['arrayMap(e -> hex(SHA256(e)), mails)', 'clickhouse', 'mails hash'],
    ['list_transform(mails, e -> md5(e))', 'duckdb', 'mails hash'],
    ['[md5(e) FOR e IN mails]', 'duckdb', 'mails hash'],
    ['array_map(e -> md5(e), mails)', 'starrocks', 'mails hash'],
    ["transform(mails, e -> concat(e, '!'))", 'spark', 'mails keep'],
    // What it does not look at is not in the result.
    ["transform(mails, e -> '*')", 'spark', ''],
    ['transform(mails, (e, i) -> i)', 'spark', ''],
    ['transform(mails, e -> salt)', 'spark', 'salt keep'],
  ])('alone says what becomes of each element: %s in %s', (expression, dialect, inputs) => {
    expect(inputsOf(expression, dialect)).toBe(inputs);
  });

  it.each([
    ['zip_with(mails, names, (m, n) -> concat(sha2(m, 256), n))', 'spark', 'mails hash, names keep'],
    ['arrayMap((m, n) -> concat(MD5(m), n), mails, names)', 'clickhouse', 'mails hash, names keep'],
  ])('takes an element of each list by its place: %s in %s', (expression, dialect, inputs) => {
    expect(inputsOf(expression, dialect)).toBe(inputs);
  });

  it.each([
    ['filter(mails, e -> e <> hidden)', 'spark', 'hidden steers, mails keep, mails steers'],
    ['[upper(e) FOR e IN mails IF e <> hidden]', 'duckdb', 'hidden steers, mails keep, mails steers'],
  ])('that chooses elements only steers: %s in %s', (expression, dialect, inputs) => {
    expect(inputsOf(expression, dialect)).toBe(inputs);
  });

  it('hides a relation whose name its parameter bears', () => {
    const read = inputsOf('transform(people, p -> sha2(p.mail, 256))', 'databricks', 'crm.p');
    expect(read).toBe('people hash');
    expect(inputsOf('transform(people, e -> p.mail)', 'databricks', 'crm.p')).toBe('mail keep');
  });
});
