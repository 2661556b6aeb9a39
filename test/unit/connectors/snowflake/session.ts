import { snowflake } from '../../../../connectors/snowflake/connector.ts';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import { createFakeAccount, type FakeAccount } from '../../../fake/snowflake-account.ts';

export const token = 'canary-token-7Q';

/** A small account: a table, a view of it, a table of letters. */
export function smallAccount(): FakeAccount {
  const account = createFakeAccount();
  account.table(
    'SALES',
    'CUSTOMERS',
    [{ name: 'ID', type: 'NUMBER' }, { name: 'EMAIL', comment: 'Where invoices go' }, 'NAME'],
    {
      comment: 'People who buy',
    },
  );
  account.table('SALES', 'ORDERS', [{ name: 'ID', type: 'NUMBER' }, 'CARD']);
  account.table('MART', 'MAILING', ['MAIL'], {
    type: 'VIEW',
    definition: "create or replace view MAILING comment = 'as is' as select lower(EMAIL) as MAIL from SALES.CUSTOMERS",
  });
  return account;
}

export function connectTo(
  url: string,
  settings: object = {},
  clock = { now: () => Date.UTC(2026, 10, 21, 12) },
): SourceConnection {
  const config = {
    account: 'acme-shop',
    url,
    token,
    warehouse: 'LEXLINE_WH',
    role: 'LEXLINE',
    retries: 0,
    ...settings,
  };
  return snowflake.connect(snowflake.configSchema.parse(config), { source: 'wh', clock, log: silentLog });
}
