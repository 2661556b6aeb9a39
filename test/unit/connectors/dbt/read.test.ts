import { describe, expect, it } from 'vitest';
import type { DatasetDocument, JobDocument, SourceMessage } from '../../../../server/model/document.ts';
import { at, namespace, readDbt, realArtefact, targetWith, type Tree } from './artefacts.ts';

const documents = (messages: readonly SourceMessage[]) =>
  messages.flatMap((message) => (message.type === 'document' ? [message.document] : []));
const gaps = (messages: readonly SourceMessage[]) =>
  messages.flatMap((message) => (message.type === 'gap' ? [message.gap] : []));
const dataset = (messages: readonly SourceMessage[], name: string) =>
  documents(messages).find((one): one is DatasetDocument => one.type === 'dataset' && one.name === name);
const job = (messages: readonly SourceMessage[], name: string) =>
  documents(messages).find((one): one is JobDocument => one.type === 'job' && one.name === name);

/** The real target with a change to its manifest. */
async function readChanged(change: (manifest: Tree) => void, others = true): Promise<readonly SourceMessage[]> {
  const manifest = realArtefact('manifest');
  change(manifest);
  const rest = others
    ? {
        'catalog.json': realArtefact('catalog'),
        'run_results.json': realArtefact('run_results'),
        'sources.json': realArtefact('sources'),
      }
    : {};
  return readDbt(targetWith({ 'manifest.json': manifest, ...rest }));
}

const model = (manifest: Tree, name: string) => at(manifest, 'nodes', `model.shop_clinic.${name}`);
const real = await readDbt();

