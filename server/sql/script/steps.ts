/** What a script does, piece by piece: control flow is taken off, every branch counts. */
export type Step =
  /** One SQL statement. Of a silent one nobody sees the result (PERFORM). */
  | { readonly kind: 'statement'; readonly sql: string; readonly isSilent?: boolean }
  /** Variables take a value, an expression's or a query's by position. */
  | {
      readonly kind: 'assign';
      readonly names: readonly string[];
      readonly value: string;
      readonly conditional: boolean;
    }
  /** Variables and parameters exist from here on. */
  | { readonly kind: 'declare'; readonly names: readonly string[] }
  /** T-SQL: `DECLARE @t TABLE (…)`. */
  | { readonly kind: 'table-variable'; readonly name: string; readonly columns: string }
  /** A cursor, result set or loop record over a query. */
  | { readonly kind: 'record'; readonly name: string; readonly query: string }
  /** `FOR r IN c`: a record over a cursor that was declared before. */
  | { readonly kind: 'record-of'; readonly name: string; readonly cursor: string }
  | { readonly kind: 'fetch'; readonly cursor: string; readonly into: readonly string[] }
  /** SQL put together at run time. */
  | {
      readonly kind: 'dynamic';
      readonly value: string;
      readonly into: readonly string[];
      /** What it is put into holds rows: a cursor, a loop's record. */
      readonly isResultSet?: boolean;
    }
  /** `PREPARE name FROM value`. */
  | { readonly kind: 'prepare'; readonly name: string; readonly value: string }
  | { readonly kind: 'execute'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string }
  /** A body in a language that is not SQL. */
  | { readonly kind: 'foreign'; readonly language: string }
  | {
      readonly kind: 'routine';
      readonly name: string;
      readonly what: 'procedure' | 'function' | 'trigger' | 'block';
      readonly body: readonly Step[];
    };
