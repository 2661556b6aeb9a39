import { apply, merge } from '../resolve/inputs.ts';
import { evaluate } from '../resolve/expression.ts';
import { column, renameColumns, tail, unite } from '../resolve/rowset.ts';
import { columnNames, isDefault, lastPart, matched, outNames, placing, Routines } from './routines.ts';
import { resultSet } from './result-set.ts';
import { namedRule } from '../functions/function-table.ts';
import type { Argument, Parameter } from './steps.ts';
import type { CallExpr, Expr } from '../ast/nodes.ts';
import type { Held, Steer } from '../statement/held.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Routine } from './routines.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Runner } from './runner.ts';
import type { Scope } from '../resolve/scope.ts';

const empty: Held = { inputs: [], row: null, texts: null, steers: [] };
const unknownHeld: Held = { ...empty, texts: { known: [], isOpen: true } };
const deepest = 8;

/** What a routine that is being put in place of its call gives back. */
interface Returned {
  readonly inputs: (readonly Input[])[];
  /** The rows of what was returned, for a call in FROM. */
  readonly rows: Rowset[];
  /** What decides whether rows are returned. */
  readonly steers: Steer[];
  /** Conditions around the call itself: they are none of the routine's. */
  readonly conditionsBefore: number;
}

/** Routines of the text: run by themselves where they are defined, and with the values they are given where they are called. */
export class RoutineCalls {
  readonly #runner: Runner;
  readonly #routines = new Routines();
  readonly #running: Routine[] = [];
  #returned: Returned | null = null;

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  get known(): Routines {
    return this.#routines;
  }

  /** A value is asked for: RETURN and bare queries give it. */
  get isAsked(): boolean {
    return this.#returned !== null;
  }

  define(routine: Routine): void {
    const { session } = this.#runner;
    const { variables } = session;
    const body = (): void => {
      variables.label(lastPart(routine.name));
      variables.scope(() => {
        for (const { name, type } of routine.parameters) {
          variables.declare(name);
          variables.noteType(name, type);
          variables.setTexts(name, null);
          if (isTableType(type)) this.#handTable(name, null);
        }
        session.catalog.within(routine.place ?? null, () => {
          this.#runner.steps(routine.body);
        });
      });
    };
    if (routine.what === 'block') {
      body();
      return;
    }
    if (routine.body.length > 0) this.#routines.add(routine);
    const before = this.#returned;
    this.#returned = null;
    // Whether anybody calls it, and when, is not in its text.
    session.perhaps(() => {
      session.inRoutine(body);
    });
    this.#returned = before;
  }

  /** A call as a statement. `takesRows`: what its queries show goes there. */
  call(name: string, values: readonly Argument[]): void {
    const { session } = this.#runner;
    if (!this.#routines.has(name)) {
      session.warn(`call of ${name}: what it does is not seen from here`);
      return;
    }
    const helds = values.map((value) => (isDefault(value) ? null : this.#runner.value(value.value)));
    for (const routine of this.#routines.find(name, values)) {
      if (!this.#mayRun(routine)) continue;
      const back: (readonly [string, Held | null])[] = [];
      const given = matched(routine.parameters, values).map(({ parameter, value }) => {
        const at = value === undefined ? -1 : values.indexOf(value);
        if (isTableType(parameter.type) && value !== undefined) this.#handTable(parameter.name, value.value);
        return { parameter, value, held: helds[at] ?? null };
      });
      this.#run(routine, given, () => {
        for (const { parameter, value } of given)
          if (parameter.isOut && value !== undefined) back.push([value.value, session.variables.held(parameter.name)]);
      });
      for (const [variable, held] of back) session.variables.put(variable, held ?? empty);
    }
  }

  /** T-SQL: a table-valued parameter holds the rows of the table variable that it is given. */
  #handTable(name: string, value: string | null): void {
    const { session } = this.#runner;
    const given = value === null ? [] : session.read([{ text: value, quoted: false }]).rowset;
    session.filled.fill(session.nameOf([{ text: name, quoted: false }]), given.length === 0 ? [tail([])] : given, {
      created: true,
      temporary: true,
    });
  }

