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

/** Where to look, and the place that says whose rows are meant when this one does not hold the identifier itself. */
export interface SqlPlace {
  readonly dataset: string;
  readonly column: string;
  /** `key` of that place is what `column` points to. */
  readonly through: { readonly place: SqlPlace; readonly key: string } | null;
}

/** Statements for a place, followed back to the one that holds the identifier. Null for a dialect without such SQL, a topic or a file. */
export function subjectSql(dialect: string | null, place: SqlPlace): SubjectSql | null {
  const spelling = spellings[dialect ?? ''];
  if (spelling === undefined) return null;
  const [open, close] = spelling.quote;
  const name = (part: string): string => `${open}${part.replaceAll(close, close + close)}${close}`;
  const table = (dataset: string): string => dataset.split('.').slice(-3).map(name).join('.');
  const condition = ({ column, through }: SqlPlace): string =>
    through === null
      ? `${name(column)} = ${spelling.parameter}`
      : `${name(column)} IN (SELECT ${name(through.key)} FROM ${table(through.place.dataset)} WHERE ${condition(through.place)})`;
  const where = `FROM ${table(place.dataset)} WHERE ${condition(place)}`;
  return { count: `SELECT COUNT(*) ${where}`, erase: `DELETE ${where}` };
}
