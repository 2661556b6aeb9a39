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
  /**
   * Which names that differ in case alone are two: one in quotes and what an unquoted one becomes (`quoted`), all (`always`),
   * those of tables and schemas alone (`tables`), none.
   */
  readonly caseMatters: 'quoted' | 'always' | 'tables' | 'never';
  /** Of the text at hand: its names that differ in case alone; null: it has none. */
  readonly twins: Twins | null;
  /** A select item may use the alias of one before it. */
  readonly lateralAlias: boolean;
  /** Such an alias goes before a column of the same name (ClickHouse, `prefer_column_name_to_alias` = 0). */
  readonly aliasFirst: boolean;
  /** An alias may be used anywhere in its query, and stand inside of an expression. */
  readonly aliasesAnywhere: boolean;
  /** `LOCAL.alias` is the select item of that alias, wherever in the query it stands. */
  readonly localAliases: boolean;
  /** `"text"` is a string, not a name. */
  readonly doubleQuotedStrings: boolean;
  readonly backslashEscapes: boolean;
  /** What an escape says beside the usual ones: the sign alone, or one by its number too (`\x41`), or with its backslash. */
  readonly otherEscapes: 'dropped' | 'numbered' | 'kept';
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
  /** PIVOT calls a column of a string's rows by the string with its quotes: `"'Q1'"`. */
  readonly pivotKeepsQuotes: boolean;
  /** DECLARE opens a section of declarations that BEGIN ends. */
  readonly declareSection: boolean;
  /** CREATE TABLE with columns and a query: they meet by name, not by place. */
  readonly createSelectByName: boolean;
  /** Where `*` shows the columns of USING and NATURAL: before all others (as USING lists them, or as the left side has them), or where they stand. */
  readonly joinedColumns: 'as-listed' | 'left-order' | 'in-place';
  /** Which joins besides CROSS and NATURAL may stand without ON and USING: `inner`, or outer ones too (`all`). */
  readonly joinsWithoutCondition: 'none' | 'inner' | 'all';
  /** `SELECT FROM t`: rows without columns. */
  readonly emptySelects: boolean;
  /** `a IN ()` is a condition that no row meets; elsewhere it is no SQL. */
  readonly emptyLists: boolean;
  /** SELECT … INTO names variables, never a new table. */
  readonly selectIntoVariables: boolean;
  /** ON DUPLICATE KEY UPDATE sees the tables of the query that is inserted. */
  readonly conflictSeesSources: boolean;
  /** `x -> …` is a lambda; elsewhere the arrow reads a JSON path. */
  readonly arrowLambda: boolean;
  /** Where the arrow is a lambda, before a text it reads a JSON path all the same: `j -> '$.mail'`. */
  readonly arrowPath: boolean;
  /** `column:path.to.member` reads a member of a semi-structured value. */
  readonly variantPaths: boolean;
  /** `f(parameters)(arguments)`. */
  readonly parametricCalls: boolean;
  /** RETURNING also names the row before and behind the change: `old.a`, `new.a`. */
  readonly returnsBothRows: boolean;
  /** Names that stand for a row's place or the surroundings, not for a column; upper case. */
  readonly pseudoColumns: ReadonlySet<string>;
  /** Reserved words that stand for a value of the surroundings, upper case: never a column, unless quoted or qualified. */
  readonly registers: ReadonlySet<string>;
  /** CONVERT names the type before the value. */
  readonly convertToType: boolean;
  /** What a method is called that a value of the dialect's own types has: `place.STAsText()`; null: values have none. */
  readonly valueMethods: RegExp | null;
  /** `t@v12` is a version or an index of t; elsewhere the sign stands before a database. */
  readonly versionSuffix: boolean;
  /** `d + 1 MONTH`, `d - n DAYS`: a number with a unit of time behind it. */
  readonly labelledDurations: boolean;
  /** Tables of one row that hold nothing, upper case: `FROM dual`. */
  readonly emptyTables: ReadonlySet<string>;
  /** A table's name in an expression is its whole row: `to_json(t)`. */
  readonly tableAsRow: boolean;
  /** `alias: expression`. */
  readonly prefixAliases: boolean;
  /** A schema that stands for the tables of the same pipeline: Databricks' LIVE. */
  readonly pipelineSchema: string | null;
  /** `${name}` is put in before the text is read. */
  readonly substitution: boolean;
  /** Block comments nest. */
  readonly nestedComments: boolean;
  /** Operators that are words only here: `a EQ b`, `a CONCAT b`. */
  readonly wordOperators: ReadonlySet<string>;
  /** `column (DATE)` is a cast, `column (FORMAT …)` and `(TITLE …)` say how it is shown. */
  readonly castPhrases: boolean;
  /** A line that begins so is the client's and ends where the line does: BTEQ's dot, psql's backslash. */
  readonly clientSigns: ReadonlySet<string>;
  /** So is one that begins with a word of SQL*Plus. */
  readonly clientWords: boolean;
  /** What stands in a comment of this kind is carried out: MySQL's `/*!50001 … *&#47;`. */
  readonly executableComments: boolean;
  /** What a single name behind USE is. */
  readonly useNames: 'database' | 'schema';
  /** A comma may end a select list (`items`), or also other lists (`lists`). */
  readonly trailingCommas: 'no' | 'items' | 'lists';
  /** A result without a name is called after its function, type or construct: PostgreSQL's `count`, `max`, `case`. */
  readonly figuredNames: boolean;
  /** A table function in FROM without an alias is called by its own name. */
  readonly functionIsAlias: boolean;
  /** The column that a list of plain values gives in FROM, upper case; null: it has no name of its own. */
  readonly elementColumn: string | null;
  /**
   * An INSERT without a list of columns goes past columns that the database fills: the computed ones (`computed`), or
   * identities too (`identity`). `placed`: they take their places, and generated ones may be given DEFAULT alone.
   */
  readonly selfFilled: 'placed' | 'computed' | 'identity';
  /** `INSERT INTO t PARTITION (p)` names a part of the table; elsewhere a column that the query feeds. */
  readonly partitionNames: boolean;
  /** Schema meant by `db..table`. */
  readonly middleSchema: string | null;
}

/** Names that differ in case alone and are two all the same. */
export interface Twins {
  /** A name as it is held while the text is read: names that are one in any case are the same name. */
  hold(text: string, quoted: boolean): string;
  /** The text writes the name that a table or column is stored by. */
  isWritten(stored: string): boolean;
  /** A name that is stored as an unquoted one would be. */
  isPlain(stored: string): boolean;
}
