import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigquery } from '../../../connectors/bigquery/connector.ts';
import { fieldUid, type FieldPath } from '../../../server/model/ids.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import type { SyncReport } from '../../../server/sync/sync.ts';
import { createFakeCloud } from '../../fake/bigquery-project.ts';
import { startFakeBigQuery, type FakeBigQuery } from '../../fake/bigquery-server.ts';
import { openHouse, type House } from '../sync/harness.ts';
import { openOneSource } from '../sync/one-source.ts';

const project = 'acme-shop';
const at = (dataset: string, table: string) => [project, dataset, table] as const;

function shop() {
  const cloud = createFakeCloud();
  cloud.nowMs = Date.now();
  cloud.table(project, 'sales', 'customers', [
    'id',
    'email',
    { name: 'homes', type: 'RECORD', mode: 'REPEATED', fields: [{ name: 'street', type: 'STRING' }] },
  ]);
  cloud.table(project, 'sales', 'events_20260101', ['user_id', 'ip']);
  cloud.table(project, 'mart', 'mailing', ['mail'], {
    type: 'VIEW',
    query: 'SELECT LOWER(email) FROM `acme-shop.sales.customers`',
  });
  cloud.table(project, 'mart', 'streets', ['street'], {
    type: 'VIEW',
    query: 'SELECT home.street FROM `acme-shop.sales.customers`, UNNEST(homes) AS home',
  });
  cloud.table(project, 'mart', 'ips', ['ip'], {
    type: 'VIEW',
    query: "SELECT ip FROM `acme-shop.sales.events_*` WHERE _TABLE_SUFFIX = '20260101'",
  });
  for (const [name, from] of [
    ['every', '`acme-shop.sales.events_*`'],
    ['one', 'sales.events_20260101'],
  ] as const)
    cloud.table(project, 'mart', name, ['user_id', 'ip'], { type: 'VIEW', query: `SELECT * FROM ${from}` });
  cloud.table(project, 'mart', 'kept', ['user_id', 'ip'], { type: 'SNAPSHOT', base: at('sales', 'events_20260101') });
  cloud.table(project, 'mart', 'people', ['mail', 'domain'], { generated: { domain: "SPLIT(mail, '@')[OFFSET(1)]" } });
  for (const name of ['letters', 'answers', 'hashes']) cloud.table(project, 'mart', name, ['email']);
  cloud.dataset(project, 'mart').routines.push({
    name: 'load',
    type: 'PROCEDURE',
    body: 'SQL',
    ddl: 'CREATE OR REPLACE PROCEDURE `acme-shop`.mart.load(d DATE)\nBEGIN\n  INSERT INTO mart.letters (email) SELECT email FROM sales.customers;\nEND;',
  });
  const ran = { location: 'EU', endedMs: cloud.nowMs - 3_600_000 };
  cloud.jobs.set(project, [
    {
      ...ran,
      id: 'bare',
      shape: 'aa',
      statement: 'SELECT',
      query: 'SELECT email FROM customers',
      target: at('mart', 'answers'),
      read: [at('sales', 'customers')],
      configuration: { query: { defaultDataset: { datasetId: 'sales' } } },
    },
    {
      ...ran,
      id: 'script',
      shape: 'bb',
      statement: 'SCRIPT',
      query:
        'CREATE TEMP TABLE found AS SELECT email FROM sales.customers; INSERT INTO mart.hashes SELECT TO_HEX(SHA256(email)) FROM found;',
      target: at('mart', 'hashes'),
      read: [],
    },
  ]);
  return cloud;
}

describe('lineage out of BigQuery', () => {
  const sqlEngine = createSqlEngine({ workers: 1 });
  let house: House;
  let server: FakeBigQuery;
  let report: SyncReport;
  beforeAll(async () => {
    house = await openHouse();
    server = await startFakeBigQuery(shop());
    const addresses = { endpoint: server.url, dataCatalogEndpoint: server.url, dataPolicyEndpoint: server.url };
    const settings = { project, ...addresses, token: 't' };
    const { sync } = openOneSource({ house, sqlEngine, name: 'bq', connector: bigquery, settings });
    report = await sync.run({ source: 'bq', actor: { kind: 'person', id: 'dana' } });
  });
  afterAll(async () => {
    await server.close();
    await house.close();
    await sqlEngine.close();
  });

  it('understands every statement, and has no gap', () => {
    expect([report.status, report.gaps, report.statements.failed]).toEqual(['DONE', [], 0]);
  });

  it.each([
    ['mart.mailing', 'mail', 'sales.customers', ['email']],
    ['mart.streets', 'street', 'sales.customers', ['homes', 'street']],
    ['mart.ips', 'ip', 'sales.events_yyyymmdd', ['ip']],
    ['mart.every', 'ip', 'sales.events_yyyymmdd', ['ip']],
    ['mart.one', 'user_id', 'sales.events_yyyymmdd', ['user_id']],
    ['mart.kept', 'ip', 'sales.events_yyyymmdd', ['ip']],
    ['mart.people', 'domain', 'mart.people', ['mail']],
    ['mart.letters', 'email', 'sales.customers', ['email']],
    ['mart.answers', 'email', 'sales.customers', ['email']],
    ['mart.hashes', 'email', 'sales.customers', ['email']],
  ] as const)('brings %s.%s from %s', async (to, field, from, path: FieldPath) => {
    const { graph } = house.stores;
    const n = (await graph.head()).published;
    const uid = (name: string, of: FieldPath) => fieldUid({ namespace: 'bigquery', name: `${project}.${name}` }, of);
    const { items } = await graph.edges([uid(to, [field])], 'upstream', undefined, n, { first: 50 });
    expect(items.map((edge) => edge.from)).toContain(uid(from, path));
  });
});
