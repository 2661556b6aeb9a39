import { afterEach, describe, expect, it } from 'vitest';
import { amundsenConfig } from '../../../../connectors/amundsen/config.ts';
import { connectThrough } from '../../../../connectors/amundsen/connector.ts';
import { isLexlineError } from '../../../../server/base/errors.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { TagTarget } from '../../../../server/model/tag-writing.ts';
import { startFaultProxy, type FaultPlan } from '../../../fake/fault-proxy.ts';
import { listen, textOf, type FakeServer } from '../../../fake/replay-server.ts';
import { recordedPort } from '../../../fixtures/amundsen/recorded-port.ts';

const context = { source: 'amundsen', clock: { now: () => 0 }, log: silentLog };
const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A metadata service in memory, with the habits of the real one: 415 without a body, 404 off the list of badges. */
async function service(plan: FaultPlan = () => null) {
  const badges = new Map([['email', new Map([['pii', 'column']])]]);
  const seen: string[] = [];
  const server = await listen(async (request, response) => {
    const body = await textOf(request);
    const url = new URL(request.url ?? '', 'http://x');
    seen.push(`${request.method} ${decodeURIComponent(url.pathname)}${url.search} ${body}`);
    const end = (status: number, answer: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    };
    if (body === '') return end(415, {});
    if (url.pathname === '/badges/') return end(200, { badges: [{ badge_name: 'pii', category: 'column' }] });
    const badge = /^\/table\/hive:\/\/gold\.s\/t\/column\/([^/]+)\/badge\/([^/]+)$/.exec(url.pathname);
    if (badge !== null) {
      const [, column = '', name = ''] = badge;
      const category = (JSON.parse(body) as { category: string }).category;
      if (!['pii/column', 'lexline_pii/lexline'].includes(`${name}/${category}`))
        return end(404, { message: 'not part of the whitelist' });
      const own = badges.get(column) ?? new Map<string, string>();
      badges.set(column, own);
      if (request.method === 'PUT') own.set(name, category);
      else own.delete(name);
      return end(200, {});
    }
    const columns = ['email', 'name'].map((name) => ({
      name,
      badges: [...(badges.get(name) ?? [])].map(([key, category]) => ({ badge_name: key, category })),
    }));
    return url.pathname === '/table/hive://gold.s/t' ? end(200, { badges: [], tags: [], columns }) : end(404, {});
  });
  const proxy = await startFaultProxy(server.url, plan);
  servers.push(proxy, server);
  const config = amundsenConfig.parse({ url: 'bolt://graph.example.com:7687', serviceUrl: proxy.url, retries: 0 });
  const writer = connectThrough(recordedPort({}), config, context).write;
  if (writer?.kind !== 'direct') throw new Error('no writer');
  return { writer, seen, badges };
}
const signal = new AbortController().signal;
const target = (name: string): TagTarget => ({
  uid: 'u',
  dataset: { namespace: 'hive://gold', name: 's.t' },
  field: [name],
  facets: { 'amundsen.column': { key: `hive://gold.s/t/${name}` } },
});

describe('writing to Amundsen', () => {
  it('puts a badge of ours on a column, reads it back, takes it off', async () => {
    const { writer } = await service();
    const change = { target: target('name'), tag: writer.tagFor('PII') };
    await writer.apply({ action: 'add', ...change }, signal);
    expect(await writer.tagsOf(change.target, signal)).toEqual([{ name: 'lexline_pii', setBy: 'lexline' }]);
    await writer.apply({ action: 'remove', ...change }, signal);
    expect(await writer.tagsOf(change.target, signal)).toEqual([]);
  });

  it('sends a body with every request, reading ones too', async () => {
    const { writer, seen } = await service();
    await writer.tagsOf(target('email'), signal);
    expect(seen).toEqual(['GET /table/hive://gold.s/t {}']);
  });

  it('keeps the category that a badge has', async () => {
    const { writer, badges } = await service();
    await writer.apply({ action: 'add', target: target('name'), tag: 'pii' }, signal);
    expect(badges.get('name')?.get('pii')).toBe('column');
  });

  it('says what to add to the list of badges when the service does not take one', async () => {
    const { writer } = await service();
    const writing = writer.apply({ action: 'add', target: target('name'), tag: 'other' }, signal);
    await expect(writing).rejects.toMatchObject({
      code: 'CONNECTOR_MISSING_RIGHTS',
      remedy: expect.stringContaining("badge_name='other'"),
    });
  });

  it('says of a column that is gone that it is', async () => {
    const { writer } = await service();
    expect(await writer.tagsOf(target('gone'), signal)).toBeNull();
  });

  it.each([
    ['a refused sign-in', { type: 'status', status: 401 }, 'CONNECTOR_AUTH_FAILED'],
    ['a forbidden write', { type: 'status', status: 403 }, 'CONNECTOR_MISSING_RIGHTS'],
    ['too many requests', { type: 'status', status: 429 }, 'CONNECTOR_UNAVAILABLE'],
    ['an inner failure', { type: 'status', status: 500 }, 'CONNECTOR_UNAVAILABLE'],
    ['a reset', { type: 'reset' }, 'CONNECTOR_UNAVAILABLE'],
    ['half of an answer', { type: 'half' }, 'CONNECTOR_UNAVAILABLE'],
    ['a page in between', { type: 'html' }, 'CONNECTOR_UNEXPECTED'],
    ['another shape', { type: 'other-shape' }, 'CONNECTOR_UNEXPECTED'],
  ] as const)('ends %s with a typed error', async (_, fault, code) => {
    const { writer } = await service(() => fault);
    const error: unknown = await writer.tagsOf(target('email'), signal).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(isLexlineError(error) && error.code).toBe(code);
    expect(String(error)).not.toContain('canary');
  });
});
