import type { CalibrationTable, Ground, GroundKind } from '../server/classify/calibration.ts';
import { digestOf } from '../server/model/json.ts';

/** A column that was judged and of which it is known what it holds. */
export interface FittedRow {
  readonly score: number;
  readonly ground: Ground;
  readonly isSensitive: boolean;
}

const kinds: readonly GroundKind[] = ['values', 'name', 'weak', 'rejected', 'words', 'head'];
/** Where the fit is held that few columns say nothing about: the score itself, and no difference between grounds. */
const prior = [0, 1, 0, 0, ...kinds.map(() => 0)];
const strength = 1;
const steps = 6_000;
const rate = 0.5;

/** Logistic regression with a pull towards the score itself, by gradient descent: the same rows give the same table. Pure. */
export function fitCalibration(rows: readonly FittedRow[]): CalibrationTable {
  const given = rows.map(({ score, ground, isSensitive }) => ({ x: factorsOf(score, ground), y: isSensitive ? 1 : 0 }));
  let weights = [...prior];
  for (let step = 0; step < steps; step++) {
    const slope = weights.map((weight, i) => strength * (weight - (prior[i] ?? 0)));
    for (const { x, y } of given) {
      const wrong = 1 / (1 + Math.exp(-sum(x, weights))) - y;
      x.forEach((value, i) => (slope[i] = (slope[i] ?? 0) + wrong * value));
    }
    weights = weights.map((weight, i) => weight - (rate * (slope[i] ?? 0)) / Math.max(1, given.length));
  }
  const [base = 0, score = 1, found = 0, shortNames = 0, ...byKind] = weights.map(
    (weight) => Math.round(weight * 1_000) / 1_000,
  );
  const table = {
    base,
    score,
    found,
    shortNames,
    kinds: Object.fromEntries(kinds.map((kind, i) => [kind, byKind[i] ?? 0])),
  };
  return { version: `fit-${digestOf(table).slice(0, 8)}`, ...table } as CalibrationTable;
}

/** The table as the file that ships. */
export function sourceOf({ version, base, score, found, kinds: byKind, shortNames }: CalibrationTable): string {
  return [
    "import type { CalibrationTable } from './calibration.ts';",
    '',
    '/** The fit that ships. Written by `node scripts/eval-classify.ts --fit`; do not edit by hand. */',
    'export const calibrationTable: CalibrationTable = {',
    `  version: '${version}',`,
    `  base: ${base},`,
    `  score: ${score},`,
    `  found: ${found},`,
    `  kinds: { ${kinds.map((kind) => `${kind}: ${byKind[kind]}`).join(', ')} },`,
    `  shortNames: ${shortNames},`,
    '};',
    '',
  ].join('\n');
}

/** What the table weighs, in the order of its weights. */
function factorsOf(score: number, { kind, shortNames }: Ground): readonly number[] {
  const isFound = score > 0;
  return [
    1,
    score,
    isFound ? 1 : 0,
    isFound ? -shortNames : shortNames,
    ...kinds.map((each) => (each === kind ? 1 : 0)),
  ];
}

function sum(x: readonly number[], weights: readonly number[]): number {
  return x.reduce((total, value, i) => total + value * (weights[i] ?? 0), 0);
}
