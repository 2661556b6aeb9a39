import { readPattern } from './read-pattern.ts';
import { asciiClasses, unicodeClasses } from './pattern-signs.ts';
import type { Effect } from '../../model/treatment.ts';
import type { Expr } from '../ast/nodes.ts';
import type { PatternBranch } from './read-pattern.ts';

/** Which of a pattern's matches are replaced. */
interface Matches {
  /** The first sign looked at, from 1; null when it is not said as a number. */
  readonly from: number | null;
  /** Which match, from 1; 0 for all of them; null when it is not said as a number. */
  readonly which: number | null;
}

/** What a function does whose arguments after the replacement are these. */
type ReadMatches = (rest: readonly Expr[]) => Matches;

/** At most this many readable signs before the place where a replacement begins count as a part of the value. */
export const longestPart = 8;
/** Fewer hidden signs than this leave the value as good as whole. */
export const leastHidden = 4;

/** Text that only hides: stars, crosses, hashes, a word like REDACTED. */
export const hiding = /^(?:[*xX#•█?.\-_ ]+|\\?\[?(?:redacted|masked|hidden|removed|anonymi[sz]ed|confidential)\]?|)$/i;
/** Signs that hide, between groups of the value and signs that stand in any value: `\1***@`, `XXX-XX-$1`. */
const hidingInPart = /^(?:\\\d|\$\d|[*xX#•█@.\-_ +()])*$/;

const all: ReadMatches = () => ({ from: 1, which: 0 });
const first: ReadMatches = () => ({ from: 1, which: 1 });
/** `position, occurrence, flags`: all matches when no occurrence is named. */
const counted: ReadMatches = ([position, occurrence]) => ({
  from: position === undefined ? 1 : numberOf(position),
  which: occurrence === undefined ? 0 : numberOf(occurrence),
});
/** `position, flags`: always all matches. */
const placed: ReadMatches = ([position]) => ({ from: position === undefined ? 1 : numberOf(position), which: 0 });
/** `flags`: the first match alone without a `g` among them. */
const flagged: ReadMatches = ([flags]) => ({
  from: 1,
  which: flags?.kind === 'literal' && flags.type !== 'number' && flags.value.includes('g') ? 0 : 1,
});
/** PostgreSQL: `flags`, or `start, N, flags`, where N is 1 when left out and g says nothing. */
const flaggedOrCounted: ReadMatches = (rest) => {
  const [start, occurrence] = rest;
  if (rest.length < 2 && (start?.kind !== 'literal' || start.type !== 'number')) return flagged(rest);
  return { from: numberOf(start), which: occurrence === undefined ? 1 : numberOf(occurrence) };
};

/**
 * How each dialect's REGEXP_REPLACE reads what follows the replacement. Sources: PostgreSQL 9.7.3; Redshift, Snowflake,
 * BigQuery, Databricks, Oracle, Db2, Vertica, Exasol, Netezza, Teradata, Trino, Impala, Hive and DuckDB function
 * references; MySQL 14.8.2, MariaDB, TiDB, Doris, StarRocks; T-SQL (2025) REGEXP_REPLACE. `ansi` as the standard’s
 * TRANSLATE_REGEX, which replaces all. SQLite has none.
 */
const byDialect: Readonly<Record<string, ReadMatches>> = {
  ansi: counted,
  postgres: flaggedOrCounted,
  greenplum: flagged,
  cockroachdb: flagged,
  materialize: flagged,
  duckdb: flagged,
  redshift: placed,
  spark: placed,
  databricks: placed,
  snowflake: counted,
  oracle: counted,
  mysql: counted,
  tidb: counted,
  tsql: counted,
  fabric: counted,
  db2: counted,
  vertica: counted,
  exasol: counted,
  netezza: counted,
  teradata: counted,
  mariadb: all,
  doris: all,
  starrocks: all,
  hive: all,
  impala: all,
  bigquery: all,
  trino: all,
  presto: all,
  athena: all,
  dremio: all,
  clickhouse: all,
};

/**
 * Where `\w`, `[[:alnum:]]` and their kin take the letters of every language: PostgreSQL 9.7.3.6 and Oracle (by the locale),
 * MySQL 14.8.2 and Db2 (ICU), MariaDB (PCRE with Unicode properties), Materialize (Rust's patterns). Snowflake, the RE2 of
 * BigQuery, DuckDB and others, and Java's patterns take those of ASCII alone: names in other letters stay readable.
 */
const unicodeLetters = new Set(['postgres', 'greenplum', 'materialize', 'oracle', 'mysql', 'mariadb', 'db2']);

/** What a replacement by pattern leaves of a value; null where the dialect has no such function. */
export function regexpReplace(name: string, args: readonly Expr[], dialect: string): Effect | null {
  const read = readerOf(name, dialect);
  if (read === null) return null;
  const pattern = args[1]?.kind === 'literal' ? args[1].value : null;
  const replacement = args[2]?.kind === 'literal' ? args[2].value : '';
  if (pattern === null || replacement === '' || !(hiding.test(replacement) || hidingInPart.test(replacement)))
    return 'keep';
  const kept = [...replacement.matchAll(/[\\$](\d)/g)].map((found) => Number(found[1]));
  // Groups put back in another order, with dashes between them, hide nothing.
  if (kept.length > 0 && !/[*xX#•█]/.test(replacement)) return 'keep';
  if (isPlainText(args.slice(3), dialect)) return 'keep';
  const matches = read(args.slice(3));
  const branches = readPattern(pattern, unicodeLetters.has(dialect) ? unicodeClasses : asciiClasses);
  if (branches === null) return readableStart(matches) === 'keep' ? 'keep' : 'partial';
  return least(
    branches.map((branch) => effectOf(branch, matches, kept)),
    matches,
  );
}

const plainTextFlags: Readonly<Record<string, string>> = { postgres: 'q', greenplum: 'q', duckdb: 'l' };

/** The flags say that the pattern is a text, no pattern: PostgreSQL's q, DuckDB's l. */
function isPlainText(rest: readonly Expr[], dialect: string): boolean {
  const sign = Object.hasOwn(plainTextFlags, dialect) ? plainTextFlags[dialect] : undefined;
  return rest.some((arg) => sign !== undefined && arg.kind === 'literal' && arg.value.includes(sign));
}

function readerOf(name: string, dialect: string): ReadMatches | null {
  if (name === 'REGEXPREPLACE') return Object.hasOwn(byDialect, dialect) ? (byDialect[dialect] ?? null) : null;
  if (name === 'REGEXPREPLACEONE') return dialect === 'doris' ? first : null;
  if (dialect !== 'clickhouse') return null;
  return name === 'REPLACEREGEXPONE' ? first : all;
}

/** What one alternative leaves. */
function effectOf(branch: PatternBranch, matches: Matches, kept: readonly number[]): Effect {
  const { steps, fromStart, toEnd } = branch;
  const start = readableStart(matches);
  if (start === 'keep' || (fromStart && matches.from !== 1)) return 'keep';
  if (kept.includes(0)) return 'keep';
  const isWhole = kept.length === 0 && coversAll(branch, matches);
  if (isWhole) return start ?? 'mask';
  const gone = steps.filter(({ takes, groups }) => takes !== 'narrow' && !groups.some((group) => kept.includes(group)));
  const hidden = gone.reduce((sum, { max }) => sum + max, 0);
  if (hidden === 0) return 'keep';
  const isRepeated = matches.which === 0 && !fromStart && !toEnd;
  if (!isRepeated && hidden < leastHidden) return 'keep';
  // A run that takes every sign there is stands in a value once: there is no second one.
  const isOneRun =
    matches.which !== 0 && matches.which !== 1 && gone.some(({ takes, max }) => takes === 'all' && max === Infinity);
  return isOneRun ? 'keep' : 'partial';
}

/** No letter or digit of any value is left after where the matches begin. */
function coversAll({ steps, fromStart, toEnd, conditioned }: PatternBranch, { which }: Matches): boolean {
  if (conditioned || steps.length === 0 || steps.some(({ takes }) => takes !== 'all' && takes !== 'most')) return false;
  const min = steps.reduce((sum, step) => sum + step.min, 0);
  const max = steps.reduce((sum, step) => sum + step.max, 0);
  if (min > 1 || max === 0) return false;
  const isRun = max === Infinity && steps.every(({ takes }) => takes === 'all');
  if (isRun) return which === 0 || which === 1;
  return which === 0 && !fromStart && !toEnd && steps.length === 1;
}

/** What the signs before the first one looked at leave readable; null when there are none. */
function readableStart({ from }: Matches): 'partial' | 'keep' | null {
  if (from === 1) return null;
  return from !== null && from > 1 && from - 1 <= longestPart ? 'partial' : 'keep';
}

/** Of several alternatives: what one of them hides is hidden, and all of it only where each match is replaced. */
function least(effects: readonly Effect[], { which }: Matches): Effect {
  const [only] = effects;
  if (only !== undefined && effects.length === 1) return only;
  if (effects.includes('mask') && which === 0) return 'mask';
  return effects.every((effect) => effect === 'keep') ? 'keep' : 'partial';
}

function numberOf(arg: Expr | undefined): number | null {
  return arg?.kind === 'literal' && arg.type === 'number' ? Number(arg.value) : null;
}
