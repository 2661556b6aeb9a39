import { joinName } from '../model/dataset-name.ts';
import { findDialect } from '../sql/dialect/dialects.ts';
import { parsePath, printPath, type FieldPath } from '../model/ids.ts';

/** A table name of a SQL text, cut at the dots outside quotes. */
export interface SqlName {
  readonly parts: readonly string[];
  /** By part: it stood in quotes, so its case is meant. */
  readonly quoted: readonly boolean[];
}

const closing: Readonly<Record<string, string>> = { '"': '"', '`': '`', '[': ']' };

/** Cuts `db."My Schema".[t.x]` into its parts, quotes taken off, doubled quotes undone. */
export function parseSqlName(text: string): SqlName {
  const parts: string[] = [];
  const quoted: boolean[] = [];
  let part = '';
  let inQuotes = false;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const close = part === '' ? closing[char] : undefined;
    if (close !== undefined) {
      const end = quoteEnd(text, at + 1, close);
      part = text.slice(at + 1, end).replaceAll(close + close, close);
      inQuotes = true;
      at = end + 1;
    } else if (char === '.') {
      parts.push(part);
      quoted.push(inQuotes);
      part = '';
      inQuotes = false;
      at += 1;
    } else {
      part += char;
      at += 1;
    }
  }
  parts.push(part);
  quoted.push(inQuotes);
  return { parts, quoted };
}

function quoteEnd(text: string, from: number, close: string): number {
  let end = text.indexOf(close, from);
  while (end >= 0 && text.charAt(end + 1) === close) end = text.indexOf(close, end + 2);
  return end < 0 ? text.length : end;
}

type Fold = 'lower' | 'upper' | 'keep';

/** What an engine makes of an unquoted name. BigQuery, MySQL, SQL Server and ClickHouse keep what was written. */
const folds: Readonly<Record<string, Fold>> = {
  athena: 'lower',
  databricks: 'lower',
  db2: 'upper',
  dremio: 'keep',
  duckdb: 'keep',
  greenplum: 'lower',
  hive: 'lower',
  materialize: 'lower',
  oracle: 'upper',
  postgres: 'lower',
  postgresql: 'lower',
  presto: 'lower',
  redshift: 'lower',
  snowflake: 'upper',
  spark: 'lower',
  trino: 'lower',
  vertica: 'keep',
};

/** One part of a name as the dialect's engine would store it. A dialect without a rule here keeps the spelling. */
export function foldPart(part: string, quoted: boolean, dialect: string): string {
  if (quoted) return part;
  const fold = folds[dialect.toLowerCase()] ?? 'keep';
  return fold === 'lower' ? part.toLowerCase() : fold === 'upper' ? part.toUpperCase() : part;
}

/** A whole name as the dialect's engine would store it, parts joined as datasets are named. */
export function foldName(name: SqlName, dialect: string): string {
  return joinName(name.parts.map((part, i) => foldPart(part, name.quoted[i] ?? false, dialect)));
}

/**
 * The field that a column name of a SQL text means: by its exact name, then regardless of case, then (a struct member) by
 * the longest known prefix of the path. Null when the dataset is known and has no such field.
 */
export function findField(column: string, known: readonly FieldPath[]): FieldPath | null {
  const unquoted = parseSqlName(column);
  const plain = unquoted.parts.join('.');
  const exact = known.find((path) => printPath(path) === column || (path.length === 1 && path[0] === plain));
  if (exact !== undefined) return exact;
  const lower = plain.toLowerCase();
  const insensitive = known.filter((path) => path.join('.').toLowerCase() === lower);
  if (insensitive.length > 0) return insensitive.length === 1 ? (insensitive[0] ?? null) : null;
  for (let length = unquoted.parts.length - 1; length > 0; length--) {
    const prefix = unquoted.parts.slice(0, length).join('.').toLowerCase();
    const parent = known.find((path) => path.join('.').toLowerCase() === prefix);
    if (parent !== undefined) return parent;
  }
  return null;
}

/** The field of a dataset nobody has described: what the text says, folded as its engine would. */
export function assumedField(column: string, dialect: string): FieldPath {
  const name = parseSqlName(column);
  if (name.parts.length === 1) return [foldPart(name.parts[0] ?? column, name.quoted[0] ?? false, dialect)];
  return parsePath(column).map((segment) => foldPart(segment, false, dialect));
}

/** The column is another than one that differs from it in case alone: it stands in quotes, or all case counts in its engine. */
export function caseIsMeant(column: string, dialect: string): boolean {
  return column.startsWith('"') || findDialect(dialect)?.caseMatters === 'always';
}

/** BigQuery's daily tables and the wild cards over them stand for one dataset (`fullName` of the dialects says how it is called). */
const dailyTable = /_(?:(?:19|20)\d{6}|\d{0,7}\*)$/u;

/** The words of a SQL text that could be names, in lower case: what is known of other tables need not be looked up. */
export function wordsOf(sql: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const match of sql.matchAll(
    /"((?:[^"\n]|""){1,300})"|`((?:[^`\n]|``){1,300})`|\[((?:[^\]\n]|\]\]){1,300})\]|([\p{L}_$#@][\p{L}\p{N}_$#@]*)/gu,
  )) {
    const [, double, back, square, plain] = match;
    const text =
      double?.replaceAll('""', '"') ?? back?.replaceAll('``', '`') ?? square?.replaceAll(']]', ']') ?? plain ?? '';
    const word = text.toLowerCase();
    for (const part of word.includes('.') ? [word, ...word.split('.')] : [word]) {
      words.add(part);
      words.add(part.replace(dailyTable, '_yyyymmdd'));
    }
  }
  return words;
}
