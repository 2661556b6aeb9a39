import { splitName } from '../dialect/table-names.ts';
import { Lexer } from './lexer.ts';
import type { Dialect, Twins } from '../dialect/dialect.ts';

/**
 * Twins are names that differ in case alone and are two all the same: `"Email"` beside `email`. Everywhere else names are
 * compared without regard to case, so while a text is read a twin bears a sign of its own at its end: characters that Unicode
 * keeps for the inside of programs and no text holds. What is in small letters, or in quotes what an unquoted name becomes,
 * goes without.
 */
const firstMark = 0xfdd0;
const marks = 32;
const marked = /[\uFDD0-\uFDEF]/;
const allMarks = /[\uFDD0-\uFDEF]+/g;

/** Strings of SQL inside of strings are looked into this deep. */
const deepest = 3;

/** A text without one of these is no SQL that names a table. */
const sqlWords = /\b(?:SELECT|INSERT|UPDATE|DELETE|MERGE|CREATE|FROM|INTO)\b/i;

/** Spellings by their lower case. */
type Spellings = Map<string, Set<string>>;

/** Known tables: `db.schema.table` → column → type. */
type Schema = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The twins among the names of a text and of the tables that are known around it; null when there are none. */
export function findTwins(sql: string, dialect: Dialect, schema: Schema): Twins | null {
  const { caseMatters } = dialect;
  if (caseMatters === 'never') return null;
  const written: Spellings = new Map();
  if (caseMatters !== 'quoted' || sql.includes('"')) collect(sql, dialect, written, 0);
  const listed = listedTwins(schema, caseMatters !== 'tables');
  const forms = new Map<string, readonly string[]>();
  for (const spellings of [written, listed])
    for (const [key, own] of spellings)
      if (own.size > 1) forms.set(key, [...new Set([...(written.get(key) ?? []), ...(listed.get(key) ?? [])])]);
  if (forms.size === 0) return null;
  const hold = (stored: string): string => {
    if (stored === plainForm(stored, dialect)) return stored;
    const at = forms.get(stored.toLowerCase())?.indexOf(stored) ?? -1;
    return at === -1 ? stored : stored + String.fromCharCode(firstMark + Math.min(at, marks - 1));
  };
  return {
    hold(text, quoted) {
      if (quoted || caseMatters !== 'quoted') return hold(text);
      // Beside a twin in quotes an unquoted name is told as it is stored: its own spelling may be that of the twin.
      return forms.has(text.toLowerCase()) ? plainForm(text, dialect) : text;
    },
    isWritten: (stored) => written.get(stored.toLowerCase())?.has(stored) === true,
    isPlain: (stored) => stored === plainForm(stored, dialect),
  };
}

/** What an unquoted name becomes; where all case counts, the name in small letters. */
function plainForm(text: string, { caseMatters, fold }: Dialect): string {
  return caseMatters === 'quoted' && fold === 'upper' ? text.toUpperCase() : text.toLowerCase();
}

function collect(sql: string, dialect: Dialect, into: Spellings, depth: number): void {
  const lexer = new Lexer(sql, dialect);
  const isByQuotes = dialect.caseMatters === 'quoted';
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) {
    if (token.kind === 'word') {
      const word = sql.slice(token.start, token.end);
      add(into, isByQuotes ? plainForm(word, dialect) : word);
    } else if (token.kind === 'name')
      for (const part of dialect.quotedPath ? token.text.split('.') : [token.text]) add(into, part);
    // SQL in a text: the body of a routine, or what EXECUTE is given.
    else if (token.kind === 'string' && depth < deepest && (isByQuotes ? /"/ : sqlWords).test(token.text))
      collect(token.text, dialect, into, depth + 1);
  }
}

function add(into: Spellings, spelling: string): void {
  const key = spelling.toLowerCase();
  const known = into.get(key);
  if (known === undefined) into.set(key, new Set([spelling]));
  else known.add(spelling);
}

const seen = [new WeakMap<Schema, Spellings>(), new WeakMap<Schema, Spellings>()] as const;

/** Columns of one table, and tables, whose names differ in case alone. A schema is known to many texts. */
function listedTwins(schema: Schema, withColumns: boolean): Spellings {
  const cache = seen[withColumns ? 1 : 0];
  const before = cache.get(schema);
  if (before !== undefined) return before;
  const found: Spellings = new Map();
  const tables = Object.keys(schema);
  for (const same of sameInAnyCase(tables)) for (const part of same.flatMap(splitName)) add(found, part);
  if (withColumns)
    for (const table of tables)
      for (const same of sameInAnyCase(Object.keys(schema[table] ?? {}))) for (const name of same) add(found, name);
  cache.set(schema, found);
  return found;
}

function sameInAnyCase(names: readonly string[]): readonly (readonly string[])[] {
  if (new Set(names.map((name) => name.toLowerCase())).size === names.length) return [];
  const found: Spellings = new Map();
  for (const name of names) add(found, name);
  return [...found.values()].filter((own) => own.size > 1).map((own) => [...own]);
}

/** True for the name of a twin that another than the plain spelling was given. */
export function isMarked(name: string): boolean {
  return marked.test(name);
}

/** A name without the sign of a twin. */
export function unmarked(name: string): string {
  return name.replaceAll(allMarks, '');
}

/** All that is told of a text, its twins as they are written: those whose case quotes keep in quotes, part by part. */
export function tellTwins<T>(told: T, dialect: Dialect): T;
export function tellTwins(told: unknown, dialect: Dialect): unknown {
  if (typeof told === 'string') return toldName(told, dialect);
  if (Array.isArray(told)) return told.map((item: unknown) => tellTwins(item, dialect));
  if (told === null || typeof told !== 'object') return told;
  return Object.fromEntries(
    Object.entries(told).map(([key, value]: [string, unknown]) => [key, tellTwins(value, dialect)]),
  );
}

function toldName(name: string, { caseMatters }: Dialect): string {
  if (!isMarked(name)) return name;
  if (caseMatters !== 'quoted') return unmarked(name);
  return name.replaceAll(/"(?:[^"]|"")*"|[^."]+/g, (part) =>
    isMarked(part) && !part.startsWith('"') ? `"${unmarked(part)}"` : unmarked(part),
  );
}
