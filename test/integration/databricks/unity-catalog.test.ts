import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databricksConfig } from '../../../connectors/databricks/config.ts';
import { databricks } from '../../../connectors/databricks/connector.ts';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import type { SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { completed, datasetsByName, lastCursor, readAll, readSince } from '../../connector-messages.ts';

/**
 * The open-source Unity Catalog server is in no package registry: its `unitycatalog-server` is not on Maven Central. Start one
 * from its own release (it listens on port 8080) and name it here.
 */
const base = process.env['LEXLINE_UNITY_CATALOG_URL'];
const missing = base === undefined ? 'LEXLINE_UNITY_CATALOG_URL names no running Unity Catalog server' : null;
if (missing !== null) process.stderr.write(`skipped: databricks over a real Unity Catalog server: ${missing}\n`);

const api = `${base ?? ''}/api/2.1/unity-catalog`;
const catalog = `lexline_${randomUUID().slice(0, 8)}`;
const context = { source: 'lake', clock: { now: () => Date.UTC(2026, 10, 21) }, log: silentLog };
const settings = { url: base ?? 'http://127.0.0.1:1', token: 'canary-token', catalogs: { include: [catalog] } };

async function ask(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  // DELETE answers with text.
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
}

const column = (name: string, type: string, position: number, type_text = type, spark: unknown = type) => ({
  name,
  type_text,
  type_json: JSON.stringify({ name, type: spark, nullable: position > 0, metadata: {} }),
  type_name: type.toUpperCase(),
  position,
  nullable: position > 0,
  comment: `about ${name}`,
});

const address = {
  type: 'struct',
  fields: [{ name: 'street', type: 'string', nullable: false, metadata: { comment: 'With the number' } }],
};

async function makeTable(schema: string, name: string, columns: readonly object[]): Promise<void> {
  await ask('POST', '/tables', {
    name,
    catalog_name: catalog,
    schema_name: schema,
    table_type: 'EXTERNAL',
    data_source_format: 'DELTA',
    storage_location: `s3://acme-lake/${catalog}/${name}`,
    comment: 'made for a test',
    columns,
  });
}

function connect(changed: object = {}): SourceConnection {
  return databricks.connect(databricksConfig.parse({ ...settings, ...changed }), context);
}

const read = (more: object = {}, since?: Json): Promise<readonly SourceMessage[]> =>
  since === undefined ? readAll(connect(more)) : readSince(connect(more), since);

const title = `databricks over a real Unity Catalog server${missing === null ? '' : ` (skipped: ${missing})`}`;

describe.skipIf(missing !== null)(title, () => {
  beforeAll(async () => {
    await ask('POST', '/catalogs', { name: catalog, comment: 'made for a test' });
    for (const schema of ['sales', 'empty']) await ask('POST', '/schemas', { name: schema, catalog_name: catalog });
    await makeTable('sales', 'customers', [
      column('id', 'long', 0, 'bigint'),
      column('email', 'string', 1),
      column('address', 'struct', 2, 'struct<street:string>', address),
    ]);
    for (let i = 0; i < 7; i++) await makeTable('sales', `orders_${i}`, [column('id', 'long', 0, 'bigint')]);
    await ask('POST', '/volumes', {
      name: 'letters',
      catalog_name: catalog,
      schema_name: 'sales',
      volume_type: 'EXTERNAL',
      storage_location: `s3://acme-lake/${catalog}/letters`,
    });
  });
  afterAll(async () => {
    await ask('DELETE', `/catalogs/${catalog}?force=true`);
  });

  describeConnector('databricks over a real server', () => ({
    connector: databricks,
    config: settings,
    connect: () => connect(),
    secrets: ['canary-'],
  }));

  it('finds what the server lists: the same tables, columns, types, comments and order', async () => {
    const found = datasetsByName(await read());
    const listed = (await ask('GET', `/tables?catalog_name=${catalog}&schema_name=sales&max_results=100`))['tables'];
    const theirs = (
      listed as { name: string; columns: { name: string; type_text: string; comment: string }[] }[]
    ).flatMap(({ name, columns }) =>
      columns.map((own) => [`${catalog}.sales.${name}`, own.name, own.type_text, own.comment].join(' | ')),
    );
    const ours = [...found.values()].flatMap(({ name, fields }) =>
      fields
        .filter(({ path }) => path.length === 1)
        .map(({ path, type, description }) => [name, path[0], type, description].join(' | ')),
    );
    expect(ours.toSorted()).toEqual(theirs.toSorted());
    expect(ours).toHaveLength(10);
    expect(found.get(`${catalog}.sales.customers`)?.fields[3]).toMatchObject({
      path: ['address', 'street'],
      description: 'With the number',
      nullable: false,
    });
    expect(found.get(`${catalog}.sales.volume:letters`)).toMatchObject({ kind: 'file' });
    expect(found.get(`${catalog}.sales.customers`)?.aliases).toEqual([
      { namespace: 's3://acme-lake', name: `${catalog}/customers` },
    ]);
  });

  it('finds the same page by page', async () => {
    const whole = datasetsByName(await read());
    expect(datasetsByName(await read({ pageSize: 1 }))).toEqual(whole);
    expect(whole.size).toBe(9);
  });

  it('reads again the schema in which something changed, and says which are gone', async () => {
    const before = await read();
    expect(completed(before)).toEqual([`${catalog}.empty`, `${catalog}.sales`]);
    expect(completed(await read({}, lastCursor(before)))).toEqual([]);
    await makeTable('empty', 'new', [column('x', 'string', 0)]);
    const grown = await read({}, lastCursor(before));
    expect(completed(grown)).toEqual([`${catalog}.empty`]);
    await ask('DELETE', `/tables/${catalog}.empty.new`);
    await ask('DELETE', `/schemas/${catalog}.empty?force=true`);
    expect((await read({}, lastCursor(grown)))[0]).toEqual({
      type: 'scopes',
      scopes: [`${catalog}.sales`, ':metastore'],
    });
    await ask('POST', '/schemas', { name: 'empty', catalog_name: catalog });
  });

  it('says that nothing beyond structure is known without a warehouse', async () => {
    const connection = connect();
    const { system, gaps } = await connection.check(new AbortController().signal);
    await connection.close();
    expect(system).toContain('Unity Catalog');
    expect(gaps).toMatchObject([{ reason: 'not-connected' }]);
  });
});
