import { emit } from '../statement/outcome.ts';
import { boundName, withBoundNames } from './placeholders.ts';
import { constantTexts } from './constant-text.ts';
import { Gaps } from './gaps.ts';
import { evaluate } from '../resolve/expression.ts';
import { column } from '../resolve/rowset.ts';
import { matched } from './routines.ts';
import { newScope } from '../resolve/scope.ts';
import { parseSingleExpression } from '../parser/parse-statement.ts';
import { RecordTypes } from './record-types.ts';
import { resolveQuery } from '../resolve/query.ts';
import { SqlSyntaxError } from '../parser/cursor.ts';
import { statementContext } from '../statement/perform.ts';
import { variableKey } from '../statement/variables.ts';
import type { Expr } from '../ast/nodes.ts';
import type { Held, Steer, Texts } from '../statement/held.ts';
import type { Input } from '../resolve/inputs.ts';
import type { KnownTexts } from './constant-text.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from '../statement/session.ts';
import type { Step } from './steps.ts';
import type { StatementParser } from './parsed-statement.ts';

type Cursor = Extract<Step, { kind: 'record' }>;

const empty: Held = { inputs: [], row: null, texts: null, steers: [] };

/** Values of a script outside of its statements: what is assigned, tested and fetched. */
export class ScriptValues {
  readonly #session: Session;
  readonly #parse: StatementParser;
  readonly #gaps = new Gaps();
  readonly known: KnownTexts = {
    of: (variable) => this.#session.variables.texts(variable),
    gap: (expr) => this.#gaps.nameFor(this.#inputsOf(expr), this.#isText(expr)),
  };
  readonly types = new RecordTypes();
  /** Cursors with their queries, which are run when they are opened. */
  readonly #cursors = new Map<string, Cursor>();

  constructor(session: Session, parse: StatementParser) {
    this.#session = session;
    this.#parse = parse;
  }

  declare({ names, type }: Extract<Step, { kind: 'declare' }>): void {
    const { dialect, turns, variables } = this.#session;
    const fields = type === undefined ? null : this.types.fieldsOf(type, this.#session);
    for (const name of names) {
      // T-SQL: a declaration inside a loop is no new variable.
      if (dialect.looseStatements && turns.isAgain) variables.know(name);
      else variables.declare(name, fields);
      variables.noteType(name, type ?? '');
    }
  }

  #isText(expr: Expr): boolean {
    const name = spelledName(expr);
    return name !== null && this.#session.variables.isText(name);
  }

  fetch({ cursor, into }: Extract<Step, { kind: 'fetch' }>): void {
    const { steering, variables } = this.#session;
    const rowset = variables.record(cursor);
    if (rowset === null) return;
    const steers = variables.steersOf(cursor);
    if (into !== null) variables.assignRow(into, rowset, steers);
    else if (this.#session.showsResults) {
      emit(this.#session, null, rowset);
      for (const steer of steers) steering.add(steer, []);
    } else this.#session.shown?.(rowset);
  }

  #expression(text: string): Expr | null {
    try {
      return parseSingleExpression(text, this.#session.dialect);
    } catch (error) {
      if (error instanceof SqlSyntaxError) return null;
      throw error;
    }
  }

  texts(text: string): Texts | null {
    const expr = this.#expression(text);
    return expr === null ? null : constantTexts(expr, this.known);
  }

  /** What a gap of a text is made from. */
  gap(name: string): readonly Input[] {
    return this.#gaps.inputsOf(name);
  }

  value(text: string): Held | null {
    const expr = this.#expression(text);
    return expr === null ? null : this.#valueOf(expr);
  }

  #valueOf(expr: Expr): Held {
    const context = statementContext(this.#session);
    // A record or collection handed on as a whole.
    const name = spelledName(expr);
    const held = name === null ? null : this.#session.variables.held(name);
    if (held !== null) return held;
    const texts = constantTexts(expr, this.known) ?? { known: [], isOpen: true };
    const inputs = evaluate(expr, newScope(context, null, null));
    return { inputs, row: null, texts, steers: context.uses() };
  }

  #inputsOf(expr: Expr): readonly Input[] {
    const session = this.#session;
    return session.leniently(() => evaluate(expr, newScope(statementContext(session), null, null)));
  }

