import { NONE, type Verdict } from '../model/classification.ts';
import type { CautiousOutcome } from './caution.ts';

/** How a model came to a category: what confidence is learnt by. */
export type HowFound = 'agrees-twice' | 'agrees-once' | 'adds-twice' | 'adds-once';

/** What people said of a model's findings, by how it came to them. */
export type Tally = Readonly<Partial<Record<HowFound, { readonly right: number; readonly wrong: number }>>>;

/**
 * What is believed before anybody decided: guesses, on the careful side, that weigh as much as ten decisions. A model's own
 * word about its confidence is not asked for.
 */
const prior: Readonly<Record<HowFound, number>> = {
  'agrees-twice': 0.9,
  'agrees-once': 0.85,
  'adds-twice': 0.7,
  'adds-once': 0.55,
};
const priorWeight = 10;

export function howFound({ relation, twice }: CautiousOutcome): HowFound | null {
  if (relation === 'none') return null;
  return `${relation}-${twice ? 'twice' : 'once'}`;
}

/** Share of such findings that people are expected to accept: the guess, moved by what they decided (Beta mean). */
export function modelConfidence(how: HowFound, tally: Tally): number {
  const { right = 0, wrong = 0 } = tally[how] ?? {};
  return (prior[how] * priorWeight + right) / (priorWeight + right + wrong);
}

/** How a model's verdict was found, as its evidence says; null for anybody else's. */
export function howOf({
  decider,
  category,
  evidence,
}: Pick<Verdict, 'decider' | 'category' | 'evidence'>): HowFound | null {
  if (decider !== 'llm' || category === NONE) return null;
  const detail = evidence.find(({ signal }) => signal === 'model')?.detail ?? '';
  return (Object.keys(prior) as HowFound[]).find((how) => detail.endsWith(how)) ?? null;
}
