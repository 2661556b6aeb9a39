import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { dialects } from '../../../server/sql/dialect/dialects.ts';
import type { Dialect } from '../../../server/sql/dialect/dialect.ts';

const parts = ['srv', 'db', 'app', 'Orders'] as const;

/** The ways in which a dialect quotes a name. */
function quotesOf({ doubleQuotedStrings, backticks, brackets }: Dialect): readonly ((name: string) => string)[] {
  return [
    ...(doubleQuotedStrings ? [] : [(name: string) => `"${name}"`]),
    ...(backticks ? [(name: string) => `\`${name}\``] : []),
    ...(brackets ? [(name: string) => `[${name}]`] : []),
  ];
}

function read(dialect: Dialect, sql: string): ReturnType<typeof analyseSql> {
  return analyseSql({ dialect: dialect.name, sql }, null);
}

describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))('names in %s', (_name, dialect) => {
  it.each([1, 2, 3, 4])('of %i parts keep their spelling', (count) => {
    const name = parts.slice(-count).join('.');
    const lineage = read(dialect, `INSERT INTO ${name} (a) SELECT b FROM ${name}_in`);
    expect(lineage.outTables).toEqual([name]);
    expect(lineage.inTables).toEqual([`${name}_in`]);
    expect(lineage.columns.map(({ up }) => up)).toEqual([{ table: `${name}_in`, column: 'b' }]);
  });

  it('qualify columns by as many of their parts as stand there', () => {
    const lineage = read(
      dialect,
      'SELECT app.Orders.a AS x, Orders.b AS y FROM app.Orders JOIN app.Lines ON Lines.o = Orders.id',
    );
    expect(lineage.columns.map(({ down, up }) => [down.column, up.table, up.column])).toEqual([
      ['x', 'app.Orders', 'a'],
      ['y', 'app.Orders', 'b'],
    ]);
  });

  it('may be quoted in each of its ways, spaces and keywords inside', () => {
    const quotes = quotesOf(dialect);
    expect(quotes.length).toBeGreaterThan(0);
    for (const quote of quotes) {
      const lineage = read(dialect, `SELECT ${quote('select from')} AS x FROM ${quote('my db')}.${quote('my table')}`);
      expect(lineage.inTables).toEqual(['my db.my table']);
      expect(lineage.columns.map(({ up }) => up.column)).toEqual(['select from']);
    }
  });

  it('are found again in another case within a script', () => {
    const lineage = read(dialect, 'CREATE TABLE Stage AS SELECT a FROM src; INSERT INTO target SELECT A FROM STAGE');
    expect(lineage.inTables).toEqual(['src']);
    expect(lineage.outTables).toEqual(['target']);
  });

  it('are told from strings in double quotes', () => {
    const { columns } = read(dialect, 'SELECT "mail" AS x FROM t');
    expect(columns).toHaveLength(dialect.doubleQuotedStrings ? 0 : 1);
  });

  it('take defaults for the parts that are left out', () => {
    const lineage = analyseSql(
      { dialect: dialect.name, sql: 'SELECT a FROM Orders', defaultDatabase: 'db', defaultSchema: 'app' },
      null,
    );
    expect(lineage.inTables).toEqual(['db.app.Orders']);
  });
});
