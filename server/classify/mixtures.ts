import type { Detector } from './detectors/detector.ts';

/**
 * True when a small share of the values counts too: what passes is of this kind beyond doubt, whatever the other values of
 * the column are. A word of a list or a number in a range never is.
 */
export function countsInMixtures({ method, alone, chance, among, mixes }: Omit<Detector, 'id'>): boolean {
  if (!mixes || (method !== 'checksum' && method !== 'format')) return false;
  return alone >= 2.5 && (method === 'checksum' || among !== null || chance <= unmistakable);
}

/** No form of other values is taken for it in more than one of a thousand cases. */
export const unmistakable = 0.001;
