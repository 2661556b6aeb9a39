import { describe, expect, it } from 'vitest';
import { meantNamespace, namesIn, readKnownTables } from '../../../../server/cli/check/known-tables.ts';
import type { BaselineDataset } from '../../../../server/sync/baseline/import-baseline.ts';

async function* datasets(...all: readonly (readonly [source: string | null, namespace: string, name: string])[]) {
  for (const [source, namespace, name] of all) yield { source, namespace, name } satisfies BaselineDataset;
}

const both = readKnownTables(
  datasets(
    ['shop', 'postgres://shop:5432', 'shop.payments.cards'],
    ['shop', 'postgres://shop:5432', 'shop.crm.people'],
    ['wide', 'snowflake://wide', 'WIDE.PAYMENTS.CARDS'],
    ['wide', 'snowflake://wide', 'WIDE.MART.SALES'],
    ['wide', 's3://landing', 'cards/2026'],
  ),
);

async function meant(sql: string) {
  const tables = await both;
  return meantNamespace(['postgres://shop:5432', 'snowflake://wide'], tables, () => namesIn([sql]));
}

describe('the namespace that a change means', () => {
  it('is the one that alone has every table which it names, in whatever case and quotes', async () => {
    expect(await meant('select pan from payments.cards join "Mart"."Sales" using (id)')).toEqual({
      namespace: 'snowflake://wide',
      among: [],
    });
    expect(await meant('select pan from payments.cards c join crm.people p on p.id = c.id')).toEqual({
      namespace: 'postgres://shop:5432',
      among: [],
    });
  });

  it('is told as open where several have them, or none has all', async () => {
    const among = ['postgres://shop:5432', 'snowflake://wide'];
    expect(await meant('select pan from payments.cards')).toEqual({ namespace: among[0], among });
    expect(await meant('select 1 from crm.people, mart.sales, wide.payments.cards')).toEqual({
      namespace: among[1],
      among,
    });
  });

  it('is found by a name without a schema, if no other is written; a name that nobody has tells nothing', async () => {
    expect(await meant('select total from sales')).toEqual({ namespace: 'snowflake://wide', among: [] });
    expect((await meant('select sales from crm.people')).namespace).toBe('postgres://shop:5432');
    expect(await meant('select 1 from elsewhere.t')).toEqual({ namespace: 'postgres://shop:5432', among: [] });
  });
});

describe('the tables of a baseline', () => {
  it('tell the namespaces of a source, that with most tables first', async () => {
    expect((await both).namespacesOf('wide')).toEqual(['snowflake://wide', 's3://landing']);
    expect((await both).namespacesOf('nobody')).toEqual([]);
  });

  it('are those that sources assert, and only where there are none those that statements speak of', async () => {
    const tables = await readKnownTables(
      datasets([null, 'sql://wh', 'loose'], ['wh', 'sql://wh', 'payments.cards'], [null, 'sql://old', 'kept.t']),
    );
    expect(tables.in('sql://wh')).toEqual(['payments.cards']);
    expect(tables.in('sql://old')).toEqual(['kept.t']);
    expect(tables.namespaces).toEqual(['sql://old', 'sql://wh']);
  });
});
