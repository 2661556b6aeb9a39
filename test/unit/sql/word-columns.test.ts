import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** The columns that go into one value, in the order of their names. */
function inputsOf(dialect: string, expression: string): string {
  const schema = { t: Object.fromEntries([...words, 'id', 'format'].map((word) => [word, 'text'])) };
  const { columns } = analyseSql({ dialect, sql: `select ${expression} as r from t`, schema }, null);
  const inputs = columns.map(({ up }) => up.column.toLowerCase());
  return [...new Set(inputs)].toSorted().join(', ');
}

const words = ['value', 'style', 'separator', 'key'];
const dialects = ['postgres', 'snowflake', 'bigquery', 'tsql', 'mysql', 'spark', 'oracle'];

describe('columns whose names are words that some functions put between their arguments', () => {
  it.each(dialects.flatMap((dialect) => words.map((word) => [dialect, word] as const)))(
    '%s: %s is kept wherever it stands',
    (dialect, word) => {
      const places = [
        `f(id, ${word})`,
        `f(id, ${word}, 1)`,
        `f(id, lower(${word}))`,
        `f(id, ${word} + 1)`,
        `f(${word}, id)`,
        `f(id, ${word} in ('a', 'b'))`,
      ];
      for (const place of places) expect(inputsOf(dialect, place), place).toContain(word);
    },
  );

  it('shows the clear value beside the hidden one', () => {
    expect(
      analyseSql(
        { dialect: 'databricks', sql: 'select if(id, value, sha2(value, 256)) as r from t' },
        null,
      ).columns.map(({ up, effect }) => `${up.column} ${effect}`),
    ).toContain('value keep');
  });

  it.each([
    ['oracle', "json_object('a' value value, key 'b' value key)", 'key, value'],
    ['oracle', 'json_object(key key value value)', 'key, value'],
    ['postgres', 'json_object(key value value)', 'key, value'],
    ['postgres', 'json_object(key : value)', 'key, value'],
    ['postgres', 'json_object(id value format)', 'format, id'],
    ['bigquery', "concat('x', format('%s', id))", 'id'],
    ['postgres', "coalesce('', format || 'x')", 'format'],
    ['oracle', "xmlquery('x' passing by value value returning content)", 'value'],
    ['postgres', 'substring(value from 2 for 3)', 'value'],
    ['postgres', 'overlay(value placing key from 1 for 2)', 'key, value'],
    ['mysql', "group_concat(value order by id separator ';')", 'value'],
    ['mysql', "concat(id, group_concat(key separator ','))", 'id, key'],
    ['postgres', "trim(both 'x' from value)", 'value'],
    ['mysql', 'trim(trailing from value)', 'value'],
    ['oracle', "json_object('a' value id format json, 'b' value value absent on null)", 'id, value'],
  ])('%s: reads %s as it is meant', (dialect, expression, inputs) => {
    expect(inputsOf(dialect, expression)).toBe(inputs);
  });
});
