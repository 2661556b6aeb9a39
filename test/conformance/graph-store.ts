import { describe } from 'vitest';
import type { GraphStore } from '../../server/stores/graph/graph-store.ts';
import type { Ledger } from '../../server/stores/ledger/ledger.ts';
import { describeAsOf } from './graph-store-as-of.ts';
import { describeBounds } from './graph-store-bounds.ts';
import { describeHistories } from './graph-store-histories.ts';
import { describeOwnership } from './graph-store-ownership.ts';
import { describeReading } from './graph-store-reading.ts';
import { describeRevisions } from './graph-store-revisions.ts';
import { describeSearch } from './graph-store-search.ts';
import { describeWalks } from './graph-store-walks.ts';
import { onFresh, type OnFresh, type Suite } from './suite.ts';

/** A graph and the ledger beside it. */
export interface GraphStoreUnderTest {
  readonly store: GraphStore;
  readonly ledger: Ledger;
}

export type OnStore = OnFresh<GraphStoreUnderTest>;

/** The graph contract. A new engine joins by a factory. */
export function describeGraphStore(name: string, suite: Suite<GraphStoreUnderTest>): void {
  const onStore = onFresh(suite);
  describe(`${name} as a graph store`, () => {
    describeRevisions(onStore);
    describeOwnership(onStore);
    describeReading(onStore);
    describeSearch(onStore);
    describeWalks(onStore);
    describeBounds(onStore);
    describeHistories(onStore);
    describeAsOf(onStore);
  });
}
