import { boundName, withBoundNames } from './placeholders.ts';
import { gapsIn, hasUnknownName, unquotedGaps } from './gaps.ts';
import { matched } from './routines.ts';
import { normalise } from '../text/normalise.ts';
import { readParameters } from './read-declarations.ts';
import { ScriptCursor } from './script-cursor.ts';
import { valueEnd } from '../text/gap-name.ts';
import { dynamicSql, dynamicSqlWarning } from '../sql-lineage.ts';
import type { Argument, Step } from './steps.ts';
import type { Held, Texts } from '../statement/held.ts';
import type { Runner } from './runner.ts';

type Dynamic = Extract<Step, { kind: 'dynamic' }>;

/** `isSql`: the text is a statement of the script itself. */
type Run = Dynamic & { readonly isSql?: boolean };

/** A statement that was prepared. */
interface Prepared {
  readonly texts: Texts | null;
  /** The statement itself stood there, not a text of it. */
  readonly isSql: boolean;
  isRun: boolean;
}

const empty: Held = { inputs: [], row: null, texts: null, steers: [] };

/** SQL out of strings: every text that the string may be is run with the values bound to its parameters. */
export class DynamicSql {
  readonly #runner: Runner;
  /** Lower-case name → the texts that it may be; null: it is none that is known. */
  readonly #prepared = new Map<string, Prepared>();

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  prepare({ name, value, isSql = false }: Extract<Step, { kind: 'prepare' }>): void {
    const texts = isSql ? { known: [value], isOpen: false } : this.#runner.texts(value);
    this.#prepared.set(name.toLowerCase(), { texts, isSql, isRun: false });
  }

  /** Runs what was prepared; what is not known by name may be the database's own. */
  execute(name: string, values: readonly Argument[]): void {
    const prepared = this.#prepared.get(name.toLowerCase());
    if (prepared === undefined) {
      this.#runner.session.warn(`execute of ${name}: what it does is not seen from here`);
      return;
    }
    prepared.isRun = true;
    if (prepared.texts === null) this.#opaque(name);
    else this.#runAll(prepared.texts, { kind: 'dynamic', value: name, into: [], values, isSql: prepared.isSql });
  }

  /** Statements that were prepared and that this text does not execute: somebody else may. */
  runLeft(): void {
    const { session } = this.#runner;
    for (const { texts, isSql, isRun } of this.#prepared.values())
      if (isSql && !isRun)
        session.perhaps(() => {
          for (const sql of texts?.known ?? []) this.#runner.steps([{ kind: 'statement', sql }]);
        });
  }

  run(step: Dynamic): void {
    const texts = this.#runner.texts(step.value);
    if (texts === null) this.#opaque(step.value);
    else if (step.server === undefined) this.#runAll(texts, step);
    else {
      this.#runner.session.catalog.onServer(step.server, () => {
        this.#runAll(texts, step);
      });
    }
  }

  #runAll(texts: Texts, step: Run): void {
    const readable = texts.known.filter((text) => this.#isReadable(text));
    if (texts.isOpen || readable.length < texts.known.length) this.#opaque(step.value);
    const arms = readable.map((text) => () => {
      this.#runOne(text, step);
    });
    this.#runner.session.variables.branches(arms, !texts.isOpen);
  }

  #runOne(text: string, step: Run): void {
    const { values = [] } = step;
    const helds = values.map(({ value }) => this.#runner.value(value) ?? empty);
    const back: (readonly [string, Held | null])[] = [];
    const { variables } = this.#runner.session;
    variables.scope(() => {
      if (step.declared === undefined) this.#bindPlaces(values, helds);
      const given = step.declared === undefined ? null : this.#bindDeclared(step.declared, values, helds);
      for (const gap of gapsIn(text))
        for (const name of [gap, `${gap}${valueEnd}`])
          variables.bind(name, { ...empty, inputs: this.#runner.gap(gap) });
      this.#into(withBoundNames(unquotedGaps(text), this.#runner.session.dialect, values.length), step);
      values.forEach(({ value, isOut }, at) => {
        if (isOut === true) back.push([value, variables.held(given?.[at] ?? boundName(at))]);
      });
    });
    for (const [name, held] of back) variables.put(name, held ?? empty);
  }

  /** Places by number (`$1`, `?`, `:x`) and, where USING names them, by name (`@name`). */
  #bindPlaces(values: readonly Argument[], helds: readonly Held[]): void {
    const { variables } = this.#runner.session;
    values.forEach(({ name }, at) => {
      const held = helds[at] ?? empty;
      variables.bind(`$${at + 1}`, held);
      variables.bind(boundName(at), held);
      if (name !== null) variables.bind(`@${name.replace(/^@/, '')}`, held);
    });
  }

  /** T-SQL: the second argument declares what the others are given to. Gives the parameter of each value. */
  #bindDeclared(declared: string, values: readonly Argument[], helds: readonly Held[]): readonly string[] {
    const { dialect, variables } = this.#runner.session;
    const [text = ''] = this.#runner.texts(declared)?.known ?? [];
    const parameters = readParameters(new ScriptCursor(text, dialect), dialect);
    const names = values.map(() => '');
    for (const { parameter, value } of matched(parameters, values)) {
      const at = value === undefined ? -1 : values.indexOf(value);
      variables.bind(parameter.name, helds[at] ?? empty);
      if (at >= 0) names[at] = parameter.name;
    }
    return names;
  }

  #into(text: string, { into, isResultSet, isSql }: Run): void {
    const runner = this.#runner;
    if (into.length === 0) {
      if (isSql === true) runner.steps([{ kind: 'statement', sql: text }]);
      else runner.text(text);
      return;
    }
    const rows = runner.rows(text);
    const { variables } = runner.session;
    if (rows === null) runner.text(text);
    else if (isResultSet === true) for (const name of into) variables.setRecord(name, rows.rowset, rows.steers);
    else variables.assignRow(into, rows.rowset, rows.steers);
  }

  /** With a part missing, a text counts only when all of it is understood around the gap. */
  #isReadable(text: string): boolean {
    if (gapsIn(text).length === 0) return true;
    const { dialect } = this.#runner.session;
    return !hasUnknownName(text, !dialect.doubleQuotedStrings) && this.#runner.parse(text).parseStatus === 'full';
  }

  #opaque(value: string): void {
    const { session } = this.#runner;
    session.unresolved(dynamicSql);
    this.#runner.notUnderstood(normalise(`EXECUTE ${value}`, session.dialect), 'failed', dynamicSqlWarning);
  }
}
