/** Digest of the code that weighs evidence. Written by `node scripts/rules-version.ts`; do not edit by hand. */
export const rulesVersion = '00f3eb001c44';
