import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { jobUid } from '../../server/model/ids.ts';
import { assertion, chain, commit, dataset, fieldOf, job, named } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';
import { NaiveGraph } from './naive-graph.ts';

const c = (i: number) => fieldOf(`t${i}`, 'c');

/** A column that flows into so many others. */
function hub(children: number) {
  const names = Array.from({ length: children }, (_, i) => `child${i}`);
  const spread = names.map((name) => [fieldOf('hub', 'c'), fieldOf('spokes', name)] as const);
  return [dataset('hub', ['c']), dataset('spokes', names), job('spread', spread)].map((each) => assertion('a', each));
}

/** Walks, paths and counts. */
export function describeWalks(onStore: OnStore): void {
  describe('walks', () => {
    onStore('goes breadth first in both directions with degrees', async ({ store }) => {
      await commit(
        store,
        chain(5).map((document) => assertion('a', document)),
      );
      const down = await store.walk({ from: [c(1)], direction: 'downstream', depth: 10, n: 1, first: 10 });
      expect(down.hits.map((hit) => [hit.uid, hit.degree, hit.via])).toEqual([
        [c(2), 1, c(1)],
        [c(3), 2, c(2)],
        [c(4), 3, c(3)],
      ]);
      expect(down.truncated).toBeNull();
      const up = await store.walk({ from: [c(3)], direction: 'upstream', depth: 10, n: 1, first: 10 });
      expect(up.hits.map((hit) => [hit.uid, hit.degree])).toEqual([
        [c(2), 1],
        [c(1), 2],
        [c(0), 3],
      ]);
    });

    onStore('stops at the depth and says so', async ({ store }) => {
      await commit(
        store,
        chain(6).map((document) => assertion('a', document)),
      );
      const walk = await store.walk({ from: [c(0)], direction: 'downstream', depth: 2, n: 1, first: 10 });
      expect(walk.hits).toHaveLength(2);
      expect(walk.truncated).toMatchObject({ reason: 'depth' });
      await expect(
        store.walk({ from: [c(0)], direction: 'downstream', depth: 0, n: 1, first: 10 }),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    });

    onStore('visits a cycle once', async ({ store }) => {
      await commit(store, [
        ...chain(4).map((document) => assertion('a', document)),
        assertion('a', job('back', [[c(3), c(0)]])),
      ]);
      const walk = await store.walk({ from: [c(0)], direction: 'downstream', depth: 50, n: 1, first: 10 });
      expect(walk.hits.map((hit) => hit.uid)).toEqual([c(1), c(2), c(3)]);
      expect(walk.truncated).toBeNull();
    });

    onStore('pages a hub by cursor without losing or doubling anything', async ({ store }) => {
      await commit(store, hub(250));
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.walk({
          from: [fieldOf('hub', 'c')],
          direction: 'downstream',
          depth: 3,
          n: 1,
          first: 100,
          ...(after === undefined ? {} : { after }),
        });
        if (after === undefined) expect(page.truncated).toEqual({ reason: 'first', remaining: 150 });
        seen.push(...page.hits.map((hit) => hit.uid));
        after = page.cursor ?? undefined;
      } while (after !== undefined);
      expect(seen).toHaveLength(250);
      expect(new Set(seen).size).toBe(250);
      expect(await store.count({ from: [fieldOf('hub', 'c')], direction: 'downstream', depth: 3, n: 1 })).toEqual({
        fields: 250,
        datasets: 1,
        jobs: 1,
        complete: true,
      });
    });

    onStore('counts the jobs that the walk went along, not others that write the same things', async ({ store }) => {
      await commit(store, [
        ...chain(4).map((document) => assertion('a', document)),
        assertion('a', dataset('elsewhere', ['c'])),
        assertion('a', job('side', [[fieldOf('elsewhere', 'c'), c(2)]])),
        assertion('a', job('filter', [[c(0), c(2)]], { kind: 'FILTER' })),
      ]);
      const request = { from: [c(0)], direction: 'downstream', n: 1 } as const;
      expect(await store.count({ ...request, depth: 9 })).toEqual({ fields: 3, datasets: 3, jobs: 3, complete: true });
      expect(await store.count({ ...request, depth: 1 })).toEqual({ fields: 1, datasets: 1, jobs: 1, complete: true });
      expect(await store.count({ ...request, depth: 1, kinds: ['FILTER'] })).toMatchObject({ fields: 1, jobs: 1 });
    });

    onStore('refuses a cursor of another revision', async ({ store }) => {
      await commit(
        store,
        chain(4).map((document) => assertion('a', document)),
      );
      const { cursor } = await store.walk({ from: [c(0)], direction: 'downstream', depth: 9, n: 1, first: 1 });
      await commit(store, [assertion('a', dataset('more', ['c']))]);
      await expect(
        store.walk({ from: [c(0)], direction: 'downstream', depth: 9, n: 2, first: 1, after: cursor ?? '' }),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      await expect(
        store.walk({ from: [c(0)], direction: 'downstream', depth: 9, n: 1, first: 1, after: 'nonsense' }),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    });

    onStore('gives up at its budget and says so', async ({ store }) => {
      await commit(
        store,
        chain(9).map((document) => assertion('a', document)),
      );
      const walk = await store.walk({ from: [c(0)], direction: 'downstream', depth: 20, n: 1, first: 100, budget: 3 });
      expect(walk.hits).toHaveLength(3);
      expect(walk.truncated).toMatchObject({ reason: 'budget' });
      expect((await store.count({ from: [c(0)], direction: 'downstream', depth: 20, n: 1, budget: 3 })).complete).toBe(
        false,
      );
    });

    onStore('says that it gave up within the children of one thing, wherever the budget ends', async ({ store }) => {
      await commit(store, hub(40));
      const request = { from: [fieldOf('hub', 'c')], direction: 'downstream', depth: 3, n: 1 } as const;
      for (const budget of [7, 39]) {
        const walk = await store.walk({ ...request, first: 100, budget });
        expect([walk.hits.length, walk.truncated?.reason]).toEqual([budget, 'budget']);
        const count = await store.count({ ...request, budget });
        expect(count.complete).toBe(false);
        expect(count.fields).toBeGreaterThanOrEqual(budget);
        expect(count.fields).toBeLessThanOrEqual(40);
      }
      expect(await store.count({ ...request, budget: 40 })).toMatchObject({ fields: 40, complete: true });
    });

    onStore('follows and counts a chain of 130 to its end', async ({ store }) => {
      await commit(
        store,
        chain(130).map((document) => assertion('a', document)),
      );
      const request = { from: [c(0)], direction: 'downstream', depth: 1000, n: 1 } as const;
      expect(await store.count(request)).toEqual({ fields: 129, datasets: 129, jobs: 129, complete: true });
      const { hits, truncated } = await store.walk({ ...request, first: 200 });
      expect([hits.length, hits.at(-1)?.degree, truncated]).toEqual([129, 129, null]);
    });

    onStore('follows only the kinds of edges asked for', async ({ store }) => {
      await commit(store, [
        assertion('a', dataset('x', ['k'])),
        assertion('a', dataset('y', ['k'])),
        assertion('a', dataset('z', ['k'])),
        assertion('a', job('copy', [[fieldOf('x', 'k'), fieldOf('y', 'k')]])),
        assertion('a', job('filter', [[fieldOf('x', 'k'), fieldOf('z', 'k')]], { kind: 'FILTER' })),
      ]);
      const reached = async (kinds?: readonly ('FILTER' | 'IDENTITY')[]) =>
        (
          await store.walk({
            from: [fieldOf('x', 'k')],
            direction: 'downstream',
            depth: 3,
            n: 1,
            first: 9,
            ...(kinds === undefined ? {} : { kinds }),
          })
        ).hits.map((hit) => hit.uid);
      expect(await reached()).toEqual([fieldOf('y', 'k')]);
      expect(await reached(['FILTER'])).toEqual([fieldOf('z', 'k')]);
    });

    onStore('finds a shortest path, or none', async ({ store }) => {
      await commit(store, [
        ...chain(6).map((document) => assertion('a', document)),
        assertion('a', job('shortcut', [[c(1), c(4)]])),
      ]);
      const path = await store.path({ from: c(0), to: c(5), n: 1, maxDepth: 10 });
      expect(path?.edges.map((edge) => [edge.from, edge.to])).toEqual([
        [c(0), c(1)],
        [c(1), c(4)],
        [c(4), c(5)],
      ]);
      expect(await store.path({ from: c(5), to: c(0), n: 1, maxDepth: 10 })).toBeNull();
      expect(await store.path({ from: c(0), to: c(5), n: 1, maxDepth: 2 })).toBeNull();
      expect(await store.path({ from: c(0), to: c(0), n: 1, maxDepth: 2 })).toEqual({ edges: [] });
    });

    onStore('walks and finds ways in one order over random graphs, page by page', async ({ store }) => {
      const names = Array.from({ length: 14 }, (_, i) => `n${i}`);
      const pair = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names));
      const graphs = fc.sample(fc.array(pair, { minLength: 8, maxLength: 45 }), { numRuns: 12, seed: 20_261_122 });
      await commit(
        store,
        names.map((name) => assertion('a', dataset(name, ['c']))),
      );
      for (const [i, pairs] of graphs.entries()) {
        const document = job(
          'all',
          pairs.map(([a, b]) => [fieldOf(a, 'c'), fieldOf(b, 'c')] as const),
        );
        const n = (await commit(store, [assertion('a', document)])).n;
        const naive = new NaiveGraph();
        naive.apply({ type: 'assert', source: 'a', scope: 'main', document });
        const [from, to, other] = [`n${i}`, `n${13 - i}`, `n${(i + 5) % 14}`].map((name) => fieldOf(name, 'c'));
        for (const direction of ['downstream', 'upstream'] as const) {
          const hits: (readonly [string, number, string])[] = [];
          let after: string | undefined;
          do {
            const request = { from: [other ?? '', from ?? ''], direction, depth: 20, n, first: 3 };
            const page = await store.walk({ ...request, ...(after === undefined ? {} : { after }) });
            hits.push(...page.hits.map(({ uid, degree, via }) => [uid, degree, via] as const));
            after = page.cursor ?? undefined;
          } while (after !== undefined);
          expect(hits, `graph ${i} ${direction}`).toEqual(naive.orderedWalk([other ?? '', from ?? ''], direction, 20));
        }
        for (const [a = '', b = ''] of [
          [from, to],
          [to, from],
          [other, to],
        ]) {
          const path = await store.path({ from: a, to: b, n, maxDepth: 100 });
          const way = path === null ? null : [a, ...path.edges.map((one) => one.to)].join(' ');
          expect(way, `graph ${i}`).toBe(a === b ? a : naive.firstShortest(a, b));
        }
      }
    });

    onStore('takes of the edges of a step the first by kind, job, function and source', async ({ store }) => {
      const step = [fieldOf('x', 'k'), fieldOf('y', 'k')] as const;
      const claims = [
        assertion('b', job('z', [step], { kind: 'TRANSFORMATION', fn: 'UPPER' })),
        assertion('b', job('late', [step], { kind: 'TRANSFORMATION', fn: 'LOWER' })),
        assertion('a', job('late', [step], { kind: 'TRANSFORMATION', fn: 'LOWER' })),
      ];
      const first = [jobUid(named('z')), jobUid(named('late'))].toSorted()[0];
      for (const order of [claims, claims.toReversed()]) {
        const ends = [assertion('a', dataset('x', ['k'])), assertion('a', dataset('y', ['k']))];
        const { n } = await commit(store, [...ends, ...order]);
        const { edges = [] } = (await store.path({ from: step[0], to: step[1], n, maxDepth: 3 })) ?? {};
        expect(edges).toHaveLength(1);
        expect(edges[0]).toMatchObject({ job: first, source: first === jobUid(named('z')) ? 'b' : 'a' });
      }
    });

    onStore('says how many are left up to 200, whatever it looked at before', async ({ store }) => {
      await commit(store, hub(420));
      const request = { from: [fieldOf('hub', 'c')], direction: 'downstream', depth: 3, n: 1 } as const;
      const left = async (first: number) => (await store.walk({ ...request, first })).truncated;
      expect(await left(420)).toBeNull();
      expect(await left(219)).toEqual({ reason: 'first', remaining: null });
      expect(await left(220)).toEqual({ reason: 'first', remaining: 200 });
      expect(await left(1)).toEqual({ reason: 'first', remaining: null });
    });

    onStore('pages a large hub by uid, also where most of its edges are gone', async ({ store }) => {
      await commit(store, hub(1500));
      const children = Array.from({ length: 1500 }, (_, i) => fieldOf('spokes', `child${i}`));
      const left = children.filter((_, i) => i % 7 === 0);
      const spread = left.map((child) => [fieldOf('hub', 'c'), child] as const);
      await commit(store, [assertion('a', job('spread', spread))]);
      for (const [n, alive] of [children, left].entries()) {
        const request = {
          from: [fieldOf('hub', 'c')],
          direction: 'downstream',
          depth: 3,
          n: n + 1,
          first: 150,
        } as const;
        const seen: string[] = [];
        for (let after: string | null | undefined; after !== null;) {
          const page = await store.walk({ ...request, ...(after === undefined ? {} : { after }) });
          seen.push(...page.hits.map((hit) => hit.uid));
          after = page.cursor;
        }
        expect(seen).toEqual(alive.toSorted());
      }
    });

    onStore('walks an earlier revision as it was', async ({ store }) => {
      const [first, ...rest] = chain(3);
      if (first === undefined) throw new Error('empty chain');
      await commit(store, [assertion('a', first), ...rest.map((document) => assertion('a', document))]);
      await commit(store, [assertion('a', job('j1', []))]);
      expect((await store.walk({ from: [c(0)], direction: 'downstream', depth: 9, n: 1, first: 9 })).hits).toHaveLength(
        2,
      );
      expect((await store.walk({ from: [c(0)], direction: 'downstream', depth: 9, n: 2, first: 9 })).hits).toHaveLength(
        1,
      );
    });
  });
}
