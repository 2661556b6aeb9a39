import { afterEach, describe, expect, it } from 'vitest';
import { isLexlineError, type ErrorCode } from '../../../../server/base/errors.ts';
import { lastingFaults, on, passingFaults } from '../../../fake/fault-plans.ts';
import { startFaultProxy, type Fault, type FaultPlan } from '../../../fake/fault-proxy.ts';
import { listen, textOf, type FakeServer } from '../../../fake/replay-server.ts';
import { createFakeAccount, type FakeAccount } from '../../../fake/snowflake-account.ts';
import { startFakeSnowflake } from '../../../fake/snowflake-server.ts';
import { completed, datasetsOf, gapLines, lastCursor, readAll, readUntilError } from '../../../connector-messages.ts';
import { connectTo, smallAccount, token } from './session.ts';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function behind(
  plan: FaultPlan,
  account: FakeAccount = smallAccount(),
  rowsPerPartition = 1000,
): Promise<string> {
  const target = await startFakeSnowflake(account, { token, rowsPerPartition });
  const proxy = await startFaultProxy(target.url, plan);
  servers.push(proxy, target);
  return proxy.url;
}
const columnsOfSales = /COLUMNS.*SALES/su;
describe('Snowflake behind a proxy that lets things go wrong', () => {
  it.each<readonly [string, Fault, ErrorCode]>([
    ...lastingFaults,
    ['a refusal that nobody knows', { type: 'status', status: 422 }, 'CONNECTOR_UNEXPECTED'],
  ])('ends %s that stays with a typed error, and completes nothing of what it hit', async (_, fault, code) => {
    const url = await behind(on(columnsOfSales, fault));
    const { messages, error } = await readUntilError(connectTo(url));
    expect(isLexlineError(error) && error.code).toBe(code);
    expect(completed(messages)).toEqual(['SHOP.MART']);
    expect(JSON.stringify([messages, String(error)])).not.toContain('canary-');
  });

  it.each(passingFaults)('gets over %s that passes', async (_, fault) => {
    const url = await behind(on(columnsOfSales, fault, 1));
    expect(completed(await readAll(connectTo(url, { retries: 2 })))).toEqual(['SHOP.MART', 'SHOP.SALES']);
  });

  it('gives up when it asks for fewer requests again and again', async () => {
    const url = await behind(on(/SHOW DATABASES/u, { type: 'status', status: 429, headers: { 'retry-after': '0' } }));
    const { error } = await readUntilError(connectTo(url, { retries: 1 }));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNAVAILABLE');
  });

  it('sends a statement again under the same id, so that it runs once', async () => {
    const ids: string[] = [];
    let left = 1;
    const url = await behind(({ path, body }) => {
      if (!columnsOfSales.test(body)) return null;
      ids.push(new URL(path, 'http://x').searchParams.get('requestId') ?? '');
      return left-- > 0 ? { type: 'reset' } : null;
    });
    await readAll(connectTo(url, { retries: 2 }));
    expect(ids.length).toBe(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('makes a gap of one schema that may not be read, reads the others, and completes them', async () => {
    const url = await behind(on(columnsOfSales, { type: 'status', status: 403 }));
    const messages = await readAll(connectTo(url));
    expect(completed(messages)).toEqual(['SHOP.MART']);
    const gap = messages.find((message) => message.type === 'gap' && message.scope === 'SHOP.SALES');
    expect(gap).toMatchObject({
      gap: {
        reason: 'no-rights',
        remedy: expect.stringContaining('GRANT USAGE ON SCHEMA "SHOP"."SALES" TO ROLE "LEXLINE";') as string,
      },
    });
  });

  it('makes a gap of one schema that takes too long, and of a history that does', async () => {
    const url = await behind(on(/COLUMNS.*SALES|QUERY_HISTORY/su, { type: 'status', status: 408 }));
    const messages = await readAll(connectTo(url));
    expect(completed(messages)).toEqual(['SHOP.MART']);
    expect(gapLines(messages)).toEqual([
      'SHOP.SALES: source-failed schema SHOP.SALES',
      ':account: source-failed the history of statements',
    ]);
  });

  it('keeps what is known of tags when a view that was shown is refused: nothing is read without them', async () => {
    const account = smallAccount();
    account.tag('GOV.TAGS.PRIVACY', 'pii', 'SALES', 'CUSTOMERS', 'EMAIL');
    account.catchUp();
    const url = await behind(() => null, account);
    const at = lastCursor(await readAll(connectTo(url)));
    account.usage.delete('TAG_REFERENCES');
    account.table('SALES', 'CUSTOMERS', ['ID', 'EMAIL']);
    const since = await readAll(connectTo(url), { kind: 'since', at });
    expect(datasetsOf(since)).toEqual([]);
    expect(since.some(({ type }) => type === 'scopes')).toBe(false);
    const gap = since.find((message) => message.type === 'gap' && message.scope === 'SHOP');
    expect(gap).toMatchObject({
      gap: {
        reason: 'no-rights',
        detail: expect.stringContaining('what is known of its tags, policies and grants stays') as string,
        remedy: expect.stringMatching(/GRANT DATABASE ROLE .* Or read without it: "governance: false"/u) as string,
      },
    });
    const again = await readAll(connectTo(url), { kind: 'since', at: lastCursor(since) });
    expect(datasetsOf(again)).toEqual([]);
    const without = await readAll(connectTo(url, { governance: false }), { kind: 'since', at });
    expect(datasetsOf(without).map(({ name }) => name)).toContain('SHOP.SALES.CUSTOMERS');
  });

  it('reads without tags, and says so, where they were never shown', async () => {
    const account = smallAccount();
    account.usage.delete('TAG_REFERENCES');
    const messages = await readAll(connectTo(await behind(() => null, account)));
    expect(completed(messages)).toEqual(['SHOP.MART', 'SHOP.SALES']);
    expect(gapLines(messages)).toContain(':account: no-rights tags (SNOWFLAKE.ACCOUNT_USAGE.TAG_REFERENCES)');
  });

  it('names no scopes when a database of the configuration is not shown: it may be hidden', async () => {
    const url = await behind(() => null);
    const messages = await readAll(connectTo(url, { databases: { include: ['SHOP', 'HR_*'] } }));
    expect(messages.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gapLines(messages)).toContain(':account: no-rights database HR_*');
    expect(completed(messages)).toEqual(['SHOP.MART', 'SHOP.SALES']);
  });

  it('names no scopes when a database cannot be listed, so that none of them is gone', async () => {
    const url = await behind(on(/SCHEMATA/u, { type: 'status', status: 403 }));
    const messages = await readAll(connectTo(url));
    expect(messages.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gapLines(messages)).toContain('SHOP: no-rights database SHOP');
  });

  it('ends with an error where an answer holds fewer rows than it says', async () => {
    const fewer = (body: unknown): unknown => ({ ...(body as object), data: [] });
    const url = await behind(on(columnsOfSales, { type: 'edit', edit: fewer }));
    const { messages, error } = await readUntilError(connectTo(url));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNEXPECTED');
    expect(completed(messages)).toEqual(['SHOP.MART']);
  });

  it('ends with an error where the pages of a listing go in circles', async () => {
    let first: unknown = null;
    const same = (body: unknown): unknown => (first ??= body);
    const url = await behind(on(/TABLES.*FULL OUTER JOIN.*SALES/su, { type: 'edit', edit: same }));
    const { messages, error } = await readUntilError(connectTo(url, { pageSize: 1 }));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNEXPECTED');
    expect(completed(messages)).toEqual(['SHOP.MART']);
  });

  it('pages through names that sort otherwise in the account than here', async () => {
    const account = createFakeAccount();
    for (const name of ['🙂', 'ﷺ', 'B', 'a']) account.table('S', name, ['X']);
    const messages = await readAll(connectTo(await behind(() => null, account), { pageSize: 1 }));
    expect(datasetsOf(messages)).toHaveLength(4);
  });

  it('ends with an error where a partition is another one again', async () => {
    const plan: FaultPlan = ({ path }) =>
      path.includes('partition=') ? { type: 'edit', edit: () => ({ data: [] }) } : null;
    const { error } = await readUntilError(connectTo(await behind(plan, smallAccount(), 1)));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNEXPECTED');
  });

  it('reads a table that was dropped in mid-read as it is then', async () => {
    const account = smallAccount();
    let isDone = false;
    const url = await behind(({ body }) => {
      if (columnsOfSales.test(body) && !isDone) {
        isDone = true;
        account.schemas.get('SALES')?.delete('ORDERS');
      }
      return null;
    }, account);
    const messages = await readAll(connectTo(url));
    expect(completed(messages)).toEqual(['SHOP.MART', 'SHOP.SALES']);
    expect(datasetsOf(messages).find(({ name }) => name.endsWith('ORDERS'))?.fields).toEqual([]);
  });

  it('waits for a statement that outlives its request, and cancels one that nobody waits for', async () => {
    const asked: string[] = [];
    const target = await startFakeSnowflake(smallAccount(), { token });
    let polls = 0;
    let kept: unknown = null;
    const slow = await listen(async (request, response) => {
      const body = await textOf(request);
      const path = request.url ?? '';
      const answer = (status: number, value: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value));
      };
      if (path.endsWith('/cancel')) {
        asked.push('cancel');
        return answer(200, {});
      }
      if (path.includes('/statements/slow')) {
        polls += 1;
        return polls < 2 ? answer(202, { statementHandle: 'slow' }) : answer(200, kept);
      }
      const passed = await fetch(`${target.url}${path}`, {
        method: 'POST',
        body,
        headers: { authorization: request.headers.authorization ?? '' },
      });
      const value: unknown = await passed.json();
      if (!body.includes('SHOW DATABASES')) return answer(passed.status, value);
      kept = value;
      return answer(202, { statementHandle: 'slow', code: '333334' });
    });
    servers.push(target, slow);
    expect(completed(await readAll(connectTo(slow.url)))).toEqual(['SHOP.MART', 'SHOP.SALES']);
    expect([polls, asked]).toEqual([2, []]);
    polls = -1_000_000;
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of connectTo(slow.url).read({ cursor: null }, stop.signal)) await Promise.resolve();
    })();
    // Who asks how far it is has been told the statement's handle.
    await expect.poll(() => polls).toBeGreaterThan(-1_000_000);
    stop.abort(new Error('stop'));
    await expect(reading).rejects.toThrow('stop');
    expect(asked).toEqual(['cancel']);
  });
});
