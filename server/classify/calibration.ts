/** Turns a score in log-odds into the share of columns of that score that really were sensitive. */
export interface Calibration {
  /** Version of the fit; part of a verdict's key. */
  readonly version: string;
  probability(score: number): number;
}

/** Score and probability at each knot; between knots it is linear, beyond them flat. Fitted by `scripts/eval-classify.ts`. */
export interface CalibrationTable {
  readonly version: string;
  readonly knots: readonly (readonly [score: number, probability: number])[];
}

/** A calibration from its table. Probabilities stay within 0.5 % of certainty: nothing is sure. */
export function createCalibration({ version, knots }: CalibrationTable): Calibration {
  return {
    version,
    probability(score) {
      let below = knots[0] ?? [0, 0.5];
      for (const knot of knots) {
        if (knot[0] > score) {
          if (knot === knots[0]) return clamp(knot[1]);
          const part = (score - below[0]) / (knot[0] - below[0]);
          return clamp(below[1] + part * (knot[1] - below[1]));
        }
        below = knot;
      }
      return clamp(below[1]);
    },
  };
}

function clamp(probability: number): number {
  return Math.round(Math.min(0.995, Math.max(0.005, probability)) * 1_000) / 1_000;
}
