import type { FieldProfile, ProfileRequest, Profiler } from '../model/profile.ts';
import { otherShape, shapeOf } from './shape.ts';
import { boundedText, digestOfText, lookAt, textOf } from './value.ts';
import { admits, type ValueTests } from './value-test.ts';

/** Distinct values are counted exactly up to here; beyond it further values count as repeated. */
export const maxDistinct = 50_000;
/** Distinct values on which the tests run; the rest is only counted. */
export const maxTested = 5_000;
/** Once so many letters of a field were looked at, only so much of each further value is. */
const fullyRead = 16_000;
const furtherBound = 1_024;
/** A shape seen in fewer rows is folded into `other`. */
const minShapeRows = 3;
const maxShapes = 20;

/**
 * A profiler that runs the given tests over values, one by one, and forgets each. Memory per field is bounded: hashes of
 * distinct values, counts by shape, counts by test.
 */
export function createProfiler(set: ValueTests): Profiler {
  return { detectorSet: set.detectorSet, begin: (request) => beginField(request, set) };
}

function beginField(request: ProfileRequest, set: ValueTests): { add(value: unknown): void; end(): FieldProfile } {
  const seen = new Set<number>();
  const shapes = new Map<string, number>();
  const passed = new Uint32Array(set.tests.length);
  const failed = new Uint32Array(set.tests.length);
  const counts = { rows: 0, nulls: 0, empty: 0, tested: 0, letters: 0, min: Number.MAX_SAFE_INTEGER, max: 0 };

  const look = (text: string): void => {
    counts.min = Math.min(counts.min, text.length);
    counts.max = Math.max(counts.max, text.length);
    if (shapes.size < 2_000) {
      const shape = shapeOf(text.length > 60 ? text.slice(0, 60) : text);
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    } else {
      shapes.set(otherShape, (shapes.get(otherShape) ?? 0) + 1);
    }
    const bounded = boundedText(text);
    const hash = digestOfText(bounded);
    if (seen.has(hash) || seen.size >= maxDistinct) return;
    seen.add(hash);
    if (counts.tested >= maxTested) return;
    counts.tested += 1;
    const value = lookAt(counts.letters < fullyRead ? bounded : boundedText(bounded, furtherBound));
    counts.letters += value.text.length;
    for (let i = 0; i < set.tests.length; i++) {
      const test = set.tests[i];
      if (test === undefined || !admits(test, value)) continue;
      const [hits, misses] = [passed[i] ?? 0, failed[i] ?? 0];
      if (test.giveUpAfter > 0 && misses >= test.giveUpAfter && hits * 3 < misses) continue;
      if (test.test(value)) passed[i] = hits + 1;
      else failed[i] = misses + 1;
    }
  };

  return {
    add(raw) {
      counts.rows += 1;
      const text = textOf(raw);
      if (text === null) counts.nulls += 1;
      else if (text.trim() === '') counts.empty += 1;
      else look(text.trim());
    },
    end: () => ({
      dataset: request.dataset,
      path: request.path,
      mode: 'sample',
      rowsSeen: counts.rows,
      nulls: counts.nulls,
      empty: counts.empty,
      distinct: seen.size,
      minLength: seen.size === 0 ? 0 : counts.min,
      maxLength: counts.max,
      shapes: keptShapes(shapes),
      passRates: Object.fromEntries(
        set.tests.flatMap((test, index) => {
          const hits = passed[index] ?? 0;
          return hits === 0 ? [] : [[test.key, { passed: hits, tried: counts.tested }]];
        }),
      ),
      detectorSet: set.detectorSet,
    }),
  };
}

function keptShapes(shapes: ReadonlyMap<string, number>): FieldProfile['shapes'] {
  const frequent = [...shapes]
    .filter(([shape, count]) => shape !== otherShape && count >= minShapeRows)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, maxShapes);
  const all = [...shapes.values()].reduce((sum, count) => sum + count, 0);
  const rest = all - frequent.reduce((sum, [, count]) => sum + count, 0);
  const kept = frequent.map(([shape, count]) => ({ shape, count }));
  return rest > 0 ? [...kept, { shape: otherShape, count: rest }] : kept;
}
