import { digestOf } from '../model/json.ts';
import type { FieldProfile } from '../model/profile.ts';
import { maxDistinct } from '../profile/create-profiler.ts';
import { has } from '../profile/value.ts';
import { spellingVersion } from '../profile/one-spelling.ts';
import { keyOf, type Detector } from './detectors/detector.ts';

/** What all detectors read values by: like a detector whose change may concern every value. */
const spelling = { id: 'one-spelling', version: spellingVersion };

/** What a profile's pass rates depend on: the keys of its detectors, and of the spelling in which they read. */
export function valueKeysOf(detectors: readonly Pick<Detector, 'id' | 'version'>[]): readonly string[] {
  return [...detectors, spelling].map((each) => keyOf(each));
}

/**
 * The name of a set of value detectors: a digest of their ids and versions. A profile keeps the name; which detectors it
 * stands for is remembered by whoever keeps profiles. Example: `values:5f0c2a915f0c`.
 */
export function valueSetOf(detectors: readonly Pick<Detector, 'id' | 'version'>[]): string {
  return `values:${digestOf([...valueKeysOf(detectors)].sort()).slice(0, 12)}`;
}

/** Ids of the detectors that are new or of another version than before. One that is gone asks for nothing. */
export function changedDetectors(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const known = new Set(before);
  return new Set(after.filter((key) => !known.has(key)).map((key) => key.split('@')[0] ?? key));
}

/**
 * True when a profile must be made anew because a detector is new or changed that its values may concern: one that passed
 * some of them, or whose filter lets a value of these lengths and shapes through; or when values are read in another
 * spelling. Profiles made in the database hold no
 * pass rates and never need it. Where nobody remembers the profile's set, it is taken for concerned.
 */
export function needsProfiling(
  profile: FieldProfile,
  detectors: readonly Detector[],
  earlier: (detectorSet: string) => readonly string[] | null = () => null,
): boolean {
  if (profile.detectorSet === null) return false;
  const before = earlier(profile.detectorSet);
  if (before === null) return true;
  const changed = changedDetectors(before, valueKeysOf(detectors));
  if (changed.has(spelling.id) && profile.distinct > 0) return true;
  const passed = new Set(Object.keys(profile.passRates).map((key) => key.split('@')[0]));
  return detectors.some(({ id, ...detector }) => changed.has(id) && (passed.has(id) || mayAdmit(detector, profile)));
}

function mayAdmit({ length, needs, digits }: Omit<Detector, 'id'>, profile: FieldProfile): boolean {
  if (profile.distinct === 0) return false;
  if (profile.maxLength < length[0] || profile.minLength > length[1]) return false;
  const shapes = profile.shapes.map(({ shape }) => shape);
  if (shapes.includes('other') || profile.distinct >= maxDistinct) return true;
  return shapes.some((shape) => {
    const hasDigit = shape.includes('9');
    if (digits[0] > 0 && !hasDigit) return false;
    if ((needs & has.at) !== 0 && !shape.includes('@')) return false;
    return (needs & has.dot) === 0 || shape.includes('.');
  });
}
