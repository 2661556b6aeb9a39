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
    ['mysql', 'concat(substr(x, 1, 8), substr(x, -8))'],
    ['postgres', 'substr(x, 1, 2) || substr(x, 1, 8) || right(x, 8)'],
  ])('%s: is whole: %s', (dialect, expression) => {
    expect(effectOn(expression, dialect)).toBe('keep');
  });

  it.each([
    ['a derived table', 'SELECT concat(s.a, s.b) AS v FROM (SELECT left(x, 8) a, right(x, 8) b FROM t) s'],
    ['a WITH', 'WITH s AS (SELECT left(x, 8) a, substr(x, 9) b FROM t) SELECT a || b AS v FROM s'],
    [
      'two of them',
      'WITH s AS (SELECT id, left(x, 8) a FROM t), r AS (SELECT id, right(x, 8) b FROM t) SELECT a || b AS v FROM s JOIN r USING (id)',
    ],
    [
      'one in another',
      "SELECT ab || '-' AS v FROM (SELECT a || b AS ab FROM (SELECT left(x, 8) a, right(x, 8) b FROM t) s) r",
    ],
    ['what is done to a piece', 'SELECT upper(a) || trim(b) AS v FROM (SELECT left(x, 8) a, right(x, 8) b FROM t) s'],
    ['rows', "SELECT string_agg(p, '') AS v FROM (SELECT left(x, 8) p FROM t UNION ALL SELECT right(x, 8) FROM t) s"],
  ])('is whole by %s', (_, sql) => {
    const { columns } = analyseSql({ dialect: 'postgres', sql }, null);
    expect(columns.filter(({ up }) => up.column === 'x').map(({ effect }) => effect)).toEqual(['keep']);
  });

  it.each([
    ['first and last', "SELECT a || '…' || b AS v FROM (SELECT left(x, 6) a, right(x, 4) b FROM t) s"],
    ['pieces of two values', 'SELECT a || b AS v FROM (SELECT left(x, 8) a, right(y, 8) b FROM t) s'],
    ['one or the other', 'SELECT coalesce(a, b) AS v FROM (SELECT left(x, 8) a, right(x, 8) b FROM t) s'],
    ['rows with one piece', "SELECT string_agg(p, '') AS v FROM (SELECT left(x, 8) p FROM t) s"],
    ['the rest of a piece', 'SELECT right(a, 4) || left(a, 4) AS v FROM (SELECT left(x, 8) a FROM t) s'],
  ])('is a part by a derived table with %s', (_, sql) => {
    const { columns } = analyseSql({ dialect: 'postgres', sql }, null);
    const effects = columns.filter(({ up }) => up.column === 'x').map(({ effect }) => effect);
    expect([...new Set(effects)]).toEqual(['partial']);
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

  it('is whole where a temporary table holds the pieces', () => {
    const sql =
      'CREATE TEMP TABLE h AS SELECT left(x, 8) a, right(x, 8) b FROM t; CREATE TABLE m AS SELECT a || b AS v FROM h';
    const { columns } = analyseSql({ dialect: 'postgres', sql }, null);
    expect(columns.map(({ up, effect }) => `${up.column} ${effect}`)).toEqual(['x keep']);
  });

  it.each(['trim(b)', 'trim(t.l)', 'trim(b || t.l)'])('reads a column of one letter in %s', (expression) => {
    const { columns } = analyseSql({ dialect: 'postgres', sql: `SELECT ${expression} AS v FROM t` }, null);
    expect(columns.length).toBeGreaterThan(0);
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

describe('a value that is put behind what its column holds', () => {
  const functionsInto = (dialect: string, sql: string): readonly string[] =>
    analyseSql({ dialect, sql }, null)
      .columns.filter(({ up, down }) => up.column === 'x' && down.column === 'z')
      .map(({ fn }) => fn);

  it.each([
    ['postgres', 'update d set z = z || right(t.x, 8) from t where t.id = d.id', ['RIGHT>CONCAT>APPEND']],
    ['postgres', 'update d set z = concat(z, (select right(t.x, 8) from t))', ['RIGHT>CONCAT>APPEND']],
    ['tsql', 'update d set z = d.z + right(t.x, 8) from d join t on t.id = d.id', ['RIGHT>ADD>APPEND']],
    [
      'postgres',
      'create table d (id int, z text); insert into d select id, left(x, 8) from t; update d set z = z || right(t.x, 8) from t where t.id = d.id',
      ['LEFT', 'RIGHT>CONCAT>APPEND'],
    ],
    ['postgres', 'update d set z = coalesce(z, right(t.x, 8)) from t where t.id = d.id', ['RIGHT>COALESCE']],
    ['postgres', 'insert into d (z) select left(x, 8) from t union all select right(x, 8) from t', ['LEFT', 'RIGHT']],
    ['postgres', 'insert into d (z) select left(x, 6) || right(x, 4) from t', ['LEFT>CONCAT']],
    ['postgres', 'update d set z = y || right(t.x, 8) from t where t.id = d.id', ['RIGHT>CONCAT']],
  ])('%s: %s', (dialect, sql, expected) => {
    expect([...functionsInto(dialect, sql)].sort()).toEqual(expected);
  });
});
