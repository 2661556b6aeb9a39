import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetUid, fieldUid } from '../../../server/model/ids.ts';
import { witness } from '../../../server/propagate/witness.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const customers = table('shop.public.customers', ['id int', 'email', 'created timestamp']);
const mail = table('shop.public.mail', ['address', 'at timestamp'], { kind: 'view' });
const view = sqlJob(
  'shop.public.mail',
  'CREATE VIEW mail AS SELECT lower(c.email) AS address, c.created AS at FROM customers c WHERE c.id > 3',
);

function shop(...documents: readonly unknown[]) {
  return scriptedSource('shop', () => wholeScope('public', documents));
}

function field(dataset: string, name: string) {
  return fieldUid({ namespace, name: dataset }, [name]);
}

describe('a sync', () => {
  it('brings datasets, fields, edges, verdicts and what they reach into the graph', async () => {
    const report = await house.sync([shop(customers, mail, view)]).run({ source: 'shop', actor });
    expect(report).toMatchObject({
      status: 'DONE',
      revisions: [1, 2],
      documents: { read: 3, changed: 3 },
      error: null,
    });
    expect(report.statements).toEqual({ full: 1, tables: 0, failed: 0 });

    const { graph } = house.stores;
    const { items } = await graph.edges([field('shop.public.mail', 'address')], 'upstream', undefined, 2, {
      first: 10,
    });
    expect(items).toMatchObject([
      { from: field('shop.public.customers', 'email'), kind: 'TRANSFORMATION', fn: 'LOWER' },
    ]);
    const rows = await graph.derived([field('shop.public.mail', 'address')], 2);
    expect(rows).toContainEqual(expect.objectContaining({ category: 'user.contact.email', treatment: 'clear' }));
    const found = await witness({
      graph,
      n: 2,
      field: field('shop.public.mail', 'address'),
      category: 'user.contact.email',
      rules: loadPropagationRules(),
    });
    expect(found?.category).toBe('user.contact.email');
    const statements = await graph.statements([items[0]?.statement ?? '']);
    expect(statements[0]?.normalised).not.toContain('3');
  });

  it('opens no revision for an unchanged source', async () => {
    const sync = house.sync([shop(customers, mail, view)]);
    await sync.run({ source: 'shop', actor });
    const again = await sync.run({ source: 'shop', actor });
    expect(again).toMatchObject({ status: 'UNCHANGED', revisions: [], documents: { unchanged: 3, changed: 0 } });
    expect((await house.stores.graph.head()).published).toBe(2);
  });

  it('retires what a completed scope no longer holds, with its edges and verdicts', async () => {
    await house.sync([shop(customers, mail, view)]).run({ source: 'shop', actor });
    const report = await house.sync([shop(customers, mail)]).run({ source: 'shop', actor });
    expect(report.documents.retired).toBe(1);
    const { graph } = house.stores;
    const n = (await graph.head()).published;
    const { items } = await graph.edges([field('shop.public.mail', 'address')], 'upstream', undefined, n, {
      first: 10,
    });
    expect(items).toEqual([]);
    const asOf = await graph.edges([field('shop.public.mail', 'address')], 'upstream', undefined, 1, { first: 10 });
    expect(asOf.items).toHaveLength(1);
  });

  it('names the far end of an edge that no source describes', async () => {
    await house.sync([shop(mail, view)]).run({ source: 'shop', actor });
    const [record] = await house.stores.graph.get([datasetUid({ namespace, name: 'shop.public.customers' })], 1);
    expect(record).toMatchObject({ kind: 'dataset', name: 'shop.public.customers', assertions: [] });
  });
});
