import { transactionMark } from '../statement/ways.ts';
import { gapsIn, withPlainGaps } from './gaps.ts';
import { DynamicSql } from './run-dynamic.ts';
import { fingerprint, normalise } from '../text/normalise.ts';
import { lastGoto } from './goto.ts';
import { writeNewRow } from './new-row.ts';
import { performGiven } from '../statement/given-rows.ts';
import { intoOf, perform } from '../statement/perform.ts';
import { remembering } from './parsed-statement.ts';
import { readScript } from './read-script.ts';
import { isUnseen, runControl } from './run-control.ts';
import { RoutineCalls } from './run-routines.ts';
import { ScriptValues } from './script-values.ts';
import { inPart, withoutNames } from './trust.ts';
import { textsPut, withIdentifiers } from './put-texts.ts';
import type { Step } from './steps.ts';
import type { Held, Steer, Texts } from '../statement/held.ts';
import type { ParsedStatement, StatementParser } from './parsed-statement.ts';
import type { Runner } from './runner.ts';
import type { Session } from '../statement/session.ts';
import type { SqlStatement } from '../sql-lineage.ts';
import type { Statement } from '../ast/nodes.ts';

/** Turns of one loop that are followed: a value is carried over by one variable a turn. */
const [deepest, mostTurns] = [8, 12];
/** Steps done again, in loops and in routines at their calls, over the whole script. */
const mostRepeated = 4_000;

/** Carries a script out on a session, step by step; gives what each statement came to. */
export class ScriptRun implements Runner {
  readonly session: Session;
  readonly statements: SqlStatement[] = [];
  readonly parse: StatementParser;
  readonly #values: ScriptValues;
  readonly #dynamic: DynamicSql;
  readonly #routines: RoutineCalls;
  #depth = 0;
  #repeated = 0;
  /** How far statements are trusted: less inside of strings. */
  #trust = 1;

  constructor(session: Session, parser: StatementParser) {
    this.session = session;
    this.parse = remembering(parser);
    this.#values = new ScriptValues(session, this.parse);
    this.#dynamic = new DynamicSql(this);
    this.#routines = new RoutineCalls(this);
    session.inline = (call, scope) => this.#routines.inline(call, scope);
    session.rowsOf = (name, args, scope) => this.#routines.rows(name, args, scope);
  }

  run(sql: string): void {
    this.#whole(sql);
    this.#dynamic.runLeft();
    this.#noteMissed();
  }

