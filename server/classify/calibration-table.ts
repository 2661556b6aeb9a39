import type { CalibrationTable } from './calibration.ts';

/** The fit that ships. Written by `node scripts/eval-classify.ts --fit`; do not edit by hand. */
export const calibrationTable: CalibrationTable = {
  version: 'fit-688337a6',
  knots: [
    [-5.367, 0.001],
    [-3.111, 0.003],
    [-2.489, 0.014],
    [-1.606, 0.025],
    [-1.439, 0.146],
    [-0.968, 0.215],
    [-0.474, 0.276],
    [0.01, 0.476],
    [0.5, 0.622],
    [1, 0.766],
    [1.413, 0.825],
    [1.923, 0.921],
    [2.624, 0.955],
    [3.419, 0.991],
    [3.985, 0.996],
    [5.358, 1],
  ],
};
