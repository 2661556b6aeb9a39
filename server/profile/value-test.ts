import type { Value } from './value.ts';

/** One question put to a single value, behind a filter that costs next to nothing. */
export interface ValueTest {
  /** `<detector>@<version>`, the key of its pass rate. */
  readonly key: string;
  /** Signs (see `has`) of which the value must hold all, and of which it must hold none. */
  readonly needs: number;
  readonly forbids: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly minDigits: number;
  readonly maxDigits: number;
  /** Once this many admitted values failed and fewer than a quarter passed, it stops looking; 0: never (a few hits count). */
  readonly giveUpAfter: number;
  /** Never throws, never keeps the value, works in bounded time. */
  test(value: Value): boolean;
}

/** The tests that a profiler runs, and the version of them as a set. */
export interface ValueTests {
  readonly detectorSet: string;
  readonly tests: readonly ValueTest[];
}

/** True when the filter lets the value through. */
export function admits(test: ValueTest, value: Value): boolean {
  return (
    (value.signs & test.needs) === test.needs &&
    (value.signs & test.forbids) === 0 &&
    value.text.length >= test.minLength &&
    value.text.length <= test.maxLength &&
    value.digits >= test.minDigits &&
    value.digits <= test.maxDigits
  );
}
