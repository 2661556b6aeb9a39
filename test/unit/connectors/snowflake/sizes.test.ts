import { afterEach, describe, expect, it } from 'vitest';
import { validateMessage } from '../../../../server/ingest/validate-message.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import { createFakeAccount, type FakeAccount } from '../../../fake/snowflake-account.ts';
import { startFakeSnowflake } from '../../../fake/snowflake-server.ts';
import { namesOfEveryScript } from '../../../names-of-every-script.ts';
import { completed, datasetsOf, readAll } from '../../../connector-messages.ts';
import { connectTo, smallAccount, token } from './session.ts';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function serve(account: FakeAccount, rowsPerPartition = 1000): Promise<string> {
  const server = await startFakeSnowflake(account, { token, rowsPerPartition });
  servers.push(server);
  return server.url;
}

describe('odd and large accounts', () => {
  it('takes names of every script, with dots, quotes and spaces, as they are', async () => {
    const names = [...namesOfEveryScript, 'lower'];
    const account = createFakeAccount();
    account.table("ve'ri \\ x", 'таблица.с."точками"', names);
    account.tag('GOV.TAGS.PRIVACY', 'pii', "ve'ri \\ x", 'таблица.с."точками"', 'имя');
    account.catchUp();
    const messages = await readAll(connectTo(await serve(account)));
    const [table] = datasetsOf(messages);
    expect(table?.fields.map(({ path }) => path[0])).toEqual(names);
    expect(table?.name).toBe('SHOP.ve\'ri \\ x."таблица.с.""точками"""');
    expect(table?.fields[0]?.tags).toHaveLength(1);
    for (const message of messages) expect(validateMessage(message).type).toBe('valid');
  });

  it('reads a table of 50,000 columns, in partitions', async () => {
    const account = createFakeAccount();
    account.table(
      'WIDE',
      'EVENTS',
      Array.from({ length: 50_000 }, (_, i) => `C${i}`),
    );
    const messages = await readAll(connectTo(await serve(account, 4000)));
    expect(datasetsOf(messages)[0]?.fields).toHaveLength(50_000);
    expect(completed(messages)).toEqual(['SHOP.WIDE']);
  });

  it('asks table by table for keys where SHOW lists no further', async () => {
    const account = smallAccount();
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      schema_name: 'SALES',
      table_name: 'OTHER',
      column_name: `C${i}`,
      key_sequence: 1,
      constraint_name: `K${i}`,
    }));
    account.usage.set('UNIQUE', many);
    await readAll(connectTo(await serve(account)));
    expect(account.asked).toContain('SHOW UNIQUE KEYS IN TABLE "SHOP"."SALES"."CUSTOMERS"');
  });
});
