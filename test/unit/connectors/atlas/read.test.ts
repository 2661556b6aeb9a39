import { afterEach, describe, expect, it } from 'vitest';
import { startFakeAtlas } from '../../../fake/atlas-server.ts';
import type { FakeCatalog } from '../../../fake/atlas-catalog.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import { completed, datasetsOf, jobsOf, lastCursor, readAll } from '../../../connector-messages.ts';
import { columnOf, connectTo, smallCatalog } from './session.ts';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function serve(catalog: FakeCatalog): Promise<FakeServer> {
  const server = await startFakeAtlas(catalog);
  servers.push(server);
  return server;
}

describe('a full read of Atlas', () => {
  it('names tables by platform and cluster and lists columns in their order', async () => {
    const { url } = await serve(smallCatalog());
    const people = datasetsOf(await readAll(connectTo(url))).find(({ name }) => name === 'crm.people');
    expect(people?.namespace).toBe('wh://c1');
    expect(people?.fields.map(({ path, ordinal }) => [path, ordinal])).toEqual([
      [['id'], 1],
      [['email'], 2],
      [['name'], 3],
    ]);
  });

  it('tells a tag that was put on a column from one that Atlas propagated to it', async () => {
    const { url } = await serve(smallCatalog());
    const datasets = datasetsOf(await readAll(connectTo(url)));
    const tags = datasets.flatMap(({ name, fields }) =>
      fields.flatMap((field) => (field.tags ?? []).map((tag) => [name, field.path[0], tag.name, tag.setBy])),
    );
    expect(tags).toEqual(
      [
        ['crm.letters', 'address', 'Personal', 'propagated'],
        ['crm.people', 'email', 'Personal', 'person'],
      ].sort(
        (a, b) => datasets.findIndex(({ name }) => name === a[0]) - datasets.findIndex(({ name }) => name === b[0]),
      ),
    );
  });

  it('knows a tag of our own type as ours', async () => {
    const catalog = smallCatalog();
    catalog.classify(columnOf(catalog, 'hr.staff.iban@c1'), 'Lexline_PII');
    const { url } = await serve(catalog);
    const staff = datasetsOf(await readAll(connectTo(url))).find(({ name }) => name === 'hr.staff');
    expect(staff?.fields[1]?.tags).toEqual([{ name: 'Lexline_PII', setBy: 'lexline' }]);
  });

  it('states the column lineage of a process, with its query for ingest to read', async () => {
    const { url } = await serve(smallCatalog());
    const [job] = jobsOf(await readAll(connectTo(url)));
    expect(job?.inputs).toEqual([{ namespace: 'wh://c1', name: 'crm.people' }]);
    expect(job?.outputs).toEqual([{ namespace: 'wh://c1', name: 'crm.letters' }]);
    expect(job?.edges).toEqual([
      {
        from: { dataset: { namespace: 'wh://c1', name: 'crm.people' }, field: ['email'] },
        to: { dataset: { namespace: 'wh://c1', name: 'crm.letters' }, field: ['address'] },
        kind: 'IDENTITY',
        effect: 'keep',
      },
    ]);
    expect(job?.statements?.[0]?.sql).toContain('insert into crm.letters');
  });

  it('reads only the databases that are asked for', async () => {
    const { url } = await serve(smallCatalog());
    const messages = await readAll(connectTo(url, { databases: { include: ['hr'] } }));
    expect(datasetsOf(messages).map(({ name }) => name)).toEqual(['hr.staff']);
    expect(completed(messages)).toContain('wh_table:hr@c1');
  });

  it('leaves out what was deleted', async () => {
    const catalog = smallCatalog();
    catalog.remove(columnOf(catalog, 'crm.people.name@c1'));
    catalog.remove(columnOf(catalog, 'hr.staff@c1'));
    const { url } = await serve(catalog);
    const datasets = datasetsOf(await readAll(connectTo(url)));
    expect(datasets.map(({ name, fields }) => `${name} ${fields.length}`).sort()).toEqual([
      'crm.letters 2',
      'crm.people 2',
    ]);
  });
});

