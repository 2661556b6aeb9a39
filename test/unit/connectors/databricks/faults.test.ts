import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPort } from '../../../../connectors/databricks/port.ts';
import { isLexlineError, messageOf, type ErrorCode } from '../../../../server/base/errors.ts';
import { lastingFaults, on, passingFaults } from '../../../fake/fault-plans.ts';
import type { Fault } from '../../../fake/fault-proxy.ts';
import { fakeTable, schemaOf } from '../../../fake/databricks-metastore.ts';
import { completed, datasetsByName, gapsOf, never, readAll, readUntilError } from '../../../connector-messages.ts';
import { behind, connectTo, serve, smallMetastore } from './session.ts';

const tables = /GET .*unity-catalog\/tables\?.*schema_name=sales/u;

describe('a failure of Unity Catalog', () => {
  it.each<readonly [string, Fault, ErrorCode]>([
    ...lastingFaults,
    ['too many requests', { type: 'status', status: 429 }, 'CONNECTOR_UNAVAILABLE'],
    ['an answer without its list', { type: 'edit', edit: () => ({ datasets: [] }) }, 'CONNECTOR_UNEXPECTED'],
    [
      'things of another shape',
      { type: 'edit', edit: () => ({ tables: [{ title: 'canary-7Q' }] }) },
      'CONNECTOR_UNEXPECTED',
    ],
  ])('%s is a typed error that completes nothing and says nothing of the answer', async (_, fault, code) => {
    const { messages, error } = await readUntilError(connectTo(await behind(on(tables, fault))));
    expect(isLexlineError(error) && error.code).toBe(code);
    expect(messageOf(error)).not.toContain('canary');
    expect(completed(messages)).toEqual([]);
  });

  it.each(passingFaults)('%s that passes is waited for', async (_, fault) => {
    const messages = await readAll(connectTo(await behind(on(tables, fault, 2)), { retries: 3 }));
    expect(completed(messages)).toEqual(['main.mart', 'main.sales']);
  });

  it('takes an empty answer for an empty list, page by page', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'main', 'empty');
    expect(completed(await readAll(connectTo(await behind(() => null, metastore))))).toContain('main.empty');
  });

  it('is a gap with the grant where one schema may not be listed, and retires nothing of it', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'main', 'sales').forbidden = true;
    const messages = await readAll(connectTo(await behind(() => null, metastore)));
    expect(completed(messages)).toEqual(['main.mart']);
    expect(messages[0]).toMatchObject({ scopes: ['main.mart', 'main.sales', ':metastore'] });
    expect(gapsOf(messages)).toContainEqual(
      expect.objectContaining({
        what: 'schema main.sales',
        remedy: expect.stringContaining('ON SCHEMA `main`.`sales` TO `the token`') as string,
      }),
    );
  });

  it('is a gap where one catalog may not be listed, and no scope is named then', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'dev', 'x').tables.push(fakeTable('t', ['c']));
    const url = await behind(on(/schemas\?catalog_name=dev/u, { type: 'status', status: 403 }), metastore);
    const messages = await readAll(connectTo(url));
    expect(messages.some(({ type }) => type === 'scopes')).toBe(false);
    expect(completed(messages)).toEqual(['main.mart', 'main.sales']);
    expect(gapsOf(messages)).toContainEqual(expect.objectContaining({ what: 'database dev', reason: 'no-rights' }));
  });

  it('says that a schema or catalog went away while it was read, and retires nothing of it', async () => {
    const gone = on(/tables\?.*schema_name=sales(?!.*omit_columns)/u, { type: 'status', status: 404 });
    const messages = await readAll(connectTo(await behind(gone)));
    expect(completed(messages)).toEqual(['main.mart']);
    expect(gapsOf(messages)).toMatchObject([{ what: 'schema main.sales', reason: 'source-failed' }]);
    const all = await readAll(connectTo(await behind(on(/schemas\?/u, { type: 'status', status: 404 }))));
    expect(all.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gapsOf(all)).toMatchObject([{ what: 'catalog main', reason: 'source-failed' }]);
  });

  it.each([
    ['refuses to list its schemas', 400, /schemas\?catalog_name=far/u, 'catalog far'],
    ['fails inside for its tables', 500, /tables\?catalog_name=far/u, 'schema far.x'],
  ])('is a gap where a catalog of another system %s', async (_, status, pattern, what) => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'far', 'x').tables.push(fakeTable('t', ['c']));
    const own = metastore.catalogs.findIndex(({ item }) => item.name === 'far');
    metastore.catalogs[own] = {
      item: { name: 'far', catalog_type: 'FOREIGN_CATALOG' },
      schemas: metastore.catalogs[own]?.schemas ?? [],
    };
    const messages = await readAll(connectTo(await behind(on(pattern, { type: 'status', status }), metastore)));
    expect(completed(messages)).toEqual(['main.mart', 'main.sales']);
    expect(gapsOf(messages)).toMatchObject([{ what, reason: 'source-failed' }]);
  });

  it('says of which tables nothing but their name is shown', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'main', 'sales').tables.push(fakeTable('closed', [], { browse_only: true }));
    expect(gapsOf(await readAll(connectTo((await serve(metastore)).url)))).toMatchObject([
      { what: 'columns of main.sales.closed', reason: 'no-rights' },
    ]);
  });

  it('reads on where policies are nothing that this workspace knows', async () => {
    const url = await behind(on(/\/policies\//u, { type: 'status', status: 400 }));
    const messages = await readAll(connectTo(url));
    expect(completed(messages)).toEqual(['main.mart', 'main.sales']);
    expect(gapsOf(messages)).toMatchObject([{ what: 'policies that mask or filter by tag (the list of policies)' }]);
  });

  it.each([
    ['pages', { tables: [], next_page_token: 'again' }],
    [
      'chunks',
      {
        statement_id: 's1',
        status: { state: 'SUCCEEDED' },
        manifest: { schema: { columns: [{ name: 'a' }] } },
        result: { data_array: [['1']], next_chunk_index: 1 },
        data_array: [['1']],
        next_chunk_index: 1,
      },
    ],
  ])('ends a listing whose %s go in circles', async (what, body) => {
    let asked = 0;
    const http = {
      ask: async () => ((asked += 1) > 50 ? Promise.reject(new Error('for ever')) : { status: 200, body, date: null }),
      sent: 0,
      close: () => {},
    };
    const asking = { source: 'lake', origin: 'https://db.example.com', who: 'us' };
    const options = { warehouseId: 'w', statementTimeoutSeconds: 1, pageSize: 0 };
    const port = createPort({ http, asked: asking, ...options });
    const reading = async (): Promise<void> => {
      if (what === 'chunks') await port.query('SELECT 1', {}, never);
      else for await (const _ of port.list({ path: '/x', query: {}, member: 'tables', item: z.unknown() }, never));
    };
    await expect(reading()).rejects.toMatchObject({ code: 'CONNECTOR_UNEXPECTED' });
    expect(asked).toBeLessThan(5);
  });

  it('takes a table that is listed twice for one', async () => {
    const metastore = smallMetastore();
    const { tables: own } = schemaOf(metastore, 'main', 'sales');
    own.push(...own.slice(0, 1));
    const messages = await readAll(connectTo(await behind(() => null, metastore)));
    const names = messages.flatMap((message) => (message.type === 'document' ? [message.document.name] : []));
    expect(names.filter((name) => name === 'main.sales.customers')).toHaveLength(1);
  });

  it('reads names of every script, and 50,000 columns', async () => {
    const metastore = smallMetastore();
    const wide = Array.from({ length: 50_000 }, (_, i) => `c${i}`);
    schemaOf(metastore, 'main', 'sales').tables.push(
      fakeTable('wide', wide),
      fakeTable('顧客', ['メール', 'prénom', 'имя`x']),
    );
    // A server lets go of a connection that is idle while so many are mapped.
    const found = datasetsByName(await readAll(connectTo((await serve(metastore)).url, { retries: 2 })));
    expect(found.get('main.sales.wide')?.fields).toHaveLength(50_000);
    expect(found.get('main.sales.顧客')?.fields.map(({ path }) => path[0])).toEqual(['メール', 'prénom', 'имя`x']);
  });
});
