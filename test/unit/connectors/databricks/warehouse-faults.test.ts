import { describe, expect, it } from 'vitest';
import { isLexlineError } from '../../../../server/base/errors.ts';
import type { Fault, FaultPlan } from '../../../fake/fault-proxy.ts';
import { tagged } from '../../../fake/databricks-metastore.ts';
import {
  completed,
  datasetsByName,
  gapsOf,
  lastCursor,
  never,
  readAll,
  readUntilError,
} from '../../../connector-messages.ts';
import { on } from '../../../fake/fault-plans.ts';
import { behind, connectTo, serve, smallMetastore } from './session.ts';

const start = /POST \/api\/2\.0\/sql\/statements /u;

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
    expect(gapsOf(messages)).toMatchObject([{ what: 'tags (information_schema)', reason }]);
    expect(JSON.stringify(gapsOf(messages))).not.toContain('canary');
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
    expect(gapsOf(again)).toMatchObject([
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
    expect(gapsOf(messages)).toContainEqual(
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
    expect(gapsOf(messages).map(({ what, reason }) => [what, reason])).toEqual([
      ['tags (information_schema)', 'source-failed'],
      ['what the SQL warehouse would tell', 'source-failed'],
    ]);
    expect(server.cancelled.length).toBe(server.statements.length);
  });

  it('cancels the statement that runs when it is told to stop', async () => {
    const server = await serve(smallMetastore(), { looks: Number.POSITIVE_INFINITY });
    const stop = new AbortController();
    const connection = connectTo(server.url);
    const reading = (async () => {
      for await (const _ of connection.read({ cursor: null }, stop.signal));
    })();
    while (server.statements.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // Who asks once more has been told the statement's id.
    const { requests } = server;
    while (server.requests === requests) await new Promise((resolve) => setTimeout(resolve, 5));
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
    expect(datasetsByName(whole).get('main.sales.customers')?.fields[0]?.tags).toHaveLength(10);
    const cut: Fault = { type: 'edit', edit: (body) => ({ ...(body as object), data_array: [] }) };
    const { error } = await readUntilError(connectTo(await behind(on(/result\/chunks\/1/u, cut), metastore)));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNEXPECTED');
  });

  it('fetches more rows than one result may have in parts', async () => {
    const metastore = smallMetastore();
    metastore.tags = Array.from({ length: 20_001 }, (_, i) => tagged('main.sales.orders.card', `t${i}`));
    const server = await serve(metastore, { rowsPerChunk: 10_000 });
    const found = datasetsByName(await readAll(connectTo(server.url)));
    expect(found.get('main.sales.orders')?.fields[2]?.tags).toHaveLength(20_001);
    expect(server.statements.filter((sql) => sql.includes('column_tags')).map((sql) => sql.split('\n').at(-1))).toEqual(
      ['LIMIT 20000 OFFSET 0', 'LIMIT 20000 OFFSET 20000'],
    );
  });

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
