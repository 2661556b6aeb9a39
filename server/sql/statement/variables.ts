import { column, findColumn, renameColumns, unite, wholeRow } from '../resolve/rowset.ts';
import { ControlFlow } from './control-flow.ts';
import { merge } from '../resolve/inputs.ts';
import { pickMember } from '../resolve/slot-members.ts';
import { rowSize, uniteTexts } from './held.ts';
import type { Arm, Turn } from './control-flow.ts';
import type { Held, Steer, Texts } from './held.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Rowset, Slot } from '../resolve/rowset.ts';

/** Names of variables compare without case, quotes and the colon or dollar that some dialects put before them. */
export function variableKey(name: string): string {
  return name.toLowerCase().replaceAll(/^[:$](?=[a-z_])|["`]/g, '');
}

const nothing: Held = { inputs: null, row: null, texts: null, steers: [] };

/**
 * What variables and records hold at this place of a script. A value that is set takes the place of the one before; where
 * ways through the script meet (branches, loops, handlers) a variable may hold what any of them left in it.
 */
export class Variables {
  readonly #flow = new ControlFlow(uniteHeld, sizeOf);
  /** Columns that decide whether what is assigned now is assigned at all. */
  #label: string | null = null;
  readonly #steering: () => readonly Steer[];
  readonly #ofText = new Set<string>();

  constructor(steering: () => readonly Steer[]) {
    this.#steering = steering;
  }

  /**
   * Exists from here on; in a block of its own it hides one of the same name outside. `fields`: those of its type, when it is a
   * record or a collection of records.
   */
  declare(name: string, fields: readonly string[] | null = null): void {
    const key = variableKey(name);
    this.#flow.declare(key);
    const row = fields?.map((field) => column(field, [])) ?? null;
    this.#flow.set(key, { ...nothing, inputs: [], row, fields: fields ?? undefined });
  }

  /** What a variable is declared as. */
  noteType(name: string, type: string): void {
    if (/char|text|clob|string|sysname/i.test(type)) this.#ofText.add(variableKey(name));
    else this.#ofText.delete(variableKey(name));
  }

  /** The variable was declared to hold text. */
  isText(name: string): boolean {
    return this.#ofText.has(variableKey(name));
  }

  /** Exists from here on unless it does already. */
  know(name: string): void {
    const key = variableKey(name);
    const before = this.#flow.get(key);
    if (before === undefined || before.inputs === null) this.#flow.set(key, { ...(before ?? nothing), inputs: [] });
  }

  get(name: string): readonly Input[] | null {
    return this.#flow.get(variableKey(name))?.inputs ?? null;
  }

  record(name: string): Rowset | null {
    const key = variableKey(name);
    const row = this.#flow.get(key)?.row;
    if (row !== null && row !== undefined) return row;
    const declared = this.#flow.labelled(key);
    return declared === null ? null : declared.map(([own, held]) => column(own, held.inputs ?? []));
  }

  /** The next scope can be named so: PL/SQL's `<<label>>`, the name of a routine. */
  label(name: string): void {
    this.#label = variableKey(name);
  }

  /** The constant texts a variable may hold; null when nothing was ever put into it. */
  texts(name: string): Texts | null {
    return this.#flow.get(variableKey(name))?.texts ?? null;
  }

  /** Columns that decided what the variable holds, or which rows a cursor has. */
  steersOf(name: string): readonly Steer[] {
    return this.#flow.get(variableKey(name))?.steers ?? [];
  }

  /** All that is held under a name, to be handed on under another. */
  held(name: string): Held | null {
    return this.#flow.get(variableKey(name)) ?? null;
  }

  /** Puts what was held elsewhere into a variable that exists from here on. */
  bind(name: string, held: Held): void {
    const key = variableKey(name);
    this.#flow.declare(key);
    this.#flow.set(key, { ...held, inputs: held.inputs ?? [] });
  }

  /** Puts what was held elsewhere into a variable. */
  put(name: string, held: Held): void {
    const key = variableKey(name);
    if (held.row === null && key.includes('.')) {
      this.assign(name, held.inputs ?? [], held);
      return;
    }
    const row = held.row === null ? null : asFields(held.row, this.#flow.peek(key)?.fields);
    this.#put(key, { ...held, row, inputs: held.inputs ?? [] });
  }

  setRecord(name: string, rowset: Rowset, steers: readonly Steer[] = []): void {
    const key = variableKey(name);
    const before = this.#flow.peek(key);
    const [only] = rowset;
    const fields = before?.fields;
    // A variable of one value takes the one column that there is.
    const value = rowset.length === 1 && only?.kind === 'column' ? only.inputs : [];
    this.#flow.set(key, {
      inputs: before === undefined || before.inputs === null ? null : value,
      row: asFields(rowset, fields),
      texts: unknownText,
      steers: [...this.#steering(), ...steers],
      fields,
    });
  }

  /** `name` may be a record's member; of a collection's element the others stay. */
  assign(
    name: string,
    inputs: readonly Input[],
    { texts = unknownText, steers = [] }: { readonly texts?: Texts | null; readonly steers?: readonly Steer[] } = {},
  ): void {
    const key = variableKey(name);
    const element = /^([^([]+)[([]/.exec(key)?.[1]?.trim();
    if (element !== undefined) {
      const rest = /[)\]]\s*\.\s*(\w+)\s*$/.exec(key)?.[1];
      if (rest !== undefined) this.#assignMember(element, memberOf(name), { inputs, steers, isElement: true });
      else {
        const before = this.#flow.get(element) ?? nothing;
        this.#put(element, { ...before, inputs: merge(before.inputs ?? [], inputs), texts: unknownText, steers });
      }
      return;
    }
    const dot = key.lastIndexOf('.');
    if (dot > 0) this.#assignMember(key.slice(0, dot), memberOf(name), { inputs, steers, isElement: false });
    else this.#put(key, { inputs, row: null, texts, steers });
  }

  #put(key: string, held: Held): void {
    const fields = this.#flow.peek(key)?.fields;
    this.#flow.set(key, { ...held, fields, steers: [...this.#steering(), ...held.steers] });
  }

  #assignMember(
    record: string,
    member: string,
    { inputs, steers, isElement }: { inputs: readonly Input[]; steers: readonly Steer[]; isElement: boolean },
  ): void {
    const held = this.#flow.get(record) ?? nothing;
    const rowset = held.row ?? [];
    const before = findColumn(rowset, member);
    const others = isElement ? (pickMember(rowset, member)?.inputs ?? []) : [];
    const fresh = column(member, merge(others, inputs));
    this.#put(record, {
      ...held,
      steers: [...held.steers, ...steers],
      row: [
        ...rowset.map((slot) => (slot === before ? fresh : withoutMember(slot, member, isElement))),
        ...(before === null ? [fresh] : []),
      ],
    });
  }

  /** Sets variables from a row by position; a single one of several columns becomes a record. */
  assignRow(names: readonly string[], rowset: Rowset, steers: readonly Steer[] = []): void {
    const [only] = names;
    const isRecord = only !== undefined && this.#flow.peek(variableKey(only))?.fields !== undefined;
    if (names.length === 1 && only !== undefined && (isRecord || rowset.length !== 1 || rowset[0]?.kind === 'tail')) {
      this.setRecord(only, rowset, steers);
      return;
    }
    names.forEach((name, at) => {
      this.assign(name, rowset[at]?.inputs ?? [], { steers });
    });
  }

  /** A query's value, which is its rows as well. */
  assignQuery(name: string, rowset: Rowset, steers: readonly Steer[]): void {
    this.assignRow([name], rowset, steers);
    const key = variableKey(name);
    const held = this.#flow.get(key);
    if (held === undefined) return;
    // T-SQL has no records: `SET @j = (SELECT a, b … FOR JSON PATH)` is one text of all columns.
    const inputs = name.startsWith('@') ? wholeRow(rowset) : held.inputs;
    this.#flow.set(key, { ...held, inputs, row: held.row ?? rowset });
  }

  /** Columns decided which rows the value came from. */
  steer(name: string, steers: readonly Steer[]): void {
    const key = variableKey(name);
    const held = this.#flow.get(key);
    if (held !== undefined && steers.length > 0)
      this.#flow.set(key, { ...held, steers: uniteSteers(held.steers, steers) });
  }

  /** The constant texts that were put into a variable just now. */
  setTexts(name: string, texts: Texts | null): void {
    const key = variableKey(name);
    this.#flow.set(key, { ...(this.#flow.get(key) ?? nothing), texts: texts ?? unknownText });
  }

  /** One of several ways is gone, or none when `isWhole` is false. */
  branches(arms: readonly Arm[], isWhole: boolean): void {
    this.#flow.branches(arms, isWhole);
  }

  /** A body that is run again and again, until nothing new comes of it or `mayGoOn` says no. */
  loop(body: Turn, mayGoOn: (turn: number) => boolean): void {
    this.#flow.loop(body, mayGoOn, (held) => (held.texts === null ? held : { ...held, texts: openText(held.texts) }));
  }

  /** A body that may break off anywhere, and what is done then. */
  guarded(body: Arm, handlers: readonly Arm[]): void {
    this.#flow.guarded(body, handlers);
  }

  /** Does some work and forgets the variables that it declared. */
  scope(work: () => void): void {
    const label = this.#label;
    this.#label = null;
    this.#flow.scope(work, label);
  }

  /** Does some work and forgets all that it set. */
  within(work: () => void): void {
    this.#flow.within(work);
  }
}

