import { describe, expect, it } from 'vitest';
import { headersOf } from '../../../../connectors/trino/address.ts';
import { trinoConfig } from '../../../../connectors/trino/config.ts';
import { isLexlineError, type ErrorCode } from '../../../../server/base/errors.ts';
import { validateMessage } from '../../../../server/ingest/validate-message.ts';
import { lastingFaults, on, passingFaults } from '../../../fake/fault-plans.ts';
import { startFaultProxy, type Fault } from '../../../fake/fault-proxy.ts';
import { namesOfEveryScript } from '../../../names-of-every-script.ts';
import { completed, datasetsByName, gapsOf, readAll, readUntilError } from '../../../connector-messages.ts';
import { servers, connect, recorded, behind } from './session.ts';

describe('trino behind a proxy that lets things go wrong', () => {
  it.each<readonly [string, Fault, ErrorCode]>([
    ...lastingFaults,
    ['a forgotten statement', { type: 'status', status: 410 }, 'CONNECTOR_UNEXPECTED'],
    [
      'a next page on no address',
      { type: 'edit', edit: (body) => ({ ...(body as object), nextUri: 'http://evil.example.com/other' }) },
      'CONNECTOR_UNEXPECTED',
    ],
  ])('ends %s that stays with a typed error, and completes nothing', async (_, fault, code) => {
    const url = await behind(on(/GET \/v1\/statement/u, fault));
    const { messages, error } = await readUntilError(connect(url));
    expect(isLexlineError(error) && error.code).toBe(code);
    expect(completed(messages)).toEqual([]);
    expect(JSON.stringify([messages, String(error)])).not.toContain('canary-');
  });

  it.each(passingFaults)('gets over %s that passes', async (_, fault) => {
    const url = await behind(on(/GET \/v1\/statement/u, fault, 1));
    expect(completed(await readAll(connect(url, { retries: 2 })))).toHaveLength(6);
  });

  it('gives up when it is asked for fewer requests again and again', async () => {
    const url = await behind(on(/POST/u, { type: 'status', status: 429, headers: { 'retry-after': '0' } }));
    const { error } = await readUntilError(connect(url, { retries: 2 }));
    expect(error).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
  });

  it('ends with an error where the pages of an answer go in circles, and cancels the statement', async () => {
    const server = await recorded();
    const proxy = await startFaultProxy(server.url, ({ path }) =>
      path.includes('/executing/')
        ? { type: 'edit', edit: (body) => ({ ...(body as object), nextUri: `http://x.example.com${path}` }) }
        : path.includes('/queued/')
          ? {
              type: 'edit',
              edit: (body) => ({
                ...(body as object),
                nextUri: `http://x.example.com${path.replace('queued', 'executing')}`,
              }),
            }
          : null,
    );
    servers.unshift(proxy);
    const { messages, error } = await readUntilError(connect(proxy.url));
    expect(error).toMatchObject({ code: 'CONNECTOR_UNEXPECTED', message: expect.stringMatching(/in circles/u) });
    expect(completed(messages)).toEqual([]);
    expect(server.cancelled).toHaveLength(1);
  });

  it('ends with an error where a page of tables comes again and again', async () => {
    const server = await recorded((sql) =>
      /FROM "shop"\.information_schema\.tables t/u.test(sql)
        ? [
            { name: 'a', kind: 'BASE TABLE', definition: null },
            { name: 'b', kind: 'BASE TABLE', definition: null },
          ]
        : /FROM "shop"\.information_schema\.columns/u.test(sql)
          ? []
          : null,
    );
    const { messages, error } = await readUntilError(connect(server.url));
    expect(error).toMatchObject({ code: 'CONNECTOR_UNEXPECTED' });
    expect(completed(messages)).not.toContain('shop.hidden');
  });

  it('cancels what is left when a sync is stopped', async () => {
    const server = await recorded();
    const stop = new AbortController();
    const proxy = await startFaultProxy(server.url, ({ path }) => {
      if (path.includes('/executing/')) stop.abort(new Error('stop'));
      return null;
    });
    servers.unshift(proxy);
    const reading = (async () => {
      for await (const _ of connect(proxy.url).read({ cursor: null }, stop.signal)) void _;
    })();
    await expect(reading).rejects.toThrow('stop');
    expect(server.cancelled).toHaveLength(1);
  });

  it('takes names of every script, and reads a table of 50,000 columns', async () => {
    const names = namesOfEveryScript.map((name) => name.toLowerCase());
    const wide = [...names, ...Array.from({ length: 50_000 - names.length }, (_, i) => `c${i}`)];
    const server = await recorded((sql) => {
      if (/FROM "shop"\.information_schema\.tables t/u.test(sql))
        return sql.includes("table_name > ''")
          ? [{ name: 'таблица.с точкой', kind: 'BASE TABLE', definition: null }]
          : [];
      if (!/FROM "shop"\.information_schema\.columns/u.test(sql)) return null;
      return wide.map((name, i) => ({
        relation: 'таблица.с точкой',
        name,
        ordinal: i + 1,
        type: 'varchar',
        nullable: 'YES',
        has_default: false,
      }));
    });
    const messages = await readAll(
      connect(server.url, { schemas: { include: ['sales'] }, catalogs: { include: ['shop'] } }),
    );
    const [table] = datasetsByName(messages).values();
    expect(table?.name).toBe('shop.sales."таблица.с точкой"');
    expect(table?.fields).toHaveLength(50_000);
    expect(table?.fields.slice(0, names.length).map(({ path }) => path[0])).toEqual(names);
    for (const message of messages) expect(validateMessage(message).type).toBe('valid');
  });

  it.each([
    ['PERMISSION_DENIED', 'USER_ERROR', 'no-rights'],
    ['GENERIC_INTERNAL_ERROR', 'INTERNAL_ERROR', 'source-failed'],
  ])(
    'reads the catalogs where the history ends in %s, says so, and asks from the same place next time',
    async (errorName, errorType, reason) => {
      const server = await recorded((sql) =>
        sql.includes('system.runtime.queries') ? { errorName, errorType } : null,
      );
      const messages = await readAll(connect(server.url));
      expect(completed(messages)).toHaveLength(6);
      expect(gapsOf(messages)).toMatchObject([{ what: 'the history of queries', reason }]);
      expect(messages.at(-1)).toMatchObject({ type: 'checkpoint', cursor: { window: null } });
    },
  );

  it('makes a gap of a catalog that is listed and does not work', async () => {
    const server = await recorded((sql) =>
      sql.includes('"mart".') ? { errorName: 'CATALOG_NOT_AVAILABLE', errorType: 'USER_ERROR' } : null,
    );
    const messages = await readAll(connect(server.url));
    expect(gapsOf(messages)).toMatchObject([{ what: 'catalog mart', reason: 'source-failed' }]);
    expect(completed(messages)).toContain('shop.sales');
  });

  it('says when the catalogs themselves cannot be listed', async () => {
    const server = await recorded(() => ({ errorName: 'GENERIC_INTERNAL_ERROR', errorType: 'INTERNAL_ERROR' }));
    const { error } = await readUntilError(connect(server.url));
    expect(error).toMatchObject({
      code: 'CONNECTOR_UNEXPECTED',
      message: expect.stringMatching(/GENERIC_INTERNAL_ERROR/u),
    });
  });

  it('names the user as it is written, and refuses one that a header cannot hold', () => {
    const config = trinoConfig.parse({ url: 'http://127.0.0.1:1', username: 'ada@example.com' });
    expect(headersOf(config, 'lake')['x-trino-user']).toBe('ada@example.com');
    expect(trinoConfig.safeParse({ ...config, username: 'ada\r\nx: y' }).success).toBe(false);
  });

  it('sends neither password nor token in the clear', () => {
    for (const secret of [{ password: 'x' }, { password: undefined, token: 'x' }])
      expect(() => connect('http://trino.example.com:8080', secret)).toThrow(/https only/u);
    expect(() => connect('https://trino.example.com', { password: 'x', token: 'y' })).toThrow(/leave one out/u);
  });
});
