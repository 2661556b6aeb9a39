import type { CalibrationTable } from './calibration.ts';

/** The fit that ships. Written by `node scripts/eval-classify.ts --fit`; do not edit by hand. */
export const calibrationTable: CalibrationTable = {
  version: 'fit-6c28c600',
  knots: [
    [-5.282, 0],
    [-4.872, 0.001],
    [-3.84, 0.002],
    [-2.505, 0.01],
    [-1.477, 0.069],
    [-0.958, 0.224],
    [-0.039, 0.228],
    [0.5, 0.622],
    [1, 0.766],
    [1.413, 0.825],
    [1.923, 0.921],
    [2.628, 0.954],
    [3.419, 0.991],
    [3.986, 0.996],
    [5.358, 1],
  ],
};
