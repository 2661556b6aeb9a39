import type { VouchedFunctions } from '../model/vouched-functions.ts';

/** Where nobody vouches for anything: what the source or the SQL room says. */
export const nobodyVouches: VouchedFunctions = {
  effectOf: ({ effect }) => effect,
  on: () => [],
  under: () => new Map(),
};
