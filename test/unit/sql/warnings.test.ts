import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

function warningsOf(sql: string, dialect = 'postgres'): readonly string[] {
  return analyseSql({ dialect, sql }, null).warnings;
}

describe('a table function', () => {
  it('that is not known is named, because nobody sees which tables it reads', () => {
    expect(warningsOf('insert into t select * from open_invoices(2024)')).toEqual([
      'OPEN_INVOICES: what this table function reads is not known',
    ]);
    expect(warningsOf('select * from table(reporting.people(1))', 'snowflake')).toEqual([
      'REPORTING.PEOPLE: what this table function reads is not known',
    ]);
  });

  it.each([
    ['generate_series(1, 3) g', 'postgres'],
    ['people p, unnest(p.tags) as tag', 'postgres'],
    ['people p, lateral flatten(input => p.tags) f', 'snowflake'],
    ["people p cross apply string_split(p.tags, ',') s", 'tsql'],
    ['people p, jsonb_to_recordset(p.body) as r(a int)', 'postgres'],
    ['numbers(10)', 'clickhouse'],
    ['table(generator(rowcount => 5))', 'snowflake'],
  ])('whose rows come from its arguments is not: %s', (from, dialect) => {
    expect(warningsOf(`select 1 as one from ${from}`, dialect)).toEqual([]);
  });
});

describe('dynamic SQL', () => {
  it('put together at run time is a record of its own, and lowers the status', () => {
    const lineage = analyseSql({ dialect: 'tsql', sql: "EXEC('SELECT * FROM ' + @table)" }, null);
    expect(lineage.unresolved).toEqual(['dynamic SQL']);
    expect(lineage.parseStatus).not.toBe('full');
    expect(lineage.statements.some((statement) => statement.parseStatus === 'failed')).toBe(true);
  });

  it('of a constant text is read like any other', () => {
    const lineage = analyseSql({ dialect: 'tsql', sql: "EXEC('INSERT INTO t SELECT a FROM s')" }, null);
    expect(lineage.unresolved).toEqual([]);
    expect(lineage.columns.map(({ down, up }) => [down.table, up.table])).toEqual([['t', 's']]);
  });
});

describe('what a text calls', () => {
  it('is named where its body is elsewhere', () => {
    expect(warningsOf('CALL load_people(1)')).toEqual(['call of load_people: what it does is not seen from here']);
    expect(warningsOf('INSERT INTO t (a) EXEC dbo.GetRows 1', 'tsql')).toEqual([
      'rows that a procedure gives back: what they hold is not seen from here',
    ]);
  });

  it('is not where its body stands in the text', () => {
    const sql =
      'create procedure app.load_people() language sql as $$ insert into t select a from s $$; call app.load_people()';
    expect(warningsOf(sql)).toEqual([]);
    expect(analyseSql({ dialect: 'postgres', sql }, null).columns).toHaveLength(1);
  });
});

describe('a name that could not be told', () => {
  const schema = { a: { id: '', x: '' }, b: { id: '', y: '' } };

  it.each([
    ['select z from a join b on a.id = b.id', 'tables', 0.5],
    ['insert into t (n) select id from a cross join b', 'tables', 0.5],
    ['insert into t (n, x) select id, x from a cross join b', 'full', 0.8],
    ['insert into t (x) select x from a where z = 1', 'full', 0.8],
    ['insert into t (x) select x from a where id = 1', 'full', 1],
  ])('takes from the trust in its statement: %s', (sql, parseStatus, confidence) => {
    const lineage = analyseSql({ dialect: 'postgres', sql, schema }, null);
    expect(lineage.parseStatus).toBe(parseStatus);
    expect(lineage.statements).toEqual([expect.objectContaining({ parseStatus, confidence })]);
  });

  it('takes nothing from the statements around it', () => {
    const sql = 'insert into t (x) select x from a; insert into u (n) select z from a';
    const lineage = analyseSql({ dialect: 'postgres', sql, schema }, null);
    expect(lineage.statements.map(({ parseStatus, confidence }) => [parseStatus, confidence])).toEqual([
      ['full', 1],
      ['tables', 0.5],
    ]);
  });

  it('in a value that only a variable holds is said of the whole text', () => {
    const sql = 'DECLARE @v int; SET @v = z.a; INSERT INTO t (n) VALUES (@v)';
    const lineage = analyseSql({ dialect: 'tsql', sql }, null);
    expect(lineage.unresolved).toEqual(['z.a']);
    expect(lineage.parseStatus).toBe('tables');
  });
});
