/** Something that is made when it is first asked for, and then kept. A failed making is tried again by the next who asks. */
export interface Lazy<T> {
  (): Promise<T>;
  /** Was it asked for yet? What was never made need not be closed. */
  made(): boolean;
}

export function lazily<T>(make: () => Promise<T>): Lazy<T> {
  let kept: Promise<T> | undefined;
  const get = (): Promise<T> => {
    if (kept !== undefined) return kept;
    const making = make();
    kept = making;
    making.catch(() => {
      if (kept === making) kept = undefined;
    });
    return making;
  };
  return Object.assign(get, { made: () => kept !== undefined });
}
