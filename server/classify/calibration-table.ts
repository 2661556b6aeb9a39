import type { CalibrationTable } from './calibration.ts';

/** The fit that ships. Written by `node scripts/eval-classify.ts --fit`; do not edit by hand. */
export const calibrationTable: CalibrationTable = {
  version: 'fit-bf9df220',
  knots: [
    [-5.388, 0.001],
    [-3.132, 0.004],
    [-2.488, 0.015],
    [-1.59, 0.021],
    [-1.439, 0.146],
    [-0.991, 0.244],
    [-0.474, 0.276],
    [0, 0.5],
    [0.5, 0.622],
    [1, 0.766],
    [1.321, 0.8],
    [1.5, 0.818],
    [1.923, 0.921],
    [2.624, 0.955],
    [3.419, 0.991],
    [3.992, 0.999],
    [5.359, 1],
  ],
};
