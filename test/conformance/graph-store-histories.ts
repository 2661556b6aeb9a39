import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { datasetUid, type Uid } from '../../server/model/ids.ts';
import type { Change, GraphDocument, GraphStore } from '../../server/stores/graph/graph-store.ts';
import { assertion, commit, dataset, exported, fieldOf, job, named, openRevision } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';

const tables = ['t0', 't1', 't2', 't3'];
const columns = ['a', 'b', 'c'];
const sources = ['one', 'two'];

const field = fc
  .tuple(fc.constantFrom(...tables), fc.constantFrom(...columns))
  .map(([table, column]) => fieldOf(table, column));
const tableDocument = fc
  .tuple(fc.constantFrom(...tables), fc.subarray(columns, { minLength: 1 }))
  .map(([name, some]) => dataset(name, some));
const jobDocument = fc
  .tuple(fc.constantFrom('j0', 'j1', 'j2'), fc.array(fc.tuple(field, field), { maxLength: 5 }))
  .map(([name, pairs]) =>
    job(
      name,
      pairs.filter(([from, to]) => from !== to),
    ),
  );

type Action =
  | { readonly type: 'assert'; readonly source: string; readonly document: GraphDocument }
  | { readonly type: 'retire'; readonly source: string; readonly uid: Uid };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    type: fc.constant('assert' as const),
    source: fc.constantFrom(...sources),
    document: fc.oneof(tableDocument, jobDocument),
  }),
  fc.record({
    type: fc.constant('retire' as const),
    source: fc.constantFrom(...sources),
    uid: fc.constantFrom(...tables).map((name) => datasetUid(named(name))),
  }),
);

/** The plainest thing that could be right: per source, the documents that stand. */
class NaiveGraph {
  readonly documents = new Map<string, GraphDocument>();

  apply(change: Action): void {
    const uid = change.type === 'assert' ? change.document.uid : change.uid;
    const key = `${change.source} ${uid}`;
    if (change.type === 'assert') this.documents.set(key, change.document);
    else this.documents.delete(key);
  }

  facts(): string[] {
    const found = new Set<string>();
    for (const [key, document] of this.documents) {
      const source = key.split(' ')[0] ?? '';
      for (const entity of document.entities) found.add(`${entity.uid} ${source}`);
      for (const edge of document.edges) found.add(`${edge.from} ${edge.to} ${source}`);
    }
    return [...found].sort();
  }
}

async function factsOf(store: GraphStore, n: number): Promise<string[]> {
  const found: string[] = [];
  for (const row of (await store.scan('entities', n, { first: 10_000 })).items)
    for (const assertion of row.assertions) found.push(`${row.uid} ${assertion.source}`);
  const edges = new Set(
    (await store.scan('edges', n, { first: 10_000 })).items.map((edge) => `${edge.from} ${edge.to} ${edge.source}`),
  );
  return [...found, ...edges].sort();
}

function toChanges(actions: readonly Action[]): Change[] {
  // Edge ends that no document describes are named first, as ingest does.
  const names = tables.flatMap((name): Change[] => [
    {
      type: 'name',
      entity: { uid: datasetUid(named(name)), kind: 'dataset', parent: null, ...named(name), path: null },
    },
    ...columns.map((column): Change => ({
      type: 'name',
      entity: {
        uid: fieldOf(name, column),
        kind: 'field',
        parent: datasetUid(named(name)),
        ...named(name),
        path: [column],
      },
    })),
  ]);
  return [
    ...names,
    ...actions.map((step): Change => (step.type === 'assert' ? assertion(step.source, step.document) : step)),
  ];
}

/** Random histories against a naive graph. */
export function describeHistories(onStore: OnStore): void {
  describe('histories', () => {
    onStore('equals a naive graph at every revision of random histories', async ({ store }) => {
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
        { numRuns: 60, seed: 20261121, endOnFailure: true },
      );
      for (const [n, facts] of snapshots.entries()) expect(await factsOf(store, n)).toEqual(facts);
    });

    onStore('tells as changes exactly what differs between two exports', async ({ store }) => {
      const histories = fc.sample(fc.array(action, { minLength: 2, maxLength: 6 }), { numRuns: 8, seed: 7 });
      for (const actions of histories) await commit(store, toChanges(actions));
      const last = histories.length;
      for (const a of [1, 3, 6]) {
        const before = new Set((await exported(store, a)).filter((row) => row.startsWith('edges')));
        const after = new Set((await exported(store, last)).filter((row) => row.startsWith('edges')));
        const changes = (await store.changes(a, last, { first: 10_000 })).items.filter(
          (change) => change.table === 'edge',
        );
        const opened = changes.filter((change) => change.change === 'opened').length;
        const closed = changes.filter((change) => change.change === 'closed').length;
        // A row that closed and came back differs in neither export, yet is told as both.
        expect(opened - closed).toBe(after.size - before.size);
        expect(opened).toBeGreaterThanOrEqual([...after].filter((row) => !before.has(row)).length);
      }
    });
  });
}
