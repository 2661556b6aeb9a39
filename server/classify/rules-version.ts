/** Digest of the code that weighs evidence. Written by `node scripts/rules-version.ts`; do not edit by hand. */
export const rulesVersion = '6820cfb68ce1';
