import type { ScriptCursor } from './script-cursor.ts';
import type { Argument, Parameter, Step } from './steps.ts';

/** A routine whose body stands in the text. */
export type Routine = Extract<Step, { kind: 'routine' }>;

/** Last part of a routine's name, without quotes: what calls are compared by. */
export function lastPart(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .toLowerCase()
    .replaceAll(/["`[\]]/g, '');
}

/** Routines of a text by name; overloads stand beside each other. */
export class Routines {
  readonly #byName = new Map<string, Routine[]>();

  /** A definition takes the place of one before with the same parameters. */
  add(routine: Routine): void {
    const key = lastPart(routine.name);
    const others = (this.#byName.get(key) ?? []).filter((other) => signature(other) !== signature(routine));
    this.#byName.set(key, [...others, routine].slice(-mostOverloads));
  }

  /** All routines among steps, however deep: a routine may be called before the place where it stands. */
  addAll(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.kind === 'routine' && step.body.length > 0 && step.what !== 'block') this.add(step);
      if (step.kind === 'routine' || step.kind === 'block' || step.kind === 'loop') this.addAll(step.body);
    }
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  has(name: string): boolean {
    return this.#byName.has(lastPart(name));
  }

  /** Those of the name that take as many values, and every named one. */
  find(name: string, given: readonly { readonly name: string | null }[]): readonly Routine[] {
    return (this.#byName.get(lastPart(name)) ?? []).filter(({ parameters }) => {
      const needed = parameters.filter((parameter) => parameter.byDefault === null && !parameter.isOut).length;
      if (given.length > parameters.length || given.length < needed) return false;
      return given.every((value) => value.name === null || parameters.some((item) => isNamed(item, value.name)));
    });
  }
}

const mostOverloads = 8;

function signature({ name, parameters }: Routine): string {
  return [name.toLowerCase(), ...parameters.map((parameter) => parameter.type)].join();
}

/** `p_name`, `@name`: names of parameters compare without case and quotes. */
export function isNamed(parameter: Parameter, name: string | null): boolean {
  return name !== null && plain(parameter.name) === plain(name);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/["`[\]@:]/g, '');
}

/** Which value goes to which parameter: by name, else by place; undefined where the default holds. */
export function matched<T extends { readonly name: string | null }>(
  parameters: readonly Parameter[],
  values: readonly T[],
): readonly { readonly parameter: Parameter; readonly value: T | undefined }[] {
  return parameters.map((parameter, at) => {
    const named = values.find((value) => isNamed(parameter, value.name));
    const placed = values[at];
    return { parameter, value: named ?? (placed?.name === null ? placed : undefined) };
  });
}

/** T-SQL, Databricks: the word DEFAULT in place of a value. */
export function isDefault(value: Argument): boolean {
  return /^default$/i.test(value.value.trim());
}

/** A function's call in an expression leaves its OUT parameters out. */
export function placing(parameters: readonly Parameter[], values: number): readonly Parameter[] {
  const taking = parameters.filter((parameter) => !parameter.isOut);
  return values <= taking.length ? [...taking, ...parameters.filter((parameter) => parameter.isOut)] : parameters;
}

export function columnNames(routine: Routine): readonly string[] {
  return routine.columns.length > 0 ? routine.columns : outNames(routine);
}

export function outNames({ parameters }: Routine): readonly string[] {
  return parameters.filter((parameter) => parameter.isOut).map((parameter) => parameter.name);
}

/** What CREATE or ALTER makes here, when it is something with a body; null for anything else. */
export function routineAhead(cursor: ScriptCursor): Routine['what'] | null {
  for (let ahead = 1; ahead < 9; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    // MySQL: DEFINER = `user`@`host`
    if (text === '=' || kind === 'name' || text === '@' || kind === 'string') continue;
    if (kind !== 'word') return null;
    if (text === 'TRIGGER') return 'trigger';
    if (text === 'FUNCTION' || text === 'MACRO') return 'function';
    if (text === 'PROCEDURE' || text === 'PROC' || text === 'PACKAGE') return 'procedure';
    // MySQL: `CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO …`.
    if (text === 'EVENT' && cursor.dialect.conflictSeesSources) return 'procedure';
    if (text === 'TABLE' && cursor.peek(ahead + 1).text === 'FUNCTION') continue;
    if (text === 'TABLE' || text === 'VIEW' || text === 'INDEX' || text === 'SCHEMA' || text === 'TASK') return null;
  }
  return null;
}
