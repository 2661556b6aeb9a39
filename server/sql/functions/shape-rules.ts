import { hiding, leastHidden, longestPart, regexpReplace } from './regexp-replace.ts';
import { regexpExtract } from './regexp-extract.ts';
import { wideFrom } from './pattern-signs.ts';
import type { CallExpr, Expr } from '../ast/nodes.ts';
import type { DirectKind } from '../../model/edge.ts';
import type { Effect } from '../../model/treatment.ts';

interface ShapeRule {
  readonly kind: DirectKind;
  readonly effect: Effect;
}

const transform = (effect: Effect): ShapeRule => ({ kind: 'TRANSFORMATION', effect });

/** Functions whose arguments decide what stays of the value; null for all others. */
export function shapeRule(call: CallExpr, dialect: string): ShapeRule | null {
  const name = call.name.replaceAll('_', '');
  if (replacers.has(name)) {
    const effect = regexpReplace(name, call.args, dialect);
    return effect === null ? null : transform(effect);
  }
  const extracted = regexpExtract(name, call.args, dialect);
  if (extracted !== null) return transform(extracted);
  const read = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  return read === undefined ? null : read(call.args);
}

/** Replacing what a pattern finds. */
const replacers = new Set(['REGEXPREPLACE', 'REGEXPREPLACEONE', 'REPLACEREGEXPALL', 'REPLACEREGEXPONE']);

function numberAt(args: readonly Expr[], at: number): number | null {
  const arg = args[at];
  return arg?.kind === 'literal' && arg.type === 'number' ? Number(arg.value) : null;
}

function textAt(args: readonly Expr[], at: number): string | null {
  const arg = args[at];
  return arg?.kind === 'literal' ? arg.value : null;
}

/** A piece of known, small size is a part; a piece of unknown size may be the whole. */
function piece(size: number | null): ShapeRule {
  return transform(size !== null && size <= longestPart ? 'partial' : 'keep');
}

/** `LEFT(x, 4)`; PostgreSQL's and DuckDB's `LEFT(x, -2)` is all but the last two. */
function end(args: readonly Expr[]): ShapeRule {
  const size = numberAt(args, 1);
  return size !== null && size < 0 ? transform(-size >= leastHidden ? 'partial' : 'keep') : piece(size);
}

function substring(args: readonly Expr[]): ShapeRule {
  const start = numberAt(args, 1);
  // `SUBSTR(x, -4)`: the last four.
  if (args.length === 2 && start !== null && start < 0) return piece(-start);
  if (args.length > 2) return piece(numberAt(args, 2));
  // Open to the end: a part where at least four signs are cut off, otherwise as good as the whole.
  return transform(start !== null && start >= 5 ? 'partial' : 'keep');
}

/** TRANSLATE(x, '0123456789', '**********') hides the signs it lists; a few of them leave the rest to be read. */
function translate(args: readonly Expr[]): ShapeRule {
  const [from, to] = [textAt(args, 1) ?? '', textAt(args, 2) ?? ''];
  const listed = new Set(from.replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return transform(listed.size >= wideFrom && to.length > 1 && /^([*xX#•])\1*$/.test(to) ? 'partial' : 'keep');
}

/** Putting hiding signs over a stretch of the value. `sizeAt`: where it is said how many signs are hidden. */
function overwrite(at: number, sizeAt: number): (args: readonly Expr[]) => ShapeRule {
  return (args) => {
    const text = textAt(args, at);
    const size = args[sizeAt] === undefined ? (text?.length ?? 0) : (numberAt(args, sizeAt) ?? leastHidden);
    const hides = text !== null && text !== '' && hiding.test(text) && size >= leastHidden;
    return transform(hides ? 'partial' : 'keep');
  };
}

/**
 * `mask(value, upper, lower, digit, other)`, by place or by name: Spark's and Databricks' NULL and Hive's and Impala's -1 leave
 * the signs of a kind as they are.
 */
function mask(args: readonly Expr[]): ShapeRule {
  const given = new Map(
    args.map((arg, at) => [arg.kind === 'named' ? arg.name.toUpperCase() : (maskNames[at] ?? ''), arg]),
  );
  const left = maskNames.slice(1).filter((name) => isLeft(given.get(name)));
  return transform(left.length === 0 ? 'mask' : left.length === 3 ? 'keep' : 'partial');
}

const maskNames = ['STR', 'UPPERCHAR', 'LOWERCHAR', 'DIGITCHAR'];

/** Of the values that are no string or number only NULL makes sense here. */
function isLeft(arg: Expr | undefined): boolean {
  const value = arg?.kind === 'named' ? arg.value : arg;
  return (
    value?.kind === 'literal' && (value.type === 'other' || (value.type === 'number' && Number(value.value) === -1))
  );
}

const coarse = /^(?:MILLENNIUM|CENTURY|DECADE|YEAR|ISOYEAR|QUARTER|MONTH|YYYY|YY|Y|YEARS|MON|MM|Q)S?$/i;

function unitOf(arg: Expr | undefined): string {
  if (arg?.kind === 'literal') return arg.value;
  return arg?.kind === 'column' ? (arg.parts[0]?.text ?? '') : '';
}

/** A date cut to its month or coarser is a generalisation; cut to its day it still is the date. */
function dateTruncate(args: readonly Expr[]): ShapeRule {
  return transform(args.some((arg) => coarse.test(unitOf(arg))) ? 'partial' : 'keep');
}

const shapes: Readonly<Record<string, (args: readonly Expr[]) => ShapeRule>> = {
  SUBSTR: substring,
  SUBSTRING: substring,
  SUBSTRB: substring,
  MID: substring,
  SUBSTRINGUTF8: substring,
  LEFT: end,
  RIGHT: end,
  LEFTUTF8: end,
  RIGHTUTF8: end,
  TRANSLATE: translate,
  OTRANSLATE: translate,
  MASK: mask,
  OVERLAY: overwrite(1, 3),
  STUFF: overwrite(3, 2),
  INSERT: overwrite(3, 2),
  DATETRUNC: dateTruncate,
  TIMESTAMPTRUNC: dateTruncate,
  DATETIMETRUNC: dateTruncate,
  TRUNC: dateTruncate,
  EXTRACT: dateTruncate,
  DATEPART: dateTruncate,
  DATENAME: dateTruncate,
};
