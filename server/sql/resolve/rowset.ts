import { merge } from './inputs.ts';
import { unmarked } from '../text/twin-names.ts';
import type { Input } from './inputs.ts';

/** A column whose name is known. */
export interface ColumnSlot {
  readonly kind: 'column';
  readonly name: string;
  /** False for a name that we made up for an expression without one. */
  readonly named: boolean;
  readonly inputs: readonly Input[];
  /** True: it tells nothing of any row but how many there are ({@link tellsNothing}). */
  readonly empty?: boolean;
  /** It is the only one of its table in any case, and answers to each. */
  readonly anyCase?: boolean;
  /** The members of a structured value, each with what it is made from; null or absent when they are not told apart. */
  readonly members?: () => Rowset | null;
}

/** All columns of something whose columns are not known. */
export interface TailSlot {
  readonly kind: 'tail';
  /** Tables whose columns pass through under their own names; several after a set operation. */
  readonly tables: readonly string[];
  /** What every column of it is made from, for generators and functions. */
  readonly inputs: readonly Input[];
  /** Lower-case names known not to be in it. */
  readonly except: ReadonlySet<string>;
  /** Lower-case name → name in the tables. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Where the known columns beside it stand among its own is not known: nothing of the rowset can be told by its place. */
  readonly unordered?: boolean;
}

/** A column, or a stretch of columns of which only the origin is known. */
export type Slot = ColumnSlot | TailSlot;
/** The columns of a query's result or of a relation, in order. */
export type Rowset = readonly Slot[];

const nothing: ReadonlySet<string> = new Set();
const noNames: ReadonlyMap<string, string> = new Map();

/** A column of a rowset. */
export function column(name: string, inputs: readonly Input[], named = true): ColumnSlot {
  return { kind: 'column', name, named, inputs };
}

/** A stretch of columns that are not known. */
export function tail(tables: readonly string[], inputs: readonly Input[] = []): TailSlot {
  return { kind: 'tail', tables, inputs, except: nothing, renamed: noNames };
}

/** A table's own column as an input. */
export function own(table: string, name: string): Input {
  return { table, column: name, kind: 'IDENTITY', effect: 'keep', fn: '' };
}

interface Index {
  readonly exact: ReadonlyMap<string, ColumnSlot>;
  readonly folded: ReadonlyMap<string, ColumnSlot>;
  /** Those that answer to any case; null: none. */
  readonly anyCase: ReadonlyMap<string, ColumnSlot> | null;
  readonly tails: readonly TailSlot[];
}

const indexes = new WeakMap<Rowset, Index>();

function indexOf(rowset: Rowset): Index {
  const known = indexes.get(rowset);
  if (known !== undefined) return known;
  const exact = new Map<string, ColumnSlot>();
  const folded = new Map<string, ColumnSlot>();
  const tails: TailSlot[] = [];
  let anyCase: Map<string, ColumnSlot> | null = null;
  for (const slot of rowset) {
    if (slot.kind === 'tail') tails.push(slot);
    else {
      if (!exact.has(slot.name)) exact.set(slot.name, slot);
      const lower = slot.name.toLowerCase();
      if (!folded.has(lower)) folded.set(lower, slot);
      if (slot.anyCase === true) (anyCase ??= new Map<string, ColumnSlot>()).set(unmarked(lower), slot);
    }
  }
  const index = { exact, folded, anyCase, tails };
  indexes.set(rowset, index);
  return index;
}

/** The column of that name, spelled exactly or else in another case. */
export function findColumn(rowset: Rowset, name: string): ColumnSlot | null {
  const index = indexOf(rowset);
  const found = index.exact.get(name) ?? index.folded.get(name.toLowerCase());
  return found ?? index.anyCase?.get(unmarked(name).toLowerCase()) ?? null;
}

/** Tails that may hold a column of that name. */
export function tailsFor(rowset: Rowset, name: string): readonly TailSlot[] {
  const lower = name.toLowerCase();
  return indexOf(rowset).tails.filter((slot) => !slot.except.has(lower));
}

/** True when not all columns are known. */
export function isOpen(rowset: Rowset): boolean {
  return indexOf(rowset).tails.length > 0;
}

