import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

const load = 'INSERT INTO u (id) SELECT id FROM q;';
const loaded = 'INSERT INTO u (id) SELECT id FROM q';

/** What a script came to: how far it was understood, and its statements without their literals. */
function read(dialect: string, sql: string): { readonly status: string; readonly statements: readonly string[] } {
  const { parseStatus, statements } = analyseSql({ dialect, sql }, null);
  return { status: parseStatus, statements: statements.map(({ normalised }) => normalised) };
}

describe('lines for a client', () => {
  it.each([
    ['oracle', "PRO it's the load\nSPO out.txt\nCOL mail FORMAT A20\nVAR n NUMBER\nHO ls 'x"],
    ['oracle', "PROMPT it's the load\nSPOOL out.txt\nCOLUMN mail FORMAT A20\nVARIABLE n NUMBER\nHOST ls 'x"],
    ['oracle', "@prepare 'x\n@@more 'x\nSTA more 'x"],
    ['oracle', 'WHENEVER SQLERROR EXIT 1 ROLLBACK\nSET DEFINE OFF'],
    ['postgres', "\\set who 'x\n\\i more's.sql"],
    ['teradata', '.LOGON tdp/etl,horse\n.SET WIDTH 200'],
  ])('%s: are left out: %j', (dialect, lines) => {
    expect(read(dialect, `${lines}\n${load}\n`)).toEqual({ status: 'full', statements: [loaded] });
  });

  it.each([
    ['SET TRANSACTION\n  READ ONLY;', []],
    ['SET ROLE\n  clerk;', []],
    ['SET CONSTRAINT\n  ALL DEFERRED;', []],
    ['SET CONSTRAINTS\n  ALL DEFERRED;', []],
    ['DELETE FROM t\n  WHERE id IN (SELECT id FROM p);', ['DELETE FROM t WHERE id IN (SELECT id FROM p)']],
  ])('oracle: are no statements that begin alike: %j', (statement, own) => {
    expect(read('oracle', `${statement}\n${load}\n`)).toEqual({ status: 'full', statements: [...own, loaded] });
  });

  it('call what EXECUTE names, with a semicolon and without', () => {
    const { warnings, parseStatus } = analyseSql(
      { dialect: 'oracle', sql: `EXEC first_of;\nEXECUTE second_of(1)\n${load}` },
      null,
    );
    expect(parseStatus).toBe('full');
    expect(warnings).toEqual(['first_of', 'second_of'].map((name) => expect.stringContaining(name) as string));
  });
});

describe('a copy by a client', () => {
  it.each(["\\copy (SELECT mail FROM p) TO 'x.csv'", "\\copy (SELECT mail FROM p) TO 'x.csv';"])(
    'reads and writes tables: %s',
    (line) => {
      expect(read('postgres', `${line}\n${load}`)).toEqual({
        status: 'full',
        statements: ['copy (SELECT mail FROM p) TO ?', loaded],
      });
    },
  );

  it.each([
    ["COPY p (mail) FROM STDIN;\nO'Brien\tselect x from y;\n\\.\n", ['COPY p (mail) FROM STDIN']],
    ["COPY p (mail) FROM STDIN;\r\nO'Brien\r\n\\. \r\n", ['COPY p (mail) FROM STDIN']],
    [
      "COPY p (mail) FROM STDIN;\nO'Brien\n\\.\nCOPY r (mail) FROM STDIN;\nd'Arc\n\\.\n",
      ['COPY p (mail) FROM STDIN', 'COPY r (mail) FROM STDIN'],
    ],
  ])('takes its rows from the lines behind it, which are values of people: %j', (copy, own) => {
    expect(read('postgres', `${copy}${load}`)).toEqual({ status: 'full', statements: [...own, loaded] });
  });
});

describe('a slash alone on its line', () => {
  it.each(['\n/', '\n/\n', ';\n/\n'])('ends a statement: %j', (end) => {
    expect(read('oracle', `INSERT INTO u (id) SELECT id FROM q${end}`)).toEqual({
      status: 'full',
      statements: [loaded],
    });
  });

  it('divides where something stands beside it', () => {
    expect(read('oracle', 'INSERT INTO u (id) SELECT a\n / b FROM q;').statements).toEqual([
      'INSERT INTO u (id) SELECT a / b FROM q',
    ]);
    expect(read('oracle', 'INSERT INTO u (id) SELECT a /\n b FROM q;').statements).toEqual([
      'INSERT INTO u (id) SELECT a / b FROM q',
    ]);
  });
});
