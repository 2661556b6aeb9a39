import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** What reaches `o.m` of the clear value, after a change of every row and what follows it. */
function left(dialect: string, change: string): string {
  const sql = `create temporary table t as select mail from u; ${change}; insert into o (m) select mail from t`;
  const { columns } = analyseSql({ dialect, sql, schema: { u: { mail: 'text' } } }, null);
  const effects = columns.filter(({ down }) => down.column.toLowerCase() === 'm').map(({ effect }) => effect);
  return effects.toSorted().join(', ');
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
});
