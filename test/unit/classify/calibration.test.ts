import { describe, expect, it } from 'vitest';
import { createCalibration, groundOf, type GroundKind } from '../../../server/classify/calibration.ts';
import { calibrationTable } from '../../../server/classify/calibration-table.ts';
import { fitCalibration, type FittedRow } from '../../../scripts/fit-calibration.ts';
import { judgeFirst } from './column.ts';

const shipped = createCalibration(calibrationTable);
const kinds: readonly GroundKind[] = ['values', 'name', 'weak', 'rejected', 'words', 'head'];

describe('the shipped calibration', () => {
  it.each(kinds)('says more for a higher score, on the ground of %s', (kind) => {
    const said = [-6, -3, -1, -0.1, 0.1, 1, 3, 6].map((score) => shipped.probability(score, { kind, shortNames: 0.2 }));
    expect(said).toEqual(said.toSorted((a, b) => a - b));
    expect(Math.min(...said)).toBeGreaterThanOrEqual(0.005);
    expect(Math.max(...said)).toBeLessThanOrEqual(0.995);
  });

  it('is less sure where names are short forms, of what is found and of what is not', () => {
    const at = (score: number, shortNames: number): number => shipped.probability(score, { kind: 'name', shortNames });
    expect(at(3, 0.8)).toBeLessThan(at(3, 0.1));
    expect(at(-3, 0.8)).toBeGreaterThan(at(-3, 0.1));
  });

  it('is surer of an e-mail address among names spelt out than among home-made ones', () => {
    const spelt = judgeFirst('customers', { email: null, birthday: null, street: null, created: null });
    const short = judgeFirst('c_mst', { email: null, brt: null, str: null, crt_dt: null });
    expect(spelt.fine).toEqual(short.fine);
    expect(short.confidence).toBeLessThan(spelt.confidence);
  });
});

describe('what a score rests on', () => {
  const name = { signal: 'name', detail: 'says so', weight: 3.4 };
  it.each([
    ['values', [name, { signal: 'values', detail: 'pass', weight: 2 }], 5.4],
    ['name', [name], 3.4],
    ['weak', [{ ...name, weight: 1 }], 1],
    ['rejected', [name, { signal: 'name-about', detail: 'a count', weight: -6 }], -2.6],
  ] as const)('is told apart: %s', (kind, signals, score) => {
    expect(groundOf(signals, score, 0.3)).toEqual({ kind, shortNames: 0.3 });
  });
});

describe('the fit', () => {
  const rows = (kind: GroundKind, score: number, right: number, of: number): FittedRow[] =>
    Array.from({ length: of }, (_, i) => ({ score, ground: { kind, shortNames: 0 }, isSensitive: i < right }));
  const given = [...rows('name', 3, 198, 200), ...rows('rejected', -4, 40, 200), ...rows('words', -3, 4, 200)];

  it('tells grounds apart whose scores say the same too surely', () => {
    const fitted = createCalibration(fitCalibration(given));
    expect(fitted.probability(3, { kind: 'name', shortNames: 0 })).toBeGreaterThan(0.96);
    expect(fitted.probability(-4, { kind: 'rejected', shortNames: 0 })).toBeCloseTo(0.2, 1);
    expect(fitted.probability(-3, { kind: 'words', shortNames: 0 })).toBeLessThan(0.06);
  });

  it('is the same for the same columns, and the score itself where there are none', () => {
    expect(fitCalibration(given)).toEqual(fitCalibration(given));
    expect(fitCalibration([])).toMatchObject({ base: 0, score: 1, found: 0, shortNames: 0 });
  });
});
