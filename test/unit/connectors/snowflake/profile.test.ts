import { afterEach, describe, expect, it } from 'vitest';
import type { ProfileMessage } from '../../../../connectors/connector.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import type { FakeAccount } from '../../../fake/snowflake-account.ts';
import { startFakeSnowflake } from '../../../fake/snowflake-server.ts';
import { profileAll } from '../../../connector-messages.ts';
import { connectTo, smallAccount, token } from './session.ts';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function filled(): FakeAccount {
  const account = smallAccount();
  account.rows.set('SALES.CUSTOMERS', [
    [1, 'canary-ada@example.com', 'canary Ada'],
    [2, null, 'canary Bob'],
  ]);
  return account;
}

async function profile(
  account: FakeAccount,
  columns: readonly string[],
  settings: object = {},
  type = 'VARCHAR',
): Promise<readonly ProfileMessage[]> {
  const server = await startFakeSnowflake(account, { token });
  servers.push(server);
  const dataset = { namespace: 'snowflake://acme-shop', name: 'SHOP.SALES.CUSTOMERS' };
  const requests = columns.map((column) => ({ dataset, path: [column], type }));
  return profileAll(connectTo(server.url, settings), requests, { maxRows: 10, seed: 7 });
}

describe('values of an account', () => {
  it('are shown to the profiler, and none of them is kept', async () => {
    const account = filled();
    const messages = await profile(account, ['EMAIL', 'NAME']);
    expect(messages).toMatchObject([
      { type: 'profile', profile: { path: ['EMAIL'], rowsSeen: 2, nulls: 1 } },
      { type: 'profile', profile: { path: ['NAME'], rowsSeen: 2, nulls: 0 } },
    ]);
    expect(JSON.stringify(messages)).not.toContain('canary');
    expect(account.asked.at(-1)).toMatch(/FROM "SHOP"\."SALES"\."CUSTOMERS" LIMIT 10$/u);
  });

  it('of a large table come from blocks that the seed chooses, and from its beginning where those hold too little', async () => {
    const account = filled();
    account.usage.set('ROW_COUNT', [{ rows: 1_000_000 }]);
    await profile(account, ['EMAIL']);
    expect(account.asked.slice(-2)).toEqual([
      expect.stringMatching(/SAMPLE SYSTEM \(0\.10\) SEED \(7\) LIMIT 10$/u) as string,
      expect.stringMatching(/"CUSTOMERS" LIMIT 10$/u) as string,
    ]);
  });

  it('are not looked at where a policy masks them: masks say nothing', async () => {
    const account = filled();
    account.usage.set('POLICIES_ON', [
      { policy_kind: 'MASKING_POLICY', ref_column_name: 'EMAIL' },
      { policy_kind: 'ROW_ACCESS_POLICY', ref_column_name: null },
    ]);
    const messages = await profile(account, ['EMAIL', 'NAME']);
    expect(
      messages.map((one) => (one.type === 'gap' ? `${one.gap.reason} ${one.gap.what}` : one.profile.path.join())),
    ).toEqual(['names-only values of SHOP.SALES.CUSTOMERS: EMAIL', 'no-rights rows of SHOP.SALES.CUSTOMERS', 'NAME']);
    expect(account.asked.at(-1)).not.toContain('"EMAIL"');
  });

  it('of tables that the role may not read are a gap with the grant', async () => {
    const account = filled();
    account.rows.clear();
    expect(await profile(account, ['EMAIL'])).toMatchObject([
      {
        type: 'gap',
        gap: { reason: 'no-rights', remedy: 'GRANT SELECT ON TABLE "SHOP"."SALES"."CUSTOMERS" TO ROLE "LEXLINE";' },
      },
    ]);
  });

  it('that are bytes or vectors are not asked for', async () => {
    const account = filled();
    expect(await profile(account, ['EMAIL'], {}, 'BINARY')).toMatchObject([
      { type: 'gap', gap: { reason: 'unsupported' } },
    ]);
    expect(account.asked).toEqual([]);
  });

  it('are not looked at any more once maxCredits may be spent', async () => {
    const account = filled();
    account.warehouses.splice(0, 1, {
      name: 'LEXLINE_WH',
      size: '6X-Large',
      type: 'STANDARD',
      auto_suspend: '60',
      resource_constraint: null,
    });
    expect(await profile(account, ['EMAIL'])).toMatchObject([
      { type: 'gap', gap: { reason: 'not-read', detail: expect.stringContaining('maxCredits') as string } },
    ]);
  });
});
