import type { CalibrationTable } from './calibration.ts';

/** The fit that ships. Written by `node scripts/eval-classify.ts --fit`; do not edit by hand. */
export const calibrationTable: CalibrationTable = {
  version: 'fit-48493872',
  base: -0.241,
  score: 0.829,
  found: 0.973,
  kinds: { values: -0.455, name: 0.192, weak: 0.526, rejected: 0.147, words: 0.133, head: -0.783 },
  shortNames: 0.935,
};
