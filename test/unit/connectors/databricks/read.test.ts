import { describe, expect, it } from 'vitest';
import { fakeTable, fakeView, schemaOf } from '../../../fake/databricks-metastore.ts';
import { completed, datasetsByName, gapsOf, jobsByName, never, readAll } from '../../../connector-messages.ts';
import { connectTo, namespace, readOf, serve, smallMetastore } from './session.ts';

describe('the structure of a metastore', () => {
  it('is read with names, types, comments, order, owner, region, format and location, and no signature', async () => {
    const found = datasetsByName(await readOf(smallMetastore()));
    expect([...found.keys()].toSorted()).toEqual([
      'main.mart.mailing',
      'main.sales.customers',
      'main.sales.orders',
      'main.sales.volume:letters',
    ]);
    const customers = found.get('main.sales.customers');
    expect(customers).toMatchObject({
      kind: 'table',
      platform: 'databricks',
      namespace,
      description: 'People who buy',
      owners: ['data-platform'],
      aliases: [{ namespace: 's3://acme-lake', name: 'sales/customers' }],
      facets: {
        region: 'eu-central-1',
        'databricks.relation': {
          tableType: 'MANAGED',
          format: 'DELTA',
          location: 's3://acme-lake/sales/customers',
          properties: { 'delta.logRetentionDuration': 'interval 30 days' },
        },
      },
    });
    expect(customers?.fields[0]).toMatchObject({ path: ['id'], type: 'bigint', ordinal: 1, nullable: false });
    expect(customers?.fields[1]).toMatchObject({ path: ['email'], description: 'Where invoices go' });
  });

  it('lists the members of a structure, with the comments that Spark keeps for them', async () => {
    const customers = datasetsByName(await readOf(smallMetastore())).get('main.sales.customers');
    expect(customers?.fields.slice(2)).toMatchObject([
      { path: ['address'], type: 'struct<street:string,geo:struct<lat:double,lon:double>>' },
      { path: ['address', 'street'], type: 'string', nullable: false, description: 'With the number' },
      { path: ['address', 'geo'], type: 'struct<lat:double,lon:double>', nullable: true },
      { path: ['address', 'geo', 'lat'], type: 'double' },
      { path: ['address', 'geo', 'lon'], type: 'double' },
    ]);
  });

  it('tells masks and row filters as what restricts reading', async () => {
    const customers = datasetsByName(await readOf(smallMetastore())).get('main.sales.customers');
    expect(customers?.fields[1]?.facets?.['controls']).toEqual([
      { kind: 'COLUMN_MASK', name: 'main.sales.hide_email' },
    ]);
    expect(customers?.fields[0]?.facets?.['controls']).toBeUndefined();
    expect(customers?.facets?.['databricks.relation']).toMatchObject({
      policies: [{ kind: 'ROW_FILTER', name: 'main.sales.own_region' }],
    });
  });

  it('lets what masks a structure mask its members', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'main', 'sales').tables.push(
      fakeTable('people', [
        { name: 'home', type_text: 'struct<street:string>', mask: { function_name: 'main.sales.hide' } },
      ]),
    );
    const fields = datasetsByName(await readOf(metastore)).get('main.sales.people')?.fields ?? [];
    expect(fields.map(({ facets }) => facets?.['controls'])).toEqual(
      Array.from({ length: 2 }, () => [{ kind: 'COLUMN_MASK', name: 'main.sales.hide' }]),
    );
  });

  it('makes a job of a view whose names start where it was made, not where it lies', async () => {
    const job = jobsByName(await readOf(smallMetastore())).get('main.mart.mailing');
    expect(job).toMatchObject({ kind: 'view', outputs: [{ namespace, name: 'main.mart.mailing' }] });
    expect(job?.statements).toEqual([
      {
        dialect: 'databricks',
        namespace,
        defaultDatabase: 'main',
        defaultSchema: 'sales',
        sql: 'CREATE VIEW `main`.`mart`.`mailing` (`mail`) AS SELECT lower(email) FROM customers',
      },
    ]);
  });

  it('hands over a definition that holds its own CREATE as it is', async () => {
    const metastore = smallMetastore();
    const sql = 'CREATE OR REFRESH MATERIALIZED VIEW daily AS SELECT id FROM orders';
    schemaOf(metastore, 'main', 'mart').tables.push(
      fakeView('daily', ['id'], sql, { table_type: 'MATERIALIZED_VIEW' }),
    );
    const messages = await readOf(metastore);
    expect(datasetsByName(messages).get('main.mart.daily')?.kind).toBe('materialized-view');
    expect(jobsByName(messages).get('main.mart.daily')?.statements?.[0]?.sql).toBe(sql);
  });

  it('asks for what a view is made from where its text is not shown, and says the gap', async () => {
    const metastore = smallMetastore();
    const dependencies = [
      { table: { table_full_name: 'main.sales.customers' } },
      { function: { function_full_name: 'main.sales.hide_email' } },
    ];
    schemaOf(metastore, 'main', 'mart').tables.push(
      fakeView('hidden', ['x'], null, { view_dependencies: { dependencies } }),
    );
    const messages = await readOf(metastore);
    expect(jobsByName(messages).get('main.mart.hidden')).toMatchObject({
      inputs: [{ namespace, name: 'main.sales.customers' }],
      outputs: [{ namespace, name: 'main.mart.hidden' }],
    });
    expect(gapsOf(messages).map(({ what }) => what)).toContain('the query of view main.mart.hidden');
  });

  it('takes a metric view for what it is made from and says that its YAML is not read', async () => {
    const metastore = smallMetastore();
    const dependencies = [{ table: { table_full_name: 'main.sales.orders' } }];
    schemaOf(metastore, 'main', 'mart').tables.push(
      fakeView('revenue', ['x'], 'version: 0.1\nsource: main.sales.orders', {
        table_type: 'METRIC_VIEW',
        view_dependencies: { dependencies },
      }),
    );
    const messages = await readOf(metastore);
    expect(jobsByName(messages).get('main.mart.revenue')?.inputs).toEqual([{ namespace, name: 'main.sales.orders' }]);
    expect(gapsOf(messages)).toContainEqual(
      expect.objectContaining({ what: 'definition of metric view main.mart.revenue', reason: 'unsupported' }),
    );
  });

  it('lists volumes as files, known by their path and by where they lie', async () => {
    expect(datasetsByName(await readOf(smallMetastore())).get('main.sales.volume:letters')).toMatchObject({
      kind: 'file',
      fields: [],
      aliases: [
        { namespace, name: '/Volumes/main/sales/letters' },
        { namespace: 's3://acme-lake', name: 'letters' },
      ],
    });
  });

  it('follows the expression of a generated column, and says that there is a default without saying it', async () => {
    const metastore = smallMetastore();
    const described = (name: string, metadata: object) => ({
      name,
      type_json: JSON.stringify({ name, type: 'string', nullable: true, metadata }),
    });
    schemaOf(metastore, 'main', 'sales').tables.push(
      fakeTable('made', [
        'card',
        described('last4', { 'delta.generationExpression': 'right(card, 4)' }),
        described('kind', { CURRENT_DEFAULT: "'canary-7Q'" }),
      ]),
    );
    const messages = await readOf(metastore);
    expect(jobsByName(messages).get('main.sales.made')?.statements?.[0]?.sql).toBe(
      'UPDATE `sales`.`made` SET `last4` = right(card, 4)',
    );
    const fields = datasetsByName(messages).get('main.sales.made')?.fields;
    expect(fields?.[2]?.facets).toEqual({ 'databricks.column': { hasDefault: true } });
    expect(JSON.stringify(messages)).not.toContain('canary-7Q');
  });

  it('leaves out the system, the samples and every information_schema', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'samples', 'nyctaxi').tables.push(fakeTable('trips', ['x']));
    const messages = await readOf(metastore);
    expect(completed(messages)).toEqual(['main.mart', 'main.sales']);
    expect(messages[0]).toEqual({ type: 'scopes', scopes: ['main.mart', 'main.sales', ':metastore'] });
  });

  it('reads the catalogs and schemas that are asked for', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'dev', 'sales').tables.push(fakeTable('x', ['y']));
    const both = { catalogs: { include: ['main', 'dev'] }, schemas: { exclude: ['mart'] } };
    expect(completed(await readOf(metastore, both))).toEqual(['dev.sales', 'main.sales']);
    expect(completed(await readOf(metastore, { catalogs: { exclude: ['main'] } }))).toEqual(['dev.sales']);
  });

  it('says which catalog is named and not shown, and takes nothing for gone then', async () => {
    const messages = await readOf(smallMetastore(), { catalogs: { include: ['main', 'hr'] } });
    expect(messages.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gapsOf(messages)).toContainEqual(expect.objectContaining({ what: 'catalog hr', reason: 'no-rights' }));
  });

  it('reads structure without a warehouse, and says what is missing', async () => {
    const { url, statements } = await serve(smallMetastore());
    const messages = await readAll(connectTo(url, { warehouseId: undefined }));
    expect([...datasetsByName(messages).keys()]).toHaveLength(4);
    expect(gapsOf(messages)).toEqual([expect.objectContaining({ reason: 'not-connected' })]);
    expect(statements).toEqual([]);
  });
});

it.each(['/', '/?o=123456', '/login.html/../'])(
  'takes the address as it is pasted from a browser: %s',
  async (tail) => {
    const { url } = await serve(smallMetastore());
    expect(completed(await readAll(connectTo(`${url}${tail}`)))).toEqual(['main.mart', 'main.sales']);
  },
);

it('says who answers, how much is read, and what is missing', async () => {
  const { url } = await serve(smallMetastore());
  const connection = connectTo(url, { warehouseId: undefined });
  expect(await connection.check(never)).toMatchObject({
    system: 'Databricks Unity Catalog, metastore acme (aws eu-central-1)',
    gaps: [{ reason: 'not-connected' }],
    notes: [expect.stringContaining('1 catalog')],
  });
  await connection.close();
});
