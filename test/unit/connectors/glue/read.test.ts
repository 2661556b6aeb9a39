import { describe, expect, it } from 'vitest';
import { glue } from '../../../../connectors/glue/connector.ts';
import { startFakeGlue } from '../../../fake/glue-server.ts';
import { describeConnector } from '../../../conformance/connector.ts';
import { datasetsByName, messagesOf, readAll } from '../../../connector-messages.ts';
import { table, catalog, settings, connect, behind } from './session.ts';

describeConnector('glue over a made-up catalog', async () => {
  const server = await startFakeGlue(catalog());
  return {
    connector: glue,
    config: { ...settings, endpoint: server.url },
    connect: () => connect(server.url),
    secrets: ['canary-'],
  };
});

describe('glue over a made-up catalog', () => {
  it('describes tables with partition keys, members, owner, place and other names', async () => {
    const messages = await readAll(connect(await behind(() => null)));
    const found = datasetsByName(messages);
    expect([...found.keys()].toSorted()).toEqual([
      'hr.staff',
      'sales.customers',
      'sales.linked',
      'sales.orders',
      'sales.payments',
      'sales.view',
    ]);
    const namespace = 'arn:aws:glue:eu-central-1:123456789012';
    expect(found.get('sales.customers')).toMatchObject({
      namespace,
      description: 'People who buy',
      owners: ['ada'],
      aliases: [
        { namespace, name: 'table/sales/customers' },
        { namespace, name: 'awsdatacatalog.sales.customers' },
        { namespace, name: 'spark_catalog.sales.customers' },
      ],
      facets: {
        region: 'eu-central-1',
        'glue.relation': {
          location: 's3://lake/customers/',
          format: 'MapredParquetInputFormat',
          partitionKeys: ['day'],
          parameters: { classification: 'parquet' },
        },
      },
    });
    expect(found.get('sales.customers')?.fields.map(({ path, type }) => [path.join('/'), type])).toEqual([
      ['id', 'bigint'],
      ['address', 'struct<street:string,places:array<struct<lat:double>>>'],
      ['address/street', 'string'],
      ['address/places', 'array<struct<lat:double>>'],
      ['address/places/lat', 'double'],
      ['day', 'date'],
    ]);
    expect(found.get('sales.linked')?.facets).toMatchObject({
      'glue.relation': { link: { catalog: '210987654321', database: 'other', table: 'theirs' } },
    });
    expect(messagesOf('observation', messages)).toMatchObject([
      { name: { name: 'sales.customers' }, body: { rows: 12 } },
    ]);
  });

  it('decodes a view and hands it over by the order of its columns, without the remark that Athena leaves', async () => {
    const messages = await readAll(connect(await behind(() => null)));
    const job = messagesOf('document', messages).find(({ document }) => document.type === 'job')?.document;
    expect(job).toMatchObject({
      name: 'sales.view',
      statements: [
        {
          dialect: 'athena',
          defaultSchema: 'sales',
          sql: 'CREATE VIEW "sales"."view" ("who") AS SELECT id FROM customers',
        },
      ],
    });
    expect(datasetsByName(messages).get('sales.view')?.description).toBeUndefined();
  });

  it('does not begin a database that has not changed, begins one in which a comment did, and drops one that is gone', async () => {
    const changing = catalog();
    const url = await behind(() => null, changing);
    const at = (await readAll(connect(url))).findLast((message) => message.type === 'checkpoint')?.cursor ?? null;
    changing.delete('empty');
    changing.get('hr')?.splice(0, 1, table('staff', [['id', 'int']], { DatabaseName: 'hr', Description: 'new' }));
    const since = await readAll(connect(url), { kind: 'since', at });
    expect(messagesOf('scope-begin', since).map(({ scope }) => scope)).toEqual(['hr']);
    expect(messagesOf('scopes', since)).toEqual([{ type: 'scopes', scopes: ['sales', 'hr'] }]);
  });

  it('asks for each page once: what was listed to see whether it changed is what is read', async () => {
    let asked = 0;
    const url = await behind(({ body }) => {
      if (body.includes('DatabaseName')) asked += 1;
      return null;
    });
    await readAll(connect(url));
    expect(asked).toBe(5);
  });
});
