import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportLines } from '../../../server/cli/commands/sync.ts';
import { actor, namespace, openHouse, scriptedSource, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const job = {
  type: 'job',
  namespace,
  name: 'fill',
  kind: 'process',
  platform: 'postgres',
  inputs: [{ namespace, name: 'shop.people' }],
  outputs: [{ namespace, name: 'shop.letters' }],
  edges: [
    {
      from: { dataset: { namespace, name: 'shop.people' }, field: ['email'] },
      to: { dataset: { namespace, name: 'shop.letters' }, field: ['address'] },
      kind: 'IDENTITY',
    },
  ],
} as const;

describe('drift', () => {
  it('is not told of a first sync', async () => {
    const source = scriptedSource('s', () => wholeScope('public', [table('shop.people', ['id int'])]));
    expect((await house.sync([source]).run({ source: 's', actor })).drift).toBeUndefined();
  });

  it('says what is no longer seen, what it held and what it reached, and never calls it deleted', async () => {
    const letters = table('shop.letters', ['address', 'sent date']);
    const source = scriptedSource('s', () =>
      wholeScope('public', [table('shop.people', ['id int', 'email']), letters, job]),
    );
    const sync = house.sync([source]);
    await sync.run({ source: 's', actor });
    source.messages = () => wholeScope('public', [table('shop.people', ['id bigint', 'note date']), letters, job]);
    const report = await sync.run({ source: 's', actor });
    expect(report.drift?.fields).toEqual({ added: 1, noLongerSeen: 1, renamed: 0, retyped: 1 });
    expect(report.drift?.items[0]).toMatchObject({
      change: 'no-longer-seen',
      dataset: 'shop.people',
      field: 'email',
      categories: ['user.contact.email'],
      downstream: 1,
    });
    const printed = reportLines(report).join('\n');
    expect(printed).toContain('shop.people.email: no longer seen; held user.contact.email; 1 field downstream');
    expect(printed).toContain('shop.people.id: retyped (int → bigint)');
    expect(printed).not.toMatch(/deleted/i);
  });

  it('judges a renamed field at once under its new name', async () => {
    const source = scriptedSource('s', () => wholeScope('public', [table('shop.people', ['id int', 'x1'])]));
    const sync = house.sync([source]);
    await sync.run({ source: 's', actor });
    source.messages = () => wholeScope('public', [table('shop.people', ['id int', 'email'])]);
    const report = await sync.run({ source: 's', actor });
    expect(report.drift?.items).toMatchObject([{ change: 'renamed', detail: 'x1 → email (it looks like it)' }]);
    expect(report.fields.sensitive).toBe(1);
  });

  it('counts a dataset that is gone', async () => {
    const tables = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => table(`shop.${name}`, ['id int']));
    const source = scriptedSource('s', () => wholeScope('public', tables));
    const sync = house.sync([source]);
    await sync.run({ source: 's', actor });
    source.messages = () => wholeScope('public', tables.slice(1));
    const { drift } = await sync.run({ source: 's', actor });
    expect(drift?.datasets).toEqual({ added: 0, noLongerSeen: 1 });
    expect(drift?.items).toMatchObject([{ change: 'dataset-no-longer-seen', dataset: 'shop.a' }]);
  });
});
