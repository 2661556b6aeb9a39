import { merge } from './inputs.ts';
import type { CallExpr, Expr, Query, Statement, TableName } from '../ast/nodes.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { IndirectKind } from '../../model/edge.ts';
import type { Input } from './inputs.ts';
import type { ColumnSlot, Rowset } from './rowset.ts';
import type { Scope } from './scope.ts';
import type { UsageLog } from './usage.ts';

/** A table as the resolver meets it. */
export interface KnownTable {
  readonly name: string;
  /** Its columns; a tail when they are not known. For a table that the same script filled: what they are made from. */
  readonly rowset: Rowset;
  /** Filled by the same script: its columns stand for what they were made from. */
  readonly made: boolean;
}

/** What resolving asks of its surroundings. */
export interface Surroundings {
  readonly dialect: Dialect;
  /** A part of the statement was not understood: a name may be that of a relation which is not in sight. */
  readonly isInPart: boolean;
  /** Finds a table, and remembers that it was read. `isPast`: as it was, or at all times. */
  read(name: TableName, isPast?: boolean): KnownTable;
  /** A variable or parameter of the script; null when there is none of that name. */
  variable(name: string): readonly Input[] | null;
  /** A record or cursor variable, whose members are columns. */
  record(name: string): Rowset | null;
  /** All the rows that fired a trigger, under a name that stands behind FROM: `inserted`, the names of REFERENCING. */
  changedRows(name: string): Rowset | null;
  /** A data-modifying CTE: carries the statement out and gives its RETURNING columns. */
  perform(statement: Statement, ctes: CteScope | null): Rowset;
  /** `SELECT @x = expression`. */
  assign(name: string, inputs: readonly Input[]): void;
  /** The body of a function that the text defines, in place of its call; null: there is none. */
  inline(call: CallExpr, scope: Scope): readonly Input[] | null;
  /** The rows of a table function that the text defines, called in FROM; null: there is none of that name. */
  rowsOf(name: string, args: readonly Expr[], scope: Scope): Rowset | null;
  /** Where usage is noted; null when nobody asked. */
  readonly usage: UsageLog | null;
  unresolved(what: string): void;
  warn(message: string): void;
  /** The statement is understood in part only; the message says which part is not. Never a literal. */
  partial(message: string): void;
}

/** CTEs in sight, innermost first. */
export interface CteScope {
  readonly name: string;
  readonly parent: CteScope | null;
  rowset: Rowset | null;
  /** Set while its own query is being resolved: what is known of it so far, for recursion. */
  partial: Rowset | null;
  busy: boolean;
  /** It was met inside its own definition. */
  recursive: boolean;
  /** ClickHouse's `WITH expression AS name`: what the expression comes to over the relations of a scope; null for a relation. */
  readonly valueIn: ((scope: Scope) => ColumnSlot) | null;
  /** What a value came to, and over which relations. */
  seen: {
    readonly relations: Scope['relations'];
    readonly count: number;
    readonly slot: ColumnSlot;
  } | null;
  /** Column names given to it before AS. */
  readonly columns: readonly string[];
  readonly resolve: () => Rowset;
}

/** Resolves a query: what closes the circle between expressions and queries. */
export type QueryResolver = (
  query: Query,
  context: StatementContext,
  outer: Scope | null,
  ctes: CteScope | null,
) => Rowset;

/** Resolving one statement: surroundings and the columns that steer it. */
export class StatementContext {
  readonly around: Surroundings;
  /** `kind` → inputs that steer the statement's rows. */
  readonly #uses = new Map<IndirectKind, (readonly Input[])[]>();
  readonly #resolve: QueryResolver;
  readonly #last = new WeakMap<Query, Rowset>();
  #depth = 0;
  #isQuiet = false;

  /** `resolve` closes the circle of queries that hold expressions that hold queries. */
  constructor(around: Surroundings, resolve: QueryResolver) {
    this.around = around;
    this.#resolve = resolve;
  }

  /** The columns of a subquery's result; `scope` is what it sees around it. */
  subquery(query: Query, scope: Scope): Rowset {
    const rowset = this.#resolve(query, this, scope, scope.ctes);
    this.#last.set(query, rowset);
    return rowset;
  }

  /** What a subquery came to when it was resolved last; null when it was not yet. */
  lastRowset(query: Query): Rowset | null {
    return this.#last.get(query) ?? null;
  }

  get dialect(): Dialect {
    return this.around.dialect;
  }

  use(kind: IndirectKind, inputs: readonly Input[]): void {
    if (inputs.length === 0 || this.#isQuiet) return;
    const known = this.#uses.get(kind);
    if (known === undefined) this.#uses.set(kind, [inputs]);
    else known.push(inputs);
  }

  uses(): readonly { readonly kind: IndirectKind; readonly table: string; readonly column: string }[] {
    const found: { kind: IndirectKind; table: string; column: string }[] = [];
    for (const [kind, lists] of this.#uses) {
      const seen = new Set<string>();
      for (const input of merge(...lists)) {
        const key = `${input.table}\u0000${input.column}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found.push({ kind, table: input.table, column: input.column });
      }
    }
    return found;
  }

  /** Resolves something whose columns steer nothing. */
  quietly(work: () => void): void {
    const before = this.#isQuiet;
    this.#isQuiet = true;
    work();
    this.#isQuiet = before;
  }

  /** Guards against endless views of views; real nesting stays far below. */
  nested<T>(work: () => T, otherwise: T): T {
    if (this.#depth > 5_000) {
      this.around.warn('queries nested more than 5,000 deep were left out');
      return otherwise;
    }
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }
}
