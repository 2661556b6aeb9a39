import { describe, expect, it } from 'vitest';
import { isLexlineError, messageOf } from '../../../../server/base/errors.ts';
import { startFaultProxy, type Fault, type FaultPlan } from '../../../fake/fault-proxy.ts';
import { fakeTable, schemaOf, tagged, type FakeMetastore } from '../../../fake/databricks-metastore.ts';
import {
  closeLater,
  completed,
  connectTo,
  datasets,
  gaps,
  lastCursor,
  never,
  readAll,
  readUntilError,
  serve,
  smallMetastore,
} from './session.ts';

async function behind(plan: FaultPlan, metastore: FakeMetastore = smallMetastore()): Promise<string> {
  const proxy = await startFaultProxy((await serve(metastore)).url, plan);
  closeLater(proxy);
  return proxy.url;
}
const on =
  (pattern: RegExp, fault: Fault, times = Number.POSITIVE_INFINITY): FaultPlan =>
  ({ method, path, body }) =>
    pattern.test(`${method} ${path} ${body}`) && times-- > 0 ? fault : null;

const tables = /GET .*unity-catalog\/tables\?.*schema_name=sales/u;
const start = /POST \/api\/2\.0\/sql\/statements /u;

describe('a failure of Unity Catalog', () => {
  it.each<[string, Fault, string]>([
    ['a refused sign-in', { type: 'status', status: 401 }, 'CONNECTOR_AUTH_FAILED'],
    ['too many requests', { type: 'status', status: 429 }, 'CONNECTOR_UNAVAILABLE'],
    ['a failure inside', { type: 'status', status: 500 }, 'CONNECTOR_UNAVAILABLE'],
    ['a reset', { type: 'reset' }, 'CONNECTOR_UNAVAILABLE'],
    ['half an answer', { type: 'half' }, 'CONNECTOR_UNAVAILABLE'],
    ['a sign-in page', { type: 'html' }, 'CONNECTOR_UNEXPECTED'],
    ['another shape', { type: 'other-shape' }, 'CONNECTOR_UNEXPECTED'],
    ['an answer without its list', { type: 'edit', edit: () => ({ datasets: [] }) }, 'CONNECTOR_UNEXPECTED'],
    [
      'things of another shape',
      { type: 'edit', edit: () => ({ tables: [{ title: 'canary-7Q' }] }) },
      'CONNECTOR_UNEXPECTED',
    ],
    ['a redirect', { type: 'status', status: 302 }, 'CONNECTOR_UNEXPECTED'],
  ])('%s is a typed error that completes nothing and says nothing of the answer', async (_, fault, code) => {
    const { messages, error } = await readUntilError(connectTo(await behind(on(tables, fault))));
    expect(isLexlineError(error) && error.code).toBe(code);
    expect(messageOf(error)).not.toContain('canary');
    expect(completed(messages)).toEqual([]);
  });

  it.each<Fault>([
    { type: 'status', status: 429, headers: { 'retry-after': '0' } },
    { type: 'status', status: 503, headers: { 'retry-after': '0' } },
    { type: 'reset' },
    { type: 'half' },
  ])('that passes is waited for: %o', async (fault) => {
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
    expect(gaps(messages)).toContainEqual(
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
    expect(gaps(messages)).toContainEqual(expect.objectContaining({ what: 'database dev', reason: 'no-rights' }));
  });

  it('says that a schema or catalog went away while it was read, and retires nothing of it', async () => {
    const gone = on(/tables\?.*schema_name=sales(?!.*omit_columns)/u, { type: 'status', status: 404 });
    const messages = await readAll(connectTo(await behind(gone)));
    expect(completed(messages)).toEqual(['main.mart']);
    expect(gaps(messages)).toMatchObject([{ what: 'schema main.sales', reason: 'source-failed' }]);
    const all = await readAll(connectTo(await behind(on(/schemas\?/u, { type: 'status', status: 404 }))));
    expect(all.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gaps(all)).toMatchObject([{ what: 'catalog main', reason: 'source-failed' }]);
  });

  it('reads on where policies are nothing that this workspace knows', async () => {
    const url = await behind(on(/\/policies\//u, { type: 'status', status: 400 }));
    const messages = await readAll(connectTo(url));
    expect(completed(messages)).toEqual(['main.mart', 'main.sales']);
    expect(gaps(messages)).toMatchObject([{ what: 'policies that mask or filter by tag (the list of policies)' }]);
  });

  it('ends a listing whose pages go in circles', async () => {
    const url = await behind(
      on(tables, { type: 'edit', edit: (body) => ({ ...(body as object), next_page_token: 'x' }) }),
    );
    // The server would refuse a token that is none; here the proxy answers itself from then on.
    const circle: FaultPlan = ({ path }) =>
      path.includes('/tables?') ? { type: 'edit', edit: () => ({ tables: [], next_page_token: 'again' }) } : null;
    const { error } = await readUntilError(connectTo(await behind(circle)));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNEXPECTED');
    expect((await readUntilError(connectTo(url))).error).not.toBeNull();
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
    const found = datasets(await readAll(connectTo((await serve(metastore)).url, { retries: 2 })));
    expect(found.get('main.sales.wide')?.fields).toHaveLength(50_000);
    expect(found.get('main.sales.顧客')?.fields.map(({ path }) => path[0])).toEqual(['メール', 'prénom', 'имя`x']);
  }, 60_000);
});

describe('a failure of the warehouse', () => {
  const refusal = (holds: RegExp, message: string, sql_state?: string) => ({
    holds,
    error: { error_code: 'BAD_REQUEST', message },
    ...(sql_state === undefined ? {} : { sql_state }),
  });

  it.each([
    ['[INSUFFICIENT_PERMISSIONS] canary-7Q', '42501', 'no-rights'],
    ['[TABLE_OR_VIEW_NOT_FOUND] canary-7Q', '42P01', 'no-rights'],
    ['[PARSE_SYNTAX_ERROR] canary-7Q', '42601', 'unsupported'],
    ['canary-7Q', undefined, 'unsupported'],
  ])('that refuses tags is a gap beside the structure: %s', async (message, state, reason) => {
    const metastore = smallMetastore();
    metastore.refusals = [refusal(/column_tags/u, message, state)];
    const messages = await readAll(connectTo((await serve(metastore)).url));
    expect(completed(messages)).toEqual(['main.mart', 'main.sales']);
    expect(gaps(messages)).toMatchObject([{ what: 'tags (information_schema)', reason }]);
    expect(JSON.stringify(gaps(messages))).not.toContain('canary');
  });

  it('that refuses what an earlier read was shown stops the reading of the catalog, so that its tags stay', async () => {
    const metastore = smallMetastore();
    const { url } = await serve(metastore);
    const before = await readAll(connectTo(url));
    metastore.refusals = [refusal(/column_tags/u, '[INSUFFICIENT_PERMISSIONS]', '42501')];
    metastore.tags = [];
    const again = await readAll(connectTo(url), { kind: 'since', at: lastCursor(before) });
    expect(completed(again)).toEqual([]);
    expect(again.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gaps(again)).toMatchObject([
      { what: 'tags (information_schema)', detail: expect.stringContaining('an earlier read was shown') as string },
    ]);
    metastore.refusals = [];
    const third = await readAll(connectTo(url), { kind: 'since', at: lastCursor(again) });
    expect(completed(third)).toEqual(['main.mart', 'main.sales']);
    const off = { governance: false };
    metastore.refusals = [refusal(/column_tags/u, '[INSUFFICIENT_PERMISSIONS]', '42501')];
    expect(completed(await readAll(connectTo(url, off), { kind: 'since', at: lastCursor(before) }))).toEqual([
      'main.mart',
      'main.sales',
    ]);
  });

  it.each([
    ['is not there', { warehouseId: 'another' }],
    ['may not be used', {}],
  ])('that %s costs what needs it, and not the structure', async (what, settings) => {
    const plan: FaultPlan = what === 'may not be used' ? on(start, { type: 'status', status: 403 }) : () => null;
    const messages = await readAll(connectTo(await behind(plan), settings));
    expect(completed(messages)).toEqual(['main.mart', 'main.sales']);
    expect(gaps(messages)).toContainEqual(
      expect.objectContaining({
        what: 'what the SQL warehouse would tell',
        reason: 'no-rights',
        detail: expect.stringContaining('takes no statement') as string,
        remedy: expect.stringContaining('CAN_USE') as string,
      }),
    );
  });

  it('that is away ends the read with a typed error, so that nothing is taken for untagged', async () => {
    const { messages, error } = await readUntilError(
      connectTo(await behind(on(start, { type: 'status', status: 503 }))),
    );
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNAVAILABLE');
    expect(completed(messages)).toEqual([]);
  });

  it('cancels a statement that does not end in time, and says so', async () => {
    const server = await serve(smallMetastore(), { looks: Number.POSITIVE_INFINITY });
    const messages = await readAll(connectTo(server.url, { statementTimeoutSeconds: 1 }));
    expect(completed(messages)).toEqual([]);
    expect(messages.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gaps(messages).map(({ what, reason }) => [what, reason])).toEqual([
      ['tags (information_schema)', 'source-failed'],
      ['what the SQL warehouse would tell', 'source-failed'],
    ]);
    expect(server.cancelled.length).toBe(server.statements.length);
  }, 30_000);

  it('cancels the statement that runs when it is told to stop', async () => {
    const server = await serve(smallMetastore(), { looks: Number.POSITIVE_INFINITY });
    const stop = new AbortController();
    const connection = connectTo(server.url);
    const reading = (async () => {
      for await (const _ of connection.read({ cursor: null }, stop.signal));
    })();
    while (server.statements.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const reason = new Error('stop');
    stop.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(server.cancelled).toEqual(server.statements);
    await connection.close();
  });

  it('gives rows in chunks, and fewer than it says are an error', async () => {
    const metastore = smallMetastore();
    metastore.tags = Array.from({ length: 10 }, (_, i) => tagged('main.sales.customers.id', `t${i}`));
    const whole = await readAll(connectTo((await serve(metastore, { looks: 2 })).url));
    expect(datasets(whole).get('main.sales.customers')?.fields[0]?.tags).toHaveLength(10);
    const cut: Fault = { type: 'edit', edit: (body) => ({ ...(body as object), data_array: [] }) };
    const { error } = await readUntilError(connectTo(await behind(on(/result\/chunks\/1/u, cut), metastore)));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNEXPECTED');
  });

  it('fetches more rows than one result may have in parts', async () => {
    const metastore = smallMetastore();
    metastore.tags = Array.from({ length: 20_001 }, (_, i) => tagged('main.sales.orders.card', `t${i}`));
    const server = await serve(metastore, { rowsPerChunk: 10_000 });
    const found = datasets(await readAll(connectTo(server.url)));
    expect(found.get('main.sales.orders')?.fields[2]?.tags).toHaveLength(20_001);
    expect(server.statements.filter((sql) => sql.includes('column_tags')).map((sql) => sql.split('\n').at(-1))).toEqual(
      ['LIMIT 20000 OFFSET 0', 'LIMIT 20000 OFFSET 20000'],
    );
  }, 60_000);

  it('says at the check which system tables are not shown', async () => {
    const metastore = smallMetastore();
    metastore.refusals = [refusal(/`system`\.`access`/u, '[INSUFFICIENT_PERMISSIONS]', '42501')];
    const connection = connectTo((await serve(metastore)).url);
    expect((await connection.check(never)).gaps).toMatchObject([
      { reason: 'no-rights', remedy: expect.stringContaining('SCHEMA system.access') as string },
    ]);
    await connection.close();
  });

  it('says at the check that the warehouse cannot be used', async () => {
    const connection = connectTo(await behind(on(start, { type: 'status', status: 403 })));
    expect((await connection.check(never)).gaps).toMatchObject([{ what: 'what the SQL warehouse would tell' }]);
    await connection.close();
  });
});
