import type { TransactionMark } from '../statement/ways.ts';

/** A value handed to a parameter, as it is written: `USING v AS name`, `@p = @e OUTPUT`, `name => v`. */
export interface Argument {
  readonly name: string | null;
  readonly value: string;
  /** What the parameter holds at the end goes back into the variable. */
  readonly isOut?: boolean;
}

/** A parameter of a routine. */
export interface Parameter {
  readonly name: string;
  /** As written, in lower case: what tells overloads apart. */
  readonly type: string;
  readonly isOut: boolean;
  /** The value it has where the call gives none. */
  readonly byDefault: string | null;
}

/** One way through IF or CASE. */
export interface Arm {
  readonly condition: string | null;
  readonly body: readonly Step[];
}

/** What a script does, piece by piece, as a tree: branches, loops and blocks hold the steps within them. */
export type Step =
  /**
   * From here on names that leave out their first parts are looked up elsewhere. `bare`: one name of which the dialect says
   * whether it is a database or a schema. All null: as at the beginning.
   */
  | {
      readonly kind: 'use';
      readonly database: string | null;
      readonly schema: string | null;
      readonly bare: string | null;
      /** PostgreSQL: schemas that are asked one after the other; the first takes what is made. */
      readonly path?: readonly string[];
      /** Until the transaction ends. */
      readonly isLocal?: boolean;
      /** A transaction ends: what holds is what held before it chose for itself, and nothing else is said. */
      readonly isEnd?: boolean;
    }
  /** The text ended within a quote or comment. */
  | { readonly kind: 'cut' }
  /** One SQL statement. Of a silent one nobody sees the result (PERFORM). */
  | { readonly kind: 'statement'; readonly sql: string; readonly isSilent?: boolean }
  /** Variables take a value, an expression's or a query's by position. */
  | { readonly kind: 'assign'; readonly names: readonly string[]; readonly value: string }
  /** Variables and parameters exist from here on. */
  | { readonly kind: 'declare'; readonly names: readonly string[]; readonly type?: string }
  /** A type of records with these fields, or of collections of them; `of`: it has the fields of another type. */
  | {
      readonly kind: 'record-type';
      readonly name: string;
      readonly fields: readonly string[];
      readonly of: string | null;
    }
  /** T-SQL: `DECLARE @t TABLE (…)`. */
  | { readonly kind: 'table-variable'; readonly name: string; readonly columns: string }
  /** A cursor, result set or loop record over a query; `parameters` are the cursor's own. */
  | {
      readonly kind: 'record';
      readonly name: string;
      readonly query: string;
      readonly parameters?: readonly Parameter[];
      /** It stands behind FROM: all the rows that fired a trigger. */
      readonly isTable?: boolean;
    }
  /** `FOR r IN c`, `OPEN c (values)`: a record over a cursor that was declared before. */
  | {
      readonly kind: 'record-of';
      readonly name: string;
      readonly cursor: string;
      readonly values?: readonly Argument[];
    }
  /** Without INTO the rows are shown. */
  | { readonly kind: 'fetch'; readonly cursor: string; readonly into: readonly string[] | null }
  /** SQL put together at run time. */
  | {
      readonly kind: 'dynamic';
      readonly value: string;
      readonly into: readonly string[];
      /** What it is put into holds rows: a cursor, a loop's record. */
      readonly isResultSet?: boolean;
      /** Values for its parameters. */
      readonly values?: readonly Argument[];
      /** T-SQL: the linked server that runs it. */
      readonly server?: string;
      /** T-SQL: the text that declares its parameters. */
      readonly declared?: string;
    }
  /** `PREPARE name FROM value`; `isSql`: what stands there is the statement itself. */
  | { readonly kind: 'prepare'; readonly name: string; readonly value: string; readonly isSql?: boolean }
  | { readonly kind: 'execute'; readonly name: string; readonly values?: readonly Argument[] }
  | { readonly kind: 'call'; readonly name: string; readonly values?: readonly Argument[] }
  /** What a routine gives back; of a query, its rows. */
  | { readonly kind: 'return'; readonly value: string; readonly isQuery: boolean }
  /** PL/pgSQL's RETURN NEXT without a value: a row of what the OUT parameters hold. */
  | { readonly kind: 'return-row' }
  /** What a BEFORE trigger left in its new row, under any of these names, goes into the table. */
  | { readonly kind: 'new-row'; readonly table: string; readonly names: readonly string[] }
  /** IF, CASE: one of the arms is gone; without `isWhole` perhaps none. */
  | { readonly kind: 'branch'; readonly arms: readonly Arm[]; readonly isWhole: boolean }
  /** `over`: the cursor whose rows the loop goes through. */
  | {
      readonly kind: 'loop';
      readonly condition: string | null;
      readonly over: string | null;
      readonly body: readonly Step[];
    }
  /** A place that GOTO may go back to. */
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'goto'; readonly name: string }
  /** BEGIN TRANSACTION, COMMIT, ROLLBACK. */
  | { readonly kind: 'transaction'; readonly mark: TransactionMark }
  /** RETURN without a value, THROW: nothing behind it is done. */
  | { readonly kind: 'leave' }
  /** T-SQL: `SET ROWCOUNT n`: statements change so many rows; 0: all of them. */
  | { readonly kind: 'row-count'; readonly isLimited: boolean }
  /** A statement of this block that fails is gone over. */
  | { readonly kind: 'goes-on' }
  /** What follows is done only if this holds: EXIT WHEN. */
  | { readonly kind: 'condition'; readonly value: string }
  /** BEGIN … END; `isScope`: what is declared in it is its own. Handlers run when its body breaks off. */
  | {
      readonly kind: 'block';
      readonly body: readonly Step[];
      readonly handlers: readonly (readonly Step[])[];
      readonly isScope: boolean;
    }
  /** The script ends before something in it does. */
  | { readonly kind: 'broken'; readonly what: string }
  /** A body in a language that is not SQL. */
  | { readonly kind: 'foreign'; readonly language: string }
  | {
      readonly kind: 'routine';
      readonly name: string;
      readonly what: 'procedure' | 'function' | 'trigger' | 'block';
      readonly parameters: readonly Parameter[];
      /** Columns that RETURNS TABLE names; empty where it names none. */
      readonly columns: readonly string[];
      /** Where names are looked up while it runs, where it says so itself. */
      readonly place?: Extract<Step, { kind: 'use' }> | null;
      readonly body: readonly Step[];
    };
