import type { Signal } from '../model/classification.ts';

/** What a score rests on: the same score is right more often on some grounds than on others. */
export interface Ground {
  readonly kind: GroundKind;
  /** Which share of the words that name the table's columns are short forms, 0 to 1: home-made names are understood less. */
  readonly shortNames: number;
}

/**
 * `values`: values speak for it or against it. `name`: a name says it outright. `weak`: a weaker name, or context. `rejected`: a
 * name was weighed and rejected. `words`: all words of a name are known and none is personal. `head`: the last word makes the
 * name a count, a time or a key, or nothing is known.
 */
export type GroundKind = 'values' | 'name' | 'weak' | 'rejected' | 'words' | 'head';

/** Turns a score in log-odds into the share of columns of that score that really were sensitive. */
export interface Calibration {
  /** Version of the fit; part of a verdict's key. */
  readonly version: string;
  probability(score: number, ground: Ground): number;
}

/** Log-odds of being sensitive: `base` + `score` × the score + what is added by sign and ground. Fitted by `scripts/eval-classify.ts`. */
export interface CalibrationTable {
  readonly version: string;
  readonly base: number;
  readonly score: number;
  /** Added where something is found. */
  readonly found: number;
  readonly kinds: Readonly<Record<GroundKind, number>>;
  /** Times the share of short forms: drawn from what is found, added to what is not. */
  readonly shortNames: number;
}

/** A calibration from its table. Probabilities stay within 0.5 % of certainty: nothing is sure. */
export function createCalibration(table: CalibrationTable): Calibration {
  return {
    version: table.version,
    probability: (score, ground) => clamp(1 / (1 + Math.exp(-logOddsOf(score, ground, table)))),
  };
}

function logOddsOf(score: number, { kind, shortNames }: Ground, table: CalibrationTable): number {
  const doubt = table.shortNames * shortNames;
  return table.base + table.score * score + table.kinds[kind] + (score > 0 ? table.found - doubt : doubt);
}

/** On what a candidate for a category rests, by its signals. Pure. */
export function groundOf(signals: readonly Signal[], score: number, shortNames: number): Ground {
  if (signals.some(({ signal }) => signal === 'values')) return { kind: 'values', shortNames };
  if (score <= 0) return { kind: 'rejected', shortNames };
  const isOutright = signals.some(({ signal, weight }) => signal === 'name' && weight >= outright);
  return { kind: isOutright ? 'name' : 'weak', shortNames };
}

/** A name that says its category outright weighs at least this. */
const outright = 3;

function clamp(probability: number): number {
  return Math.round(Math.min(0.995, Math.max(0.005, probability)) * 1_000) / 1_000;
}
