import type { DirectKind, IndirectKind } from '../model/edge.ts';
import type { Effect } from '../model/treatment.ts';

/** What {@link SqlLineage.unresolved} names where SQL is put together at run time. */
export const dynamicSql = 'dynamic SQL';
/** What {@link SqlLineage.warnings} says of it. */
export const dynamicSqlWarning = 'dynamic SQL that is put together at run time: not looked into';

/** A SQL text and what is known around it. A script of several statements is one request. */
export interface SqlRequest {
  /** As in CONTRACTS: `postgres`, `snowflake` …; unknown ones are treated as `ansi`, said in a warning. */
  readonly dialect: string;
  readonly sql: string;
  /** Known tables, `db.schema.table` (or fewer parts) → column → type, columns in order. */
  readonly schema?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly defaultDatabase?: string;
  readonly defaultSchema?: string;
  /**
   * Tables that the script fills and reads again stay where they are, with edges in and out, unless they are temporary: for
   * a graph of what exists. Default false: they are intermediates, and edges run end to end.
   */
  readonly keepTables?: boolean;
  /** Also tell how columns are used ({@link SqlLineage.usage}). Default false. */
  readonly usage?: boolean;
}

/** A column of a table, or of the result of a bare query. */
export interface ColumnRef {
  /** `db.schema.table` with the defaults filled in; null: the result of a bare query. */
  readonly table: string | null;
  readonly column: string;
}

/** One input of one output column. */
export interface ColumnEdge {
  readonly down: ColumnRef;
  readonly up: ColumnRef;
  /** CONDITIONAL and WINDOW inputs are INDIRECT and stand here too, because they belong to one column. */
  readonly kind: DirectKind | 'CONDITIONAL' | 'WINDOW';
  readonly masking: boolean;
  /** Functions from the input to the output, innermost first, upper case, joined by `>`. */
  readonly fn: string;
  readonly effect: Effect;
}

/** A column that steers which rows a statement writes. */
export interface IndirectUse {
  readonly table: string | null;
  readonly column: string;
  readonly kind: IndirectKind;
  /** The tables this statement writes; empty for a bare query. */
  readonly into: readonly string[];
}

/** What a DDL statement does to the graph's things themselves. */
export type TableEvent =
  | { readonly type: 'drop'; readonly table: string }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | { readonly type: 'swap'; readonly a: string; readonly b: string }
  | { readonly type: 'clone'; readonly from: string; readonly to: string }
  /** Columns or comments of a table that the text itself does not create; of one that it creates, `created` tells them. */
  | { readonly type: 'alter'; readonly table: string; readonly change: TableChange };

/** What ALTER TABLE or COMMENT ON does to one table. A comment without a column is the table's. */
export type TableChange =
  | { readonly type: 'add'; readonly column: ChangedColumn }
  | { readonly type: 'drop'; readonly column: string }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | { readonly type: 'retype'; readonly column: string; readonly to: string }
  | { readonly type: 'comment'; readonly column: string | null; readonly text: string }
  | { readonly type: 'replace'; readonly columns: readonly ChangedColumn[] };

/** A column as a change describes it. */
export interface ChangedColumn {
  readonly name: string;
  readonly type: string | null;
  readonly comment: string | null;
}

/**
 * A table that a text creates, as the text leaves it: under its last name, its columns after ALTER TABLE and COMMENT ON. DDL
 * files are read by way of this.
 */
export interface CreatedTable {
  readonly table: string;
  readonly kind: 'table' | 'view' | 'materialized-view';
  readonly temporary: boolean;
  readonly columns: readonly CreatedColumn[];
  readonly comment: string | null;
}

/** A column of a table that a text creates. */
export interface CreatedColumn extends ChangedColumn {
  /** True: its query puts nothing there but a count of rows, a constant or the time. Absent: it may hold anything. */
  readonly empty?: boolean;
}

/** How a column is used, as evidence of what it holds: shapes and names, never a literal. */
export type UsageSignal =
  /** Compared with literals of this shape: `9999-99-99`, `a@a.a`. */
  | { readonly type: 'literal-shape'; readonly column: TableColumn; readonly shape: string }
  /** A function was applied to it. */
  | { readonly type: 'function'; readonly column: TableColumn; readonly fn: string }
  /** Joined by equality with a column of another table. */
  | { readonly type: 'join'; readonly left: TableColumn; readonly right: TableColumn };

/** A column of a real table. */
export interface TableColumn {
  readonly table: string;
  readonly column: string;
}

/** One statement of a text, without its literals. */
export interface SqlStatement {
  /** Fingerprint of the literal-free form. */
  readonly id: string;
  /** The statement with every literal replaced by `?`; the only form that may be stored. */
  readonly normalised: string;
  readonly parseStatus: 'full' | 'tables' | 'failed';
  readonly confidence: number;
}

/** All that is told of one text. */
export interface SqlLineage {
  readonly inTables: readonly string[];
  readonly outTables: readonly string[];
  readonly columns: readonly ColumnEdge[];
  readonly indirect: readonly IndirectUse[];
  /** Columns of what a closing query shows, in order, those made from no column included. A star nobody could open is `*`. */
  readonly resultColumns: readonly string[];
  /** Names that could not be told apart or found; no edge was made for them. Never a literal. */
  readonly unresolved: readonly string[];
  readonly events: readonly TableEvent[];
  readonly created: readonly CreatedTable[];
  readonly statements: readonly SqlStatement[];
  readonly parseStatus: 'full' | 'tables' | 'failed';
  readonly warnings: readonly string[];
  /** Only when asked for. */
  readonly usage?: readonly UsageSignal[];
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Resolves lineage in a pool of workers, each text within a deadline. Never throws for a text: the answer says what failed. */
export interface SqlEngine {
  lineage(request: SqlRequest, signal?: AbortSignal): Promise<SqlLineage>;
  close(): Promise<void>;
}

/** Limits of an engine. */
export interface SqlEngineOptions {
  /** Worker threads; default: half the cores, at least 1. */
  readonly workers?: number;
  /** Processor time of a text, default 2,000 ms; at most ten times that by the clock. */
  readonly deadlineMs?: number;
  /** Longest text taken, default 10 MiB. */
  readonly maxBytes?: number;
}