/** Inputs of a column reached through a tail. */
export function throughTail(slot: TailSlot, name: string): readonly Input[] {
  const original = slot.renamed.get(name.toLowerCase()) ?? name;
  return merge(
    slot.tables.map((table) => own(table, original)),
    slot.inputs,
  );
}

/** A rowset without the columns of these names. */
export function withoutColumns(rowset: Rowset, names: readonly string[]): Rowset {
  if (names.length === 0) return rowset;
  const gone = new Set(names.map((name) => name.toLowerCase()));
  return rowset.flatMap((slot): Rowset => {
    if (slot.kind === 'tail') return [{ ...slot, except: new Set([...slot.except, ...gone]) }];
    return gone.has(slot.name.toLowerCase()) ? [] : [slot];
  });
}

/** What the column of a name is made from; nothing when the rowset has none. */
export function inputsNamed(rowset: Rowset, name: string): readonly Input[] {
  return findColumn(rowset, name)?.inputs ?? tailsFor(rowset, name).flatMap((slot) => throughTail(slot, name));
}

/** Every input of a whole row. */
export function wholeRow(rowset: Rowset): readonly Input[] {
  return merge(
    ...rowset.map((slot) =>
      slot.kind === 'column' ? slot.inputs : [...slot.tables.map((table) => own(table, '*')), ...slot.inputs],
    ),
  );
}

/** Of a rowset whose columns have no known order, all that any of them may be; null for one that has an order. */
export function withoutOrder(rowset: Rowset): readonly Input[] | null {
  const tables = rowset.flatMap((slot) => (slot.kind === 'tail' && slot.unordered === true ? slot.tables : []));
  return tables.length === 0 ? null : merge(tables.map((table) => own(table, '*')));
}

/** A rowset under the column names given to it where it is used: `t (a, b)`. */
export function renameColumns(rowset: Rowset, names: readonly string[]): Rowset {
  if (names.length === 0) return rowset;
  const unplaced = withoutOrder(rowset);
  if (unplaced !== null) return names.map((name) => column(name, unplaced));
  const renamed: Slot[] = [];
  let at = 0;
  for (const slot of rowset) {
    const name = names[at];
    if (slot.kind === 'tail') {
      // How many columns it has is not known: the names that remain are fed by it as a whole.
      const rest = names.slice(at, names.length - (rowset.length - rowset.indexOf(slot) - 1));
      const whole = merge(
        slot.tables.map((table) => own(table, '*')),
        slot.inputs,
      );
      for (const given of rest) renamed.push(column(given, whole));
      at += rest.length;
    } else {
      renamed.push(name === undefined ? slot : { ...slot, name, named: true });
      at += 1;
    }
  }
  for (const name of names.slice(at)) renamed.push(column(name, []));
  return renamed;
}

/** Set operation: columns meet by position (or by name), named by the first branch. */
export function unite(branches: readonly Rowset[], byName: boolean): Rowset {
  const [first, ...rest] = branches;
  if (first === undefined || rest.length === 0) return first ?? [];
  const isPlain =
    !byName &&
    branches.every((branch) => branch.length === first.length && branch.every((slot) => slot.kind === 'column'));
  // Thousands of branches of plain columns: all of a position at once.
  if (isPlain)
    return first.map((slot, at) => {
      const same = branches.flatMap((branch) => branch[at] ?? []);
      const inputs = merge(...same.map((other) => other.inputs));
      return slot.kind === 'column' ? united(slot, same, inputs) : { ...slot, inputs };
    });
  return rest.reduce((left, right) => uniteTwo(left, right, byName), first);
}

/** A column that other columns meet; `same` is null when one of them is not known by name. */
function united(slot: ColumnSlot, same: readonly Slot[] | null, inputs: readonly Input[]): ColumnSlot {
  const { kind, name, named } = slot;
  const columns = same?.filter((other) => other.kind === 'column') ?? [];
  return { kind, name, named, inputs, ...meetMembers(columns) };
}

function uniteTwo(first: Rowset, second: Rowset, byName: boolean): Rowset {
  if (byName) return uniteByName(first, second);
  if (first.length !== second.length && (isOpen(first) || isOpen(second))) return uniteOpen(first, second);
  return first.map((slot, at) => {
    const other = second[at];
    return other === undefined ? slot : uniteSlots(slot, other);
  });
}