  /** {@link Surroundings.inline} */
  inline(call: CallExpr, scope: Scope): readonly Input[] | null {
    if (this.#routines.isEmpty || !this.#routines.has(call.name)) return null;
    const values = call.args.map((arg) => ({ name: arg.kind === 'named' ? arg.name : null, arg }));
    const found = this.#routines.find(call.name, values).filter((routine) => routine.what === 'function');
    const routines = found.filter((routine) => !isHidden(routine, call.name, scope));
    if (routines.length === 0) return null;
    const helds = values.map(({ arg }): Held => ({ ...unknownHeld, inputs: evaluate(arg, scope) }));
    const unknown = (): readonly Input[] =>
      apply(merge(...helds.map(({ inputs }) => inputs ?? [])), {
        kind: 'TRANSFORMATION',
        effect: 'unknown',
        fn: call.name,
      });
    return merge(
      ...routines.map((routine) => {
        if (isForeign(routine) || !this.#mayRun(routine)) return unknown();
        const given = matched(placing(routine.parameters, values.length), values).map(({ parameter, value }) => ({
          parameter,
          held: value === undefined ? null : (helds[values.indexOf(value)] ?? null),
        }));
        const { inputs } = this.#returnedBy(routine, given, scope);
        // Nothing was understood of what it gives back.
        return inputs.length === 0 ? unknown() : merge(...inputs);
      }),
    );
  }

  /** {@link Surroundings.rowsOf} */
  rows(name: string, args: readonly Expr[], scope: Scope): Rowset | null {
    const held = resultSet(name, args, this.#runner.session);
    if (held !== null) return held;
    if (this.#routines.isEmpty || !this.#routines.has(name)) return null;
    const values = args.map((arg) => ({ name: arg.kind === 'named' ? arg.name : null, arg }));
    const routines = this.#routines
      .find(name, values)
      .filter((routine) => routine.what === 'function' && !isForeign(routine) && !isHidden(routine, name, scope));
    const found = routines.flatMap((routine) => {
      if (!this.#mayRun(routine)) return [];
      const given = matched(placing(routine.parameters, values.length), values).map(({ parameter, value }) => ({
        parameter,
        held: value === undefined ? null : { ...unknownHeld, inputs: evaluate(value.arg, scope) },
      }));
      const { rows, steers } = this.#returnedBy(routine, given, scope);
      for (const steer of steers) scope.context.use(steer.kind, [inputOf(steer)]);
      return rows.length === 0 ? [] : [resultColumns(routine, unite(rows, false))];
    });
    return found.length === 0 ? null : unite(found, false);
  }

  /** Runs a routine with the values it is given and collects what it gives back. */
  #returnedBy(routine: Routine, given: readonly Given[], scope: Scope): Returned {
    const { steering } = this.#runner.session;
    const before = this.#returned;
    const returned: Returned = { inputs: [], rows: [], steers: [], conditionsBefore: steering.around.length };
    this.#returned = returned;
    try {
      this.#run(routine, given, () => {
        // Without RETURN of a value a function gives back its OUT parameters.
        if (returned.inputs.length === 0 && outNames(routine).length > 0) this.giveRow();
      });
    } finally {
      this.#returned = before;
    }
    for (const steer of this.#steers.splice(0)) scope.context.use(steer.kind, [inputOf(steer)]);
    return returned;
  }

  /** Columns that steered what was returned: they steer the statement of the call. */
  readonly #steers: Held['steers'][number][] = [];

  /** Gives back a row of what the OUT parameters hold by now; the columns of RETURNS TABLE are such. */
  giveRow(): void {
    const routine = this.#running.at(-1);
    if (this.#returned === null || routine === undefined) return;
    const { variables } = this.#runner.session;
    const names = columnNames(routine);
    const row = names.map((name) => column(name, variables.get(name) ?? []));
    this.giveBack({ ...empty, inputs: null, row, steers: names.flatMap((name) => [...variables.steersOf(name)]) });
  }

  /** RETURN: what the call stands for, under the conditions around it. */
  giveBack({ inputs, row, steers }: Held): void {
    if (this.#returned === null) return;
    const around = this.#runner.session.steering.around.slice(this.#returned.conditionsBefore);
    const conditions = around.map(inputOf);
    const value = inputs ?? row?.flatMap((slot) => [...slot.inputs]) ?? [];
    this.#returned.inputs.push(merge(value, conditions));
    this.#returned.rows.push(row ?? [column('', inputs ?? [])]);
    this.#returned.steers.push(...around);
    this.#steers.push(...steers);
  }

  /** Rows that the queries inside of some work show. */
  rowsOf(work: () => void): readonly Rowset[] {
    const { session } = this.#runner;
    const before = session.shown;
    const rows: Rowset[] = [];
    session.shown = (rowset) => rows.push(rowset);
    try {
      session.silently(work);
    } finally {
      session.shown = before;
    }
    return rows;
  }

  #mayRun(routine: Routine): boolean {
    return !this.#running.includes(routine) && this.#running.length < deepest && this.#runner.mayRepeat();
  }

  #run(routine: Routine, given: readonly Given[], atEnd: () => void): void {
    const { session } = this.#runner;
    const { variables } = session;
    this.#running.push(routine);
    try {
      session.turns.again(() => {
        session.inRoutine(() => {
          variables.label(lastPart(routine.name));
          variables.scope(() => {
            given.forEach(({ parameter, held }, at) => {
              const value = held ?? this.#defaultOf(parameter);
              variables.bind(`$${at + 1}`, value);
              variables.bind(parameter.name, value);
            });
            session.catalog.within(routine.place ?? null, () => {
              this.#runner.steps(routine.body);
            });
            atEnd();
          });
        });
      });
    } finally {
      this.#running.pop();
    }
  }

  #defaultOf({ byDefault }: Parameter): Held {
    return byDefault === null ? empty : (this.#runner.value(byDefault) ?? empty);
  }
}

function inputOf({ table, column }: Steer): Input {
  return { table, column, kind: 'CONDITIONAL', effect: 'keep', fn: '' };
}

interface Given {
  readonly parameter: Parameter;
  readonly held: Held | null;
}

/** The columns of a call in FROM: as RETURNS TABLE or OUT parameters name them, a single value after the function. */
function resultColumns(routine: Routine, rowset: Rowset): Rowset {
  const names = columnNames(routine);
  const [only] = rowset;
  if (names.length > 0) return renameColumns(rowset, names);
  return rowset.length === 1 && only?.kind === 'column' && only.name === ''
    ? renameColumns(rowset, [lastPart(routine.name)])
    : rowset;
}

function isTableType(type: string): boolean {
  return /\breadonly\b/.test(type);
}

function isForeign({ body }: Routine): boolean {
  return body.some((step) => step.kind === 'foreign');
}

/** A function of a schema is not what a name without one calls, when the engine has one of that name itself. */
function isHidden(routine: Routine, called: string, scope: Scope): boolean {
  return routine.name.includes('.') && !called.includes('.') && namedRule(called, scope.context.dialect.name) !== null;
}
