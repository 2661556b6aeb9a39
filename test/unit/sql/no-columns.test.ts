import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** The columns of t that an expression is made from, and `in part` where it is not wholly understood. */
function columnsOf(expression: string, dialect: string, known: readonly string[] = []): string {
  const schema = known.length === 0 ? {} : { schema: { t: Object.fromEntries(known.map((name) => [name, 'text'])) } };
  const { columns, parseStatus } = analyseSql({ dialect, sql: `SELECT ${expression} AS r FROM t`, ...schema }, null);
  const names = [...new Set(columns.map(({ up }) => up.column.toLowerCase()))].sort().join(' ');
  return parseStatus === 'full' ? names : `${names} in part`;
}

describe('a word that stands for a value of the surroundings', () => {
  it.each([
    ['redshift', 'SYSDATE'],
    ['redshift', 'CURRENT_USER_ID'],
    ['teradata', 'DATE'],
    ['teradata', 'DATE - 30'],
    ['teradata', "DATE (FORMAT 'YYYY-MM-DD')"],
    ['teradata', 'PROFILE'],
    ['db2', 'CURRENT_SERVER'],
    ['db2', 'CURRENT CLIENT_USERID'],
    ['db2', 'CURRENT TIMESTAMP - 2 DAYS'],
    ['netezza', 'CURRENT_SID'],
    ['netezza', 'DATASLICEID'],
    ['exasol', 'SYSTIMESTAMP'],
    ['exasol', 'ROWNUM'],
    ['vertica', 'SYSDATE'],
    ['mysql', 'UTC_TIMESTAMP'],
    ['mariadb', 'CURRENT_ROLE'],
    ['tsql', 'USER'],
    ['tsql', 'IDENTITY(int, 1, 1)'],
    ['trino', 'current_catalog'],
    ['duckdb', 'current_schema'],
    ['bigquery', 'CURRENT_DATETIME'],
    ['hive', 'INPUT__FILE__NAME'],
    ['clickhouse', 'nan'],
    ['oracle', 'SYSTIMESTAMP'],
  ])('%s: is no column: %s', (dialect, expression) => {
    expect(columnsOf(expression, dialect)).toBe('');
  });

  it('is a column where its name is quoted or qualified', () => {
    expect(columnsOf('"DATE"', 'teradata')).toBe('date');
    expect(columnsOf('t.DATE', 'teradata')).toBe('date');
    expect(columnsOf('`utc_date`', 'mysql')).toBe('utc_date');
  });

  it('is a column elsewhere', () => {
    expect(columnsOf('date', 'snowflake')).toBe('date');
    expect(columnsOf('sysdate', 'postgres')).toBe('sysdate');
    expect(columnsOf('user', 'spark')).toBe('user');
    expect(columnsOf('inf', 'postgres')).toBe('inf');
  });

  it('is a column where the table has one of that name and the word is not reserved', () => {
    expect(columnsOf('CURRENT_DATETIME', 'bigquery', ['current_datetime'])).toBe('current_datetime');
    expect(columnsOf('DATE', 'teradata', ['date'])).toBe('');
  });
});

describe('a word that says how a function works', () => {
  it.each([
    ['db2', 'CHAR(a, ISO)'],
    ['db2', 'SUBSTRING(a, 1, 2, CODEUNITS32)'],
    ['db2', 'CHARACTER_LENGTH(a, OCTETS)'],
    ['db2', "STRIP(a, L, '0')"],
    ['db2', "TRIM(B '0' FROM a)"],
    ['db2', 'a + 1 MONTH'],
    ['db2', 'XMLSERIALIZE(CONTENT XMLELEMENT(NAME "p", a) AS CLOB(1M))'],
    ['postgres', 'normalize(a, NFC)'],
    ['postgres', 'a IS NFC NORMALIZED'],
    ['postgres', 'xmlelement(NAME p, xmlattributes(a AS id))'],
    ['postgres', 'xmlparse(DOCUMENT a)'],
    ['bigquery', 'NORMALIZE(a, NFKC)'],
    ['trino', 'normalize(a, NFD)'],
    ['redshift', 'CONVERT(integer, a)'],
    ['tsql', 'CONVERT(nvarchar(10), a, 104)'],
    ['mysql', "DATE_FORMAT(a, GET_FORMAT(DATE, 'EUR'))"],
    ['mysql', 'CONVERT(a USING utf8mb4)'],
    ['hive', 'FLOOR(a TO MONTH)'],
    ['starrocks', 'time_slice(a, INTERVAL 5 MINUTE, FLOOR)'],
    ['teradata', 'TRANSLATE(a USING UNICODE_TO_LATIN WITH ERROR)'],
    ['teradata', 'CASE_N(a < 10, a < 20, NO CASE OR UNKNOWN)'],
    ['teradata', 'RANK(a DESC)'],
    ['vertica', "LISTAGG(a USING PARAMETERS separator = ';')"],
  ])('%s: is no column: %s', (dialect, expression) => {
    expect(columnsOf(expression, dialect)).toBe('a');
  });

  it.each([
    ['db2', 'CHAR(a, iso_length)', 'a iso_length'],
    ['db2', 'CONCAT(a, octets)', 'a octets'],
    ['postgres', 'concat(a, nfc)', 'a nfc'],
    ['postgres', 'concat(content, a)', 'a content'],
    ['snowflake', 'CHAR(a, iso)', 'a iso'],
    ['mysql', 'concat(date, a)', 'a date'],
    ['teradata', '(a - b) MONTH(4)', 'a b'],
    ['teradata', 'a P_INTERSECT b', 'a b'],
    ['oracle', 'identity(a, b)', 'a b'],
  ])('%s: a column in another place stays: %s', (dialect, expression, columns) => {
    expect(columnsOf(expression, dialect)).toBe(columns);
  });
});

describe('a method', () => {
  it.each([
    ['tsql', 'geography::Point(lat, lon, 4326)', 'lat lon'],
    ['tsql', 'hierarchyid::Parse(a)', 'a'],
    ['tsql', 'place.STAsText()', 'place'],
    ['tsql', 't.place.STDistance(other)', 'other place'],
    ['teradata', "doc.JSONExtractValue('$.mail')", 'doc'],
    ['oracle', 't.body.getClobVal()', 'body'],
    ['bigquery', 'WITH(x AS a, y AS upper(x), concat(x, y, b))', 'a b'],
    // A function of somebody's schema is no method.
    ['tsql', 'dbo.Clean(a)', 'a'],
    ['teradata', 'syslib.clean(a)', 'a'],
    ['oracle', 'pkg.clean(a)', 'a'],
  ])('%s: gives what it is called on and with: %s', (dialect, expression, columns) => {
    expect(columnsOf(expression, dialect)).toBe(columns);
  });
});
