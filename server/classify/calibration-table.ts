import type { CalibrationTable } from './calibration.ts';

/** The fit that ships. Written by `node scripts/eval-classify.ts --fit`; do not edit by hand. */
export const calibrationTable: CalibrationTable = {
  version: 'fit-65cb174c',
  base: -0.239,
  score: 0.829,
  found: 0.968,
  kinds: { values: -0.455, name: 0.189, weak: 0.527, rejected: 0.149, words: 0.134, head: -0.783 },
  shortNames: 0.928,
};
