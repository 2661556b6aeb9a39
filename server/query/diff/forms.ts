import type { Treatment } from '../../model/treatment.ts';

const words: Readonly<Record<Treatment, string>> = {
  clear: 'in clear',
  partial: 'in part',
  hashed: 'hashed',
  keyed: 'hashed with a key',
  encrypted: 'encrypted',
  tokenised: 'tokenised',
  masked: 'masked',
  aggregated: 'as a figure over several rows',
};

/** The form in which a value arrives, as a sentence says it. */
export function formInWords(treatment: Treatment): string {
  return words[treatment];
}
