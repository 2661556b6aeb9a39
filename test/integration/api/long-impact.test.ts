import { afterAll, beforeAll, expect, it } from 'vitest';
import { createQuery } from '../../../server/query/create-query.ts';
import type { Query } from '../../../server/query/query.ts';
import { jobUid } from '../../../server/model/ids.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { datasetDocument, edge, field, jobDocument, publish } from './graph-rows.ts';
import { clock } from './serve-shop.ts';
import { shop } from './shop-graph.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

/** Steps that an impact follows. */
const most = 1000;
const chain = shop('shop.public.chain');
const at = (i: number): string => field(chain, `c${String(i)}`);

let stores: TemporaryStores;
let query: Query;
let n: number;

beforeAll(async () => {
  stores = await openTemporaryStores();
  await stores.graph.putSource({ name: 'shop', connector: 'postgres', mode: 'snapshot', precedence: 1, managed: true });
  const job = { namespace: 'shop', name: 'chain' };
  const steps = Array.from({ length: most + 1 }, (_, i) => i);
  ({ n } = await publish(stores.graph, 'run-1', [
    {
      type: 'assert',
      source: 'shop',
      scope: 'chain',
      document: datasetDocument(
        chain,
        [...steps, most + 1].map((i) => ({ path: `c${String(i)}` })),
      ),
    },
    {
      type: 'assert',
      source: 'shop',
      scope: 'chain',
      document: jobDocument(
        job,
        steps.map((i) => edge(at(i), at(i + 1), { job: jobUid(job) })),
        { core: { kind: 'process', platform: null }, io: { inputs: [], outputs: [] } },
      ),
    },
  ]));
  query = createQuery({ graph: stores.graph, state: stores.state, taxonomy: loadTaxonomy(), clock });
});
afterAll(() => stores.close());

const last = async (origin: string) => {
  const request = { origin, direction: 'DOWNSTREAM', n } as const;
  const { items, endsBecause } = await query.impactList(request, undefined, { first: 50, after: String(most - 1) });
  return { degrees: items.map(({ degree }) => degree), steps: items.map(({ path }) => path.length), endsBecause };
};

it('an impact follows a chain of 1,000 steps to its end, and calls that whole', async () => {
  const request = { origin: at(1), direction: 'DOWNSTREAM', n } as const;
  expect(await query.impactCounts(request)).toMatchObject({ fields: most, datasets: 1, whole: true });
  expect(await last(at(1))).toEqual({ degrees: [most], steps: [most + 1], endsBecause: null });
});

it('an impact of a longer one says that there is more', async () => {
  const request = { origin: at(0), direction: 'DOWNSTREAM', n } as const;
  expect(await query.impactCounts(request)).toMatchObject({ fields: most });
  expect((await query.impact(request)).incompleteBecause).toContain('there is more than is looked at in one answer');
  const { items, cursor, endsBecause } = await query.impactList(request, undefined, { first: 2 });
  expect([items.length, cursor, endsBecause]).toEqual([2, '2', null]);
  expect(await last(at(0))).toMatchObject({
    degrees: [most],
    endsBecause: 'more is reached than is looked at in one answer',
  });
});