  /** The columns that a condition looks at, its subqueries' among them. Names that are none are not missed. */
  condition(text: string): readonly Steer[] {
    const expr = this.#expression(text);
    if (expr === null) return [];
    const session = this.#session;
    return session.leniently(() => {
      const context = statementContext(session);
      const found = new Map<string, Steer>();
      session.feeding.statement(() => {
        const inputs = evaluate(expr, newScope(context, null, null));
        for (const { table, column } of [...inputs, ...context.uses()])
          found.set(`${table}\u0000${column}`, { kind: 'CONDITIONAL', table, column });
      });
      return [...found.values()];
    });
  }

  /** RETURN of something that is no query: the rows of a result set; null for a value. */
  result(text: string): Rowset | null {
    const expr = this.#expression(text);
    const name = expr === null ? null : spelledName(expr);
    const rowset = name === null ? null : this.#session.variables.record(name);
    if (rowset === null) this.condition(text);
    return rowset;
  }

  rows(sql: string): { readonly rowset: Rowset; readonly steers: readonly Steer[] } | null {
    const [statement] = this.#parse(sql).statements;
    if (statement?.kind !== 'query') return null;
    const context = statementContext(this.#session);
    const rowset = resolveQuery(statement.query, context, null, null);
    return { rowset, steers: context.uses() };
  }

  assign(names: readonly string[], value: string): void {
    const { variables } = this.#session;
    const expr = this.#expression(value);
    if (expr === null) return;
    if (expr.kind === 'query') {
      const context = statementContext(this.#session);
      const rowset = resolveQuery(expr.query, context, null, null);
      const [only] = names;
      if (names.length === 1 && only !== undefined) variables.assignQuery(only, rowset, context.uses());
      else variables.assignRow(names, rowset, context.uses());
      return;
    }
    const held = this.#constructed(expr) ?? this.#valueOf(expr);
    for (const name of names) {
      if (held.row !== null) variables.put(name, held);
      else variables.assign(name, held.inputs ?? [], { texts: held.texts, steers: held.steers });
    }
  }

  /** `type (a, b)`, `type (x => a)`: a record of its fields; null: the expression makes none. */
  #constructed(expr: Expr): Held | null {
    if (expr.kind !== 'call') return null;
    const session = this.#session;
    const fields = this.types.fieldsOf(expr.name, session);
    if (fields === null || expr.args.length > fields.length) return null;
    const context = statementContext(session);
    const scope = newScope(context, null, null);
    const row = expr.args.map((arg, at) =>
      arg.kind === 'named'
        ? column(arg.name, evaluate(arg.value, scope))
        : column(fields[at] ?? '', evaluate(arg, scope)),
    );
    return { inputs: null, row, texts: null, steers: context.uses() };
  }

  /** A cursor or record over a query, or over a cursor that was declared before. */
  record(step: Extract<Step, { kind: 'record' | 'record-of' }>): void {
    const { variables } = this.#session;
    if (step.kind === 'record') {
      if (step.isTable === true) this.#session.transitions.add(variableKey(step.name));
      this.#cursors.set(variableKey(step.name), step);
      variables.scope(() => {
        for (const { name } of step.parameters ?? []) variables.declare(name);
        this.#open(step.name, step.query);
      });
      return;
    }
    const cursor = this.#cursors.get(variableKey(step.cursor));
    if (cursor !== undefined) {
      this.#openGiven(step, cursor);
      return;
    }
    const held = variables.held(step.cursor);
    if (held !== null) variables.put(step.name, held.row === null ? held : { ...held, inputs: null });
    else variables.declare(step.name);
  }

  #openGiven({ name, values = [] }: Extract<Step, { kind: 'record-of' }>, cursor: Cursor): void {
    const { variables } = this.#session;
    const helds = values.map((item) => this.value(item.value) ?? empty);
    variables.scope(() => {
      for (const { parameter, value } of matched(cursor.parameters ?? [], values)) {
        const at = value === undefined ? -1 : values.indexOf(value);
        variables.bind(parameter.name, helds[at] ?? this.value(parameter.byDefault ?? 'null') ?? empty);
      }
      helds.forEach((held, at) => {
        variables.bind(boundName(at), held);
      });
      this.#open(
        name,
        withBoundNames(
          cursor.query,
          this.#session.dialect,
          cursor.parameters === undefined || cursor.parameters.length === 0 ? values.length : 0,
        ),
      );
    });
  }

  #open(name: string, query: string): void {
    const rows = this.rows(query);
    if (rows !== null) this.#session.variables.setRecord(name, rows.rowset, rows.steers);
  }
}

/** The name that an expression is no more than. */
function spelledName(expr: Expr): string | null {
  if (expr.kind === 'variable') return expr.name;
  return expr.kind === 'column' ? expr.parts.map((part) => part.text).join('.') : null;
}
