import { Certainty } from './certainty.ts';
import { Steering } from './steering.ts';
import { Tables } from './tables.ts';
import { Variables } from './variables.ts';
import { UsageLog } from '../resolve/usage.ts';
import { isLocation } from '../dialect/locations.ts';
import type { Catalog } from './catalog.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { ScriptResult } from './script-result.ts';
import type { Surroundings } from '../resolve/context.ts';
import type { TableName } from '../ast/nodes.ts';
import type { TransactionEnd, TransactionMark } from './ways.ts';

/** What is remembered from one statement of a script to the next, and what the whole script does. */
export class Session extends Tables {
  readonly steering = new Steering();
  readonly variables = new Variables(() => this.steering.around);
  /** Puts a function's body in place of its call; null: its body is not in the text. */
  inline: Surroundings['inline'] = () => null;
  rowsOf: Surroundings['rowsOf'] = () => null;
  /** {@link Surroundings.isInPart} */
  isInPart = false;
  /** What the last query showed. */
  lastResult: Rowset | null = null;
  /** Takes the rows that queries inside of routines show. */
  shown: ((rowset: Rowset) => void) | null = null;
  /** Variable keys of records that stand behind FROM: the rows that fired a trigger. */
  readonly transitions = new Set<string>();
  readonly certainty = new Certainty();

  #silent = 0;
  /** Transactions that are open, one in the other. */
  #transactions = 0;
  /** {@link SqlRequest.usage} */
  readonly usage: UsageLog | null;

  constructor(
    dialect: Dialect,
    catalog: Catalog,
    asked: { readonly keepTables?: boolean; readonly usage?: boolean } = {},
  ) {
    super(dialect, catalog, asked.keepTables ?? false);
    this.usage = asked.usage === true ? new UsageLog() : null;
  }

  /** Inside a stored routine permanent tables outlive the text, so they are no intermediates, and queries show nothing. */
  inRoutine(work: () => void): void {
    const { certainty } = this;
    const { isLimited } = certainty;
    this.routines += 1;
    this.variables.within(work);
    this.routines -= 1;
    // T-SQL: SET options hold to the end of the procedure.
    certainty.isLimited = isLimited;
  }

  /** Carries out work that is perhaps not done, or breaks off: values that it replaces may be there all the same. */
  perhaps<T>(work: () => T): T {
    return this.filled.perhaps(() => this.flows.perhaps(work));
  }

  /**
   * BEGIN, COMMIT or ROLLBACK. What was done before a BEGIN stays done. T-SQL counts transactions, and the last COMMIT alone
   * is one ("@@TRANCOUNT"); one in a branch is perhaps none.
   */
  transaction(mark: TransactionMark | null): void {
    if (mark === null) return;
    const isFirst = this.#transactions === 0;
    if (mark === 'begin') this.#transactions = this.dialect.looseStatements ? this.#transactions + 1 : 1;
    else this.#transactions = mark === 'rollback' ? 0 : Math.max(0, this.#transactions - 1);
    if (mark === 'rollback') this.#endTransaction(mark);
    else if (mark === 'begin' ? isFirst : this.#transactions === 0 && this.certainty.branches === 0)
      this.#endTransaction('commit');
  }

  #endTransaction(end: TransactionEnd): void {
    this.filled.endTransaction(end);
    this.flows.endTransaction(end);
  }

  /** What queries give is seen by nobody. */
  silently(work: () => void): void {
    this.#silent += 1;
    work();
    this.#silent -= 1;
  }

  get showsResults(): boolean {
    return this.routines === 0 && this.#silent === 0;
  }

  /** SELECT … INTO this name sets a variable and makes no table. */
  assignsInto(name: TableName): boolean {
    const text = name.map((part) => part.text).join('.');
    if (name.length === 1 && name[0]?.quoted === true && isLocation(text)) return false;
    const { variables } = this;
    if (variables.get(text) !== null || variables.record(name[0]?.text ?? '') !== null || /^[@:]/.test(text))
      return true;
    return this.dialect.selectIntoVariables || (this.routines > 0 && this.dialect.declareSection);
  }

  result(): ScriptResult {
    this.refreshViews();
    const intermediate = new Set([...this.filled.consumed(), ...this.feeding.intermediates()]);
    const isKept = (table: string | null): boolean => table === null || !intermediate.has(table.toLowerCase());
    const edges = this.flows.all().filter(({ table }) => isKept(table));
    return {
      inTables: this.reads.names,
      outTables: this.written.names.filter(isKept),
      edges,
      indirect: this.steering.all().map((use) => ({ ...use, into: use.into.filter(isKept) })),
      unresolved: this.namesUnresolved,
      warnings: this.warnings,
    };
  }
}
