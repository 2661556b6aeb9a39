import { describe, expect, it } from 'vitest';
import type { DatasetDocument, SourceMessage } from '../../../../server/model/document.ts';
import { at, readDbt, realArtefact, targetWith, type Tree } from './artefacts.ts';

const table = 'warehouse.shop.customers';
const others = {
  'catalog.json': realArtefact('catalog'),
};
const described = (messages: readonly SourceMessage[], name: string): readonly DatasetDocument[] =>
  messages.flatMap((message) =>
    message.type === 'document' && message.document.type === 'dataset' && message.document.name === name
      ? [message.document]
      : [],
  );

/** The example, with one more source `id` that is the relation of another node. */
async function withSource(of: Tree, id: string, changes: Tree, manifest: Tree, files: object = others) {
  const [, project = '', group = '', name = ''] = id.split('.');
  at(manifest, 'sources')[id] = {
    ...at(manifest, 'sources', 'source.shop_clinic.shop.customers'),
    unique_id: id,
    package_name: project,
    source_name: group,
    name,
    identifier: of['alias'] ?? of['identifier'],
    database: of['database'],
    schema: of['schema'],
    relation_name: of['relation_name'],
    description: '',
    columns: {},
    tags: [],
    meta: {},
    ...changes,
  };
  return readDbt(targetWith({ 'manifest.json': manifest, ...files }));
}

describe('nodes of dbt that are one relation', () => {
  it.each([
    ['with a catalog', others],
    ['without one', {}],
  ])('are one document with what each says, %s', async (_, files) => {
    const manifest = realArtefact('manifest');
    const first = at(manifest, 'sources', 'source.shop_clinic.shop.customers');
    first['columns'] = { email: { name: 'email', tags: ['pii'], description: 'of the shop' } };
    first['tags'] = ['one'];
    const messages = await withSource(
      first,
      'source.shop_clinic.crm.people',
      {
        columns: {
          EMAIL: { name: 'EMAIL', tags: ['contact'], description: 'of the crm' },
          nick: { name: 'nick', data_type: 'text' },
        },
        tags: ['two'],
        meta: { owner: 'dana' },
      },
      manifest,
      files,
    );
    const [found, ...rest] = described(messages, table);
    expect(rest).toEqual([]);
    expect(found?.tags?.map(({ name }) => name).toSorted()).toEqual(['one', 'two']);
    expect(found?.owners).toContain('dana');
    const email = found?.fields.find(({ path }) => path[0] === 'email');
    expect(email?.tags?.map(({ name }) => name).toSorted()).toEqual(['contact', 'pii']);
    expect(email?.description).toBe('of the shop\nof the crm');
    expect(found?.fields.filter(({ path }) => path[0]?.toLowerCase() === 'email')).toHaveLength(1);
    expect(found?.fields.find(({ path }) => path[0] === 'nick')).toMatchObject({ type: 'text' });
    expect(found?.fields.map(({ ordinal }) => ordinal)).toEqual(found?.fields.map((_one, i) => i + 1));
    expect(found?.partial).toBe(files === others ? undefined : true);
  });

  it('of a model and a source are the model, which an empty source takes nothing from, in whatever package', async () => {
    for (const id of ['source.shop_clinic.mart.dim', 'source.another.mart.dim']) {
      const manifest = realArtefact('manifest');
      const dim = at(manifest, 'nodes', 'model.shop_clinic.dim_customers');
      const plain = described(await readDbt(), 'warehouse.dbt_marts.dim_customers');
      const messages = await withSource(dim, id, {}, manifest);
      const found = described(messages, 'warehouse.dbt_marts.dim_customers');
      expect(found).toHaveLength(1);
      expect(found[0]?.native).toEqual(plain[0]?.native);
      expect(found[0]?.fields).toEqual(plain[0]?.fields);
      expect(found[0]?.facets?.['dbt.resource']).toMatchObject({ type: 'model' });
    }
  });
});
