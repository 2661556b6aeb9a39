import { describe, expect, it } from 'vitest';
import { databricksConfig } from '../../../../connectors/databricks/config.ts';
import { databricks } from '../../../../connectors/databricks/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import { messageOf } from '../../../../server/base/errors.ts';
import { startFaultProxy } from '../../../fake/fault-proxy.ts';
import { completed, readAll, readUntilError } from '../../../connector-messages.ts';
import { closeLater, connectTo, now, serve, smallMetastore } from './session.ts';

const client = { id: 'app-1', secret: 'canary secret/7Q+' };
const oauth = { clientId: client.id, clientSecret: client.secret };

describe('signing in', () => {
  it('as a service principal fetches one token and uses it until it is about to end', async () => {
    const encoded = { id: client.id, secret: 'canary+secret%2F7Q%2B' };
    const server = await serve(smallMetastore(), { client: encoded });
    let at = now;
    const clock = { now: () => at };
    const connection = connectTo(server.url, { oauth }, clock);
    const read = async () => {
      for await (const _ of connection.read({ cursor: null }, new AbortController().signal));
    };
    await read();
    expect(server.tokensGiven).toBe(1);
    at += 3_500_000;
    await read();
    expect(server.tokensGiven).toBe(1);
    at += 50_000;
    await read();
    expect(server.tokensGiven).toBe(2);
    await connection.close();
  });

  it('fetches a token anew once where it is refused', async () => {
    const encoded = { id: client.id, secret: 'canary+secret%2F7Q%2B' };
    const server = await serve(smallMetastore(), { client: encoded });
    let refused = 0;
    const proxy = await startFaultProxy(server.url, ({ path }) =>
      path.includes('/tables?') && refused++ < 1 ? { type: 'status', status: 401 } : null,
    );
    closeLater(proxy);
    expect(completed(await readAll(connectTo(proxy.url, { oauth })))).toEqual(['main.mart', 'main.sales']);
    expect(server.tokensGiven).toBe(2);
  });

  it.each([
    ['a wrong secret', {}, 'CONNECTOR_AUTH_FAILED'],
    ['a server of tokens that is away', { tokenUrl: 'http://127.0.0.1:9/token' }, 'CONNECTOR_UNAVAILABLE'],
  ])('says what is wrong with %s, and not the secret', async (_, more, code) => {
    const server = await serve(smallMetastore(), { client: { id: 'app-1', secret: 'another' } });
    const { error } = await readUntilError(connectTo(server.url, { oauth: { ...oauth, ...more } }));
    expect(error).toMatchObject({ code });
    expect(messageOf(error)).not.toContain('canary');
  });

  it('waits for a server of tokens that asks for fewer requests', async () => {
    const server = await serve(smallMetastore(), { client: { id: client.id, secret: 'canary+secret%2F7Q%2B' } });
    let refused = 0;
    const proxy = await startFaultProxy(server.url, ({ path }) =>
      path === '/oidc/v1/token' && refused++ < 2
        ? { type: 'status', status: 429, headers: { 'retry-after': '0' } }
        : null,
    );
    closeLater(proxy);
    expect(completed(await readAll(connectTo(proxy.url, { oauth, retries: 3 })))).toHaveLength(2);
  });

  it('with a token that is refused is a typed error without the token', async () => {
    const server = await serve(smallMetastore());
    const { error } = await readUntilError(connectTo(server.url, { token: 'canary-wrong' }));
    expect(error).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    expect(messageOf(error)).not.toContain('canary');
  });

  it.each([
    { url: 'http://db.example.com', token: 'x' },
    { url: 'https://db.example.com', oauth: { ...oauth, tokenUrl: 'http://id.example.com' } },
  ])('sends no secret in the clear: %o', (settings) => {
    const config = databricksConfig.parse(settings);
    const connect = () => databricks.connect(config, { source: 'lake', clock: { now: () => now }, log: silentLog });
    expect(connect).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  it('is by exactly one way', () => {
    const url = 'https://db.example.com';
    expect(databricksConfig.safeParse({ url }).success).toBe(false);
    expect(databricksConfig.safeParse({ url, token: 'x', oauth }).success).toBe(false);
    expect(databricksConfig.safeParse({ url, oauth }).success).toBe(true);
  });
});
