import { constantTexts, unknownPart } from './constant-text.ts';
import { endsOpen } from '../text/lexer.ts';
import { fingerprint, normalise } from '../text/normalise.ts';
import { emptyInsert } from '../parser/parse-insert.ts';
import { evaluate } from '../resolve/expression.ts';
import { newScope } from '../resolve/scope.ts';
import { parseSingleExpression } from '../parser/parse-statement.ts';
import { perform, statementContext } from '../statement/perform.ts';
import { readScript } from './read-script.ts';
import { resolveQuery } from '../resolve/query.ts';
import { variableKey } from '../statement/variables.ts';
import type { Expr, Query, Statement, TableName } from '../ast/nodes.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from '../statement/session.ts';
import type { SqlStatement } from '../sql-lineage.ts';
import type { Step } from './steps.ts';

/** What parsing one statement gave. */
export interface ParsedStatement {
  readonly statements: readonly Statement[];
  readonly parseStatus: SqlStatement['parseStatus'];
  readonly confidence: number;
  readonly warning: string | null;
}

/** Parses one statement, by whatever parsers there are. */
export type StatementParser = (sql: string) => ParsedStatement;

const deepest = 8;

/** A part of a name is known only at run time: the gap touches letters or a quote of names. */
const unknownName = new RegExp(`[\\w\`[]${unknownPart}|${unknownPart}[\\w\`\\]]`);
const unknownQuoted = new RegExp(`"${unknownPart}|${unknownPart}"`);

