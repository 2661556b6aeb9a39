import { describe, expect, it } from 'vitest';
import { fieldUid } from '../../../server/model/ids.ts';
import { everyPage } from '../../../server/stores/every-page.ts';
import { accountWorld } from './account-world.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const world = accountWorld();
const uid = (name: string, field: string) => fieldUid({ namespace: 'snowflake://acme-shop', name }, [field]);

describe('statements of an account in the graph', () => {
  it('carry what a column holds into what it was loaded into: by their text, else by what ACCESS_HISTORY saw', async () => {
    const { account } = world;
    account.table('CRM', 'PEOPLE', ['ID', 'EMAIL', 'PHONE']);
    account.table('MART', 'LETTERS', ['RECIPIENT', 'C2']);
    account.table('MART', 'CALLS', ['C1']);
    const access = (target: string, column: string, from: string) => ({
      modified: JSON.stringify([
        {
          objectDomain: 'Table',
          objectName: target,
          columns: [
            {
              columnName: column,
              directSources: [{ objectDomain: 'Table', objectName: 'SHOP.CRM.PEOPLE', columnName: from }],
            },
          ],
        },
      ]),
      accessed: JSON.stringify([{ objectDomain: 'Table', objectName: 'SHOP.CRM.PEOPLE' }]),
      policies: null,
    });
    const ran = {
      type: 'INSERT',
      database_name: 'SHOP',
      schema_name: 'MART',
      day: new Date(account.now).toISOString().slice(0, 10),
      started_ms: account.now - 5 * 3_600_000,
      runs: 1,
    };
    account.usage.set('QUERY_HISTORY', [
      {
        query_id: '1',
        shape: 'a'.repeat(32),
        text: "insert into LETTERS (RECIPIENT) select lower(EMAIL) from CRM.PEOPLE where PHONE = 'canary-7Q'",
        ...ran,
        ...access('SHOP.MART.LETTERS', 'RECIPIENT', 'EMAIL'),
      },
      {
        query_id: '2',
        shape: 'b'.repeat(32),
        text: "call into canary-7Q ((('",
        ...ran,
        ...access('SHOP.MART.CALLS', 'C1', 'PHONE'),
      },
    ]);
    const { sync } = await world.open({});
    const report = await sync.run({ source: 'wh', actor });
    expect(report.error).toBeNull();
    expect(report.notes?.[0]).toContain('credits');
    const { graph } = world.house.stores;
    const n = (await graph.head()).published;
    const recipient = await graph.derived([uid('SHOP.MART.LETTERS', 'RECIPIENT')], n);
    expect(recipient.map(({ category }) => category)).toEqual(['user.contact.email']);
    const called = await graph.derived([uid('SHOP.MART.CALLS', 'C1')], n);
    expect(called.map(({ category }) => category)).toEqual(['user.contact.phone']);
    const kept: unknown[] = [];
    for await (const job of everyPage((page) => graph.list({ kind: 'job' }, n, page))) kept.push(job);
    expect(kept).toHaveLength(2);
    expect(JSON.stringify([kept, report])).not.toContain('canary');
  });
});
