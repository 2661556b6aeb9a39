/** Digest of the code that weighs evidence. Written by `node scripts/rules-version.ts`; do not edit by hand. */
export const rulesVersion = '6e2c923a6b0b';
