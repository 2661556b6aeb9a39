import { describe, expect, it } from 'vitest';
import { carriersOf, isTakenOff, vanished, type Carriers } from '../../../../connectors/databricks/carriers.ts';
import { noGovernance } from '../../../../connectors/databricks/governance.ts';
import type { FakeMetastore } from '../../../fake/databricks-metastore.ts';
import { completed, datasetsByName, gapsOf, lastCursor, readAll } from '../../../connector-messages.ts';
import { connectTo, serve, smallMetastore } from './session.ts';

const carriers = (tables: readonly string[], more: Partial<Carriers> = {}): Carriers => ({
  part: 'tags',
  catalog: 'main',
  schema: 'sales',
  tables,
  ...more,
});

describe('what carried tags, keys and grants', () => {
  it('is told by schema and part, in lower case, up to twenty tables, the schema itself among them', () => {
    const tag = { column_name: null, tag_name: 'a', tag_value: null } as const;
    const many = Array.from({ length: 30 }, (_, i) => `T${String(i).padStart(2, '0')}`);
    const found = carriersOf('main', {
      ...noGovernance,
      tags: [
        { ...tag, level: 'catalog', schema_name: null, object_name: null },
        { ...tag, level: 'schema', schema_name: 'Sales', object_name: null },
        ...many.map((name) => ({ ...tag, level: 'table' as const, schema_name: 'Sales', object_name: name })),
      ],
      grants: [{ table_schema: 'hr', table_name: 'Staff', grantee: 'g', privilege_type: 'SELECT' }],
    });
    expect(found.map(({ part, schema }) => `${part} ${schema}`)).toEqual(['tags sales', 'grants hr']);
    expect(found[0]?.tables.slice(0, 2)).toEqual(['', 't00']);
    expect(found[0]?.tables).toHaveLength(20);
    expect(found[1]?.tables).toEqual(['staff']);
  });

  it('is gone where the same part of the same schema of the same catalog carries nothing', () => {
    const before = [carriers(['a']), carriers(['a'], { part: 'keys' }), carriers(['a'], { catalog: 'dev' })];
    expect(vanished(before, [carriers(['b'])])).toEqual(before.slice(1));
  });

  it.each<[string, readonly string[], readonly string[] | null, boolean]>([
    ['every table is shown still', ['a', 'b'], ['a', 'b', 'c'], true],
    ['the schema itself, which shows tables', [''], ['a'], true],
    ['one table is not shown any more', ['a', 'b'], ['a'], false],
    ['the schema shows nothing', [''], null, false],
  ])('was taken off by %s: %j of %j', (_, tables, shown, isOff) => {
    const visible = new Map(shown === null ? [] : [['sales', new Set(shown)] as const]);
    expect(isTakenOff(carriers(tables), visible)).toBe(isOff);
  });
});

describe('a schema whose tags, keys or grants are not told any more', () => {
  const changes: Readonly<Record<string, (metastore: FakeMetastore) => unknown>> = {
    tags: (m) => (m.tags = m.tags.filter(({ schema_name: schema }) => schema !== 'sales')),
    'primary and foreign keys': (m) => m.keys['main']?.splice(0),
    grants: (m) => m.grants['main']?.splice(0),
  };
  const hide = ({ unseen }: FakeMetastore): void => {
    for (const name of ['customers', 'orders']) unseen.add(`main.sales.${name}`);
  };

  it.each(Object.entries(changes))(
    'is not read where its tables are hidden, so that its %s stay',
    async (what, change) => {
      const metastore = smallMetastore();
      const { url } = await serve(metastore);
      const first = await readAll(connectTo(url));
      change(metastore);
      hide(metastore);
      const second = await readAll(connectTo(url), { kind: 'since', at: lastCursor(first) });
      expect(completed(second)).toEqual([]);
      expect(datasetsByName(second).size).toBe(0);
      expect(gapsOf(second)).toEqual([
        {
          what: `${what} of main.sales`,
          reason: 'no-rights',
          detail: expect.stringContaining('so that they stay') as string,
          remedy: expect.stringMatching(/^GRANT USE SCHEMA, SELECT ON SCHEMA `main`\.`sales` TO .+--full$/u) as string,
        },
      ]);
      const third = await readAll(connectTo(url), { kind: 'since', at: lastCursor(second) });
      expect([completed(third), gapsOf(third).length]).toEqual([[], 1]);
      expect(completed(await readAll(connectTo(url)))).toEqual(['main.mart', 'main.sales']);
    },
  );

  it.each(Object.entries(changes))('is read where its tables are shown: the %s were taken off', async (_, change) => {
    const metastore = smallMetastore();
    const { url } = await serve(metastore);
    const first = await readAll(connectTo(url));
    change(metastore);
    const second = await readAll(connectTo(url), { kind: 'since', at: lastCursor(first) });
    expect([completed(second), gapsOf(second)]).toEqual([['main.sales'], []]);
  });

  it('is not read where nobody tells which tables are shown', async () => {
    const metastore = smallMetastore();
    const { url } = await serve(metastore);
    const first = await readAll(connectTo(url));
    changes['tags']?.(metastore);
    metastore.refusals.push({
      holds: /information_schema`\.`tables`/u,
      error: { error_code: 'BAD_REQUEST', message: '[INSUFFICIENT_PERMISSIONS]' },
      sql_state: '42501',
    });
    const second = await readAll(connectTo(url), { kind: 'since', at: lastCursor(first) });
    expect([completed(second), gapsOf(second).length]).toEqual([[], 1]);
  });

  it('is read again when they are shown again', async () => {
    const metastore = smallMetastore();
    const { url } = await serve(metastore);
    const tags = [...metastore.tags];
    const first = await readAll(connectTo(url));
    changes['tags']?.(metastore);
    hide(metastore);
    const second = await readAll(connectTo(url), { kind: 'since', at: lastCursor(first) });
    metastore.tags = tags;
    metastore.unseen.clear();
    const third = await readAll(connectTo(url), { kind: 'since', at: lastCursor(second) });
    expect([completed(third), gapsOf(third)]).toEqual([['main.sales'], []]);
    expect(datasetsByName(third).get('main.sales.customers')?.tags).toContainEqual(
      expect.objectContaining({ name: 'tier' }),
    );
  });
});
