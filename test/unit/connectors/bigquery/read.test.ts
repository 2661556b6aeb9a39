import { describe, expect, it } from 'vitest';
import type { FakeCloud } from '../../../fake/bigquery-project.ts';
import type { FakeBigQueryOptions } from '../../../fake/bigquery-server.ts';
import {
  begun,
  completed,
  datasetsByName,
  datasetsOf,
  gapLines,
  jobsOf,
  lastCursor,
  messagesOf,
  never,
  readAll,
} from '../../../connector-messages.ts';
import { servers } from './over.ts';
import { connectTo, project, smallCloud } from './session.ts';

const { over } = servers();
const read = async (cloud: FakeCloud, settings: object = {}, options: FakeBigQueryOptions = {}) =>
  readAll(connectTo((await over(cloud, options)).url, settings));

describe('what is read of BigQuery', () => {
  it('reads a table with descriptions, labels, region, members of structures, policy tags and masking', async () => {
    const customers = datasetsByName(await read(smallCloud())).get('acme-shop.sales.customers');
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

  it('reads nothing anew because another day came', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const before = await readAll(connectTo(server.url));
    cloud.table(project, 'sales', 'events_20260103', ['user_id', 'ip']);
    const after = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(before) });
    expect(begun(after)).toEqual([':projects']);
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

  it('gives a materialised view its query, a snapshot its base, a generated column its expression', async () => {
    const cloud = smallCloud();
    cloud.table(project, 'mart', 'totals', ['n'], {
      type: 'MATERIALIZED_VIEW',
      query: 'SELECT COUNT(*) AS n FROM `x.y`.z',
    });
    cloud.table(project, 'mart', 'kept', ['id'], { type: 'SNAPSHOT', base: [project, 'sales', 'customers'] });
    cloud.table(project, 'mart', 'people', ['mail', 'domain'], { generated: { domain: "SPLIT(mail, '@')[1]" } });
    const found = new Map(jobsOf(await read(cloud)).map((job) => [job.name, job]));
    expect(found.get('acme-shop.mart.totals')?.statements?.[0]?.sql).toContain('SELECT COUNT(*) AS n FROM `x.y`.z');
    expect(found.get('acme-shop.mart.totals')?.statements?.[0]?.sql).not.toContain(';');
    expect(found.get('acme-shop.mart.kept')).toMatchObject({
      inputs: [{ name: 'acme-shop.sales.customers' }],
      statements: [{ sql: 'SELECT * FROM `acme-shop`.`sales`.`customers`', target: { name: 'acme-shop.mart.kept' } }],
    });
    expect(found.get('acme-shop.mart.people')?.statements?.[0]?.sql).toBe(
      "UPDATE `mart`.`people` SET `domain` = SPLIT(mail, '@')[1]",
    );
  });

  it('says that a view in legacy SQL, and a routine in another language, are not read', async () => {
    const cloud = smallCloud();
    cloud.table(project, 'mart', 'old', ['a'], { type: 'VIEW', query: 'SELECT a FROM [x.y]', isLegacy: true });
    cloud.dataset(project, 'mart').routines.push(
      { name: 'shorten', type: 'FUNCTION', body: 'EXTERNAL', language: 'JAVASCRIPT', ddl: 'canary-7Q' },
      {
        name: 'load',
        type: 'PROCEDURE',
        body: 'SQL',
        ddl: 'CREATE PROCEDURE mart.load() BEGIN SELECT 1; END',
        comment: '"Every night"',
      },
    );
    const messages = await read(cloud);
    expect(gapLines(messages)).toEqual([
      'acme-shop.mart: unsupported the query of view acme-shop.mart.old',
      'acme-shop.mart: unsupported function acme-shop.mart.shorten',
    ]);
    expect(jobsOf(messages).find(({ name }) => name === 'acme-shop.mart.procedure:load')).toMatchObject({
      description: 'Every night',
      statements: [{ sql: 'CREATE PROCEDURE mart.load() BEGIN SELECT 1; END' }],
    });
    expect(JSON.stringify(messages)).not.toContain('canary-7Q');
  });

  it('reads keys, partitions, clusters, lifetimes, keys of encryption, and where files lie without their names', async () => {
    const cloud = smallCloud();
    cloud.table(project, 'sales', 'orders', [{ name: 'id', type: 'INT64' }, 'customer', 'day'], {
      partitionedBy: 'day',
      clusteredBy: ['customer', 'id'],
      keys: [
        { name: 'orders.pk$', type: 'PRIMARY KEY', own: 'id' },
        {
          name: 'orders.fk$1',
          type: 'FOREIGN KEY',
          own: 'customer',
          dataset: 'sales',
          relation: 'customers',
          other: 'id',
        },
      ],
      options: {
        expiration_timestamp: 'TIMESTAMP "2027-01-01T00:00:00.000Z"',
        partition_expiration_days: '30.0',
        require_partition_filter: 'true',
        kms_key_name: '"projects/k/locations/eu/keyRings/r/cryptoKeys/c"',
      },
    });
    cloud.table(project, 'sales', 'drop', ['line'], {
      type: 'EXTERNAL',
      hasConnection: true,
      options: {
        format: '"CSV"',
        uris: '["gs://acme-drop/in/2026/ana-miller.csv", "gs://acme-drop/in/2026/*.csv", "gs://acme-drop/hr/people.csv"]',
      },
    });
    const found = datasetsByName(await read(cloud));
    const orders = found.get('acme-shop.sales.orders');
    expect(orders?.keys).toEqual([
      { kind: 'primary', name: 'pk$', fields: [['id']] },
      {
        kind: 'foreign',
        name: 'fk$1',
        fields: [['customer']],
        references: { dataset: { namespace: 'bigquery', name: 'acme-shop.sales.customers' }, fields: [['id']] },
      },
    ]);
    expect(orders?.facets?.['bigquery.relation']).toEqual({
      expires: '2027-01-01T00:00:00.000Z',
      partitionExpirationDays: 30,
      requirePartitionFilter: true,
      kmsKey: 'projects/k/locations/eu/keyRings/r/cryptoKeys/c',
    });
    expect(orders?.fields.map(({ facets }) => facets?.['bigquery.column'])).toEqual([
      { clusterKey: 2 },
      { clusterKey: 1 },
      { partitionKey: true },
    ]);
    expect(found.get('acme-shop.sales.drop')).toMatchObject({
      kind: 'foreign-table',
      facets: {
        'bigquery.relation': { format: 'CSV', bigLake: true, locations: ['gs://acme-drop/hr', 'gs://acme-drop/in'] },
      },
    });
  });

  it('reads projects by pattern, datasets by name and location, each in its own location', async () => {
    const cloud = smallCloud();
    cloud.dataset('acme-data-eu', 'web', 'europe-west3');
    cloud.table('acme-data-eu', 'web', 'hits', ['ip']);
    cloud.dataset('acme-data-us', 'web', 'US');
    cloud.table('acme-data-us', 'web', 'hits', ['ip']);
    cloud.dataset('other-project', 'web');
    const server = await over(cloud);
    const settings = {
      projects: { include: ['acme-*'], exclude: ['acme-shop'] },
      locations: { exclude: ['US'] },
      datasets: { include: ['we?'] },
    };
    const messages = await readAll(connectTo(server.url, settings));
    expect([...datasetsByName(messages).keys()]).toEqual(['acme-data-eu.web.hits']);
    const where = server.queries
      .filter(({ sql }) => sql.includes('JOBS_BY_PROJECT'))
      .map(({ body }) => body['location']);
    expect([...new Set(where)]).toEqual(['europe-west3']);
  });

  it('leaves out hidden datasets', async () => {
    const cloud = smallCloud();
    cloud.table(project, '_c0ffee', 'anon', ['x']);
    expect([...datasetsByName(await read(cloud)).keys()].some((name) => name.includes('anon'))).toBe(false);
  });

  it('pages through datasets and rows, however small the pages', async () => {
    const cloud = smallCloud();
    for (let i = 0; i < 7; i++) cloud.table(project, 'many', `t${i}`, ['a']);
    const told = async (...more: readonly object[]) =>
      (await read(cloud, ...more)).filter(({ type }) => type !== 'note');
    expect(await told({ pageSize: 2 }, { rowsPerPage: 1 })).toEqual(await told());
  });

  it('waits for queries that outlive their request, and asks what they were billed for', async () => {
    const messages = await read(smallCloud(), {}, { slow: true });
    expect(completed(messages)).toEqual(['acme-shop.mart', 'acme-shop.sales']);
    expect(messagesOf('note', messages)[0]?.text).toMatch(/^\d+ queries, billed for \d+ MB of at most 20\.0 GB$/u);
  });

  it('bounds each query, names its location and label, and says what was billed', async () => {
    const server = await over(smallCloud());
    const messages = await readAll(connectTo(server.url, { maxGigabytesPerQuery: 1 }));
    for (const { body } of server.queries)
      expect(body).toMatchObject({
        useLegacySql: false,
        maximumBytesBilled: String(1024 ** 3),
        labels: { lexline: 'sync' },
      });
    expect(messagesOf('note', messages).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^\d+ queries, billed for \d+ MB of at most 20\.0 GB$/u),
    ]);
    const onCapacity = await read(smallCloud(), {}, { capacity: true });
    expect(messagesOf('note', onCapacity)[0]?.text).toContain('on capacity, which is not billed by the byte');
  });

  it('says on a check as whom it reads, how many datasets, and what cannot be listed', async () => {
    const cloud = smallCloud();
    cloud.dataset('acme-secret', 'd');
    cloud.refused.add('project:acme-secret');
    const connection = connectTo((await over(cloud)).url, { projects: { include: [project, 'acme-secret'] } });
    const { system, notes, gaps } = await connection.check(never);
    await connection.close();
    expect(system).toBe('BigQuery');
    expect(notes[0]).toBe(`2 datasets of project ${project} are read as lexline@acme-shop.iam.gserviceaccount.com`);
    expect(gaps).toMatchObject([
      {
        what: 'project acme-secret',
        reason: 'no-rights',
        remedy: expect.stringContaining('roles/bigquery.metadataViewer') as string,
      },
    ]);
  });
});