const unknownText: Texts = { known: [], isOpen: true };

function openText(texts: Texts): Texts {
  return { ...texts, isOpen: true };
}

/** All columns but the one that was set by itself; of a collection's element the others keep theirs. */
function withoutMember(slot: Slot, member: string, isElement: boolean): Slot {
  if (slot.kind === 'column' || isElement) return slot;
  return { ...slot, except: new Set([...slot.except, member.toLowerCase()]) };
}

/** A row under the names of a record's fields, by position; a row of unknown width keeps its own. */
function asFields(rowset: Rowset, fields: readonly string[] | undefined): Rowset {
  const isWhole = fields?.length === rowset.length && rowset.every((slot) => slot.kind === 'column');
  return isWhole && fields !== undefined ? renameColumns(rowset, fields) : rowset;
}

function memberOf(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .trim()
    .replaceAll(/["`]/g, '');
}

function uniteHeld(one: Held, other: Held): Held {
  if (one === other) return one;
  return {
    inputs:
      one.inputs === null || other.inputs === null ? (one.inputs ?? other.inputs) : merge(one.inputs, other.inputs),
    row: one.row === null || other.row === null ? (one.row ?? other.row) : unite([one.row, other.row], true),
    texts: uniteTexts(one.texts, other.texts),
    fields: one.fields ?? other.fields,
    steers: uniteSteers(one.steers, other.steers),
  };
}

function uniteSteers(one: readonly Steer[], other: readonly Steer[]): readonly Steer[] {
  if (one.length === 0 || one === other) return other;
  if (other.length === 0) return one;
  const found = new Map<string, Steer>();
  for (const steer of [...one, ...other]) found.set(`${steer.kind}\u0000${steer.table}\u0000${steer.column}`, steer);
  return [...found.values()];
}

function sizeOf(held: Held): number {
  const row = held.row === null ? 0 : rowSize(held.row);
  const texts = held.texts === null ? 0 : 1 + held.texts.known.length + (held.texts.isOpen ? 1 : 0);
  return (held.inputs?.length ?? 0) + row + texts + held.steers.length;
}
