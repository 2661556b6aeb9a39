/** SQL that finds and erases the rows of one person, with a parameter where the identifier goes. Never a value. */
export interface SubjectSql {
  readonly count: string;
  readonly erase: string;
}

/** How a dialect writes names and the parameter. */
interface Spelling {
  readonly quote: readonly [open: string, close: string];
  readonly parameter: string;
}

const double = ['"', '"'] as const;
const back = ['`', '`'] as const;

const spellings: Readonly<Record<string, Spelling>> = {
  postgres: { quote: double, parameter: '$1' },
  redshift: { quote: double, parameter: '$1' },
  greenplum: { quote: double, parameter: '$1' },
  snowflake: { quote: double, parameter: '?' },
  bigquery: { quote: back, parameter: '@subject' },
  databricks: { quote: back, parameter: ':subject' },
  spark: { quote: back, parameter: ':subject' },
  hive: { quote: back, parameter: '?' },
  trino: { quote: double, parameter: '?' },
  athena: { quote: double, parameter: '?' },
  mysql: { quote: back, parameter: '?' },
  mariadb: { quote: back, parameter: '?' },
  clickhouse: { quote: back, parameter: '{subject:String}' },
  duckdb: { quote: double, parameter: '$1' },
  sqlite: { quote: double, parameter: '?1' },
  mssql: { quote: ['[', ']'], parameter: '@subject' },
  tsql: { quote: ['[', ']'], parameter: '@subject' },
  oracle: { quote: double, parameter: ':subject' },
};

/** True for a platform whose SQL is known here. */
export function hasSql(dialect: string | null): boolean {
  return spellings[dialect ?? ''] !== undefined;
}

/** Functions that the statement applies, innermost first: to the value given, or to the column. Several: any of them may hold. */
export interface Search {
  readonly to: 'parameter' | 'column';
  readonly functions: readonly (readonly string[])[];
}

/** Where to look, and the place that says whose rows are meant when this one does not hold the identifier itself. */
export interface SqlPlace {
  readonly dataset: string;
  readonly column: string;
  /** How the value there is compared with the one given; absent: as it is. Null: it cannot be told. */
  readonly search?: Search | null;
  /** `key` of that place is what `column` points to. */
  readonly through: { readonly place: SqlPlace; readonly key: string } | null;
}

/**
 * Statements for a place, followed back to the one that holds the identifier. Null for a dialect without such SQL, a topic or
 * a file, and where it cannot be told how the value stands.
 */
export function subjectSql(dialect: string | null, place: SqlPlace): SubjectSql | null {
  const spelling = spellings[dialect ?? ''];
  if (spelling === undefined) return null;
  const [open, close] = spelling.quote;
  const name = (part: string): string => `${open}${part.replaceAll(close, close + close)}${close}`;
  const table = (dataset: string): string => dataset.split('.').slice(-3).map(name).join('.');
  const condition = ({ column, search, through }: SqlPlace): string | null => {
    if (through === null) return search === null ? null : comparison(name(column), spelling.parameter, search);
    const inner = condition(through.place);
    return inner === null
      ? null
      : `${name(column)} IN (SELECT ${name(through.key)} FROM ${table(through.place.dataset)} WHERE ${inner})`;
  };
  const which = condition(place);
  if (which === null) return null;
  const where = `FROM ${table(place.dataset)} WHERE ${which}`;
  return { count: `SELECT COUNT(*) ${where}`, erase: `DELETE ${where}` };
}

function comparison(column: string, parameter: string, search: Search = { to: 'parameter', functions: [[]] }): string {
  const applied = (functions: readonly string[], to: string): string =>
    functions.reduce((inner, fn) => `${fn}(${inner})`, to);
  const ways = search.functions.map((functions) =>
    search.to === 'parameter'
      ? `${column} = ${applied(functions, parameter)}`
      : `${applied(functions, column)} = ${parameter}`,
  );
  return ways.length === 1 ? (ways[0] ?? '') : `(${ways.join(' OR ')})`;
}
