import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** What a query says of the value of `x` in one column: the effect of the only edge there is. */
function effectOn(expression: string, dialect = 'postgres'): string {
  const { columns } = analyseSql({ dialect, sql: `SELECT ${expression} AS v FROM t` }, null);
  const effects = new Set(columns.filter(({ up }) => up.column.toLowerCase() === 'x').map(({ effect }) => effect));
  return [...effects].sort().join(', ');
}

describe('a value that is cut up and put together again', () => {
  it.each([
    ['postgres', 'substr(x, 1, 4) || substr(x, 5, 4)'],
    ['postgres', "substr(x, 1, 4) || '-' || substr(x, 5, 4) || '-' || substr(x, 9)"],
    ['postgres', 'left(x, 6) || substr(x, 7)'],
    ['postgres', 'concat(left(x, 6), substr(x, 7))'],
    ['postgres', "concat_ws('-', left(x, 6), substr(x, 7))"],
    ['postgres', "format('%s-%s', left(x, 6), substr(x, 7))"],
    ['postgres', 'array[left(x, 6), substr(x, 7)]'],
    ['postgres', "array_to_string(array[left(x, 6), substr(x, 7)], '-')"],
    ['tsql', 'left(x, 6) + substring(x, 7, 10)'],
    ['sqlite', "printf('%s%s', substr(x, 1, 6), substr(x, 7))"],
    ['snowflake', 'array_construct(left(x, 6), substr(x, 7))'],
    ['duckdb', 'list_value(left(x, 6), substr(x, 7))'],
    ['clickhouse', 'tuple(leftUTF8(x, 6), substringUTF8(x, 7))'],
    ['mysql', "concat(left(x, 6), concat('-', mid(x, 7, 10)))"],
    ['mysql', "concat(concat('#', left(x, 6)), concat('-', mid(x, 7, 10)))"],
    ['postgres', "array_to_string(array[left(x, 6)], '') || substr(x, 7)"],
    ['trino', "array_join(array[substr(x, 1, 6)], '') || substr(x, 7)"],
    ['oracle', 'substrb(x, 1, 6) || substrb(x, 7)'],
    ['impala', 'concat(strleft(x, 6), substr(x, 7))'],
    ['postgres', 'substr(x, 5, 4) || substr(x, 1, 4)'],
    ['postgres', 'substr(x, 1, 4) || substr(x, 3, 4)'],
    ['postgres', 'substr(x, 0, 4) || substr(x, 5)'],
    ['postgres', 'left(x, 9) || right(x, 4)'],
    ['postgres', "left(x, 7) || '…' || right(x, 6)"],
    ['impala', 'concat(strleft(x, 9), strright(x, 4))'],
    ['postgres', 'substr(x, 1)  || y'],
  ])('%s: is whole: %s', (dialect, expression) => {
    expect(effectOn(expression, dialect)).toBe('keep');
  });

  it.each([
    ['postgres', 'left(x, 6)'],
    ['postgres', "left(x, 6) || '…'"],
    ['postgres', "left(x, 8) || '…' || right(x, 4)"],
    ['postgres', 'substr(x, 1, 4) || substr(x, 6, 4)'],
    ['postgres', 'substr(x, 5, 4) || substr(x, 9, 4)'],
    ['postgres', 'left(x, 4) || left(x, 4) || left(x, 4) || left(x, 4)'],
    ['postgres', 'left(x, 4) || substr(x, 2, 3) || substr(x, 1, 2)'],
    ['postgres', 'substr(x, 1, 4) || substr(y, 5, 4)'],
    ['postgres', 'greatest(left(x, 6), substr(x, 7, 4))'],
    ['mysql', 'concat(right(x, 4), left(x, 4))'],
  ])('%s: is a part where pieces are missing: %s', (dialect, expression) => {
    expect(effectOn(expression, dialect)).toBe('partial');
  });

  it('is looked for in as many pieces as a long number has', () => {
    const pieces = (count: number): string =>
      Array.from({ length: count }, (_, i) => `substr(x, ${String(i + 1)}, 1)`).join(' || ');
    expect(effectOn(pieces(40))).toBe('keep');
  });

  it('leaves pieces of another value beside it the pieces that they are', () => {
    const { columns } = analyseSql(
      { dialect: 'postgres', sql: 'SELECT left(x, 6) || substr(x, 7) || left(y, 2) AS v FROM t' },
      null,
    );
    expect(columns.map(({ up, effect }) => `${up.column} ${effect}`).sort()).toEqual(['x keep', 'y partial']);
  });
});
