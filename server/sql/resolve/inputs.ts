import { composeEffects } from '../../model/treatment.ts';
import { appended, cutEndOf, joiningOf } from '../../model/parts.ts';
import { areWhole, bothPieces, type Piece } from './pieces.ts';
import type { DirectKind } from '../../model/edge.ts';
import type { Effect } from '../../model/treatment.ts';

/** How an input reaches its column. */
export type InputKind = DirectKind | 'CONDITIONAL' | 'WINDOW';

/** One column of a real table that a value is made from, and what was done to it on the way. */
export interface Input {
  readonly table: string;
  readonly column: string;
  readonly kind: InputKind;
  readonly effect: Effect;
  /** Innermost first, joined by `>`. */
  readonly fn: string;
  /** What is left of the value, where the statement says how much it keeps. */
  readonly pieces?: readonly Piece[] | undefined;
}

/** One step of a value's way. */
export interface Step {
  readonly kind: DirectKind;
  readonly effect: Effect;
  readonly fn: string;
}

const order: Record<InputKind, number> = { IDENTITY: 0, TRANSFORMATION: 1, AGGREGATION: 2, WINDOW: 3, CONDITIONAL: 3 };
const longestChain = 200;

function joinFn(before: string, fn: string): string {
  if (fn === '') return before;
  // That parts are put together is told however long the chain is.
  if (before.length >= longestChain && (joiningOf(fn) === null || joiningOf(before) !== null)) return before;
  if (before === '') return fn;
  return before === fn || before.endsWith(`>${fn}`) ? before : `${before}>${fn}`;
}

/** Inputs after one more step. Inputs that only steer the value stay what they are. */
export function apply(inputs: readonly Input[], step: Step): readonly Input[] {
  return inputs.map((input) => ({
    ...input,
    kind: order[step.kind] > order[input.kind] ? step.kind : input.kind,
    effect: composeEffects(input.effect, step.effect),
    fn: joinFn(input.fn, step.fn),
  }));
}

/** Inputs that steer a value without becoming it. */
export function steer(inputs: readonly Input[], kind: 'CONDITIONAL' | 'WINDOW'): readonly Input[] {
  return inputs.map((input) => (order[input.kind] >= 3 ? input : { ...input, kind }));
}

/**
 * What is written to a column of a table. A value that is put to what the column holds already (`SET z = z || x`) says so: what
 * was written there before stands in one row with it.
 */
export function writtenTo(table: string | null, column: string, inputs: readonly Input[]): readonly Input[] {
  const isOwn = (input: Input): boolean =>
    input.table.toLowerCase() === table?.toLowerCase() && input.column.toLowerCase() === column.toLowerCase();
  if (!inputs.some((input) => isOwn(input) && joiningOf(input.fn) !== null)) return inputs;
  return inputs.map((input) =>
    isOwn(input) || joiningOf(input.fn) === null ? input : { ...input, fn: `${input.fn}>${appended}` },
  );
}

/** All of them, each (column, kind, effect) once: what keeps diamonds of CTEs small; see {@link wayOf}. */
export function merge(...lists: readonly (readonly Input[])[]): readonly Input[] {
  const filled = lists.filter((inputs) => inputs.length > 0);
  const [only] = filled;
  if (only === undefined) return [];
  if (filled.length === 1 && only.length === 1) return only;
  const seen = new Map<string, Input>();
  for (const inputs of filled)
    for (const input of inputs) {
      const key = `${input.table}\u0000${input.column.toLowerCase()}\u0000${input.kind}\u0000${input.effect}\u0000${wayOf(input.fn)}`;
      const known = seen.get(key);
      const pieces = bothPieces(known?.pieces, input.pieces);
      const told = known === undefined || saysMore(input.fn, known.fn) ? input : known;
      seen.set(key, pieces === told.pieces ? told : { ...told, pieces });
    }
  return [...seen.values()];
}

/** Rows with a beginning and rows with an end stand under each other, and what is appended stands for itself. */
function wayOf(fn: string): string {
  const joining = joiningOf(fn);
  if (joining === 'beside') return '';
  return joining ?? cutEndOf(fn) ?? '';
}

/** That parts are put together is told rather than not; else the shorter chain is. */
function saysMore(fn: string, known: string): boolean {
  const [joins, knownJoins] = [joiningOf(fn) !== null, joiningOf(known) !== null];
  return joins === knownJoins ? fn.length < known.length : joins;
}

/** Inputs of a call that cuts a value to a piece. What was cut before stays what it was: at most that is left. */
export function cutTo(inputs: readonly Input[], piece: Piece): readonly Input[] {
  return inputs.map((input) => (input.pieces === undefined && keepsAll(input) ? { ...input, pieces: [piece] } : input));
}

/**
 * A value that was cut into pieces and put together again is whole: `substr(x,1,4) || '-' || substr(x,5,4)`, also where a
 * derived table cut it. `each`: what stands in the places of the call; pieces must come from at least so many of them.
 */
export function rejoined(each: readonly (readonly Input[])[], places: 1 | 2): readonly (readonly Input[])[] {
  const cut = each.flatMap((inputs, place) =>
    inputs.flatMap((input) => (isPiece(input) ? [{ place, input, pieces: input.pieces ?? [] }] : [])),
  );
  const whole = new Set<string>();
  for (const [column, all] of Map.groupBy(cut, ({ input }) => columnKey(input)))
    if (new Set(all.map(({ place }) => place)).size >= places && areWhole(all.flatMap(({ pieces }) => pieces)))
      whole.add(column);
  if (whole.size === 0) return each;
  return each.map((inputs) =>
    inputs.map((input) =>
      isPiece(input) && whole.has(columnKey(input)) ? { ...input, effect: 'keep', pieces: undefined } : input,
    ),
  );
}

function isPiece({ effect, pieces }: Input): boolean {
  return pieces !== undefined && (effect === 'partial' || keepsAll({ effect }));
}

function keepsAll({ effect }: Pick<Input, 'effect'>): boolean {
  return effect === 'keep' || effect === 'unknown';
}

function columnKey({ table, column }: Input): string {
  return `${table}\u0000${column.toLowerCase()}`;
}
