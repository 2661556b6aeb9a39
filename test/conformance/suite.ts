import { it } from 'vitest';

/** How an engine joins a suite: by a factory for one test's fresh, empty store, and by what it cannot do. */
export interface Suite<T> {
  create(): Promise<T & { close(): Promise<void> }>;
  /** Titles of tests that cannot run on this engine, each with its reason; printed. */
  readonly skip?: Readonly<Record<string, string>>;
}

/** Runs one test on a fresh store, or names it as skipped with its reason. */
export type OnFresh<T> = (title: string, body: (under: T) => Promise<void>) => void;

/** What the tests of a suite are written with. The time is for a server on a busy machine; a test that hangs ends all the same. */
export function onFresh<T>(suite: Suite<T>, timeoutMs = 600_000): OnFresh<T> {
  return (title, body) => {
    const reason = suite.skip?.[title];
    if (reason !== undefined) {
      it.skip(`${title} (skipped: ${reason})`, () => {});
      return;
    }
    it(title, { timeout: timeoutMs }, async () => {
      const under = await suite.create();
      try {
        await body(under);
      } finally {
        await under.close();
      }
    });
  };
}
