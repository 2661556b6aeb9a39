import { describe, expect, it } from 'vitest';
import { datasetUid, fieldUid } from '../../../../server/model/ids.ts';
import type { DirectTagWriter, TagTarget } from '../../../../server/model/tag-writing.ts';
import { fakeTable, schemaOf, tagged, type FakeItem } from '../../../fake/databricks-metastore.ts';
import { startFaultProxy } from '../../../fake/fault-proxy.ts';
import { datasetsByName, never, readAll } from '../../../connector-messages.ts';
import { closeLater, connectTo, namespace, serve, smallMetastore } from './session.ts';

const metastoreOf = smallMetastore;

async function writerOf(url: string, settings: object = {}): Promise<DirectTagWriter> {
  const { write } = connectTo(url, settings);
  if (write?.kind !== 'direct') throw new Error('no writer');
  return write;
}

/** A thing with the facets that reading gave it. */
async function thing(url: string, name: string, field: readonly string[] | null): Promise<TagTarget> {
  const dataset = { namespace, name };
  const document = datasetsByName(await readAll(connectTo(url))).get(name);
  const own = field === null ? document : document?.fields.find(({ path }) => path.join('.') === field.join('.'));
  const uid = field === null ? datasetUid(dataset) : fieldUid(dataset, field);
  return { uid, dataset, field, facets: own?.facets ?? {} };
}

const assignments = '/api/2.1/unity-catalog/entity-tag-assignments';

