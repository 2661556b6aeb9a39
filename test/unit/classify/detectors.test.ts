import { describe, expect, it } from 'vitest';
import { detectors } from '../../../server/classify/detectors/detectors.ts';
import { valueTestOf, type Detector } from '../../../server/classify/detectors/detector.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { lookAt } from '../../../server/profile/value.ts';
import { admits } from '../../../server/profile/value-test.ts';
import { detectorCases } from './detector-cases.ts';

function accepts(detector: Detector, text: string): boolean {
  const test = valueTestOf(detector);
  const value = lookAt(text);
  return admits(test, value) && test.test(value);
}

describe('every detector', () => {
  it('has an id of its own', () => {
    const ids = detectors.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('speaks for a category of the taxonomy, or for none', () => {
    const taxonomy = loadTaxonomy();
    for (const { id, fine } of detectors)
      expect(fine === null || taxonomy.byFine(fine) !== undefined, `${id}: ${fine}`).toBe(true);
  });

  it('has hits and near misses in the table of cases', () => {
    for (const { id } of detectors) {
      const cases = detectorCases[id];
      expect(cases?.hits.length ?? 0, `hits of ${id}`).toBeGreaterThan(0);
      expect(cases?.misses.length ?? 0, `near misses of ${id}`).toBeGreaterThan(0);
    }
  });

  it.each(detectors.map((detector) => [detector.id, detector] as const))('%s accepts its hits', (id, detector) => {
    for (const text of detectorCases[id]?.hits ?? []) expect(accepts(detector, text), text).toBe(true);
  });

  it.each(detectors.map((detector) => [detector.id, detector] as const))(
    '%s refuses its near misses',
    (id, detector) => {
      for (const text of detectorCases[id]?.misses ?? []) expect(accepts(detector, text), text).toBe(false);
    },
  );
});
