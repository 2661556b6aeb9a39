import type { Detector } from './detectors/detector.ts';

/**
 * True when a small share of the values counts too: what passes is of this kind beyond doubt, whatever the other values of
 * the column are. A word of a list or a number in a range never is; a part of a text is where words or check digits say so.
 */
export function countsInMixtures({ method, alone, chance, among, mixes }: Omit<Detector, 'id'>): boolean {
  if (!mixes) return false;
  if (method === 'content') return alone >= 2.2 && chance <= unmistakable;
  if (method !== 'checksum' && method !== 'format') return false;
  return alone >= 2.5 && (method === 'checksum' || among !== null || chance <= unmistakable);
}

/** No form of other values is taken for it in more than one of a thousand cases. */
export const unmistakable = 0.001;

/** How far one detector passes: `trials` are the values of the same form, of which `chance` passes by luck. */
export interface Passing {
  readonly hits: number;
  readonly tried: number;
  readonly trials: number;
}

/** So much stronger than luck must be a share that is smaller than the usual one: many detectors look at every column. */
const ofMany = Math.log(100);
const ofManyAlike = Math.log(700);

/**
 * Log-odds that luck alone does not explain what passes. From the least share on: the log-likelihood ratio of "most values
 * are of this kind" against "they pass by luck". Below it, and where a form is counted: "some of the values are", by the
 * tail of the binomial distribution, less what looking so often costs. It never jumps between two shares.
 */
export function beyondChance({ hits, tried, trials }: Passing, detector: Detector): number {
  if (tried === 0 || hits === 0) return -Infinity;
  const { chance, among, minShare } = detector;
  const mixture = countsInMixtures(detector)
    ? unlucky(hits, trials, chance) - (among !== null || chance <= unmistakable ? ofMany : ofManyAlike)
    : -Infinity;
  if (hits / tried < minShare) return mixture > 0 ? mixture : -Infinity;
  const real = Math.max(minShare, Math.min(0.95, hits / trials));
  if (real <= chance) return among === null ? 0.2 : -Infinity;
  return Math.max(mixture, hits * Math.log(real / chance) + (trials - hits) * Math.log((1 - real) / (1 - chance)));
}

/** So much must more check digits than luck gives be against it. */
const seldom = Math.log(50);

/**
 * True for what is too little to be found and still no nothing: a value of a form that no other has, more check digits than
 * luck gives once in fifty columns, and of words of lists so many names of diseases as no other text has.
 */
export function leavesTrace({ hits, trials }: Passing, detector: Detector): boolean {
  const { chance, among, fine, mixes, method } = detector;
  if (hits === 0 || fine === null || !mixes) return false;
  if (method === 'dictionary' && fine === 'diagnosis') return unlucky(hits, trials, chance) >= ofManyAlike;
  if (!countsInMixtures(detector)) return false;
  if (among === null) return chance <= unmistakable;
  return unlucky(hits, trials, chance) >= seldom;
}

/** How unlikely it is that so many of the trials, or more, pass by luck: minus the logarithm of the binomial tail. */
function unlucky(hits: number, trials: number, chance: number): number {
  if (hits <= trials * chance) return 0;
  let term = hits * Math.log(chance) + (trials - hits) * Math.log(1 - chance);
  for (let i = 1; i <= hits; i++) term += Math.log((trials - hits + i) / i);
  // The terms after it fall at least as fast as a geometric series.
  const ratio = ((trials - hits) / (hits + 1)) * (chance / (1 - chance));
  return Math.max(0, -term + Math.log(1 - Math.min(0.9, ratio)));
}