  #whole(sql: string): void {
    const steps = readScript(sql, this.session.dialect);
    this.#routines.known.addAll(steps);
    this.steps(steps);
  }

  /** A text cut off within a quote or comment was not read to its end, even where no statement of it says so. */
  #noteCut(): void {
    if (this.statements.some(({ parseStatus }) => parseStatus !== 'full')) return;
    this.notUnderstood('?', 'failed', 'a quote or comment that nothing closes: what stands in it is not looked into');
  }

  /** Where all that was wanted hangs on names that could not be told, no statement may pass for understood. */
  #noteMissed(): void {
    const { missedCount, fedCount } = this.session;
    if (missedCount === 0 || fedCount > 0 || this.statements.some(({ confidence }) => confidence < 1)) return;
    this.notUnderstood('?', 'tables', 'a value is made from a name that could not be told');
  }

  steps(steps: readonly Step[]): void {
    for (const [at, step] of steps.entries()) {
      if (step.kind === 'condition') {
        this.session.steering.by(this.condition(step.value), () => {
          this.steps(steps.slice(at + 1));
        });
        return;
      }
      const back = step.kind === 'label' ? lastGoto(steps, at, step.name) : at;
      if (back > at) {
        // What stands between a label and a GOTO back to it is a loop.
        this.#step({ kind: 'loop', condition: null, over: null, body: steps.slice(at + 1, back + 1) });
        this.steps(steps.slice(back + 1));
        return;
      }
      if (this.session.turns.isAgain) this.#repeated += 1;
      if (!isUnseen(step, steps.slice(at + 1), this.session)) this.#step(step);
    }
  }

  mayRepeat(turn = 0): boolean {
    if (turn < mostTurns && this.#repeated < mostRepeated) return true;
    this.notUnderstood('?', 'tables', 'loops and calls were followed only so far: values that go further are not seen');
    return false;
  }

  notUnderstood(normalised: string, parseStatus: 'tables' | 'failed', warning: string): void {
    this.session.warn(warning);
    const id = fingerprint(normalised);
    if (this.session.turns.isAgain && this.statements.some((statement) => statement.id === id)) return;
    this.statements.push({ id, normalised, parseStatus, confidence: parseStatus === 'failed' ? 0 : 0.5 });
  }

  value(text: string): Held | null {
    return this.#values.value(text);
  }

  texts(text: string): Texts | null {
    return this.#values.texts(text);
  }

  gap(name: string): ReturnType<Runner['gap']> {
    return this.#values.gap(name);
  }

  condition(text: string): readonly Steer[] {
    return this.#values.condition(text);
  }

  rows(sql: string): ReturnType<Runner['rows']> {
    return this.#values.rows(sql);
  }

  text(sql: string): void {
    if (this.#depth >= deepest) return;
    const trust = this.#trust;
    this.#depth += 1;
    this.#trust = gapsIn(sql).length > 0 ? 0.7 : 0.9;
    this.#whole(sql);
    this.#depth -= 1;
    this.#trust = trust;
  }

  #step(step: Step): void {
    const { session } = this;
    switch (step.kind) {
      case 'statement':
        if (step.isSilent === true) session.silently(() => this.#statement(step.sql));
        else this.#statement(step.sql);
        return;
      case 'cut':
        this.#noteCut();
        return;
      case 'use':
        session.catalog.use(step);
        return;
      case 'assign':
        this.#assign(step);
        return;
      case 'declare':
        this.#values.declare(step);
        return;
      case 'record-type':
        this.#values.types.define(step, session);
        return;
      case 'table-variable':
        this.#statement(`CREATE TABLE ${step.name} ${step.columns}`);
        return;
      case 'record':
      case 'record-of':
        this.#values.record(step);
        return;
      case 'fetch':
        this.#values.fetch(step);
        return;
      case 'dynamic':
        this.#dynamic.run(step);
        return;
      case 'prepare':
        this.#dynamic.prepare(step);
        return;
      case 'execute':
        this.#dynamic.execute(step.name, step.values ?? []);
        return;
      case 'call':
        this.#routines.call(step.name, step.values ?? []);
        return;
      case 'return':
        this.#return(step);
        return;
      case 'return-row':
        this.#routines.giveRow();
        return;
      case 'new-row':
        writeNewRow(step, this);
        return;
      case 'broken':
        this.notUnderstood('?', 'failed', step.what);
        return;
      case 'foreign':
        session.warn(`a body in ${step.language}: not looked into`);
        return;
      case 'routine':
        this.#routines.define(step);
        return;
      default:
        runControl(step, this);
    }
  }

  #statement(sql: string): void {
    const { session } = this;
    const parsed = this.parse(withIdentifiers(sql, this.#values.known));
    const [at, { partialCount, missedCount, fedCount }] = [this.#noted(sql, parsed), session];
    session.isInPart = parsed.parseStatus !== 'full';
    for (const statement of parsed.statements) {
      if (statement.kind === 'text') this.#unloaded(statement);
      else if (statement.kind === 'insert' && statement.query === null && givenRows.test(sql))
        this.#insertGiven(statement, sql);
      else if (statement.kind === 'query' && this.#routines.isAsked && intoOf(statement.query) === null)
        this.#return({ value: sql, isQuery: true });
      else {
        const put = textsPut(statement, this.#values.known);
        perform(statement, session);
        session.transaction(transactionMark(sql));
        for (const [name, texts] of put) session.variables.setTexts(name, texts);
      }
    }
    if (session.partialCount > partialCount) this.#lower(at, inPart);
    const hasEdges = session.fedCount > fedCount;
    if (session.missedCount > missedCount) this.#lower(at, (statement) => withoutNames(statement, hasEdges));
  }

  /** Remembers a statement as it is done first; gives its place. */
  #noted(sql: string, { parseStatus, confidence, warning }: ParsedStatement): number {
    const { session } = this;
    if (warning !== null) session.warn(warning);
    if (session.turns.isAgain) return -1;
    // What came out of a string and is no SQL may be any literal.
    const isText = this.#trust < 1 && parseStatus === 'failed';
    const normalised = isText ? '?' : normalise(withPlainGaps(sql), session.dialect);
    const noted = { id: fingerprint(normalised), normalised, parseStatus, confidence: confidence * this.#trust };
    return this.statements.push(noted) - 1;
  }

  #lower(at: number, lowered: (statement: SqlStatement) => SqlStatement): void {
    const statement = this.statements[at];
    if (statement !== undefined) this.statements[at] = lowered(statement);
  }

  /** A query inside a string whose rows go to a place outside. */
  #unloaded({ sql, target }: Extract<Statement, { kind: 'text' }>): void {
    const [inner] = target === null ? [] : this.parse(sql).statements;
    if (inner?.kind === 'query') performGiven(target, inner.query, this.session);
    else this.text(sql);
  }

  /** T-SQL: `INSERT … EXEC`: the rows that a procedure or a text shows. */
  #insertGiven(statement: Extract<Statement, { kind: 'insert' }>, sql: string): void {
    const { session } = this;
    const from = givenRows.exec(sql)?.index ?? sql.length;
    const rows = this.#routines.rowsOf(() => {
      this.steps(readScript(sql.slice(from), session.dialect).filter((step) => this.#isKnownCall(step)));
    });
    if (rows.length === 0) session.warn('rows that a procedure gives back: what they hold is not seen from here');
    for (const rowset of rows) performGiven(statement, rowset, session);
    if (rows.length === 0) perform(statement, session);
  }

  #isKnownCall(step: Step): boolean {
    return step.kind === 'dynamic' || (step.kind === 'call' && this.#routines.known.has(step.name));
  }

  #return({ value, isQuery }: { readonly value: string; readonly isQuery: boolean }): void {
    if (this.#routines.isAsked) {
      const rows = isQuery ? this.#values.rows(value) : null;
      const held =
        rows === null
          ? this.#values.value(value)
          : { inputs: null, row: rows.rowset, texts: null, steers: rows.steers };
      if (held !== null) this.#routines.giveBack(held);
    } else if (isQuery) this.#statement(value);
    else {
      const rowset = this.#values.result(value);
      if (rowset === null) return;
      this.session.lastResult = rowset;
      this.session.shown?.(rowset);
    }
  }

  #assign({ names, value }: Extract<Step, { kind: 'assign' }>): void {
    // Snowflake: `rs := (EXECUTE IMMEDIATE text)`.
    if (/^\s*\(?\s*EXECUTE\s+IMMEDIATE\b/i.test(value)) {
      const [step] = readScript(value.trim().replace(/^\((.*)\)$/s, '$1'), this.session.dialect);
      if (step?.kind === 'dynamic') this.#dynamic.run({ ...step, into: names, isResultSet: true });
      return;
    }
    this.#values.assign(names, value);
  }
}

const givenRows = /\b(?:exec|execute|call)\b/i;
