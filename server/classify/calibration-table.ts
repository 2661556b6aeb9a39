import type { CalibrationTable } from './calibration.ts';

/** The fit that ships. Written by `node scripts/eval-classify.ts --fit`; do not edit by hand. */
export const calibrationTable: CalibrationTable = {
  version: 'fit-554b03d4',
  knots: [
    [-5.289, 0.001],
    [-4.343, 0.003],
    [-3.999, 0.004],
    [-3.686, 0.018],
    [-3.435, 0.055],
    [-2.68, 0.136],
    [-1.785, 0.176],
    [-0.789, 0.398],
    [0.1, 0.4],
    [0.567, 0.582],
    [0.967, 0.795],
    [1.789, 0.918],
    [2.314, 0.938],
    [3.172, 0.95],
    [3.482, 0.977],
    [3.932, 0.981],
    [5.5, 0.996],
    [6, 0.998],
  ],
};