function uniteSlots(slot: Slot, other: Slot): Slot {
  if (slot.kind === 'column' && other.kind === 'column')
    return united(slot, [slot, other], merge(slot.inputs, other.inputs));
  if (slot.kind === 'column')
    return united(slot, null, merge(slot.inputs, other.kind === 'tail' ? throughTail(other, slot.name) : []));
  if (other.kind === 'column') return { ...slot, inputs: merge(slot.inputs, other.inputs) };
  return {
    ...slot,
    tables: [...new Set([...slot.tables, ...other.tables])],
    inputs: merge(slot.inputs, other.inputs),
    except: new Set([...slot.except].filter((name) => other.except.has(name))),
  };
}

/** Positions cannot be counted across a star of unknown width: named columns meet by name, tails with tails. */
function uniteOpen(first: Rowset, second: Rowset): Rowset {
  const tails = second.filter((slot) => slot.kind === 'tail');
  return first.map((slot) => {
    if (slot.kind === 'column') {
      const other = findColumn(second, slot.name);
      const found = other === null ? tails.map((open) => throughTail(open, slot.name)) : [other.inputs];
      return united(slot, other === null ? null : [slot, other], merge(slot.inputs, ...found));
    }
    const columns = second.filter((other) => other.kind === 'column');
    if (tails.length > 0) return tails.reduce<Slot>(uniteSlots, slot);
    return { ...slot, inputs: merge(slot.inputs, ...columns.map((other) => other.inputs)) };
  });
}

function uniteByName(first: Rowset, second: Rowset): Rowset {
  const merged = first.map((slot): Slot => {
    if (slot.kind === 'tail') return second.filter((other) => isSameTail(slot, other)).reduce<Slot>(uniteSlots, slot);
    const other = findColumn(second, slot.name);
    if (other !== null) return united(slot, [slot, other], merge(slot.inputs, other.inputs));
    const tails = tailsFor(second, slot.name);
    const inputs = merge(slot.inputs, ...tails.map((open) => throughTail(open, slot.name)));
    return tails.length === 0 ? slot : united(slot, null, inputs);
  });
  const added = second.filter((slot) =>
    slot.kind === 'tail' ? !first.some((other) => isSameTail(slot, other)) : findColumn(first, slot.name) === null,
  );
  return [...merged, ...added];
}

/** Columns of the same tables under the same names. */
function isSameTail(one: TailSlot, other: Slot): boolean {
  if (other.kind === 'column' || one.tables.length !== other.tables.length) return false;
  const isRenamedAlike =
    one.renamed.size === other.renamed.size &&
    [...one.renamed].every(([name, before]) => other.renamed.get(name) === before);
  return isRenamedAlike && one.tables.every((table) => other.tables.includes(table));
}

/** Members that are worked out when somebody asks for one, once. A value that is a member of itself has none. */
export function lazily(work: () => Rowset | null): () => Rowset | null {
  let known: Rowset | null | undefined;
  return () => {
    if (known !== undefined) return known;
    known = null;
    known = work();
    return known;
  };
}

/** The members of values that meet in one column: told apart only where all of them have the same ones. */
export function meetMembers(slots: readonly ColumnSlot[]): Pick<ColumnSlot, 'members'> {
  // NULL and other constants bring no member along.
  const filled = slots.filter((slot) => slot.inputs.length > 0 || slot.members !== undefined);
  if (filled.some((slot) => slot.members === undefined)) return {};
  return { members: lazily(() => meet(filled.map((slot) => slot.members?.() ?? null))) };
}

/** The same members, each made from what it is made from in any of the lists; null when the lists differ. */
export function meet(lists: readonly (Rowset | null)[]): Rowset | null {
  const [first, ...rest] = lists;
  if (first === undefined || first === null || first.some((slot) => slot.kind === 'tail')) return null;
  const names = namesOf(first);
  if (rest.some((list) => list === null || namesOf(list) !== names)) return null;
  return first.map((slot, at) => {
    if (slot.kind === 'tail') return slot;
    const same = lists.flatMap((list) => {
      const other = list?.[at];
      return other?.kind === 'column' ? [other] : [];
    });
    return { ...slot, inputs: merge(...same.map((other) => other.inputs)), ...meetMembers(same) };
  });
}

function namesOf(rowset: Rowset): string {
  return rowset.map((slot) => (slot.kind === 'column' ? slot.name.toLowerCase() : '*')).join('\u0000');
}
