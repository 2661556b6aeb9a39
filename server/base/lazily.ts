/**
 * Something that is made when it is first asked for, and then kept. A failed making is tried again by the next who asks.
 * `Given`: what whoever asks gives the making, such as a signal; only the first one's counts.
 */
export interface Lazy<T, Given extends readonly unknown[] = []> {
  (...given: Given): Promise<T>;
  /** Was it asked for yet? What was never made need not be closed. */
  made(): boolean;
}

export function lazily<T, Given extends readonly unknown[] = []>(
  make: (...given: Given) => Promise<T>,
): Lazy<T, Given> {
  let kept: Promise<T> | undefined;
  const get = (...given: Given): Promise<T> => {
    if (kept !== undefined) return kept;
    const making = make(...given);
    kept = making;
    making.catch(() => {
      if (kept === making) kept = undefined;
    });
    return making;
  };
  return Object.assign(get, { made: () => kept !== undefined });
}