function lastPart(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .toLowerCase()
    .replaceAll(/["`[\]]/g, '');
}

/** Carries a script out on a session, step by step; gives what each statement came to. */
export class ScriptRun {
  readonly #session: Session;
  readonly #parse: StatementParser;
  readonly #constants = new Map<string, readonly string[]>();
  readonly #prepared = new Map<string, readonly string[]>();
  /** Last parts of the names of routines whose bodies stand in the text. */
  readonly #routines = new Set<string>();
  readonly statements: SqlStatement[] = [];
  #depth = 0;

  constructor(session: Session, parse: StatementParser) {
    this.#session = session;
    this.#parse = parse;
  }

  run(sql: string): void {
    for (const step of readScript(sql, this.#session.dialect)) this.#step(step);
    this.#noteCut(sql);
  }

  /** A text cut off within a quote or comment was not read to its end, even where no statement of it says so. */
  #noteCut(sql: string): void {
    const isNoted = this.statements.some(({ parseStatus }) => parseStatus !== 'full');
    if (isNoted || !endsOpen(sql, this.#session.dialect)) return;
    this.#session.warn('a quote or comment that nothing closes: what stands in it is not looked into');
    this.statements.push({ id: fingerprint('?'), normalised: '?', parseStatus: 'failed', confidence: 0 });
  }

  #step(step: Step): void {
    const session = this.#session;
    switch (step.kind) {
      case 'statement':
        if (step.isSilent === true) this.#session.silently(() => this.#statement(step.sql, 1));
        else this.#statement(step.sql, 1);
        return;
      case 'assign':
        this.#assign(step);
        return;
      case 'declare':
        for (const name of step.names) session.variables.declare(name);
        return;
      case 'table-variable':
        this.#statement(`CREATE TABLE ${step.name} ${step.columns}`, 1);
        return;
      case 'record':
        this.#record(step.name, step.query);
        return;
      case 'record-of': {
        const rowset = session.variables.record(step.cursor);
        if (rowset !== null) session.variables.setRecord(step.name, rowset);
        else {
          session.variables.declare(step.name);
          session.variables.assign(step.name, session.variables.get(step.cursor) ?? []);
        }
        return;
      }
      case 'fetch': {
        const rowset = session.variables.record(step.cursor);
        if (rowset !== null) session.variables.assignRow(step.into, rowset);
        return;
      }
      case 'dynamic':
        this.#dynamic(step.value, step.into, step.isResultSet);
        return;
      case 'prepare': {
        const texts = this.#texts(step.value);
        if (texts !== null) this.#prepared.set(step.name.toLowerCase(), texts);
        return;
      }
      case 'execute': {
        const texts = this.#prepared.get(step.name.toLowerCase());
        if (texts !== undefined) for (const text of texts) this.#nested(text);
        return;
      }
      case 'call':
        if (!this.#routines.has(lastPart(step.name)))
          session.warn(`call of ${step.name}: what it does is not seen from here`);
        return;
      case 'foreign':
        session.warn(`a body in ${step.language}: not looked into`);
        return;
      default:
        this.#routine(step);
    }
  }

  #routine(step: Extract<Step, { kind: 'routine' }>): void {
    const body = (): void => {
      for (const inner of step.body) this.#step(inner);
    };
    if (step.body.length > 0) this.#routines.add(lastPart(step.name));
    if (step.what === 'block') body();
    else this.#session.inRoutine(body);
  }

  #statement(sql: string, trust: number): void {
    const session = this.#session;
    const parsed = this.#parse(this.#identified(sql));
    // What came out of a string and is no SQL may be any literal.
    const isText = trust < 1 && parsed.parseStatus === 'failed';
    const normalised = isText ? '?' : normalise(sql, session.dialect);
    const id = fingerprint(normalised);
    if (parsed.warning !== null) session.warn(parsed.warning);
    const { parseStatus } = parsed;
    const at = this.statements.push({ id, normalised, parseStatus, confidence: parsed.confidence * trust }) - 1;
    const partial = session.partialCount;
    for (const statement of parsed.statements) {
      if (statement.kind === 'text') this.#unloaded(statement.sql, statement.target);
      else {
        if (statement.kind === 'insert' && statement.query === null && /\b(?:exec|execute|call)\b/i.test(sql))
          session.warn('rows that a procedure gives back: what they hold is not seen from here');
        this.#noteTexts(statement);
        perform(statement, session);
      }
    }
    if (session.partialCount > partial) this.#notePartial(at);
  }

  /** The statement was read, and a part of what it does cannot be told. */
  #notePartial(at: number): void {
    const statement = this.statements[at];
    if (statement?.parseStatus !== 'full') return;
    this.statements[at] = { ...statement, parseStatus: 'tables', confidence: statement.confidence * 0.5 };
  }

  /** Snowflake, Databricks: `IDENTIFIER(:name)` of a variable that has one constant text. */
  #identified(sql: string): string {
    if (!/\bidentifier\s*\(/i.test(sql)) return sql;
    return sql.replaceAll(/\b(identifier|table)\s*\(\s*[:$](\w+)\s*\)/gi, (all, word: string, name: string) => {
      const texts = this.#constants.get(variableKey(name)) ?? [];
      const [only] = texts;
      return texts.length === 1 && only !== undefined && !only.includes("'") ? `${word}('${only}')` : all;
    });
  }

  /** A query inside a string whose rows go to a place outside. */
  #unloaded(sql: string, target: TableName | null): void {
    const [inner] = target === null ? [] : this.#parse(sql).statements;
    if (inner?.kind === 'query') perform({ ...emptyInsert, target, query: inner.query }, this.#session);
    else this.#nested(sql);
  }

  /** T-SQL: `SELECT @sql = '…'` is an assignment. */
  #noteTexts(statement: Statement): void {
    if (statement.kind !== 'query' || statement.query.kind !== 'select' || statement.query.from !== null) return;
    for (const { expr } of statement.query.items) {
      const [target, value] = expr.kind === 'call' && expr.name === '=' ? expr.args : [];
      if (target?.kind === 'variable' && value !== undefined) this.#remember([target.name], value, false);
    }
  }

  #assign(step: Extract<Step, { kind: 'assign' }>): void {
    // Snowflake: `rs := (EXECUTE IMMEDIATE text)`.
    const run = /^\s*\(?\s*EXECUTE\s+IMMEDIATE\s+(.*?)(?:\s+USING\s*\([^()]*\))?\s*\)?\s*$/is.exec(step.value)?.[1];
    if (run !== undefined) {
      this.#dynamic(run, step.names, true);
      return;
    }
    const expr = this.#expression(step.value);
    if (expr === null) return;
    this.#remember(step.names, expr, step.conditional);
    const session = this.#session;
    const context = statementContext(session);
    if (expr.kind === 'query') {
      const rowset = resolveQuery(expr.query, context, null, null);
      if (step.names.length === 1 && rowset.length === 1)
        for (const name of step.names) session.variables.assign(name, rowset[0]?.inputs ?? []);
      else session.variables.assignRow(step.names, rowset);
      return;
    }
    const inputs = evaluate(expr, newScope(context, null, null));
    for (const name of step.names) session.variables.assign(name, inputs);
  }

  /** Keeps the constant texts of a variable; in a branch it may still have those from before. */
  #remember(names: readonly string[], expr: Expr, conditional: boolean): void {
    const texts = constantTexts(expr, this.#constants);
    for (const name of names) {
      const key = variableKey(name);
      const before = conditional ? (this.#constants.get(key) ?? []) : [];
      if (texts === null) this.#constants.delete(key);
      else this.#constants.set(key, [...new Set([...before, ...texts])].slice(-4));
    }
  }

  #expression(text: string): Expr | null {
    try {
      return parseSingleExpression(text, this.#session.dialect);
    } catch {
      return null;
    }
  }

  #record(name: string, sql: string): void {
    const rowset = this.#query(sql);
    if (rowset !== null) this.#session.variables.setRecord(name, rowset);
  }

  /** The columns of a query that fills a cursor; null when the text is no query. */
  #query(sql: string): Rowset | null {
    const [statement] = this.#parse(sql).statements;
    if (statement?.kind !== 'query') return null;
    return this.#resolve(statement.query);
  }

  #resolve(query: Query): Rowset {
    return resolveQuery(query, statementContext(this.#session), null, null);
  }

  #texts(value: string): readonly string[] | null {
    const expr = this.#expression(value);
    return expr === null ? null : constantTexts(expr, this.#constants);
  }

  /** `isResultSet`: the variable holds rows, of however many columns. */
  #dynamic(value: string, into: readonly string[], isResultSet = false): void {
    const texts = this.#texts(value);
    if (texts === null) {
      this.#opaque(value);
      return;
    }
    for (const text of texts) {
      if (into.length > 0) {
        const rowset = this.#query(text);
        if (rowset === null) this.#nested(text);
        else if (isResultSet) for (const name of into) this.#session.variables.setRecord(name, rowset);
        else this.#session.variables.assignRow(into, rowset);
      } else if (text.includes(unknownPart) && !this.#isReadable(text)) this.#opaque(value);
      else this.#nested(text);
    }
  }

  /** With a part missing, a text counts only when all of it is understood around the gap. */
  #isReadable(text: string): boolean {
    const isName = !this.#session.dialect.doubleQuotedStrings && unknownQuoted.test(text);
    return !isName && !unknownName.test(text) && this.#parse(text).parseStatus === 'full';
  }

  #opaque(value: string): void {
    this.#session.unresolved('dynamic SQL');
    this.#session.warn('dynamic SQL that is put together at run time: not looked into');
    const normalised = normalise(`EXECUTE ${value}`, this.#session.dialect);
    this.statements.push({ id: fingerprint(normalised), normalised, parseStatus: 'failed', confidence: 0 });
  }

  /** SQL found inside a string. */
  #nested(sql: string): void {
    if (this.#depth >= deepest) return;
    this.#depth += 1;
    for (const step of readScript(sql, this.#session.dialect)) {
      if (step.kind === 'statement') this.#statement(step.sql, sql.includes(unknownPart) ? 0.7 : 0.9);
      else this.#step(step);
    }
    this.#depth -= 1;
  }
}