describe('tags on their way back', () => {
  it('have a key of our own, and go to a table by DDL that is printed as it is sent', async () => {
    const server = await serve(metastoreOf());
    const writer = await writerOf(server.url);
    expect(writer.tagFor('user.contact Email')).toBe('lexline_user_contact_email');
    const target = await thing(server.url, 'main.sales.orders', ['card']);
    const add = { action: 'add', target, tag: writer.tagFor('PCI') } as const;
    expect(writer.steps(add)).toEqual([
      "ALTER TABLE `main`.`sales`.`orders` ALTER COLUMN `card` SET TAGS ('lexline_pci' = 'true')",
    ]);
    await writer.apply(add, never);
    expect(server.statements).toEqual(expect.arrayContaining([...writer.steps(add)]));
    expect(await writer.tagsOf(target, never)).toEqual([{ name: 'lexline_pci', value: 'true', setBy: 'lexline' }]);
    const remove = { ...add, action: 'remove' } as const;
    expect(writer.steps(remove)).toEqual([
      "ALTER TABLE `main`.`sales`.`orders` ALTER COLUMN `card` UNSET TAGS ('lexline_pci')",
    ]);
    await writer.apply(remove, never);
    expect(await writer.tagsOf(target, never)).toEqual([]);
  });

  it('go to a table as a whole, too', async () => {
    const { url } = await serve(metastoreOf());
    const writer = await writerOf(url);
    const target = await thing(url, 'main.sales.orders', null);
    await writer.apply({ action: 'add', target, tag: 'privacy=personal' }, never);
    expect(await writer.tagsOf(target, never)).toEqual([
      { name: 'region', value: 'eu', setBy: 'propagated' },
      { name: 'domain', value: 'shop', setBy: 'propagated' },
      { name: 'privacy', value: 'personal', setBy: 'person' },
    ]);
  });

  it.each([
    ['a view', 'main.mart.mailing', ['mail'], {}],
    ['a table, without a warehouse', 'main.sales.orders', ['card'], { warehouseId: undefined }],
  ])('go through the interface for tag assignments to %s', async (_, name, field, settings) => {
    const server = await serve(metastoreOf());
    const writer = await writerOf(server.url, settings);
    const target = await thing(server.url, name, field);
    const before = server.statements.length;
    const add = { action: 'add', target, tag: 'lexline_pii' } as const;
    const body = {
      entity_type: 'columns',
      entity_name: `${name}.${field[0]}`,
      tag_key: 'lexline_pii',
      tag_value: 'true',
    };
    expect(writer.steps(add)).toEqual([`POST ${assignments} ${JSON.stringify(body)}`]);
    await writer.apply(add, never);
    await writer.apply(add, never);
    expect(await writer.tagsOf(target, never)).toEqual([{ name: 'lexline_pii', value: 'true', setBy: 'lexline' }]);
    const remove = { ...add, action: 'remove' } as const;
    expect(writer.steps(remove)).toEqual([`DELETE ${assignments}/columns/${name}.${field[0]}/tags/lexline_pii`]);
    await writer.apply(remove, never);
    await writer.apply(remove, never);
    expect(await writer.tagsOf(target, never)).toEqual([]);
    expect(server.statements).toHaveLength(before);
  });

  it('take no place of a value that somebody set', async () => {
    const metastore = metastoreOf();
    metastore.tags.push(tagged('main.sales.orders.card', 'privacy', 'public'));
    const { url } = await serve(metastore);
    const writer = await writerOf(url);
    const target = await thing(url, 'main.sales.orders', ['card']);
    const refused = writer.apply({ action: 'add', target, tag: 'privacy=personal' }, never);
    await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(metastore.tags.at(-1)).toMatchObject({ tag_value: 'public' });
  });

  it('leave a value that somebody set in the place of ours', async () => {
    const metastore = metastoreOf();
    metastore.tags.push(tagged('main.sales.orders.card', 'lexline_pci', 'no'));
    const { url } = await serve(metastore);
    const writer = await writerOf(url);
    const target = await thing(url, 'main.sales.orders', ['card']);
    const refused = writer.apply({ action: 'remove', target, tag: 'lexline_pci' }, never);
    await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(metastore.tags.at(-1)).toMatchObject({ tag_value: 'no' });
  });

  it('name a column with a dot by DDL alone', async () => {
    const metastore = metastoreOf();
    schemaOf(metastore, 'main', 'sales').tables.push(fakeTable('odd', ['a.b']));
    const { url } = await serve(metastore);
    const target = await thing(url, 'main.sales.odd', ['a.b']);
    const change = { action: 'add', target, tag: 'lexline_pii' } as const;
    expect((await writerOf(url)).steps(change)).toEqual([
      "ALTER TABLE `main`.`sales`.`odd` ALTER COLUMN `a.b` SET TAGS ('lexline_pii' = 'true')",
    ]);
    const alone = await writerOf(url, { warehouseId: undefined });
    expect(() => alone.steps(change)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });

  it('find a table or column that is gone', async () => {
    const { url } = await serve(metastoreOf());
    const writer = await writerOf(url);
    const target = await thing(url, 'main.sales.orders', ['card']);
    expect(await writer.tagsOf({ ...target, field: ['gone'] }, never)).toBeNull();
    expect(await writer.tagsOf({ ...target, dataset: { namespace, name: 'main.sales.gone' } }, never)).toBeNull();
  });

  it.each([
    ['a member of a structure', 'main.sales.customers', ['address', 'street']],
    ['a volume', 'main.sales.volume:letters', null],
  ])('are refused for %s', async (_, name, field) => {
    const { url } = await serve(metastoreOf());
    const writer = await writerOf(url);
    const target = await thing(url, name, field);
    await expect(writer.apply({ action: 'add', target, tag: 'x' }, never)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it.each(['a.b', 'a b', 'a:b', '=x'])('are refused as "%s", which is no key', async (tag) => {
    const { url } = await serve(metastoreOf());
    const writer = await writerOf(url);
    const target = await thing(url, 'main.sales.orders', ['card']);
    expect(() => writer.steps({ action: 'add', target, tag })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });
});

describe('policies that a tag switches on', () => {
  const mask = (name: string, condition: string): FakeItem => ({
    name,
    policy_type: 'POLICY_TYPE_COLUMN_MASK',
    on_securable_fullname: 'main',
    match_columns: [{ alias: 'c', condition }],
    column_mask: { function_name: 'main.sales.hide', on_column: 'c' },
  });

  it('are named with their kind and place, on catalogs and on schemas', async () => {
    const metastore = metastoreOf();
    metastore.policies['CATALOG main'] = [mask('hide_pii', "hasTag('lexline_pii')"), mask('other', "hasTag('tier')")];
    metastore.policies['SCHEMA main.sales'] = [
      {
        name: 'own_rows',
        policy_type: 'POLICY_TYPE_ROW_FILTER',
        on_securable_fullname: 'main.sales',
        when_condition: "hasTagValue('lexline_pii', 'true') AND NOT hasTag('open')",
        row_filter: { function_name: 'main.sales.own' },
      },
    ];
    const writer = await writerOf((await serve(metastore)).url);
    expect(await writer.policiesOf('lexline_pii', never)).toEqual([
      { kind: 'masking', name: 'hide_pii on main' },
      { kind: 'row-filter', name: 'own_rows on main.sales' },
    ]);
    expect(await writer.policiesOf('lexline_pii=false', never)).toMatchObject([{ kind: 'masking' }]);
    expect(await writer.policiesOf('nothing', never)).toEqual([]);
  });

  it('are unknown where their conditions are, or where they may not be seen', async () => {
    const metastore = metastoreOf();
    metastore.policies['CATALOG main'] = [mask('odd', 'is_account_group_member(7)')];
    const proxy = await startFaultProxy((await serve(metastore)).url, ({ path }) =>
      path.includes('/policies/SCHEMA/') ? { type: 'status', status: 403 } : null,
    );
    closeLater(proxy);
    const policies = await (await writerOf(proxy.url)).policiesOf('lexline_pii', never);
    expect(policies).toMatchObject([
      { kind: 'unknown', name: 'odd on main' },
      { kind: 'unknown', name: expect.stringContaining('main.sales') as string },
    ]);
  });
});