describe('a dbt project', () => {
  it('names its datasets as the warehouse does', () => {
    expect(dataset(real, 'warehouse.dbt_marts.dim_customers')).toMatchObject({
      namespace,
      kind: 'table',
      platform: 'postgres',
    });
    expect(dataset(real, 'warehouse.dbt_staging.stg_cards')?.kind).toBe('view');
    expect(dataset(real, 'warehouse.shop.customers')).toMatchObject({
      native: { id: 'source.shop_clinic.shop.customers' },
    });
  });

  it('takes columns, types and order from the catalog and what people said from the manifest', () => {
    const fields = dataset(real, 'warehouse.dbt_marts.dim_customers')?.fields ?? [];
    expect(fields.map(({ path }) => path[0])).toEqual([
      'customer_id',
      'full_name',
      'email',
      'city',
      'orders',
      'spent',
      'last_order_at',
      'segment_name',
    ]);
    expect(fields[1]).toMatchObject({ type: 'text', description: 'First and last name' });
    expect(fields[2]).toMatchObject({
      tags: [{ name: 'personal', setBy: 'person' }],
      facets: { 'dbt.meta': { contains_pii: true } },
    });
    expect(fields[0]).toMatchObject({
      nullable: false,
      facets: { 'dbt.semantic': [{ role: 'entity', type: 'primary' }] },
    });
  });

  it('carries owners, group, contract, tests and keys', () => {
    expect(dataset(real, 'warehouse.dbt_marts.dim_customers')).toMatchObject({
      owners: ['customer-data', 'Customer data team'],
      tags: [{ name: 'mart' }],
      keys: [{ kind: 'primary', fields: [['customer_id']] }, { kind: 'unique' }],
      facets: { 'dbt.resource': { group: 'customer_data', access: 'public', contract: true, materialized: 'table' } },
    });
    expect(dataset(real, 'warehouse.shop.orders')?.keys).toContainEqual({
      kind: 'foreign',
      fields: [['customer_id']],
      references: { dataset: { namespace, name: 'warehouse.shop.customers' }, fields: [['customer_id']] },
    });
  });

  it('hands compiled SQL over with its dialect, defaults and target', () => {
    const [statement] = job(real, 'model.shop_clinic.fct_payments')?.statements ?? [];
    expect(statement).toMatchObject({
      dialect: 'postgres',
      namespace,
      defaultDatabase: 'warehouse',
      defaultSchema: 'dbt_marts',
      target: { namespace, name: 'warehouse.dbt_marts.fct_payments' },
    });
    expect(statement?.sql).not.toContain('{{');
  });

  it('puts ephemeral models into those who read them', () => {
    const outreach = job(real, 'model.shop_clinic.patient_outreach');
    expect(dataset(real, 'warehouse.dbt_staging.stg_patients')).toBeUndefined();
    expect(job(real, 'model.shop_clinic.stg_patients')).toBeUndefined();
    expect(outreach?.inputs.map(({ name }) => name).sort()).toEqual([
      'warehouse.clinic.diagnoses',
      'warehouse.clinic.patients',
      'warehouse.dbt_staging.stg_customers',
    ]);
    expect(outreach?.statements?.[0]?.sql).toContain('__dbt__cte__stg_patients as');
  });

  it('injects them itself where dbt has not', async () => {
    const messages = await readChanged((manifest) => {
      const node = model(manifest, 'dim_customers');
      node['extra_ctes_injected'] = false;
      node['extra_ctes'] = [{ id: 'model.shop_clinic.x', sql: ' __dbt__cte__x as (\nselect 1 as one\n)' }];
      node['compiled_code'] = 'with own as (select * from __dbt__cte__x) select one from own';
    });
    expect(job(messages, 'model.shop_clinic.dim_customers')?.statements?.[0]?.sql).toBe(
      'with __dbt__cte__x as (\nselect 1 as one\n), own as (select * from __dbt__cte__x) select one from own',
    );
  });

  it('makes an exposure a report that is fed', () => {
    expect(dataset(real, 'exposure.shop_clinic.agency_upload')).toMatchObject({
      kind: 'report',
      owners: ['Marketing'],
      native: { url: 'https://bi.example.com/agency' },
    });
    expect(job(real, 'exposure.shop_clinic.agency_upload')).toMatchObject({
      inputs: [{ name: 'warehouse.dbt_marts.agency_export' }],
      outputs: [{ name: 'exposure.shop_clinic.agency_upload' }],
    });
  });

  it('shows the address of an exposure without what signs in to it', async () => {
    const messages = await readChanged((manifest) => {
      at(manifest, 'exposures', 'exposure.shop_clinic.agency_upload')['url'] =
        'https://u:canary-7Q@bi.example.com/agency?id=5&token=canary-7Q';
    });
    expect(dataset(messages, 'exposure.shop_clinic.agency_upload')).toMatchObject({
      native: { url: 'https://bi.example.com/agency?id=5' },
    });
    expect(JSON.stringify(messages)).not.toContain('canary');
  });

  it('observes runs and freshness beside the graph', () => {
    const observed = real.flatMap((message) => (message.type === 'observation' ? [message] : []));
    expect(observed).toContainEqual(
      expect.objectContaining({
        kind: 'job',
        measure: 'runs',
        name: expect.objectContaining({ name: 'model.shop_clinic.dim_customers' }),
      }),
    );
    expect(observed).toContainEqual(expect.objectContaining({ kind: 'dataset', measure: 'freshness' }));
    for (const { day, last } of observed) expect(last.startsWith(day)).toBe(true);
  });
});

