/** How long a writer waits for other processes before it gives up with STORE_BUSY, in ms. Their transactions last at most 200 ms. */
export const busyLimitMs = 30_000;

/** SQLite's own waiting, in ms: short, because its pauses grow to 100 ms and would miss the moment between two transactions. */
export const busyTimeoutMs = 20;

/** Is this SQLite saying that another process holds the lock? The result code is the low byte of the extended one. */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    [5, 6].includes(error.errcode & 0xff)
  );
}

/** Holds this thread up. Only for threads that do nothing but talk to the store. */
export function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Does `work` again until no other process is in the way, or the time is up. `work` must leave nothing behind when it fails. */
export function patiently<T>(work: () => T, limitMs = busyLimitMs): T {
  const until = performance.now() + limitMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw error;
      sleep(2);
    }
  }
}
