import { describe, expect, it } from 'vitest';
import type { DatasetDocument, SourceMessage } from '../../../../server/model/document.ts';
import { at, readDbt, realArtefact, targetWith, type Tree } from './artefacts.ts';

const gaps = (messages: readonly SourceMessage[]) =>
  messages.flatMap((message) => (message.type === 'gap' ? [message.gap] : []));
const dataset = (messages: readonly SourceMessage[], name: string) =>
  messages
    .flatMap((message) => (message.type === 'document' ? [message.document] : []))
    .find((one): one is DatasetDocument => one.type === 'dataset' && one.name === name);

/** The real target with a change to its manifest. */
async function readChanged(change: (manifest: Tree) => void): Promise<readonly SourceMessage[]> {
  const manifest = realArtefact('manifest');
  change(manifest);
  return readDbt(targetWith({ 'manifest.json': manifest, 'catalog.json': realArtefact('catalog') }));
}

const model = (manifest: Tree, name: string) => at(manifest, 'nodes', `model.shop_clinic.${name}`);
const real = await readDbt();

describe('a gap of a dbt project', () => {
  it.each([
    ['{{ export_users(this) }}', true],
    ['call etl.push_users()', true],
    ["{% if target.name == 'prod' %}{{ copy_into_lake() }}{% endif %}", true],
    ['alter table {{ this }} swap with mart.other', true],
    ['analyze {{ this }}; insert into x.y select * from {{ this }}', true],
    ['select etl.push({{ this }})', true],
    ['grant select on {{ this }} to reporter', false],
    ['-- insert here\n{# copy #} vacuum {{ this }};', false],
    ['{% if is_incremental() %}delete from {{ this }} where id = 1{% endif %}', false],
    ['create unique index i on {{ this }} (id)', false],
    ["alter table {{ this }} set (autovacuum_enabled = 'off')", false],
    ["{{ log('done', info=true) }}", false],
  ])('is the hook %s where it may move rows: %s', async (sql, isGap) => {
    const messages = await readChanged((manifest) => {
      at(model(manifest, 'patient_outreach'), 'config')['post-hook'] = [{ sql }];
    });
    const found = gaps(messages).filter(({ what }) => what === 'hooks of package shop_clinic');
    expect(found).toHaveLength(isGap ? 1 : 0);
    if (isGap) expect(found[0]?.detail).toContain('model.shop_clinic.patient_outreach');
  });

  it('is what is said of the columns of an ephemeral model', async () => {
    const withTags = (materialized: string, column: Tree) =>
      readChanged((manifest) => {
        const stg = model(manifest, 'dim_customers');
        at(stg, 'config')['materialized'] = materialized;
        stg['columns'] = { email: { name: 'email', ...column } };
      });
    const told = (messages: readonly SourceMessage[]) =>
      gaps(messages).find(({ what }) => what === 'columns of ephemeral models of package shop_clinic')?.detail;
    expect(told(await withTags('ephemeral', { tags: ['pii'] }))).toContain('model.shop_clinic.dim_customers.email');
    expect(told(await withTags('ephemeral', { config: { meta: { contains_pii: true } } }))).toContain('.email');
    expect(told(await withTags('ephemeral', { description: 'said' }))).toBeUndefined();
    expect(told(await withTags('table', { tags: ['pii'] }))).toBeUndefined();
  });

  it('is a catalog of another target; names are those that the SQL says', async () => {
    const catalog = realArtefact('catalog');
    const metadata = at(catalog, 'nodes', 'model.shop_clinic.dim_customers', 'metadata');
    metadata['schema'] = 'prod_marts';
    const messages = await readDbt(targetWith({ 'manifest.json': realArtefact('manifest'), 'catalog.json': catalog }));
    const found = gaps(messages).find(({ what }) => what === 'target of package shop_clinic');
    expect(found?.detail).toContain('warehouse.prod_marts in the catalog, warehouse.dbt_marts in the manifest');
    expect(dataset(messages, 'warehouse.dbt_marts.dim_customers')?.fields[1]).toMatchObject({ type: 'text' });
    expect(dataset(messages, 'warehouse.prod_marts.dim_customers')).toBeUndefined();
    expect(gaps(real).some(({ what }) => what.startsWith('target of'))).toBe(false);
    metadata['schema'] = 'DBT_MARTS';
    const spelt = await readDbt(targetWith({ 'manifest.json': realArtefact('manifest'), 'catalog.json': catalog }));
    expect(gaps(spelt).some(({ what }) => what.startsWith('target of'))).toBe(false);
    expect(dataset(spelt, 'warehouse.DBT_MARTS.dim_customers')).toBeDefined();
  });
});
