/** What a document may be at most. Larger ones are refused, never cut. */
export const documentLimits = { bytes: 25 * 1024 * 1024, pages: 2_000, text: 20 * 1024 * 1024 } as const;
