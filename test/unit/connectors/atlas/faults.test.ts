import { afterEach, describe, expect, it } from 'vitest';
import { isLexlineError } from '../../../../server/base/errors.ts';
import { startFakeAtlas } from '../../../fake/atlas-server.ts';
import { createFakeCatalog, type FakeCatalog } from '../../../fake/atlas-catalog.ts';
import { lastingFaults, on, passingFaults } from '../../../fake/fault-plans.ts';
import { startFaultProxy, type FaultPlan } from '../../../fake/fault-proxy.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import { validateMessage } from '../../../../server/ingest/validate-message.ts';
import { namesOfEveryScript } from '../../../names-of-every-script.ts';
import { completed, datasetsOf, gapLines, lastCursor, readAll, readUntilError } from '../../../connector-messages.ts';
import { columnOf, connectTo, smallCatalog } from './session.ts';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function behind(plan: FaultPlan, catalog: FakeCatalog = smallCatalog()): Promise<string> {
  const target = await startFakeAtlas(catalog);
  const proxy = await startFaultProxy(target.url, plan);
  servers.push(proxy, target);
  return proxy.url;
}

describe('Atlas behind a proxy that lets things go wrong', () => {
  it.each(lastingFaults)(
    'ends %s that stays with a typed error, and completes nothing of what it hit',
    async (_, fault, code) => {
      const url = await behind(on(/entity\/bulk/, fault));
      const { messages, error } = await readUntilError(connectTo(url, { retries: 0 }));
      expect(isLexlineError(error) && error.code).toBe(code);
      expect(completed(messages)).toEqual([]);
      expect(JSON.stringify([messages, String(error)])).not.toContain('canary-');
    },
  );

  it.each(passingFaults)('gets over %s that passes', async (_, fault) => {
    const url = await behind(on(/entity\/bulk/, fault, 1));
    expect(completed(await readAll(connectTo(url)))).toHaveLength(3);
  });

  it('gives up when a source asks for fewer requests again and again', async () => {
    const url = await behind(on(/search/, { type: 'status', status: 429, headers: { 'retry-after': '0' } }));
    const { error } = await readUntilError(connectTo(url, { retries: 1 }));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNAVAILABLE');
  });

  it('makes a gap of one forbidden table, reads the others of its database, and completes the other databases', async () => {
    const catalog = smallCatalog();
    const { guid } = columnOf(catalog, 'crm.letters@c1');
    const url = await behind(on(new RegExp(`bulk.*${guid}`), { type: 'status', status: 403 }), catalog);
    const messages = await readAll(connectTo(url, { types: { exclude: ['wh_process'] } }));
    expect(
      datasetsOf(messages)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['crm.people', 'hr.staff']);
    expect(completed(messages)).toEqual(['wh_table:hr@c1']);
    expect(gapLines(messages)).toEqual(['wh_table:crm@c1: no-rights crm.letters']);
  });

  it('asks again next time for what was forbidden, and takes it when it is not any more', async () => {
    const catalog = smallCatalog();
    const { guid } = columnOf(catalog, 'crm.letters@c1');
    let isForbidden = true;
    const url = await behind(
      ({ path }) => (isForbidden && path.includes(guid) ? { type: 'status', status: 403 } : null),
      catalog,
    );
    const before = lastCursor(await readAll(connectTo(url)));
    const still = await readAll(connectTo(url), { kind: 'since', at: before });
    expect(gapLines(still)).toContain('wh_table:crm@c1: no-rights crm.letters');
    isForbidden = false;
    const now = await readAll(connectTo(url), { kind: 'since', at: lastCursor(still) });
    expect(gapLines(now)).toEqual([]);
    expect(datasetsOf(now).map(({ name }) => name)).toEqual(['crm.letters']);
  });

  it('makes a gap of a type that may not be searched, and then names no scopes, so that none is gone', async () => {
    const url = await behind(on(/search.*"wh_table"/, { type: 'status', status: 403 }));
    const messages = await readAll(connectTo(url));
    expect(messages.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gapLines(messages)).toContain('wh_table: no-rights type wh_table');
    expect(completed(messages)).toEqual(['wh_process']);
  });

  it('counts what a search hides, and completes nothing of that type', async () => {
    const hide = (body: unknown): unknown => {
      const found = body as { entities?: { guid: string; attributes: object }[] };
      return {
        ...found,
        entities: found.entities?.map((one, i) => (i === 0 ? { ...one, guid: '-1', attributes: {} } : one)),
      };
    };
    const url = await behind(on(/search.*"wh_table"/, { type: 'edit', edit: hide }));
    const messages = await readAll(connectTo(url));
    expect(gapLines(messages)).toContain('wh_table: no-rights 1 of type wh_table');
    expect(completed(messages)).toEqual(['wh_process']);
  });

  it('ends with an error where paging goes in circles', async () => {
    const plan: FaultPlan = ({ path, body }) =>
      path.includes('search') && body.includes('"wh_table"') ? { type: 'edit', edit: firstPage } : null;
    let first: unknown = null;
    const firstPage = (body: unknown): unknown => (first ??= body);
    const url = await behind(plan);
    const { messages, error } = await readUntilError(connectTo(url, { listSize: 2 }));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNEXPECTED');
    expect(completed(messages)).toEqual([]);
  });

  it('retires nothing of a type whose listing never stands still', async () => {
    const restless = (body: unknown): unknown => ({ ...(body as object), approximateCount: 99 });
    const url = await behind(on(/search.*"wh_table"/, { type: 'edit', edit: restless }));
    const messages = await readAll(connectTo(url));
    expect(completed(messages)).toEqual(['wh_process']);
    expect(gapLines(messages)).toContain('wh_table: not-read type wh_table');
    expect(datasetsOf(messages)).toHaveLength(3);
  });

  it('reads a table that lost a column in mid-read as it is then, and leaves out a table that was purged', async () => {
    const catalog = smallCatalog();
    let isDone = false;
    const url = await behind(({ path }) => {
      if (path.includes('bulk') && !isDone) {
        isDone = true;
        catalog.remove(columnOf(catalog, 'crm.people.name@c1'));
        catalog.entities.delete(columnOf(catalog, 'hr.staff@c1').guid);
      }
      return null;
    }, catalog);
    const messages = await readAll(connectTo(url));
    expect(
      datasetsOf(messages)
        .map(({ name, fields }) => `${name} ${fields.length}`)
        .sort(),
    ).toEqual(['crm.letters 2', 'crm.people 2']);
    expect(completed(messages)).toContain('wh_table:hr@c1');
  });

  it('takes names of every script, with dots, quotes and spaces, as they are', async () => {
    const names = namesOfEveryScript;
    const catalog = createFakeCatalog();
    catalog.table('veri', 'таблица.с.точками', names);
    const url = await behind(() => null, catalog);
    const messages = await readAll(connectTo(url));
    const [table] = datasetsOf(messages);
    expect(table?.fields.map(({ path }) => path[0])).toEqual(names);
    expect(table?.name).toBe('veri."таблица.с.точками"');
    for (const message of messages) expect(validateMessage(message).type).toBe('valid');
  });

  it('reads a table of 50,000 columns', async () => {
    const catalog = createFakeCatalog();
    catalog.table(
      'wide',
      'events',
      Array.from({ length: 50_000 }, (_, i) => `c${i}`),
    );
    const url = await behind(() => null, catalog);
    const messages = await readAll(connectTo(url));
    expect(datasetsOf(messages)[0]?.fields).toHaveLength(50_000);
    expect(completed(messages)).toEqual(['wh_table:wide@c1']);
  });
});