describe('what cannot be told of a dbt project', () => {
  it('is a model that is not compiled', async () => {
    const messages = await readChanged((manifest) => {
      model(manifest, 'dim_customers')['compiled_code'] = null;
      model(manifest, 'agency_export')['compiled_code'] = 'select {{ this }}';
    });
    expect(gaps(messages)).toContainEqual({
      what: 'SQL of package shop_clinic',
      reason: 'unparsed-sql',
      detail:
        'not compiled, so what their SQL told before is kept: model.shop_clinic.agency_export, model.shop_clinic.dim_customers',
      remedy: 'dbt compile',
    });
    expect(job(messages, 'model.shop_clinic.dim_customers')?.inputs.length).toBeGreaterThan(0);
    expect(job(messages, 'model.shop_clinic.dim_customers')?.partial).toBe(true);
    expect(job(real, 'model.shop_clinic.dim_customers')?.partial).toBeUndefined();
    expect(messages).toContainEqual({ type: 'scope-complete', scope: 'dbt:shop_clinic' });
  });

  it('is a Python model', async () => {
    const messages = await readChanged((manifest) => {
      const node = model(manifest, 'dim_customers');
      node['language'] = 'python';
      node['compiled_code'] = 'def model(dbt, session): return dbt.ref("x")';
    });
    expect(job(messages, 'model.shop_clinic.dim_customers')?.statements).toBeUndefined();
    expect(gaps(messages)).toContainEqual(expect.objectContaining({ what: 'Python models of package shop_clinic' }));
  });

  it('is a hook that is only a template; a plain one is a statement', async () => {
    expect(gaps(real)).toContainEqual(expect.objectContaining({ what: 'hooks of package shop_clinic' }));
    const sql = 'insert into a.b select * from a.c';
    const messages = await readChanged((manifest) => {
      at(model(manifest, 'patient_outreach'), 'config')['post-hook'] = [
        { sql },
        { sql: 'grant select on {{ this }} to x' },
      ];
    });
    expect(job(messages, 'model.shop_clinic.patient_outreach')?.statements?.[1]).toMatchObject({
      sql,
      dialect: 'postgres',
    });
    expect(gaps(messages).some(({ what }) => what.startsWith('hooks'))).toBe(false);
  });

  it('is the types of columns without a catalog', async () => {
    const messages = await readChanged(() => {}, false);
    expect(gaps(messages)).toContainEqual(
      expect.objectContaining({ what: 'column types of package shop_clinic', remedy: 'dbt docs generate' }),
    );
    expect(dataset(messages, 'warehouse.dbt_marts.dim_customers')?.fields[0]).toMatchObject({
      path: ['customer_id'],
      type: 'bigint',
    });
  });

  it('is a node that does not hold: it is named, the others go on, nothing is retired', async () => {
    const messages = await readChanged((manifest) => {
      at(manifest, 'nodes')['model.shop_clinic.broken'] = { resource_type: 'model', name: 7 };
    });
    expect(gaps(messages)).toContainEqual(
      expect.objectContaining({ what: 'model.shop_clinic.broken', reason: 'not-read' }),
    );
    expect(messages.some(({ type }) => type === 'scope-complete')).toBe(false);
    expect(documents(messages)).toHaveLength(documents(real).length);
  });

  it('is not a model that is switched off', async () => {
    const messages = await readChanged((manifest) => {
      at(model(manifest, 'agency_export'), 'config')['enabled'] = false;
    });
    expect(dataset(messages, 'warehouse.dbt_marts.agency_export')).toBeUndefined();
  });
});

describe('values in a dbt project', () => {
  it('are not read: test arguments, test SQL, messages of runs, rows of unit tests, machine paths', async () => {
    const manifest = realArtefact('manifest');
    const nodes = Object.values(at(manifest, 'nodes')) as Tree[];
    const test = nodes.find((node) => (node['test_metadata'] ?? null) !== null) ?? {};
    test['compiled_code'] = "select * from t where x in ('canary-7Q')";
    at(test, 'test_metadata', 'kwargs')['values'] = ['canary-7Q'];
    manifest['unit_tests'] = { 'unit_test.x': { given: [{ rows: [{ email: 'canary-7Q' }] }] } };
    model(manifest, 'dim_customers')['root_path'] = '/home/canary-7Q';
    const runs = realArtefact('run_results');
    (runs['results'] as Tree[])[0] = { ...(runs['results'] as Tree[])[0], message: 'value canary-7Q is bad' };
    const messages = await readDbt(targetWith({ 'manifest.json': manifest, 'run_results.json': runs }));
    expect(JSON.stringify(messages)).not.toContain('canary');
  });
});

describe('the dialect and names of a dbt project', () => {
  it('follow the adapter; without a namespace they stay its own', async () => {
    const manifest = realArtefact('manifest');
    at(manifest, 'metadata')['adapter_type'] = 'snowflake';
    for (const node of Object.values(at(manifest, 'nodes')) as Tree[])
      if (typeof node['relation_name'] === 'string') node['relation_name'] = node['relation_name'].replaceAll('"', '');
    const messages = await readDbt(targetWith({ 'manifest.json': manifest }), { namespace: undefined });
    const found = documents(messages).find(({ native }) => native?.id === 'model.shop_clinic.dim_customers');
    expect(found).toMatchObject({ namespace: 'snowflake://shop_clinic', name: 'WAREHOUSE.DBT_MARTS.DIM_CUSTOMERS' });
    expect(job(messages, 'model.shop_clinic.dim_customers')?.statements?.[0]?.dialect).toBe('snowflake');
  });
});
