import { describe, expect, it } from 'vitest';
import { ansiDialect, findDialect } from '../../../server/sql/dialect/dialects.ts';
import { blankLiterals } from '../../../server/sql/text/blank-literals.ts';

const blank = (sql: string, dialect = 'postgres'): string => blankLiterals(sql, findDialect(dialect) ?? ansiDialect);

describe('a statement with its literals blanked', () => {
  it.each([
    ["select * from t where ssn = '123-45-6789' and age > 41", "select * from t where ssn = '?' and age > 1"],
    ['select "a b", c from t -- for ada@example.com', 'select "a b", c from t'],
    ["insert into t values (4111111111111111, E'x\\'y', $$body$$)", "insert into t values (1, '?', '?')"],
    [
      'select a, b, sum(c) from t group by 1, 2 order by 3 desc nulls last limit 17',
      'select a, b, sum(c) from t group by 1, 2 order by 3 desc nulls last limit 1',
    ],
    ['select a from t order by a + 41, substr(b, 22)', 'select a from t order by a + 1, substr(b, 1)'],
    ['select a from t group by 1234', 'select a from t group by 1'],
    ["select 'left open", "select '?'"],
  ])('%s', (sql, expected) => {
    expect(blank(sql)).toBe(expected);
  });

  it('keeps quoted names of the dialect, which are no literals', () => {
    expect(blank('select `a` from parquet.`/data/x` where b = "v"', 'spark')).toBe(
      "select `a` from parquet.`/data/x` where b = '?'",
    );
  });

  it('is nothing for a text that is longer than any statement', () => {
    expect(blank(`select '${'x'.repeat(300_000)}'`)).toBe('');
  });
});
