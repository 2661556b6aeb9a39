import { bareWord } from './bare-word.ts';
import type { Expr } from '../ast/nodes.ts';

/** A place of a function that takes one of a few words, and no column. */
interface KeywordPlace {
  readonly dialects: readonly string[];
  /** Where it is documented. */
  readonly source: string;
  /** Without underscores. */
  readonly functions: string;
  /** Counted from 0; `last`: the last one, behind the first. */
  readonly at: number | 'last';
  readonly words: string;
}

const places: readonly KeywordPlace[] = [
  {
    dialects: ['db2'],
    source: 'Db2 for LUW, CHAR: the form of dates and times',
    functions: 'CHAR VARCHAR',
    at: 1,
    words: 'ISO USA EUR JIS LOCAL',
  },
  {
    dialects: ['db2'],
    source: 'Db2 for LUW, "Character string functions": the unit that lengths are counted in',
    functions:
      'SUBSTRING SUBSTR SUBSTRB LENGTH CHARLENGTH CHARACTERLENGTH LOCATE LOCATEINSTRING POSITION LEFT RIGHT OVERLAY INSERT INSTR STRLEFT STRRIGHT',
    at: 'last',
    words: 'CODEUNITS16 CODEUNITS32 OCTETS',
  },
  {
    dialects: ['db2'],
    source: 'Db2 for LUW, STRIP',
    functions: 'STRIP',
    at: 1,
    words: 'B BOTH L LEADING T TRAILING',
  },
  {
    dialects: ['ansi', 'postgres', 'bigquery', 'trino', 'presto', 'athena'],
    source: 'SQL:2023 6.33 normalize function; PostgreSQL 9.4, BigQuery, Trino NORMALIZE',
    functions: 'NORMALIZE NORMALIZEANDCASEFOLD',
    at: 1,
    words: 'NFC NFD NFKC NFKD',
  },
  {
    dialects: ['mysql', 'mariadb', 'tidb', 'doris', 'starrocks'],
    source: 'MySQL 14.7, GET_FORMAT',
    functions: 'GETFORMAT',
    at: 0,
    words: 'DATE TIME DATETIME TIMESTAMP',
  },
  {
    dialects: ['starrocks', 'doris'],
    source: 'StarRocks, time_slice and date_slice: the boundary',
    functions: 'TIMESLICE DATESLICE',
    at: 2,
    words: 'FLOOR CEIL',
  },
];

const known = places.map((place) => ({
  ...place,
  dialects: new Set(place.dialects),
  functions: new Set(place.functions.split(' ')),
  words: new Set(place.words.split(' ')),
}));

/** Which argument is such a word; -1: none. `name`: upper case, without underscores. */
export function keywordAt(name: string, args: readonly Expr[], dialect: string): number {
  for (const place of known) {
    if (!place.functions.has(name) || !place.dialects.has(dialect)) continue;
    const at = place.at === 'last' ? args.length - 1 : place.at;
    const isBehind = place.at !== 'last' || at > 0;
    if (isBehind && place.words.has(bareWord(args[at]).toUpperCase())) return at;
  }
  return -1;
}
