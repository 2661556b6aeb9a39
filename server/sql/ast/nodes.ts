/** The tree the resolver works on, free of any parser's shapes: a parser joins by filling it. */

/** A name as written, without its quotes. */
export interface Name {
  readonly text: string;
  readonly quoted: boolean;
}

/** A table's name, outermost part first (`server`, `catalog`, `schema`, `table`). */
export type TableName = readonly Name[];

/** A value in a statement. */
export type Expr =
  | { readonly kind: 'column'; readonly parts: readonly Name[] }
  | StarExpr
  | {
      readonly kind: 'literal';
      readonly type: 'string' | 'number' | 'other';
      readonly value: string;
      /** Of `other`: the word that it was written as (`NULL`, `CURRENT_DATE`), where one stood there. */
      readonly word?: string;
    }
  | { readonly kind: 'variable'; readonly name: string }
  | CallExpr
  | {
      readonly kind: 'case';
      readonly conditions: readonly Expr[];
      readonly values: readonly Expr[];
      /** The last of the values stands behind ELSE. */
      readonly hasElse?: boolean;
    }
  | { readonly kind: 'cast'; readonly arg: Expr; readonly type: string }
  | { readonly kind: 'window'; readonly call: Expr; readonly over: WindowSpec }
  | { readonly kind: 'query'; readonly role: 'value' | 'exists'; readonly query: Query }
  | {
      readonly kind: 'in';
      readonly arg: Expr;
      readonly list: readonly Expr[];
      readonly query: Query | null;
      readonly negated?: boolean;
    }
  | { readonly kind: 'field'; readonly base: Expr; readonly name: string }
  | { readonly kind: 'lambda'; readonly params: readonly string[]; readonly body: Expr }
  | { readonly kind: 'named'; readonly name: string; readonly value: Expr };

/** `*`, `t.*`, `struct.*`, with the dialects' ways to leave out, replace and rename columns. */
export interface StarExpr {
  readonly kind: 'star';
  readonly qualifier: readonly Name[];
  /** For `(expression).*`. */
  readonly base: Expr | null;
  readonly except: readonly string[];
  readonly replace: readonly { readonly name: string; readonly value: Expr }[];
  readonly rename: readonly { readonly from: string; readonly to: string }[];
  /** Only columns whose names match: a LIKE pattern, without regard to case. */
  readonly like: string | null;
  /** COLUMNS(…): what stands around it is done to each column on its own. */
  readonly isEach?: boolean;
  /** Only columns that pass all of these. */
  readonly tests?: readonly ColumnTest[];
  /** Only these columns, in this order. */
  readonly names?: readonly string[];
  /** ClickHouse's APPLY, first to last. */
  readonly applied?: readonly StarFunction[];
}

/** Which columns a star takes, by their names. */
export type ColumnTest =
  /** A regular expression of RE2 found anywhere in the name. */
  | { readonly by: 'pattern'; readonly pattern: string; readonly anyCase: boolean; readonly negated: boolean }
  /** DuckDB's lambda over the name. */
  | { readonly by: 'lambda'; readonly parameter: string; readonly body: Expr }
  /** Only a run can tell. */
  | { readonly by: 'unknown' };

/** What APPLY does to each column. */
export interface StarFunction {
  /** As written; empty for a lambda. */
  readonly name: string;
  readonly params: readonly string[];
  /** The call or the lambda's body; the column stands in it as the first of `params`. */
  readonly body: Expr;
}

/** A function or an operator. */
export interface CallExpr {
  readonly kind: 'call';
  /** Upper case; operators by their sign. */
  readonly name: string;
  readonly args: readonly Expr[];
  readonly distinct: boolean;
  /** `FILTER (WHERE …)` and the conditions of `…_IF` aggregates. */
  readonly filter: Expr | null;
  /** `ORDER BY` inside an aggregate, and `WITHIN GROUP`. */
  readonly order: readonly Expr[];
  /** `NOT LIKE` and its kin. */
  readonly negated?: boolean;
}

/** `OVER (…)`: what steers a window function. `name` refers to a window of the WINDOW clause. */
export interface WindowSpec {
  readonly name: string | null;
  readonly partition: readonly Expr[];
  readonly order: readonly Expr[];
}

