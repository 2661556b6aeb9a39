import type { Dialect } from '../dialect/dialect.ts';

const signs: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  Z: '\u001a',
  // MySQL, Hive, Spark: the backslash stays before what LIKE reads.
  '%': '\\%',
  _: '\\_',
};
const escapes = /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|[^])/g;

/** What a literal of backslash escapes says: MySQL 11.1.1, Snowflake, Spark, Databricks, Hive, BigQuery and ClickHouse on strings, PostgreSQL 4.1.2.2. */
export function decodeEscapes(content: string, others: Dialect['otherEscapes']): string {
  if (!content.includes('\\')) return content;
  return content.replaceAll(escapes, (whole, told: string) => {
    const sign = told.slice(0, 1);
    if (told.length > 1 && others !== 'dropped') {
      const code = /^[xuU]/.test(told) ? Number.parseInt(told.slice(1), 16) : Number.parseInt(told, 8);
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    }
    const known = Object.hasOwn(signs, sign) ? signs[sign] : undefined;
    const said = known ?? (others === 'kept' && /[^\\'"`/]/.test(sign) ? whole.slice(0, 2) : sign);
    return said + told.slice(1);
  });
}
