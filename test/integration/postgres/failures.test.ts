import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import { as, connectTo, describeOnPostgres, documentsOf, never, profileAll, readAll } from './real-server.ts';

async function failureOf(url: string, settings: object = {}): Promise<{ code: string; text: string }> {
  const connection = connectTo(url, settings);
  try {
    await connection.check(never);
  } catch (error) {
    const { code, message, remedy, cause } = error as { code: string; message: string; remedy: string; cause: unknown };
    return { code, text: `${message} ${remedy} ${String(cause)}` };
  } finally {
    await connection.close();
  }
  return { code: 'none', text: '' };
}

describeOnPostgres('a real PostgreSQL that fails', [], (real) => {
  it('refuses a wrong password, an unknown user and an unknown database by a typed error without the secret', async () => {
    const { url } = real().server;
    expect(await failureOf(as(url, 'postgres', 's3cret-wrong'))).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    expect(await failureOf(as(url, 'nobody', 's3cret-wrong'))).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    expect(await failureOf(url.replace(/:[^:@/]+@/, '@'))).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    expect(await failureOf(url.replace(/\/postgres$/, '/nowhere'))).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
    const { text } = await failureOf(as(url, 'postgres', 's3cret-wrong'));
    expect(text).not.toContain('s3cret');
    expect(text).toContain('127.0.0.1');
    expect(text).toContain('pg_hba.conf');
  });

  it('cannot be reached where nobody listens, where no host is, and where TLS is wanted and not spoken', async () => {
    const { url } = real().server;
    expect(await failureOf('postgres://u:s3cret@127.0.0.1:1/d')).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
    expect(await failureOf('postgres://u:s3cret@no-such-host.invalid/d')).toMatchObject({
      code: 'CONNECTOR_UNAVAILABLE',
    });
    const tls = await failureOf(`${url}?sslmode=require`);
    expect(tls).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
    expect(tls.text).toContain('sslmode=disable');
  });

  it('times out where somebody listens and never answers', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const failure = await failureOf(`postgres://u:s3cret@127.0.0.1:${port}/d`, { connectTimeoutMs: 300 });
    silent.close();
    expect(failure).toMatchObject({ code: 'CONNECTOR_TIMEOUT' });
  });

  it('gives up a statement that takes too long, and goes on with the next table', async () => {
    const url = await real().database('slow');
    await real().run(
      url,
      'create view a_slow as select 1 as x from pg_sleep(600); create table b (y int); insert into b values (1)',
    );
    const messages = await profileAll(url, 'in-database', { statementTimeoutMs: 10_000 });
    expect(messages).toContainEqual(
      expect.objectContaining({ type: 'gap', gap: expect.objectContaining({ reason: 'source-failed' }) }),
    );
    expect(messages).toContainEqual(expect.objectContaining({ type: 'profile' }));
  });

  it('stops a statement in the middle when told to', async () => {
    const url = await real().database('stopping');
    await real().run(url, 'create view slow as select 1 as x from pg_sleep(600)');
    const stop = new AbortController();
    const reason = new Error('stop');
    const connection = connectTo(url);
    await connection.check(never);
    setTimeout(() => stop.abort(reason), 200);
    const request = { dataset: { namespace: 'x', name: 'stopping.public.slow' }, path: ['x'], type: 'int' };
    const profiler = { detectorSet: 'none', begin: () => ({ add: () => {}, end: () => ({}) as never }) };
    const looking = (async () => {
      const options = { mode: 'in-database', maxRows: 10, seed: 1 } as const;
      for await (const message of connection.profile?.([request], profiler, options, stop.signal) ?? []) void message;
    })();
    await expect(looking).rejects.toBe(reason);
    await connection.close();
  });

  it('goes on after a crash of the server from the last whole schema', async () => {
    const url = await real().database('crashing', true);
    const whole = documentsOf(await readAll(url, { queries: false }));
    const connection = connectTo(url, { queries: false });
    const before: SourceMessage[] = [];
    let cursor: Json = null;
    const reading = (async () => {
      for await (const message of connection.read({ cursor: null }, never)) {
        before.push(message);
        if (message.type !== 'checkpoint' || cursor !== null) continue;
        cursor = message.cursor;
        await real().server.crash();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
    await real().server.start();
    const rest: SourceMessage[] = [];
    for await (const message of connection.read({ cursor: { kind: 'resume', at: cursor } }, never)) rest.push(message);
    await connection.close();
    expect(documentsOf([...before, ...rest])).toEqual(whole);
  });
});