/** One item of a select list. */
export interface SelectItem {
  readonly expr: Expr;
  readonly alias: Name | null;
  /** Several names for one generator: `stack(…) AS (a, b)`. */
  readonly aliases: readonly Name[];
}

/** One member of WITH: a query, a data-modifying statement or a value, and never two of them. */
export interface Cte {
  readonly name: Name;
  readonly columns: readonly Name[];
  readonly query: Query | null;
  /** PostgreSQL's data-modifying CTE. */
  readonly statement: Statement | null;
  /** ClickHouse's `WITH expression AS name`. */
  readonly scalar: Expr | null;
}

/** One SELECT with its clauses. */
export interface SelectQuery {
  readonly kind: 'select';
  readonly with: readonly Cte[];
  readonly items: readonly SelectItem[];
  readonly from: Relation | null;
  readonly where: readonly Expr[];
  /** `all`: by every item that holds no aggregate. */
  readonly groupBy: readonly Expr[] | 'all';
  readonly having: readonly Expr[];
  readonly qualify: readonly Expr[];
  readonly orderBy: readonly Expr[];
  /** CONNECT BY: LEVEL and its like are no columns. */
  readonly hierarchical?: boolean;
  readonly windows: readonly { readonly name: string; readonly spec: WindowSpec }[];
  /** `SELECT … INTO table`. */
  readonly into: IntoClause | null;
}

/** What SELECT … INTO names: a new table, or variables. */
export interface IntoClause {
  readonly names: readonly TableName[];
  readonly temporary: boolean;
}

/** Anything that gives rows. */
export type Query =
  | SelectQuery
  | {
      readonly kind: 'set';
      readonly with: readonly Cte[];
      readonly op: 'union' | 'intersect' | 'except';
      readonly byName: boolean;
      /** Two or more, in order: long chains stay flat. */
      readonly branches: readonly Query[];
      readonly orderBy: readonly Expr[];
    }
  | { readonly kind: 'values'; readonly with: readonly Cte[]; readonly rows: readonly (readonly Expr[])[] }
  | { readonly kind: 'relation'; readonly with: readonly Cte[]; readonly relation: Relation };

/** Names that a relation is given where it stands. */
export interface Aliased {
  readonly alias: Name | null;
  readonly columnAliases: readonly Name[];
}

/** Anything that may stand behind FROM. */
export type Relation =
  | ({
      readonly kind: 'table';
      readonly name: TableName;
      /** Time travel: the table as it was before, or at all times. */
      readonly isPast?: boolean;
    } & Aliased)
  | ({ readonly kind: 'query'; readonly query: Query; readonly lateral: boolean } & Aliased)
  | ({
      readonly kind: 'function';
      /** Upper case: UNNEST, FLATTEN, EXPLODE, JSON_TABLE, a user's function … */
      readonly name: string;
      readonly args: readonly Expr[];
      /** Columns that the call itself declares (JSON_TABLE, OPENJSON … WITH). */
      readonly declared: readonly string[];
      /** Name of the position column, when asked for. */
      readonly ordinality: string | null;
      /** A function that returns a table a user can name: not one of the engine's own. */
      readonly external: TableName | null;
    } & Aliased)
  | {
      readonly kind: 'join';
      readonly left: Relation;
      readonly right: Relation;
      readonly on: readonly Expr[];
      readonly using: readonly string[];
      readonly natural: boolean;
      /** Semi and anti joins show only their left side. */
      readonly leftOnly: boolean;
    }
  | ({
      readonly kind: 'pivot';
      readonly source: Relation;
      readonly aggregates: readonly SelectItem[];
      /** The columns whose values become column names. */
      readonly on: readonly Expr[];
      /** Queries that choose among those values. */
      readonly chosenBy?: readonly Expr[];
      /** Names of the new columns before the aggregate's own suffix; empty when the values are not written out. */
      readonly values: readonly string[];
      /** Where given, the only columns kept beside the new ones. */
      readonly groupBy: readonly Expr[] | null;
    } & Aliased)
  | ({
      readonly kind: 'unpivot';
      readonly source: Relation;
      readonly valueColumns: readonly string[];
      readonly nameColumn: string;
      /** One group of source columns a row: its members feed the value columns by position. */
      readonly groups: readonly (readonly Expr[])[];
    } & Aliased)
  | ({
      readonly kind: 'match';
      readonly source: Relation;
      readonly partition: readonly Expr[];
      readonly order: readonly Expr[];
      readonly measures: readonly SelectItem[];
      readonly conditions: readonly Expr[];
      readonly allRows: boolean;
    } & Aliased);

