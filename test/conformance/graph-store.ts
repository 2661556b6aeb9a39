import { describe, it } from 'vitest';
import type { GraphStore } from '../../server/stores/graph/graph-store.ts';
import type { Ledger } from '../../server/stores/ledger/ledger.ts';
import { describeHistories } from './graph-store-histories.ts';
import { describeOwnership } from './graph-store-ownership.ts';
import { describeReading } from './graph-store-reading.ts';
import { describeRevisions } from './graph-store-revisions.ts';
import { describeWalks } from './graph-store-walks.ts';

/** A fresh, empty store for one test. */
export interface GraphStoreUnderTest {
  readonly store: GraphStore;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

export interface GraphStoreSuite {
  create(): Promise<GraphStoreUnderTest>;
  /** Titles of tests that cannot run on this engine, each with its reason; printed. */
  readonly skip?: Readonly<Record<string, string>>;
}

/** Runs one test on a fresh store, or names it as skipped with its reason. */
export type OnStore = (title: string, body: (under: GraphStoreUnderTest) => Promise<void>) => void;

/** The graph contract. A new engine joins by a factory. */
export function describeGraphStore(name: string, suite: GraphStoreSuite): void {
  const onStore: OnStore = (title, body) => {
    const reason = suite.skip?.[title];
    if (reason !== undefined) {
      it.skip(`${title} (skipped: ${reason})`, () => {});
      return;
    }
    it(title, async () => {
      const under = await suite.create();
      try {
        await body(under);
      } finally {
        await under.close();
      }
    });
  };
  describe(`${name} as a graph store`, () => {
    describeRevisions(onStore);
    describeOwnership(onStore);
    describeReading(onStore);
    describeWalks(onStore);
    describeHistories(onStore);
  });
}
