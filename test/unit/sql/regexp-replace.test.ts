import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** What is left of `a` after a replacement with these arguments. */
function leftBy(rest: string, dialect: string, fn = 'regexp_replace'): string {
  const { columns } = analyseSql({ dialect, sql: `select ${fn}(a, ${rest}) as r from t` }, null);
  return columns
    .filter(({ up }) => up.column === 'a')
    .map(({ effect, masking }) => `${effect}${masking ? ' masked' : ''}`)
    .join(', ');
}

const replacesAll = [
  'ansi',
  'redshift',
  'spark',
  'databricks',
  'snowflake',
  'oracle',
  'mysql',
  'tidb',
  'tsql',
  'fabric',
  'db2',
  'vertica',
  'exasol',
  'netezza',
  'teradata',
  'mariadb',
  'doris',
  'starrocks',
  'hive',
  'impala',
  'bigquery',
  'trino',
  'presto',
  'athena',
  'dremio',
  'clickhouse',
];
const replacesFirst = ['postgres', 'greenplum', 'cockroachdb', 'materialize', 'duckdb'];

describe('REGEXP_REPLACE', () => {
  it.each(replacesAll)('replaces every match in %s', (dialect) => {
    expect(leftBy("'.', '*'", dialect)).toBe('mask masked');
    expect(leftBy("'[0-9]', '*'", dialect)).toBe('partial');
  });

  it.each(replacesFirst)('replaces the first match in %s, all with the flag g', (dialect) => {
    expect(leftBy("'.', '*'", dialect)).toBe('keep');
    expect(leftBy("'[0-9]', '*'", dialect)).toBe('keep');
    expect(leftBy("'.', '*', 'i'", dialect)).toBe('keep');
    expect(leftBy("'.', '*', flags", dialect)).toBe('keep');
    expect(leftBy("'.', '*', 'gi'", dialect)).toBe('mask masked');
    expect(leftBy("'[0-9]', '*', 'g'", dialect)).toBe('partial');
    expect(leftBy("'.*', '*'", dialect)).toBe('mask masked');
  });

  it('is nobody’s word in SQLite, which has none', () => {
    expect(leftBy("'.', '*'", 'sqlite')).toBe('unknown');
    expect(leftBy("'.', '*'", 'snowflake', 'replaceRegexpAll')).toBe('unknown');
    expect(leftBy("'.', '*'", 'mysql', 'regexp_replace_one')).toBe('unknown');
    expect(leftBy("'.', '*'", 'clickhouse', 'replaceRegexpAll')).toBe('mask masked');
    expect(leftBy("'.', '*'", 'clickhouse', 'replaceRegexpOne')).toBe('keep');
    expect(leftBy("'.+', '*'", 'clickhouse', 'replaceRegexpOne')).toBe('mask masked');
    expect(leftBy("'.', '*'", 'doris', 'regexp_replace_one')).toBe('keep');
    expect(leftBy("'\\\\S+', '*'", 'doris', 'regexp_replace_one')).toBe('partial');
  });

  it.each([
    'oracle',
    'snowflake',
    'mysql',
    'tidb',
    'tsql',
    'db2',
    'vertica',
    'exasol',
    'netezza',
    'teradata',
    'postgres',
  ])('counts positions and matches in %s', (dialect) => {
    expect(leftBy("'.', '*', 1, 0", dialect)).toBe('mask masked');
    expect(leftBy("'.', '*', 1, 1", dialect)).toBe('keep');
    expect(leftBy("'.', '*', 1, 1, 'c'", dialect)).toBe('keep');
    expect(leftBy("'.', '*', 1, n", dialect)).toBe('keep');
    expect(leftBy("'.', '*', 5, 0", dialect)).toBe('partial');
    expect(leftBy("'.', '*', 9, 0", dialect)).toBe('partial');
    expect(leftBy("'.', '*', 10, 0", dialect)).toBe('keep');
    expect(leftBy("'.', '*', n, 0", dialect)).toBe('keep');
    expect(leftBy("'[0-9]', '*', 12, 0", dialect)).toBe('keep');
    expect(leftBy("'^.*', '*', 5, 0", dialect)).toBe('keep');
    expect(leftBy("'.+', '*', 1, 1", dialect)).toBe('mask masked');
    expect(leftBy("'.+', '*', 1, 2", dialect)).toBe('keep');
    expect(leftBy("'[^@]+', '*', 1, 2", dialect)).toBe('partial');
  });

  it('hides all where letters are those of every language, a part where they are those of ASCII', () => {
    for (const pattern of ["'\\w'", "'[[:alnum:]]'", "'\\w+'", "'[\\w.]'"]) {
      const escaped = pattern.replaceAll('\\', '\\\\');
      for (const dialect of ['oracle', 'db2']) expect(leftBy(`${pattern}, '*'`, dialect), dialect).toBe('mask masked');
      for (const dialect of ['mysql', 'mariadb'])
        expect(leftBy(`${escaped}, '*'`, dialect), dialect).toBe('mask masked');
      expect(leftBy(`${pattern}, '*', 'g'`, 'postgres')).toBe('mask masked');
      expect(leftBy(`${pattern}, '*'`, 'postgres')).not.toBe('mask masked');
      for (const dialect of ['snowflake', 'bigquery', 'spark', 'clickhouse'])
        expect(leftBy(`${escaped}, '*'`, dialect), dialect).toBe('partial');
      for (const dialect of ['clickhouse', 'trino'])
        expect(leftBy(`${pattern}, '*'`, dialect), dialect).toBe('partial');
      expect(leftBy(`${pattern}, '*', 'g'`, 'duckdb')).toBe('partial');
    }
  });

  it.each([
    'mysql',
    'mariadb',
    'tidb',
    'doris',
    'starrocks',
    'snowflake',
    'spark',
    'databricks',
    'hive',
    'impala',
    'redshift',
  ])('loses a single backslash of a literal in %s', (dialect) => {
    expect(leftBy(String.raw`'\\S', '*'`, dialect)).toBe('mask masked');
    expect(leftBy(String.raw`'\S', '*'`, dialect)).toBe('keep');
    expect(leftBy(String.raw`'\d', '*'`, dialect)).toBe('keep');
    expect(leftBy(String.raw`'\\\\S', '*'`, dialect)).toBe('keep');
  });

  it.each(['oracle', 'trino', 'presto', 'tsql', 'db2', 'vertica', 'exasol', 'teradata'])(
    'keeps every backslash of a literal in %s',
    (dialect) => {
      expect(leftBy(String.raw`'\S', '*'`, dialect)).toBe('mask masked');
      expect(leftBy(String.raw`'\\S', '*'`, dialect)).toBe('keep');
    },
  );

  it('reads a pattern by the kind of its literal', () => {
    for (const dialect of ['postgres', 'duckdb', 'greenplum']) {
      expect(leftBy(String.raw`'\S', '*', 'g'`, dialect), dialect).toBe('mask masked');
      expect(leftBy(String.raw`'\\S', '*', 'g'`, dialect), dialect).toBe('keep');
      expect(leftBy(String.raw`E'\S', '*', 'g'`, dialect), dialect).toBe('keep');
      expect(leftBy(String.raw`E'\\S', '*', 'g'`, dialect), dialect).toBe('mask masked');
      expect(leftBy(String.raw`$$\S$$, '*', 'g'`, dialect), dialect).toBe('mask masked');
    }
    for (const dialect of ['bigquery', 'databricks', 'spark']) {
      expect(leftBy(String.raw`r'\S', '*'`, dialect), dialect).toBe('mask masked');
      expect(leftBy(String.raw`r'\\S', '*'`, dialect), dialect).toBe('keep');
    }
    expect(leftBy(String.raw`$$\S$$, '*'`, 'snowflake')).toBe('mask masked');
    expect(leftBy(String.raw`'\\d{9}', '*'`, 'snowflake')).toBe('partial');
    // MySQL has no signs by their number.
    expect(leftBy(String.raw`'\x2e', '*'`, 'mysql')).toBe('keep');
    expect(leftBy(String.raw`'\x2e', '*'`, 'snowflake')).toBe('mask masked');
  });

  it('takes a pattern for text where the flags say so', () => {
    expect(leftBy("'.', '*', 'gq'", 'postgres')).toBe('keep');
    expect(leftBy("'.', '*', 1, 0, 'q'", 'postgres')).toBe('keep');
    expect(leftBy("'.', '*', 'gl'", 'duckdb')).toBe('keep');
  });

  it('reads the fourth argument as a position where that is all there is', () => {
    for (const dialect of ['redshift', 'spark', 'databricks', 'oracle', 'snowflake', 'mysql', 'db2'])
      expect(leftBy("'.', '*', 5", dialect), dialect).toBe('partial');
    expect(leftBy("'.', '*', 1, 'i'", 'redshift')).toBe('mask masked');
    // PostgreSQL: from the fifth sign on, the first match alone.
    expect(leftBy("'.', '*', 5", 'postgres')).toBe('keep');
    expect(leftBy("'.+', '*', 5", 'postgres')).toBe('partial');
    // MariaDB and Hive know no position.
    expect(leftBy("'.', '*'", 'mariadb')).toBe('mask masked');
  });

  it.each([
    // Everything.
    ['.', '*', 'mask masked'],
    ['.*', 'REDACTED', 'mask masked'],
    ['.+', '[hidden]', 'mask masked'],
    ['^.*$', '***', 'mask masked'],
    ['^.+', '***', 'mask masked'],
    ['.+$', '***', 'mask masked'],
    ['(.)', '#', 'mask masked'],
    ['^(.*)$', '***', 'mask masked'],
    ['(?:.)', '#', 'mask masked'],
    ['(?i).', '#', 'mask masked'],
    ['(?<all>.+)', '#', 'mask masked'],
    ['.?', '*', 'mask masked'],
    ['.{1,3}', '*', 'mask masked'],
    ['.+?', '*', 'mask masked'],
    ['..*', '*', 'mask masked'],
    ['[\\s\\S]', '*', 'mask masked'],
    ['\\S', 'x', 'mask masked'],
    ['[^\\s]', 'x', 'mask masked'],
    ['[^ ]', 'X', 'mask masked'],
    ['[^@]', '*', 'mask masked'],
    ['[^@.]+', '***', 'mask masked'],
    ['.|\\n', '*', 'mask masked'],
    ['.', '-', 'mask masked'],
    // A part stays.
    ['^[^@]+', '***', 'partial'],
    ['[^-]+$', '***', 'partial'],
    ['^[^@]+$', '***', 'partial'],
    ['^\\S+', '***', 'partial'],
    ['.+@', '***@', 'partial'],
    ['.{4}$', 'XXXX', 'partial'],
    ['.{4}', '*', 'partial'],
    ['^.{1,20}$', '*', 'partial'],
    ['^.{4,}', '*', 'partial'],
    ['[0-9]', '*', 'partial'],
    ['\\d', '#', 'partial'],
    ['\\D', '*', 'partial'],
    ['[[:digit:]]', '*', 'partial'],
    ['[[:alpha:]]', '*', 'partial'],
    ['[A-Za-z0-9_]', '*', 'partial'],
    ['[A-Za-z]', 'x', 'partial'],
    ['[0123456789]', '*', 'partial'],
    ['[^0-9]', '*', 'partial'],
    ['[0-9]{12}', 'X', 'partial'],
    ['\\d{3}-\\d{2}', 'XXX-XX', 'partial'],
    ['.(?=.{4})', '*', 'partial'],
    ['(?<=.).', '*', 'partial'],
    ['(?!^).', '*', 'partial'],
    ['\\B.', '*', 'partial'],
    ['^(.).*', '\\1***', 'partial'],
    ['(\\d{3})-(\\d{2})-(\\d{4})', 'XXX-XX-\\3', 'partial'],
    ['(\\d{4})\\d+', '$1****', 'partial'],
    ['\\d{9}|\\d{11}', '*', 'partial'],
    ['(\\d|[a-z])+', '*', 'partial'],
    ['(ab|cd)*\\1[0-9]+', '*', 'partial'],
    ['\\p{L}', '*', 'partial'],
    // Cleaning: only signs go.
    ['[/]', '-', 'keep'],
    ['[.]', '_', 'keep'],
    ['[_]', ' ', 'keep'],
    ['[,]', '.', 'keep'],
    ['[-]', '*', 'keep'],
    ['[]]', '*', 'keep'],
    ['-', '*', 'keep'],
    ['\\.', '_', 'keep'],
    ['\\s+', ' ', 'keep'],
    ['\\W', '_', 'keep'],
    ['[^a-zA-Z0-9]', '_', 'keep'],
    ['[[:space:]]+', ' ', 'keep'],
    ['[[:punct:]]', ' ', 'keep'],
    ['[!-/]', '*', 'keep'],
    ['[/]|[-]', '.', 'keep'],
    ['( ){2,}', ' ', 'keep'],
    // A fixed text or a few letters.
    ['x', '*', 'keep'],
    ['^Mr ', '', 'keep'],
    ['^00', 'XX', 'keep'],
    ['[aeiou]', '*', 'keep'],
    // A sign or three at one end.
    ['^.', '*', 'keep'],
    ['.$', '*', 'keep'],
    ['^[^@]', '*', 'keep'],
    ['^.{3}', '***', 'keep'],
    ['^.$', '*', 'keep'],
    ['^.+?', '*', 'keep'],
    ['.*?', '*', 'keep'],
    // The groups put back are the value.
    ['^(.*)$', '\\1***', 'keep'],
    ['.+', '\\0*', 'keep'],
    ['(\\w+) (\\w+)', '\\2 - \\1', 'keep'],
    ['(\\d{3})(\\d{4})', '$1-$2', 'keep'],
    ['(\\d+)x(\\d+)', '\\1*\\2', 'keep'],
    // Other words in its place: nothing says that they hide.
    ['.*', 'n/a', 'keep'],
    ['.*', '', 'keep'],
    ['[^0-9]', '', 'keep'],
  ])('%s replaced by %s leaves: %s', (pattern, replacement, expected) => {
    expect(leftBy(`'${pattern}', '${replacement}'`, 'oracle')).toBe(expected);
  });

  it('says nothing of a pattern or a replacement that a column holds', () => {
    expect(leftBy("p, '*'", 'oracle')).toBe('keep');
    expect(leftBy("'.', c", 'oracle')).toBe('keep');
    expect(leftBy("'.'", 'oracle')).toBe('keep');
  });

  it('takes no second alternative for granted where one match alone is replaced', () => {
    expect(leftBy("'x|.+', '*'", 'postgres')).toBe('partial');
    expect(leftBy("'x|y', '*'", 'postgres')).toBe('keep');
  });
});
