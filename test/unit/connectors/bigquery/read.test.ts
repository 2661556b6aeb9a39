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
import { connectTo, personal, project, smallCloud } from './session.ts';

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

  it('says of a column with a rule of its own what masks it, and not that somebody may see it raw', async () => {
    const cloud = smallCloud();
    const rule = (id: string) => ({ name: `projects/77/locations/eu/dataPolicies/${id}` });
    cloud.table(project, 'sales', 'cards', [
      { name: 'pan', type: 'STRING', dataPolicies: [rule('last_four'), rule('raw_for_auditors'), rule('gone')] },
    ]);
    cloud.dataPolicies.push(
      {
        ...rule('last_four'),
        dataPolicyId: 'last_four',
        dataPolicyType: 'DATA_MASKING_POLICY',
        dataMaskingPolicy: { predefinedExpression: 'LAST_FOUR_CHARACTERS' },
      },
      { ...rule('raw_for_auditors'), dataPolicyId: 'raw_for_auditors', dataPolicyType: 'RAW_DATA_ACCESS_POLICY' },
    );
    const [pan] = datasetsByName(await read(cloud)).get('acme-shop.sales.cards')?.fields ?? [];
    expect(pan?.facets?.['controls']).toEqual([
      { kind: 'MASKING_POLICY', name: 'last_four (LAST_FOUR_CHARACTERS)' },
      { kind: 'DATA_POLICY', name: 'projects/77/locations/eu/dataPolicies/gone' },
    ]);
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

  it('says who may use a dataset: many by name, people counted, and views that read on behalf of others', async () => {
    const cloud = smallCloud();
    Object.assign(cloud.dataset(project, 'mart'), {
      labels: { zone: 'gold' },
      defaultTableExpirationMs: String(30 * 86_400_000),
      access: [
        { role: 'READER', specialGroup: 'allAuthenticatedUsers' },
        { role: 'READER', groupByEmail: 'analysts@example.com' },
        { role: 'READER', userByEmail: 'ana@example.com' },
        { role: 'READER', userByEmail: 'loader@acme.iam.gserviceaccount.com' },
        { role: 'roles/x', iamMember: 'user:bo@example.com' },
        { view: { projectId: 'other', datasetId: 'd', tableId: 'v' } },
      ],
    });
    const messages = await read(cloud);
    expect(datasetsByName(messages).get('acme-shop.mart.mailing')?.facets?.['bigquery.relation']).toEqual({
      dataset: {
        labels: { zone: 'gold' },
        defaultExpirationDays: 30,
        access: [
          { role: 'READER', to: ['allAuthenticatedUsers', 'group:analysts@example.com'], users: 1, serviceAccounts: 1 },
          { role: 'roles/x', users: 1 },
        ],
        authorized: ['other.d.v'],
      },
    });
    expect(JSON.stringify(messages)).not.toMatch(/ana@|bo@|loader@/u);
  });

  it('names row access policies and nothing of what they filter by; one that is added is a change', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const before = await readAll(connectTo(server.url));
    cloud.projects.get(project)?.get('sales')?.tables.get('customers')?.rowPolicies.push('only_eu');
    const after = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(before) });
    expect(completed(after)).toEqual(['acme-shop.sales']);
    expect(datasetsByName(after).get('acme-shop.sales.customers')?.facets?.['bigquery.relation']).toEqual({
      policies: [{ kind: 'ROW_ACCESS_POLICY', name: 'only_eu' }],
    });
    expect(JSON.stringify(after)).not.toContain('canary-7Q');
    const without = await readAll(connectTo(server.url, { rowAccessPolicies: false }));
    expect(datasetsByName(without).get('acme-shop.sales.customers')?.facets?.['bigquery.relation']).toBeUndefined();
  });

  it('sees that a policy tag was renamed and that a rule was hung on it', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const before = await readAll(connectTo(server.url));
    const [tag] = cloud.taxonomies[0]?.policyTags ?? [];
    if (tag !== undefined) tag.displayName = 'Contact';
    const after = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(before) });
    expect(datasetsByName(after).get('acme-shop.sales.customers')?.fields[1]?.tags).toEqual([
      { name: 'Privacy.Contact', setBy: 'person' },
    ]);
    cloud.dataPolicies.length = 0;
    const third = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(after) });
    expect(completed(third)).toEqual(['acme-shop.sales']);
  });

  it('takes our own mark out of a description, and the tags in it for ours', async () => {
    const cloud = smallCloud();
    cloud.table(project, 'sales', 'people', [
      { name: 'email', type: 'STRING', description: 'Where invoices go [lexline: gdpr=yes, lexline_pii]' },
      { name: 'name', type: 'STRING', description: '[lexline: lexline_pii]' },
      { name: 'note', type: 'STRING', description: 'see [lexline: x] above' },
    ]);
    const [email, name, note] = datasetsByName(await read(cloud)).get('acme-shop.sales.people')?.fields ?? [];
    expect([email?.description, email?.tags]).toEqual([
      'Where invoices go',
      [
        { name: 'gdpr', value: 'yes', setBy: 'lexline' },
        { name: 'lexline_pii', setBy: 'lexline' },
      ],
    ]);
    expect([name?.description, name?.tags]).toEqual([undefined, [{ name: 'lexline_pii', setBy: 'lexline' }]]);
    expect([note?.description, note?.tags]).toEqual(['see [lexline: x] above', undefined]);
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

  it('knows a policy tag by its resource whether the project stands there by name or by number', async () => {
    const cloud = smallCloud();
    const column = cloud.table(project, 'sales', 'mail', [{ name: 'a', type: 'STRING' }]).fields[0];
    if (column !== undefined) column.policyTags = { names: [personal] };
    for (const tag of cloud.taxonomies[0]?.policyTags ?? []) tag.name = tag.name.replace(project, '77');
    const [field] = datasetsByName(await read(cloud)).get('acme-shop.sales.mail')?.fields ?? [];
    expect(field?.tags).toEqual([{ name: 'Privacy.Personal', setBy: 'person' }]);
  });
});
