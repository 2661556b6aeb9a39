import { bareWord } from './bare-word.ts';
import type { Expr } from '../ast/nodes.ts';

/** Where functions of some dialects take a unit of time as a bare word, and which words those are. */
interface UnitTable {
  readonly dialects: readonly string[];
  /** Where the places and the words are documented. */
  readonly source: string;
  readonly places: readonly UnitPlace[];
  /** Without underscores; with an S behind them too. */
  readonly units: string;
}

interface UnitPlace {
  /** Without underscores. */
  readonly functions: string;
  /** Counted from 0. */
  readonly at: number;
  /** How many arguments the form with a unit has; any number when left out. */
  readonly of?: number;
}

const common = 'YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND NANOSECOND';

const tables: readonly UnitTable[] = [
  {
    dialects: ['tsql', 'fabric'],
    source:
      'Microsoft, Transact-SQL reference: DATEADD, DATEDIFF, DATENAME, DATEPART, DATETRUNC, DATE_BUCKET (datepart)',
    places: [{ functions: 'DATEPART DATENAME DATEADD DATEDIFF DATEDIFFBIG DATETRUNC DATEBUCKET', at: 0 }],
    units: `${common} YY YYYY QQ Q MM M DAYOFYEAR DY Y DD D WK WW WEEKDAY DW W HH MI N SS S MS MCS NS TZOFFSET TZ ISOWEEK ISOWK ISOWW`,
  },
  {
    dialects: ['redshift'],
    source: 'Amazon Redshift, "Date parts for date or timestamp functions"; DATE_TRUNC takes a text',
    places: [{ functions: 'DATEADD DATEDIFF DATEPART PGDATEPART', at: 0 }],
    units:
      `${common} MILLENNIUM MILLENNIA MIL CENTURY CENTURIES C CENT DECADE DEC EPOCH Y YR QTR MON W DAYOFWEEK DOW DW WEEKDAY ` +
      'DAYOFYEAR DOY DY YEARDAY D H HR M MIN S SEC MS MSEC MSECOND MILLISEC MILLISECON MICROSEC MICROSECON US USEC USECOND ' +
      'TIMEZONE TIMEZONEHOUR TIMEZONEMINUTE',
  },
  {
    dialects: ['snowflake'],
    source: 'Snowflake, "Supported date and time parts"; DATE_TRUNC, LAST_DAY, TIME_SLICE, TRUNC (for dates)',
    places: [
      { functions: 'DATEADD TIMEADD TIMESTAMPADD DATEDIFF TIMEDIFF TIMESTAMPDIFF DATEPART DATETRUNC', at: 0 },
      { functions: 'LASTDAY TRUNC', at: 1 },
      { functions: 'TIMESLICE', at: 2 },
    ],
    units:
      `${common} Y YY YYY YYYY YR MM MON D DD DAYOFMONTH DAYOFWEEK WEEKDAY DOW DW DAYOFWEEKISO WEEKDAYISO DOWISO DWISO DAYOFYEAR ` +
      'YEARDAY DOY DY W WK WEEKOFYEAR WOY WY WEEKISO WEEKOFYEARISO Q QTR YEAROFWEEK YEAROFWEEKISO H HH HR M MI MIN S SEC MS MSEC ' +
      'US USEC NS NSEC NANOSEC NSECOND EPOCH EPOCHSECOND EPOCHMILLISECOND EPOCHMICROSECOND EPOCHNANOSECOND ' +
      'TIMEZONEHOUR TZH TIMEZONEMINUTE TZM',
  },
  {
    dialects: ['bigquery'],
    source: 'BigQuery, GoogleSQL reference: date, datetime, time and timestamp functions (granularity)',
    places: [
      { functions: 'DATETRUNC DATETIMETRUNC TIMESTAMPTRUNC TIMETRUNC LASTDAY', at: 1 },
      { functions: 'DATEDIFF DATETIMEDIFF TIMESTAMPDIFF TIMEDIFF', at: 2 },
    ],
    units: `${common} ISOWEEK ISOYEAR DAYOFWEEK DAYOFYEAR DATE TIME`,
  },
  {
    dialects: ['spark', 'databricks'],
    source:
      'Databricks SQL: dateadd, datediff, timestampadd and timestampdiff with a unit; the forms of two arguments take days',
    places: [{ functions: 'DATEADD DATEDIFF TIMEDIFF TIMESTAMPADD TIMESTAMPDIFF', at: 0, of: 3 }],
    units: `${common} DAYOFYEAR`,
  },
  {
    dialects: ['mysql', 'mariadb', 'tidb', 'doris', 'starrocks'],
    source: 'MySQL 14.7, Doris and StarRocks: TIMESTAMPADD, TIMESTAMPDIFF',
    places: [{ functions: 'TIMESTAMPADD TIMESTAMPDIFF', at: 0, of: 3 }],
    units: common,
  },
  {
    dialects: ['hive'],
    source: 'Hive language manual, FLOOR and CEIL of a date TO a unit',
    places: [{ functions: 'FLOOR CEIL', at: 1 }],
    units: common,
  },
  {
    dialects: ['dremio'],
    source: 'Dremio, SQL functions: TIMESTAMPADD, TIMESTAMPDIFF; DATEDIFF has a unit where it has three arguments',
    places: [{ functions: 'TIMESTAMPADD TIMESTAMPDIFF DATEADD DATEDIFF', at: 0, of: 3 }],
    units: common,
  },
  {
    dialects: ['clickhouse'],
    source: 'ClickHouse, "Functions for working with dates and times": date_add, date_sub, date_diff with a unit',
    places: [
      {
        functions: 'DATEADD DATESUB DATEDIFF TIMESTAMPADD TIMESTAMPSUB TIMESTAMPDIFF',
        at: 0,
        of: 3,
      },
    ],
    units: `${common} SS S MI N HH H DD D WW WK MM M QQ Q YYYY YY`,
  },
  {
    dialects: ['vertica'],
    source: 'Vertica, SQL functions: DATEDIFF, TIMESTAMPADD, TIMESTAMPDIFF (datepart)',
    places: [{ functions: 'DATEDIFF TIMESTAMPADD TIMESTAMPDIFF', at: 0, of: 3 }],
    units: `${common} YY YYYY QQ Q MM M DAYOFYEAR DD D DY Y WK WW HH MI N SS S MS MCS US DOW DOY`,
  },
  {
    dialects: ['ansi'],
    source: 'nobody said which engine: the forms above, for the words that most of them have',
    places: [
      { functions: 'DATEADD DATEDIFF TIMESTAMPADD TIMESTAMPDIFF', at: 0, of: 3 },
      { functions: 'DATEPART DATENAME DATETRUNC', at: 0, of: 2 },
      { functions: 'DATETRUNC DATETIMETRUNC TIMESTAMPTRUNC TIMETRUNC LASTDAY', at: 1 },
      { functions: 'DATEDIFF DATETIMEDIFF TIMESTAMPDIFF TIMEDIFF', at: 2 },
      { functions: 'FLOOR CEIL', at: 1 },
    ],
    units: common,
  },
];

