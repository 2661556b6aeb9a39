/** What differs between SQL dialects, as abilities: nothing asks for a dialect by its name. */
export interface Dialect {
  readonly name: string;
  /** The parser's word for it. */
  readonly parser: string;
  /** Parsers to try when its own fails, nearest first. */
  readonly siblings: readonly string[];
  /** How many parts a full table name has. */
  readonly levels: 1 | 2 | 3;
  /** What an unquoted name becomes; `keep`: compared without regard to case, spelled as written. */
  readonly fold: 'upper' | 'lower' | 'keep';
  /** A select item may use the alias of one before it. */
  readonly lateralAlias: boolean;
  /** `"text"` is a string, not a name. */
  readonly doubleQuotedStrings: boolean;
  readonly backslashEscapes: boolean;
  /** `[name]` quotes a name. */
  readonly brackets: boolean;
  readonly backticks: boolean;
  /** `# comment` to the end of the line. */
  readonly hashComments: boolean;
  /** `// comment` to the end of the line. */
  readonly slashComments: boolean;
  /** `$$ text $$`, `$tag$ text $tag$`. */
  readonly dollarQuotes: boolean;
  /** A quoted name holds its parts: BigQuery's `p.d.t` in one pair of backticks. */
  readonly quotedPath: boolean;
  /** `SELECT alias = expression`. */
  readonly equalsAlias: boolean;
  /** Statements need no semicolon between them. */
  readonly looseStatements: boolean;
  /** How PIVOT names a column of an aggregate with an alias: `value_alias`, `alias_value`, or the value alone when there is one. */
  readonly pivotNaming: 'value-first' | 'aggregate-first' | 'value-alone';
  /** DECLARE opens a section of declarations that BEGIN ends. */
  readonly declareSection: boolean;
  /** SELECT … INTO names variables, never a new table. */
  readonly selectIntoVariables: boolean;
  /** `x -> …` is a lambda; elsewhere the arrow reads a JSON path. */
  readonly arrowLambda: boolean;
  /** `column:path.to.member` reads a member of a semi-structured value. */
  readonly variantPaths: boolean;
  /** `f(parameters)(arguments)`. */
  readonly parametricCalls: boolean;
  /** Names that stand for a row's place or the surroundings, not for a column; upper case. */
  readonly pseudoColumns: ReadonlySet<string>;
  /** Schema meant by `db..table`. */
  readonly middleSchema: string | null;
}

const pseudo = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const ansi: Dialect = {
  name: 'ansi',
  parser: 'generic',
  siblings: ['postgresql', 'databricks', 'snowflake', 'mysql', 'duckdb'],
  levels: 3,
  fold: 'upper',
  lateralAlias: false,
  doubleQuotedStrings: false,
  backslashEscapes: false,
  brackets: false,
  backticks: true,
  hashComments: false,
  slashComments: false,
  dollarQuotes: true,
  quotedPath: false,
  equalsAlias: false,
  looseStatements: false,
  middleSchema: null,
  pivotNaming: 'value-first',
  arrowLambda: true,
  declareSection: false,
  selectIntoVariables: false,
  variantPaths: false,
  parametricCalls: false,
  pseudoColumns: pseudo(''),
};

const postgres: Dialect = {
  ...ansi,
  name: 'postgres',
  parser: 'postgresql',
  siblings: ['generic', 'duckdb', 'redshift'],
  fold: 'lower',
  backticks: false,
  arrowLambda: false,
  declareSection: true,
  pseudoColumns: pseudo('CTID XMIN XMAX TABLEOID'),
};
const hive: Dialect = {
  ...ansi,
  name: 'hive',
  parser: 'hive',
  siblings: ['spark', 'databricks', 'generic'],
  levels: 2,
  fold: 'keep',
  doubleQuotedStrings: true,
  backslashEscapes: true,
  dollarQuotes: false,
};
const spark: Dialect = {
  ...hive,
  name: 'spark',
  parser: 'spark',
  siblings: ['databricks', 'hive', 'generic'],
  levels: 3,
  lateralAlias: true,
  pivotNaming: 'value-alone',
};
const mysql: Dialect = {
  ...ansi,
  name: 'mysql',
  parser: 'mysql',
  siblings: ['generic', 'postgresql'],
  levels: 2,
  fold: 'keep',
  doubleQuotedStrings: true,
  backslashEscapes: true,
  hashComments: true,
  dollarQuotes: false,
  arrowLambda: false,
  selectIntoVariables: true,
};
const trino: Dialect = {
  ...ansi,
  name: 'trino',
  parser: 'trino',
  siblings: ['generic', 'athena', 'postgresql'],
  fold: 'lower',
  dollarQuotes: false,
};
const tsql: Dialect = {
  ...ansi,
  name: 'tsql',
  parser: 'tsql',
  siblings: ['generic', 'snowflake'],
  fold: 'keep',
  brackets: true,
  backticks: false,
  dollarQuotes: false,
  equalsAlias: true,
  looseStatements: true,
  middleSchema: 'dbo',
};

