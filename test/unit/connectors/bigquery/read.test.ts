import { afterEach, describe, expect, it } from 'vitest';
import { startFakeBigQuery } from '../../../fake/bigquery-server.ts';
import type { FakeCloud } from '../../../fake/bigquery-project.ts';
import type { FakeBigQuery, FakeBigQueryOptions } from '../../../fake/bigquery-server.ts';
import { connectTo, datasetsOf, jobsOf, project, readAll, smallCloud, token } from './session.ts';

const servers: FakeBigQuery[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function over(cloud: FakeCloud, options: FakeBigQueryOptions = {}): Promise<FakeBigQuery> {
  const server = await startFakeBigQuery(cloud, { token, ...options });
  servers.push(server);
  return server;
}
const read = async (cloud: FakeCloud, settings: object = {}, options: FakeBigQueryOptions = {}) =>
  readAll(connectTo((await over(cloud, options)).url, settings));

describe('what is read of BigQuery', () => {
  it('reads a table with descriptions, labels, region, members of structures, policy tags and masking', async () => {
    const documents = datasetsOf(await read(smallCloud()));
    const customers = documents.find(({ name }) => name === 'acme-shop.sales.customers');
    expect(customers).toMatchObject({
      kind: 'table',
      platform: 'bigquery',
      namespace: 'bigquery',
      description: 'People who buy',
      tags: [{ name: 'team', value: 'sales', setBy: 'person' }],
      facets: { region: 'EU' },
    });
    expect(customers?.fields.map(({ path, type, nullable }) => [path.join('.'), type, nullable])).toEqual([
      ['id', 'INT64', false],
      ['email', 'STRING', true],
      ['addresses', 'ARRAY<STRUCT<street STRING, geo STRUCT<lat FLOAT64>>>', true],
      ['addresses.street', 'STRING', undefined],
      ['addresses.geo', 'STRUCT<lat FLOAT64>', undefined],
      ['addresses.geo.lat', 'FLOAT64', undefined],
    ]);
    expect(customers?.fields[1]).toMatchObject({
      description: 'Where invoices go',
      tags: [{ name: 'Privacy.Personal', setBy: 'person' }],
      facets: {
        controls: [
          { kind: 'COLUMN_ACCESS_POLICY', name: 'Privacy.Personal' },
          { kind: 'MASKING_POLICY', name: 'mask_mail (EMAIL_MASK)' },
        ],
      },
    });
    expect(customers?.fields[3]?.description).toBe('With the number');
  });

  it('folds daily tables into one, as the latest of them is, and leaves alone what only looks like one', async () => {
    const cloud = smallCloud();
    cloud.table(project, 'sales', 'events_20260103', ['user_id', 'ip', 'consent']);
    cloud.table(project, 'sales', 'events_intraday_20260103', ['user_id']);
    cloud.table(project, 'sales', 'order_12345678', ['id']);
    const documents = datasetsOf(await read(cloud, { datasets: { include: ['sales'] } }));
    expect(documents.map(({ name }) => name.replace('acme-shop.sales.', ''))).toEqual([
      'customers',
      'events_intraday_yyyymmdd',
      'events_yyyymmdd',
      'order_12345678',
    ]);
    const events = documents.find(({ name }) => name.endsWith('.events_yyyymmdd'));
    expect(events?.fields.map(({ path }) => path.join('.'))).toEqual(['user_id', 'ip', 'consent']);
    expect(events?.facets?.['bigquery.relation']).toEqual({ sharded: true });
  });

  it('gives a view as a job with its query, by the order of its columns', async () => {
    const [view] = jobsOf(await read(smallCloud()));
    expect(view).toMatchObject({
      kind: 'view',
      outputs: [{ namespace: 'bigquery', name: 'acme-shop.mart.mailing' }],
      statements: [
        {
          dialect: 'bigquery',
          defaultDatabase: 'acme-shop',
          defaultSchema: 'mart',
          sql: 'CREATE VIEW `acme-shop`.`mart`.`mailing` (`mail`) AS SELECT LOWER(email) AS mail FROM `acme-shop.sales.customers`',
        },
      ],
    });
  });
});
