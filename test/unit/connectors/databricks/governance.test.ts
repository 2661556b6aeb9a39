import { describe, expect, it } from 'vitest';
import { fakeTable, schemaOf } from '../../../fake/databricks-metastore.ts';
import { begun, completed, datasetsByName, gapsOf, lastCursor, readAll } from '../../../connector-messages.ts';
import { connectTo, key, namespace, readOf, serve, smallMetastore } from './session.ts';

describe('what hangs on things', () => {
  it('brings tags to columns and tables, and those of schema and catalog down to tables as propagated', async () => {
    const found = datasetsByName(await readOf(smallMetastore()));
    expect(found.get('main.sales.customers')?.tags).toEqual([
      { name: 'tier', value: 'gold', setBy: 'person' },
      { name: 'domain', value: 'shop', setBy: 'propagated' },
      { name: 'region', value: 'eu', setBy: 'propagated' },
    ]);
    expect(found.get('main.sales.customers')?.fields[1]?.tags).toEqual([
      { name: 'pii', value: 'email', setBy: 'person' },
      { name: 'lexline_pii', value: 'true', setBy: 'lexline' },
    ]);
    expect(found.get('main.sales.customers')?.fields[0]?.tags).toBeUndefined();
    expect(found.get('main.sales.volume:letters')?.tags).toMatchObject([{ name: 'domain' }, { name: 'region' }]);
  });

  it('brings keys, and leaves out one that points into another catalog', async () => {
    const metastore = smallMetastore();
    metastore.keys['main']?.push(key('orders', 'far', 'FOREIGN KEY', 'card', 1, ['dev', 'sales', 'cards', 'id']));
    const found = datasetsByName(await readOf(metastore));
    expect(found.get('main.sales.customers')?.keys).toEqual([
      { kind: 'primary', name: 'customers_pk', fields: [['id']] },
    ]);
    expect(found.get('main.sales.orders')?.keys).toEqual([
      {
        kind: 'foreign',
        name: 'orders_fk',
        fields: [['customer_id']],
        references: { dataset: { namespace, name: 'main.sales.customers' }, fields: [['id']] },
      },
    ]);
  });

  it('names groups that read and change, and counts people', async () => {
    const messages = await readOf(smallMetastore());
    expect(datasetsByName(messages).get('main.sales.customers')?.facets?.['databricks.relation']).toMatchObject({
      access: { read: ['support'], change: ['loaders'], usersWhoRead: 1 },
    });
    expect(JSON.stringify(messages)).not.toContain('ada@example.com');
  });

  it('asks for none of it where it is switched off', async () => {
    const { url, statements } = await serve(smallMetastore());
    const off = { governance: false, grants: false, lineage: false, history: false };
    const messages = await readAll(connectTo(url, off));
    expect(datasetsByName(messages).get('main.sales.customers')?.tags).toBeUndefined();
    expect(statements.filter((sql) => sql.includes('information_schema') || sql.includes('`system`'))).toEqual([]);
  });

  it('says how many schemas the legacy metastore holds, and nothing of an empty one', async () => {
    const metastore = smallMetastore();
    expect(gapsOf(await readOf(metastore))).toEqual([]);
    metastore.legacySchemas = ['default', 'old_sales'];
    expect(gapsOf(await readOf(metastore))).toEqual([
      expect.objectContaining({
        what: 'catalog hive_metastore',
        detail: expect.stringContaining('2 schemas') as string,
      }),
    ]);
    expect(gapsOf(await readOf(metastore, { catalogs: { exclude: ['hive_metastore', 'system', 'samples'] } }))).toEqual(
      [],
    );
  });
});

describe('what changed', () => {
  async function since(change: (metastore: ReturnType<typeof smallMetastore>) => void, settings: object = {}) {
    const metastore = smallMetastore();
    const before = await readOf(metastore, settings);
    change(metastore);
    return readOf(metastore, settings, { kind: 'since', at: lastCursor(before) });
  }

  it('is nothing where nothing did', async () => {
    expect(begun(await since(() => {}))).toEqual([':metastore']);
  });

  it.each<[string, Parameters<typeof since>[0]]>([
    [
      'a table that was altered',
      (m) => void schemaOf(m, 'main', 'sales').tables.splice(0, 1, fakeTable('customers', ['x'])),
    ],
    ['a table that is gone', (m) => void schemaOf(m, 'main', 'sales').tables.pop()],
    ['a tag', (m) => void m.tags.splice(3, 1)],
    ['a key', (m) => void m.keys['main']?.pop()],
    ['a grant', (m) => void m.grants['main']?.pop()],
    ['a function', (m) => void schemaOf(m, 'main', 'sales').functions.pop()],
    ['a volume', (m) => void schemaOf(m, 'main', 'sales').volumes.pop()],
    [
      'a policy of the schema',
      (m) => void (m.policies['SCHEMA main.sales'] = [{ name: 'p', policy_type: 'POLICY_TYPE_COLUMN_MASK' }]),
    ],
  ])('is read again by schema: %s', async (_, change) => {
    expect(completed(await since(change))).toEqual(['main.sales']);
  });

  it('is every schema of a catalog for a tag or policy of the catalog', async () => {
    expect(completed(await since((m) => void m.tags.shift()))).toEqual(['main.mart', 'main.sales']);
  });

  it('names no longer a schema that is gone', async () => {
    const messages = await since((m) => void m.catalogs.find(({ item }) => item.name === 'main')?.schemas.pop());
    expect(messages[0]).toEqual({ type: 'scopes', scopes: ['main.sales', ':metastore'] });
  });
});
