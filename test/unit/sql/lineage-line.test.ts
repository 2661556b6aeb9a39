import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { lineOf, requestOf } from '../../../server/sql/lineage-line.ts';

describe('a line of lexline sql lineage', () => {
  it('is read with its schema and defaults, unknown members ignored', () => {
    expect(
      requestOf({
        id: 1,
        dialect: 'tsql',
        sql: 'select 1',
        schema: { t: { a: 'int' } },
        default_db: 'd',
        default_schema: 'dbo',
        extra: true,
      }),
    ).toEqual({
      dialect: 'tsql',
      sql: 'select 1',
      schema: { t: { a: 'int' } },
      defaultDatabase: 'd',
      defaultSchema: 'dbo',
    });
    expect(requestOf({ id: 1, sql: 'select 1', schema: {}, default_db: null })).toEqual({
      dialect: '',
      sql: 'select 1',
    });
    expect(requestOf({ id: 1, dialect: 'ansi' })).toBeNull();
    expect(requestOf({ sql: 5 })).toBeNull();
  });

  it('is answered in the shape of the contract', () => {
    const sql =
      'insert into t (h, s) select md5(a), case when b then c end from u where d > 1 and exists (select 1 from v join w on v.i = w.i where e = 2)';
    expect(lineOf('x', analyseSql({ dialect: 'postgres', sql }, null))).toEqual({
      id: 'x',
      in_tables: ['u', 'v', 'w'],
      out_tables: ['t'],
      column_lineage: [
        {
          down: { table: 't', col: 'h' },
          up: [{ table: 'u', col: 'a' }],
          type: 'DIRECT',
          subtype: 'TRANSFORMATION',
          masking: true,
          effect: 'hash',
        },
        {
          down: { table: 't', col: 's' },
          up: [{ table: 'u', col: 'c' }],
          type: 'DIRECT',
          subtype: 'TRANSFORMATION',
          masking: false,
          effect: 'keep',
        },
        {
          down: { table: 't', col: 's' },
          up: [{ table: 'u', col: 'b' }],
          type: 'INDIRECT',
          subtype: 'CONDITIONAL',
          masking: false,
          effect: 'keep',
        },
      ],
      indirect: [
        { table: 'u', col: 'd', subtype: 'FILTER' },
        { table: 'v', col: 'i', subtype: 'JOIN' },
        { table: 'w', col: 'i', subtype: 'JOIN' },
      ],
      unresolved: ['e'],
      events: [],
      statements: [{ id: expect.stringMatching(/^\S{8,}$/), parse_status: 'full', confidence: 0.8 }],
      parse_status: 'full',
      warnings: [],
      error: null,
    });
  });

  it('says that an unknown dialect was read as ansi', () => {
    const line = lineOf(null, analyseSql({ dialect: 'klingon', sql: 'select a from t' }, null));
    expect(line).toMatchObject({ id: null, warnings: ['unknown dialect: read as ansi'], in_tables: ['t'] });
  });
});