describe('an incremental read of Atlas', () => {
  it('reads the table of a changed column, and nothing else', async () => {
    const catalog = smallCatalog();
    const server = await serve(catalog);
    const before = lastCursor(await readAll(connectTo(server.url)));
    catalog.now += 60_000;
    catalog.rename(columnOf(catalog, 'hr.staff.iban@c1'), 'account');
    const changes = await readAll(connectTo(server.url), { kind: 'since', at: before });
    expect(datasetsOf(changes).map(({ name, fields }) => [name, fields.map(({ path }) => path[0])])).toEqual([
      ['hr.staff', ['id', 'account']],
    ]);
    expect(completed(changes)).toEqual([]);
  });

  it('reads what lies downstream of a changed column, whose propagated tags carry no new time', async () => {
    const catalog = smallCatalog();
    const server = await serve(catalog);
    const before = lastCursor(await readAll(connectTo(server.url)));
    catalog.now += 60_000;
    catalog.classify(columnOf(catalog, 'crm.people.email@c1'), 'Contact', { propagate: true });
    const changes = await readAll(connectTo(server.url), { kind: 'since', at: before });
    const letters = datasetsOf(changes).find(({ name }) => name === 'crm.letters');
    expect(letters?.fields[0]?.tags?.map(({ name, setBy }) => `${name} ${setBy}`)).toContain('Contact propagated');
  });

  it('reports a table that Atlas calls deleted, unless it was made again under the same name', async () => {
    const catalog = smallCatalog();
    const server = await serve(catalog);
    const before = lastCursor(await readAll(connectTo(server.url)));
    catalog.now += 60_000;
    catalog.remove(columnOf(catalog, 'hr.staff@c1'));
    catalog.remove(columnOf(catalog, 'crm.letters@c1'));
    catalog.table('crm', 'letters', ['address']);
    const changes = await readAll(connectTo(server.url), { kind: 'since', at: before });
    expect(changes.filter((message) => message.type === 'removed').map(({ name }) => name.name)).toEqual(['hr.staff']);
    expect(datasetsOf(changes).map(({ name }) => name)).toContain('crm.letters');
  });

  it('does not read twice what changed shortly before the last read ended', async () => {
    const catalog = smallCatalog();
    catalog.rename(columnOf(catalog, 'hr.staff.iban@c1'), 'account');
    const server = await serve(catalog);
    const before = lastCursor(await readAll(connectTo(server.url)));
    const changes = await readAll(connectTo(server.url), { kind: 'since', at: before });
    expect(datasetsOf(changes)).toEqual([]);
  });

  it('meets a late transaction and a slow clock by looking back', async () => {
    const catalog = smallCatalog();
    const server = await serve(catalog);
    const before = lastCursor(await readAll(connectTo(server.url)));
    const now = catalog.now;
    catalog.now -= 200_000;
    catalog.rename(columnOf(catalog, 'hr.staff.iban@c1'), 'account');
    catalog.now = now + 1_000;
    const changes = await readAll(connectTo(server.url), { kind: 'since', at: before });
    expect(datasetsOf(changes).map(({ name }) => name)).toEqual(['hr.staff']);
  });

  it('goes by the clock of the catalog, not by ours', async () => {
    const catalog = smallCatalog();
    const server = await serve(catalog);
    const ours = catalog.now + 20 * 3_600_000;
    const before = lastCursor(await readAll(connectTo(server.url, {}, ours)));
    catalog.now += 60_000;
    catalog.rename(columnOf(catalog, 'hr.staff.iban@c1'), 'account');
    const changes = await readAll(connectTo(server.url, {}, ours), { kind: 'since', at: before });
    expect(datasetsOf(changes).map(({ name }) => name)).toEqual(['hr.staff']);
  });

  it('reads all again when the time for it has come, or when the settings are others', async () => {
    const catalog = smallCatalog();
    const server = await serve(catalog);
    const before = lastCursor(await readAll(connectTo(server.url)));
    const later = Date.UTC(2026, 0, 2) + 25 * 3_600_000;
    const due = await readAll(connectTo(server.url, {}, later), { kind: 'since', at: before });
    expect(completed(due)).toHaveLength(3);
    const other = await readAll(connectTo(server.url, { databases: { exclude: ['hr'] } }), {
      kind: 'since',
      at: before,
    });
    expect(completed(other)).toEqual(['wh_table:crm@c1', 'wh_process']);
  });
});
