import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createQuery } from '../../../server/query/create-query.ts';
import { loopbackViewer } from '../../../server/access/viewer.ts';
import type { Query } from '../../../server/query/query.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { Revision } from '../../../server/stores/graph/graph-store.ts';
import { derived, field, publish, verdict } from './graph-rows.ts';
import { clock, openShop } from './serve-shop.ts';
import { customers, marketing, orders, payroll, stgCustomers } from './shop-graph.ts';
import type { TemporaryStores } from './temporary-stores.ts';

let stores: TemporaryStores;
let query: Query;
let first: Revision;
let second: Revision;
let n: number;

beforeAll(async () => {
  ({ stores, query, first, second } = await openShop());
  ({ n } = await query.at());
});

afterAll(() => stores.close());

describe('what is known and what is not', () => {
  it('adds up, and names what was missed', async () => {
    const coverage = await query.coverage(n);
    expect(coverage).toMatchObject({
      datasets: 5,
      fields: 14,
      namesOnly: 11,
      profiled: 1,
      notJudged: 2,
      sensitive: 7,
      notSensitive: 4,
      undecided: 1,
      staleDatasets: 0,
      statements: { full: 2, tables: 1, failed: 0 },
    });
    expect(coverage.fields).toBe(coverage.namesOnly + coverage.profiled + coverage.notJudged);
    expect(coverage.gaps.map(({ what }) => what)).toEqual([
      'schema hr',
      `${payroll.namespace}/${payroll.name}`,
      'statement 2 of model.shop.campaign',
    ]);
    expect((await query.coverage(n, 'dbt-shop')).fields).toBe(3);
  });

  it('calls a source stale that was not read for long, or never', async () => {
    const later = createQuery({
      graph: stores.graph,
      state: stores.state,
      taxonomy: loadTaxonomy(),
      clock: { now: () => clock.now() + 30 * 24 * 3_600_000 },
    });
    expect(await query.freshness(['shop'])).toEqual({ lastSyncedAt: '2026-11-21T07:03:10.000Z', stale: false });
    expect((await later.freshness(['shop'])).stale).toBe(true);
    expect(await query.freshness(['shop', 'never-read'])).toEqual({ lastSyncedAt: null, stale: true });
    expect((await later.coverage(n)).staleDatasets).toBe(5);
  });

  it('tells what changed between two revisions', async () => {
    const changes = await query.changes({ from: first.n, to: second.n }, { first: 10 });
    expect(changes.items).toEqual([
      expect.objectContaining({
        kind: 'NOW_SENSITIVE',
        summary: 'Card number in orders.note',
        field: field(orders, 'note'),
        at: second.publishedAt,
      }),
    ]);
    expect((await query.changes({ from: second.n, to: second.n }, { first: 10 })).total).toBe(0);
    expect((await query.changes({ from: first.n, to: second.n, source: 'dbt-shop' }, { first: 10 })).total).toBe(0);
  });
});

describe('explanations', () => {
  it('follow a propagated category back to where it began', async () => {
    const explanation = await query.explain(field(marketing, 'email'), 'user.contact.email', n);
    expect(explanation?.sentence).toBe('Copied from customers.email through stg_customers.');
    expect(explanation?.steps.map(({ from, to, fn, job }) => [from.dataset, to.dataset, fn, job])).toEqual([
      [customers.name, stgCustomers.name, 'LOWER', 'model.shop.stg_customers'],
      [stgCustomers.name, marketing.name, '', 'model.shop.campaign'],
    ]);
    expect(explanation?.wouldEndIf.map(({ action }) => action)).toEqual(['REJECT_ORIGIN', 'REJECT_HERE']);
  });

  it('name the ground and the alternatives of a field’s own verdict', async () => {
    const explanation = await query.explain(field(customers, 'email'), 'user.contact.email', n);
    expect(explanation).toMatchObject({ steps: [], alternatives: [{ category: 'user.username' }] });
    expect(await query.explain(field(customers, 'email'), 'user.name', n)).toBeNull();
  });

  it('tell both grounds where a field’s own verdict also arrives along lineage', async () => {
    const { n: later } = await publish(stores.graph, 'run-3', [
      { type: 'verdict', verdict: verdict(field(marketing, 'email'), 'user.contact.email') },
      // Propagation keeps no row of a category that starts at the field itself.
      { type: 'derived', row: derived(field(marketing, 'email'), 'user.contact.email', { rank: 0, via: null }) },
    ]);
    const explanation = await query.explain(field(marketing, 'email'), 'user.contact.email', later);
    expect(explanation?.sentence).toBe(
      'E-mail address: the name says so. Copied from customers.email through stg_customers.',
    );
    expect(explanation?.steps).toHaveLength(2);
    expect(explanation?.wouldEndIf).toEqual([
      { action: 'REJECT_HERE', detail: expect.stringContaining('also arrives along lineage') as string },
    ]);
  });

  it('tell the history of what was said', async () => {
    const history = await query.classificationHistory(field(orders, 'note'), 'user.payment.card.number', n);
    expect(history).toEqual([
      expect.objectContaining({
        change: 'ADDED',
        revision: second.n,
        actor: { kind: 'detector', name: 'detectors@3' },
      }),
    ]);
    expect((await query.classificationHistory(field(orders, 'note'), 'none', n)).map(({ change }) => change)).toEqual([
      'ADDED',
      'ENDED',
    ]);
  });
});

describe('the way to what a change would reach', () => {
  it('does not name what of it is hidden', async () => {
    const scope = { sources: 'all', datasets: [[customers.name, marketing.name]] } as const;
    const narrow = query.as({ ...loopbackViewer, signedIn: true, scope });
    const request = { origin: field(customers, 'email'), direction: 'DOWNSTREAM', n } as const;
    const { items } = await narrow.impactList(request, undefined, { first: 50 });
    expect(items.map(({ path }) => path)).toEqual([['customers.email', '(hidden)', 'campaign.email']]);
  });
});

describe('the reports that a change would reach', () => {
  const request = { origin: field(customers, 'email'), direction: 'DOWNSTREAM' } as const;

  it('are counted for who sees their source, and for nobody else', async () => {
    expect(await query.impactCounts({ ...request, n })).toMatchObject({ fields: 3, exposures: 1 });
    const narrow = query.as({ ...loopbackViewer, signedIn: true, scope: { sources: ['shop'] } });
    expect(await narrow.impactCounts({ ...request, n })).toMatchObject({ exposures: 0 });
  });

  it('are none upstream', async () => {
    const upstream = { origin: field(marketing, 'email'), direction: 'UPSTREAM', n } as const;
    expect(await query.impactCounts(upstream)).toMatchObject({ exposures: 0, whole: true });
  });
});