/** One member of SET. */
export interface Assignment {
  /** `column`, or `alias.column`, or `column.member`. */
  readonly target: readonly Name[];
  readonly value: Expr;
  /** For `(a, b) = (SELECT x, y …)`: the position in the query's output. */
  readonly position: number;
  /** Only an element or a member of the column is changed. */
  readonly isPart?: boolean;
}

/** T-SQL's OUTPUT … INTO: the changed rows, also into another table. */
export interface OutputInto {
  readonly items: readonly SelectItem[];
  /** Null: the rows are given back. */
  readonly target: TableName | null;
  readonly columns: readonly Name[];
}

/** What RETURNING gives of the changed rows. */
export interface Returning {
  readonly returning: readonly SelectItem[];
  /** PostgreSQL: `RETURNING WITH (OLD AS o, NEW AS n)`, what the rows before and behind the change are called. */
  readonly rowNames?: { readonly old: string; readonly new: string };
  /** Variables that take what it gives. */
  readonly returningInto?: readonly TableName[];
}

/** One column of a CREATE statement. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: string | null;
  readonly comment: string | null;
  /** A generated column's expression. */
  readonly computed: Expr | null;
  /**
   * The database fills it. In an INSERT without a list of columns it takes no place (`left-out`), or a place for DEFAULT alone.
   */
  readonly selfFilled?: 'left-out' | 'default-only';
}

/** What ALTER TABLE or COMMENT ON does to a table's columns. A comment without a column is the table's. */
export type ColumnChange =
  /** `mayExist`: IF NOT EXISTS. */
  | { readonly type: 'add'; readonly column: ColumnDefinition; readonly mayExist?: boolean }
  | { readonly type: 'drop'; readonly column: string }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | { readonly type: 'retype'; readonly column: string; readonly to: string }
  | { readonly type: 'comment'; readonly column: string | null; readonly text: string }
  | { readonly type: 'replace'; readonly columns: readonly ColumnDefinition[] };

/** From here on a column is computed from others of its table. */
export interface ComputedChange {
  readonly type: 'compute';
  readonly column: ColumnDefinition;
}

/** One WHEN of a MERGE. */
export type MergeClause =
  | {
      readonly kind: 'update';
      readonly condition: Expr | null;
      readonly assignments: readonly Assignment[] | 'all';
      /** Of `all`: columns that are left out. */
      readonly except?: readonly string[];
    }
  | {
      readonly kind: 'insert';
      readonly condition: Expr | null;
      readonly except?: readonly string[];
      readonly columns: readonly Name[];
      /** `all`: the source's columns by their names; `row`: by their places. */
      readonly values: readonly Expr[] | 'all' | 'row';
    }
  | { readonly kind: 'delete'; readonly condition: Expr | null };