/** ODBC: `{fn TIMESTAMPADD(SQL_TSI_DAY, 1, x)}`, which every driver reads. */
const odbcFunctions = new Set(['TIMESTAMPADD', 'TIMESTAMPDIFF']);
const odbcUnit = /^SQL_TSI_(?:FRAC_SECOND|SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|QUARTER|YEAR)$/i;

interface Known {
  readonly units: ReadonlySet<string>;
  readonly places: readonly { readonly functions: ReadonlySet<string>; readonly at: number; readonly of?: number }[];
}

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const byDialect = new Map<string, Known>(
  tables.flatMap(({ dialects, units, places }) => {
    const known: Known = {
      units: wordSet(units),
      places: places.map((place) => ({ ...place, functions: wordSet(place.functions) })),
    };
    return dialects.map((dialect) => [dialect, known] as const);
  }),
);

/**
 * Which argument is a unit of time and no column: the place that the dialect's function keeps for it, with a word that the
 * dialect has for one. -1: none. `name`: upper case, without underscores.
 */
export function unitAt(name: string, args: readonly Expr[], dialect: string): number {
  if (odbcFunctions.has(name) && odbcUnit.test(bareWord(args[0]))) return 0;
  const known = byDialect.get(dialect);
  const place = known?.places.find(
    ({ functions, at, of }) =>
      functions.has(name) && (of === undefined || args.length === of) && isUnit(args[at], known.units),
  );
  return place?.at ?? -1;
}

function isUnit(arg: Expr | undefined, units: ReadonlySet<string>): boolean {
  // BigQuery: `WEEK(MONDAY)`.
  if (arg?.kind === 'call') return arg.name === 'WEEK' && arg.args.every((day) => bareWord(day) !== '');
  const word = bareWord(arg).toUpperCase().replaceAll('_', '');
  return units.has(word) || (word.length > 2 && word.endsWith('S') && units.has(word.slice(0, -1)));
}
