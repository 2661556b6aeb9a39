/** What a document may be at most. Larger ones are refused, never cut. */
export const documentLimits = { bytes: 25 * 1024 * 1024, pages: 2_000, text: 20 * 1024 * 1024 } as const;

/** Seconds of computing for a small document, for each further MiB, and at most: two thousand pages of text are some MiB. */
const computing = { least: 30, perMib: 30, most: 180 };
/** A machine that is busy with other things takes so many times as long on the clock. */
const busy = 10;

/**
 * How long a document of so many bytes may take to be read: seconds of computing, and milliseconds on the clock. A large one
 * has more to read; a small one that takes long is no document.
 */
export function timeToRead(bytes: number): { readonly computingSeconds: number; readonly timeMs: number } {
  const computingSeconds = Math.min(computing.most, computing.least + (computing.perMib * bytes) / 1024 / 1024);
  return { computingSeconds, timeMs: computingSeconds * busy * 1000 };
}
