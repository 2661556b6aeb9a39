/** Digest of the code that weighs evidence. Written by `node scripts/rules-version.ts`; do not edit by hand. */
export const rulesVersion = '9565e59b708d';
