import { afterAll, afterEach, beforeEach } from 'vitest';
import { snowflake } from '../../../connectors/snowflake/connector.ts';
import type { WriteBackConfig } from '../../../server/base/config-write-back.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import type { Sync } from '../../../server/sync/sync.ts';
import type { WriteBack } from '../../../server/writeback/write-back.ts';
import type { FakeServer } from '../../fake/replay-server.ts';
import { createFakeAccount, type FakeAccount } from '../../fake/snowflake-account.ts';
import { startFakeSnowflake } from '../../fake/snowflake-server.ts';
import { openHouse, type House } from '../sync/harness.ts';
import { openOneSource } from '../sync/one-source.ts';

/** What a test over an account in memory has: the account, real stores, and a way to sync and write. */
export interface AccountWorld {
  readonly house: House;
  readonly account: FakeAccount;
  open(
    writeBack: Partial<WriteBackConfig>,
    options?: { readonly tagMap?: Readonly<Record<string, string>>; readonly tagSchema?: string },
  ): Promise<{ readonly sync: Sync; readonly writeBack: WriteBack }>;
}

/** A fresh world for each test of the file that calls it. */
export function accountWorld(): AccountWorld {
  const sqlEngine = createSqlEngine({ workers: 1 });
  let house: House;
  let account: FakeAccount;
  const servers: FakeServer[] = [];

  beforeEach(async () => {
    house = await openHouse();
    account = createFakeAccount(Date.now());
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    await house.close();
  });
  afterAll(() => sqlEngine.close());

  const open: AccountWorld['open'] = async (writeBack, options = { tagSchema: 'GOV.TAGS' }) => {
    const server = await startFakeSnowflake(account, { token: 't' });
    servers.push(server);
    const { tagMap = {}, tagSchema } = options;
    const settings = { account: 'acme-shop', url: server.url, token: 't', warehouse: 'LEXLINE_WH', retries: 0 };
    return openOneSource({
      house,
      sqlEngine,
      name: 'wh',
      connector: snowflake,
      settings: tagSchema === undefined ? settings : { ...settings, tagSchema },
      writeBack,
      tagMap,
    });
  };

  return {
    get house() {
      return house;
    },
    get account() {
      return account;
    },
    open,
  };
}
