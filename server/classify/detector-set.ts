import { digestOf } from '../model/json.ts';
import type { FieldProfile } from '../model/profile.ts';
import { maxDistinct } from '../profile/create-profiler.ts';
import { has } from '../profile/value.ts';
import type { Detector } from './detectors/detector.ts';

/**
 * The name of a set of value detectors: a digest of their ids, then every version above 1, so that of two sets whose
 * detectors are the same it can be told which of them changed. Example: `values:5f0c2a91 phone@2`.
 */
export function valueSetOf(detectors: readonly Pick<Detector, 'id' | 'version'>[]): string {
  const ids = detectors.map(({ id }) => id).sort();
  const raised = detectors.filter(({ version }) => version > 1).map(({ id, version }) => `${id}@${version}`);
  return [`values:${digestOf(ids).slice(0, 8)}`, ...raised.sort()].join(' ');
}

/** Ids of the detectors that differ between two sets; null when one of them has detectors that the other lacks. */
export function changedDetectors(before: string, after: string): ReadonlySet<string> | null {
  const [ids, ...old] = before.split(' ');
  const [newIds, ...now] = after.split(' ');
  if (ids !== newIds) return null;
  const differs = [...old.filter((each) => !now.includes(each)), ...now.filter((each) => !old.includes(each))];
  return new Set(differs.map((each) => each.split('@')[0] ?? each));
}

/**
 * True when a profile must be made anew because a detector changed that its values may concern: one that passed some of
 * them, or whose filter lets a value of these lengths and shapes through. Profiles made in the database hold no pass rates
 * and never need it.
 */
export function needsProfiling(profile: FieldProfile, detectors: readonly Detector[]): boolean {
  if (profile.detectorSet === null) return false;
  const changed = changedDetectors(profile.detectorSet, valueSetOf(detectors));
  if (changed === null) return true;
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
