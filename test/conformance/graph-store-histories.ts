import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { GraphStore } from '../../server/stores/graph/graph-store.ts';
import { commit, openRevision } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';
import { NaiveGraph } from './naive-graph.ts';
import { action, toChanges } from './random-actions.ts';

async function factsOf(store: GraphStore, n: number): Promise<string[]> {
  const found: string[] = [];
  for (const row of (await store.scan('entities', n, { first: 10_000 })).items)
    for (const assertion of row.assertions) found.push(`${row.uid} ${assertion.source}`);
  const edges = new Set(
    (await store.scan('edges', n, { first: 10_000 })).items.map((edge) => `${edge.from} ${edge.to} ${edge.source}`),
  );
  return [...found, ...edges].sort();
}

/** The rows of a revision that have an identity of their own: when they opened tells two lives of one edge apart. */
async function edgesWithLives(store: GraphStore, n: number): Promise<string[]> {
  return (await store.scan('edges', n, { first: 10_000 })).items.map(
    ({ from, to, kind, job, fn, source, since }) => `${from} ${to} ${kind} ${job} ${fn} ${source} ${since}`,
  );
}

/** Random histories against a naive graph. */
export function describeHistories(onStore: OnStore): void {
  describe('histories', () => {
    onStore(
      'equals a naive graph at every revision of random histories, undone revisions between',
      async ({ store }) => {
        let published = 0;
        const naive = new NaiveGraph();
        const snapshots: string[][] = [naive.facts()];
        await fc.assert(
          fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 6 }), fc.boolean(), async (actions, undone) => {
            const changes = toChanges(actions);
            if (undone) {
              const open = await openRevision(store, `undone-${published}`);
              await store.apply(open, changes);
              await store.rollback(open);
            } else {
              await commit(store, changes);
              for (const step of actions) naive.apply(step);
              published += 1;
              snapshots.push(naive.facts());
            }
            expect(await factsOf(store, published)).toEqual(snapshots[published]);
          }),
          { numRuns: 60, seed: 20_261_121, endOnFailure: true },
        );
        for (const [n, facts] of snapshots.entries()) expect(await factsOf(store, n)).toEqual(facts);
      },
    );

    onStore('tells as changes exactly what differs between the rows of two revisions', async ({ store }) => {
      const histories = fc.sample(fc.array(action, { minLength: 2, maxLength: 6 }), { numRuns: 8, seed: 7 });
      for (const actions of histories) await commit(store, toChanges(actions));
      const last = histories.length;
      for (const [a, b] of [
        [0, 1],
        [1, last],
        [3, 5],
        [last - 1, last],
      ] as const) {
        const [before, after] = [await edgesWithLives(store, a), await edgesWithLives(store, b)];
        const told = (await store.changes(a, b, { first: 10_000 })).items.filter(({ table }) => table === 'edge');
        const count = (change: string) => told.filter((row) => row.change === change).length;
        expect(count('opened'), `opened ${a}..${b}`).toBe(after.filter((row) => !before.includes(row)).length);
        expect(count('closed'), `closed ${a}..${b}`).toBe(before.filter((row) => !after.includes(row)).length);
        for (const { at } of told) expect(at > a && at <= b).toBe(true);
      }
    });

    onStore('ends the same when each batch is applied twice and the run starts again between', async ({ store }) => {
      const histories = fc.sample(fc.array(action, { minLength: 2, maxLength: 6 }), { numRuns: 6, seed: 11 });
      const naive = new NaiveGraph();
      for (const [i, actions] of histories.entries()) {
        const open = await openRevision(store, `run-${i}`);
        await store.apply(open, toChanges(actions.slice(0, 2)));
        const again = await openRevision(store, `run-${i}`);
        expect(again).toMatchObject({ n: open.n, resumed: true });
        await store.apply(again, toChanges(actions));
        await store.apply(again, toChanges(actions));
        await store.publish(again, []);
        for (const step of actions) naive.apply(step);
        expect(await factsOf(store, i + 1)).toEqual(naive.facts());
      }
    });
  });
}
