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

  it('are found again in another case within a script, where case does not tell tables apart', () => {
    const lineage = read(dialect, 'CREATE TABLE Stage AS SELECT a FROM src; INSERT INTO target SELECT A FROM STAGE');
    const isOne = dialect.caseMatters === 'never' || dialect.caseMatters === 'quoted';
    expect(lineage.inTables).toEqual(isOne ? ['src'] : ['src', 'STAGE']);
    expect(lineage.outTables).toEqual(isOne ? ['target'] : ['Stage', 'target']);
  });

  it('are two columns where case tells them apart', () => {
    const [quote = (name: string) => name] = quotesOf(dialect);
    const lineage = read(
      dialect,
      `SELECT q.${quote('Mail')} AS a, q.mail AS b FROM (SELECT ${quote('Mail')}, upper(x) AS mail FROM s) q`,
    );
    const isTwo = dialect.caseMatters === 'always' || dialect.caseMatters === 'quoted';
    const table = { table: 's', column: dialect.caseMatters === 'quoted' ? '"Mail"' : 'Mail' };
    expect(lineage.columns.map(({ down, up, fn }) => [down.column, up, fn])).toEqual([
      ['a', isTwo ? table : { table: 's', column: 'Mail' }, ''],
      ['b', { table: 's', column: 'x' }, 'UPPER'],
    ]);
  });

  it('keep the case that a catalog lists in another way than the text has it', () => {
    const schema = { 'DB.APP.ORDERS': { MAIL: 'text', ID: 'int' }, 'db.app.lines': { id: 'int' } };
    const lineage = analyseSql(
      { dialect: dialect.name, sql: 'INSERT INTO t SELECT o.* FROM app.Orders o WHERE o.Mail > 0', schema },
      null,
    );
    expect(lineage.columns.map(({ up }) => up)).toEqual([
      { table: 'DB.app.Orders', column: 'MAIL' },
      { table: 'DB.app.Orders', column: 'ID' },
    ]);
    expect(lineage.unresolved).toEqual([]);
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
