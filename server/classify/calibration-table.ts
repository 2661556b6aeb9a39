import type { CalibrationTable } from './calibration.ts';

/** The fit that ships. Written by `node scripts/eval-classify.ts --fit`; do not edit by hand. */
export const calibrationTable: CalibrationTable = {
  version: 'fit-948296d8',
  base: -0.227,
  score: 0.821,
  found: 0.933,
  kinds: { values: -0.451, name: 0.183, weak: 0.504, rejected: 0.179, words: 0.132, head: -0.775 },
  shortNames: 0.867,
};