const all: readonly Dialect[] = [
  ansi,
  postgres,
  { ...postgres, name: 'materialize', parser: 'materialize', siblings: ['postgresql', 'generic'] },
  {
    ...postgres,
    name: 'redshift',
    parser: 'redshift',
    siblings: ['postgresql', 'generic', 'tsql'],
    lateralAlias: true,
    brackets: true,
  },
  { ...postgres, name: 'greenplum' },
  { ...postgres, name: 'cockroachdb', parser: 'cockroachdb', siblings: ['postgresql', 'generic'] },
  {
    ...ansi,
    name: 'snowflake',
    parser: 'snowflake',
    siblings: ['generic', 'databricks', 'redshift'],
    lateralAlias: true,
    backslashEscapes: true,
    backticks: false,
    slashComments: true,
    middleSchema: 'PUBLIC',
    variantPaths: true,
    pseudoColumns: pseudo(
      'METADATA$FILENAME METADATA$FILE_ROW_NUMBER METADATA$ACTION METADATA$ISUPDATE METADATA$ROW_ID',
    ),
  },
  {
    ...ansi,
    name: 'bigquery',
    selectIntoVariables: true,
    pivotNaming: 'aggregate-first',
    parser: 'bigquery',
    siblings: ['generic', 'spark', 'databricks'],
    fold: 'keep',
    doubleQuotedStrings: true,
    backslashEscapes: true,
    hashComments: true,
    dollarQuotes: false,
    quotedPath: true,
    pseudoColumns: pseudo('_PARTITIONTIME _PARTITIONDATE _TABLE_SUFFIX _FILE_NAME'),
  },
  hive,
  spark,
  { ...spark, name: 'databricks', parser: 'databricks', siblings: ['spark', 'hive', 'generic'], variantPaths: true },
  trino,
  { ...trino, name: 'presto', parser: 'presto', siblings: ['trino', 'generic'] },
  { ...trino, name: 'athena', parser: 'athena', siblings: ['trino', 'hive', 'generic'] },
  mysql,
  { ...mysql, name: 'mariadb' },
  { ...mysql, name: 'tidb', parser: 'tidb', siblings: ['mysql', 'generic'] },
  { ...mysql, name: 'doris', parser: 'doris', siblings: ['mysql', 'generic'], levels: 3 },
  { ...mysql, name: 'starrocks', parser: 'starrocks', siblings: ['mysql', 'generic'], levels: 3 },
  tsql,
  { ...tsql, name: 'fabric', parser: 'fabric', siblings: ['tsql', 'generic'] },
  {
    ...ansi,
    name: 'oracle',
    parser: 'oracle',
    siblings: ['generic', 'postgresql'],
    levels: 2,
    backticks: false,
    dollarQuotes: false,
    declareSection: true,
    selectIntoVariables: true,
    pseudoColumns: pseudo(
      'ROWNUM LEVEL SYSDATE SYSTIMESTAMP USER UID ROWID CONNECT_BY_ISLEAF CONNECT_BY_ISCYCLE ORA_ROWSCN SESSIONTIMEZONE DBTIMEZONE',
    ),
  },
  {
    ...ansi,
    name: 'clickhouse',
    parser: 'clickhouse',
    siblings: ['generic', 'mysql'],
    levels: 2,
    fold: 'keep',
    lateralAlias: true,
    backslashEscapes: true,
    hashComments: true,
    parametricCalls: true,
  },
  {
    ...ansi,
    name: 'duckdb',
    parser: 'duckdb',
    siblings: ['postgresql', 'generic'],
    fold: 'keep',
    lateralAlias: true,
    backticks: false,
  },
  {
    ...ansi,
    name: 'sqlite',
    parser: 'sqlite',
    siblings: ['generic', 'postgresql', 'mysql'],
    levels: 2,
    fold: 'keep',
    brackets: true,
    dollarQuotes: false,
    arrowLambda: false,
    pseudoColumns: pseudo('ROWID OID _ROWID_'),
  },
  {
    ...ansi,
    name: 'teradata',
    parser: 'teradata',
    siblings: ['generic', 'postgresql'],
    levels: 2,
    fold: 'keep',
    lateralAlias: true,
    backticks: false,
    dollarQuotes: false,
  },
  { ...ansi, name: 'db2', siblings: ['generic', 'oracle', 'postgresql'], backticks: false, dollarQuotes: false },
  { ...ansi, name: 'vertica', parser: 'postgresql', siblings: ['generic'], fold: 'keep', backticks: false },
  { ...ansi, name: 'exasol', parser: 'exasol', siblings: ['generic', 'postgresql'], levels: 2, backticks: false },
  { ...ansi, name: 'netezza', parser: 'postgresql', siblings: ['generic'], backticks: false },
  { ...trino, name: 'dremio', parser: 'dremio', siblings: ['trino', 'generic'], fold: 'keep' },
  { ...hive, name: 'impala', siblings: ['spark', 'generic'] },
];

const byName = new Map(all.map((dialect) => [dialect.name, dialect]));
const otherNames: Readonly<Record<string, string>> = {
  postgresql: 'postgres',
  pg: 'postgres',
  sparksql: 'spark',
  'spark-sql': 'spark',
  mssql: 'tsql',
  sqlserver: 'tsql',
  synapse: 'tsql',
  transactsql: 'tsql',
  generic: 'ansi',
  sql: 'ansi',
  bq: 'bigquery',
  plsql: 'oracle',
  singlestore: 'mysql',
};

/** Every dialect known by name, in alphabetical order. */
export const dialectNames: readonly string[] = [...byName.keys()].sort();

/** The dialect of that name; null when nobody knows it. Case and a few other usual names do not matter. */
export function findDialect(name: string): Dialect | null {
  const key = name.trim().toLowerCase();
  return byName.get(key) ?? byName.get(Object.hasOwn(otherNames, key) ? (otherNames[key] ?? '') : '') ?? null;
}

/** What unknown dialects are read as. */
export const ansiDialect: Dialect = ansi;