/** One SQL statement as far as lineage goes. */
export type Statement =
  | { readonly kind: 'query'; readonly query: Query }
  | (Returning & {
      readonly kind: 'insert';
      /** Null: a directory or stage outside the database. */
      readonly target: TableName | null;
      readonly targetAlias: Name | null;
      readonly columns: readonly Name[];
      /** Partition columns fed by the last columns of the query. */
      readonly dynamicPartitions: readonly Name[];
      /** Columns of a PARTITION clause with a value: no column of the query goes there. */
      readonly staticPartitions?: readonly Name[];
      readonly byName: boolean;
      /** OVERWRITE without PARTITION: nothing is left of what the table held. */
      readonly isWhole?: boolean;
      readonly with: readonly Cte[];
      readonly query: Query | null;
      /** COPY, LOAD: rows of a file, of which the text does not say which column goes where. */
      readonly loads?: boolean;
      /** `ON CONFLICT DO UPDATE SET`, `ON DUPLICATE KEY UPDATE`. */
      readonly onConflict: readonly Assignment[];
      /** Which of the rows in conflict are changed. */
      readonly conflictWhere?: readonly Expr[];
      readonly output: OutputInto | null;
    })
  | {
      readonly kind: 'multi-insert';
      readonly source: Query;
      readonly branches: readonly {
        readonly target: TableName;
        readonly columns: readonly Name[];
        readonly values: readonly Expr[];
        readonly condition: Expr | null;
      }[];
    }
  | {
      readonly kind: 'create';
      readonly what: 'table' | 'view' | 'materialized-view';
      readonly temporary: boolean;
      readonly target: TableName;
      /** ClickHouse's materialised view writes here. */
      readonly to: TableName | null;
      readonly columns: readonly ColumnDefinition[];
      readonly comment: string | null;
      readonly like: readonly TableName[];
      readonly clone: TableName | null;
      /** The clone is of what the table was before. */
      readonly isPastClone?: boolean;
      /** IF NOT EXISTS: what is there already stays as it is. */
      readonly mayExist?: boolean;
      /** What its query gives is kept, and brought up to date by the database: a dynamic table. */
      readonly isRefreshed?: boolean;
      /** A name for a query, for the session: it reads nothing until somebody reads it. */
      readonly cached?: boolean;
      /** CREATE RECURSIVE VIEW: its own name in the query is what it has made so far. */
      readonly isRecursive?: boolean;
      readonly query: Query | null;
    }
  | (Returning & {
      readonly kind: 'update';
      readonly with: readonly Cte[];
      readonly target: Relation;
      readonly from: Relation | null;
      readonly assignments: readonly Assignment[];
      readonly where: readonly Expr[];
      /** Nothing in the text leaves a row out: no WHERE, TOP, LIMIT, CURRENT OF, ONLY. Absent: not known. */
      readonly isWhole?: boolean;
      readonly output: OutputInto | null;
    })
  | (Partial<Returning> & {
      readonly kind: 'merge';
      readonly with: readonly Cte[];
      readonly target: Relation;
      readonly source: Relation;
      readonly on: readonly Expr[];
      readonly clauses: readonly MergeClause[];
      readonly output: OutputInto | null;
    })
  | (Returning & {
      readonly kind: 'delete';
      readonly with: readonly Cte[];
      readonly target: Relation;
      readonly from: Relation | null;
      readonly where: readonly Expr[];
      /** As in UPDATE. */
      readonly isWhole?: boolean;
      readonly output: OutputInto | null;
    })
  /** `isWhole`: nothing says that it is a partition alone, or that tables which inherit keep theirs. */
  | { readonly kind: 'truncate'; readonly tables: readonly TableName[]; readonly isWhole: boolean }
  | { readonly kind: 'drop'; readonly tables: readonly TableName[] }
  /** What the table was before is there again. Null: all tables. */
  | { readonly kind: 'restore'; readonly table: TableName | null }
  /** A dropped table is there again, perhaps under another name. */
  | { readonly kind: 'undrop'; readonly table: TableName; readonly to: TableName | null }
  | { readonly kind: 'rename'; readonly from: TableName; readonly to: TableName }
  | { readonly kind: 'renames'; readonly pairs: readonly { readonly from: TableName; readonly to: TableName }[] }
  /** All rows of one table go to another: SWITCH, APPEND, EXCHANGE PARTITION. */
  | { readonly kind: 'move'; readonly from: TableName; readonly to: TableName }
  | { readonly kind: 'swap'; readonly a: TableName; readonly b: TableName }
  | {
      readonly kind: 'alter';
      readonly table: TableName;
      readonly changes: readonly (ColumnChange | ComputedChange)[];
    }
  /** SQL inside a string: what UNLOAD and EXECUTE IMMEDIATE run. */
  | { readonly kind: 'text'; readonly sql: string; readonly target: TableName | null }
  /** Understood, and without any flow of data. */
  | { readonly kind: 'none' }
  /** Not understood, or text that only the engine can run. `what` names the command. */
  | { readonly kind: 'opaque'; readonly what: string };
