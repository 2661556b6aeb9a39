import { maxValueLength, type Value } from '../../profile/value.ts';
import type { ValueTest } from '../../profile/value-test.ts';
import { countsInMixtures, unmistakable } from '../mixtures.ts';

/** How a detector tells its values from others. */
export type Method = 'checksum' | 'format' | 'dictionary' | 'range' | 'content';

/**
 * Finds one category in values. A column is judged by the share of distinct values that pass against `chance`, never by a
 * single hit. Log-odds: 3 is about 95 %; the name of the column adds its own.
 */
export interface Detector {
  /** `email`, `us-ssn`: stable, part of the key of its pass rate. */
  readonly id: string;
  /** Raised with every change of what passes; fields judged by an older one need profiling again. */
  readonly version: number;
  /** The `fine` name it speaks for; null: it describes the form only (a flag, a date) and speaks for nobody. */
  readonly fine: string | null;
  readonly title: string;
  readonly method: Method;
  /** Where the rule, pattern or checksum is published. */
  readonly source: string;
  /** Share of values of the same form, drawn at random, that pass by luck. */
  readonly chance: number;
  /** The detector whose values are those of the same form: of them `chance` is the share. Null: of all values. */
  readonly among: string | null;
  /** Share of distinct values that must pass before it counts; a smaller one counts where luck cannot explain it. */
  readonly minShare: number;
  /** False: its least share holds without exception, as a user's own does. */
  readonly mixes: boolean;
  /** Most log-odds it gives without a word from the name. */
  readonly alone: number;
  /** Most log-odds it gives when the name speaks of the same category. */
  readonly named: number;
  readonly needs: number;
  readonly forbids: number;
  readonly length: readonly [number, number];
  readonly digits: readonly [number, number];
  test(value: Value): boolean;
}

type Required = 'id' | 'fine' | 'title' | 'method' | 'source' | 'test';

/** Fills in what most detectors share: version 1, no filter, 70 % must pass, chance 1 %. */
export function detector(given: Pick<Detector, Required> & Partial<Omit<Detector, Required>>): Detector {
  return {
    version: 1,
    chance: 0.01,
    among: null,
    minShare: 0.7,
    mixes: true,
    alone: 0,
    named: 2,
    needs: 0,
    forbids: 0,
    length: [1, 200],
    digits: [0, maxValueLength],
    ...given,
  };
}

/** `<id>@<version>`: the name under which a profile keeps the pass rate. */
export function keyOf(detector: Pick<Detector, 'id' | 'version'>): string {
  return `${detector.id}@${detector.version}`;
}

/** The question that a detector puts to each value, as the profiler runs it. */
export function valueTestOf(detector: Detector): ValueTest {
  return {
    key: keyOf(detector),
    needs: detector.needs,
    forbids: detector.forbids,
    minLength: detector.length[0],
    maxLength: detector.length[1],
    minDigits: detector.digits[0],
    maxDigits: detector.digits[1],
    giveUpAfter: givesUpAfter(detector),
    test: (value) => detector.test(value),
  };
}

function givesUpAfter(detector: Detector): number {
  const isCounted = countsInMixtures(detector) && (detector.among !== null || detector.chance <= unmistakable);
  return detector.minShare >= 0.3 && !isCounted ? 10 : 0;
}
