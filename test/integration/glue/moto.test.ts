import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { glue } from '../../../connectors/glue/connector.ts';
import { glueConfig } from '../../../connectors/glue/config.ts';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import { motoMissing, startMoto, type RunningMoto } from '../../../scripts/moto.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { datasetsOf, readAll } from '../../connector-messages.ts';
import { expectSameLists, listsOf } from '../../side-by-side.ts';
import { openWholeProduct } from '../whole-product.ts';

const missing = motoMissing(process.env['LEXLINE_EXTENDED'] !== undefined);
const context = { source: 'lake', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };

/** A catalog as its users make it, by AWS's SDK for Python. */
const fixture = `
import base64
g = client('glue'); lf = client('lakeformation')
def presto(sql, schema):
    return '/* Presto View: ' + base64.b64encode(json.dumps({'originalSql': sql, 'catalog': 'awsdatacatalog', 'schema': schema, 'columns': []}).encode()).decode() + ' */'
def columns(**names): return [{'Name': name, 'Type': kind} for name, kind in names.items()]
for name in ['sales', 'mart', 'empty']: g.create_database(DatabaseInput={'Name': name})
g.create_table(DatabaseName='sales', TableInput={'Name': 'customers', 'Description': 'People who buy', 'Owner': 'ada',
  'TableType': 'EXTERNAL_TABLE', 'Parameters': {'classification': 'parquet', 'note': 'canary-parameter'},
  'PartitionKeys': [{'Name': 'day', 'Type': 'date'}],
  'StorageDescriptor': {'Location': 's3://lake/customers/', 'Columns': [{'Name': 'email', 'Type': 'string', 'Comment': 'Where invoices go'}]
    + columns(id='bigint', address='struct<street:string,places:array<struct<lat:double>>>')}})
for i in range(7):
    g.create_table(DatabaseName='sales', TableInput={'Name': 'orders_%d' % i, 'StorageDescriptor': {'Columns': columns(id='bigint', customer='bigint')}})
g.create_table(DatabaseName='mart', TableInput={'Name': 'mailing', 'TableType': 'VIRTUAL_VIEW', 'Parameters': {'comment': 'Presto View'},
  'ViewOriginalText': presto("SELECT lower(email), day FROM customers WHERE email <> 'canary-view'", 'sales'),
  'ViewExpandedText': '/* Presto View */', 'StorageDescriptor': {'Columns': columns(mail='varchar', day='date')}})
g.create_table(DatabaseName='mart', TableInput={'Name': 'by_athena', 'TableType': 'VIRTUAL_VIEW',
  'ViewOriginalText': presto('SELECT email AS mail FROM awsdatacatalog.sales.customers', 'mart'),
  'StorageDescriptor': {'Columns': columns(mail='varchar')}})
g.create_table(DatabaseName='mart', TableInput={'Name': 'by_spark', 'TableType': 'VIRTUAL_VIEW',
  'Parameters': {'spark.sql.create.version': '3.5.1', 'view.catalogAndNamespace.numParts': '2', 'view.catalogAndNamespace.part.0': 'spark_catalog', 'view.catalogAndNamespace.part.1': 'sales'},
  'ViewOriginalText': 'SELECT upper(email) AS mail FROM customers', 'StorageDescriptor': {'Columns': columns(mail='string')}})
g.create_table(DatabaseName='mart', TableInput={'Name': 'by_hive', 'TableType': 'VIRTUAL_VIEW',
  'ViewOriginalText': 'SELECT email FROM customers', 'ViewExpandedText': 'SELECT \`customers\`.\`email\` FROM \`sales\`.\`customers\`', 'StorageDescriptor': {'Columns': columns(mail='string')}})
lf.create_lf_tag(TagKey='pii', TagValues=['yes', 'no'])
lf.add_lf_tags_to_resource(Resource={'Table': {'DatabaseName': 'sales', 'Name': 'customers'}}, LFTags=[{'TagKey': 'pii', 'TagValues': ['yes']}])
# moto fails inside for a table without any tag.
for i in range(7):
    lf.add_lf_tags_to_resource(Resource={'Table': {'DatabaseName': 'sales', 'Name': 'orders_%d' % i}}, LFTags=[{'TagKey': 'pii', 'TagValues': ['no']}])
lf.add_lf_tags_to_resource(Resource={'TableWithColumns': {'DatabaseName': 'sales', 'Name': 'customers', 'ColumnNames': ['id']}}, LFTags=[{'TagKey': 'pii', 'TagValues': ['no']}])
print(json.dumps(None))
`;
/** What boto3 lists: every table and column of every database. */
const listing = `
g = client('glue')
lines = []
for database in g.get_databases()['DatabaseList']:
    for table in g.get_tables(DatabaseName=database['Name'])['TableList']:
        for column in table['StorageDescriptor']['Columns'] + table.get('PartitionKeys', []):
            lines.append('.'.join([database['Name'], table['Name'], column['Name']]) + ' ' + column['Type'])
print(json.dumps(lines))
`;

if (missing !== null) process.stderr.write(`skipped: glue over moto: ${missing}\n`);

describe.skipIf(missing !== null)(`glue over moto${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: RunningMoto;
  beforeAll(async () => {
    server = await startMoto();
    server.python(fixture);
  });
  afterAll(() => server.stop());

  const settings = () => ({
    region: 'eu-central-1',
    endpoint: server.url,
    accessKeyId: 'AKIATEST',
    secretAccessKey: 'canary-secret',
  });
  const connect = (changed: object = {}): SourceConnection =>
    glue.connect(glueConfig.parse({ ...settings(), ...changed }), context);

  describeConnector('glue over moto', () => ({
    connector: glue,
    config: settings(),
    connect: () => connect(),
    secrets: ['canary-'],
  }));

  it("finds what AWS's own SDK lists, side by side: the same tables, columns and types", async () => {
    const found = datasetsOf(await readAll(connect()));
    const listed = server.python(listing) as readonly string[];
    const ours = found.flatMap(({ name, fields }) =>
      fields.filter(({ path }) => path.length === 1).map(({ path, type }) => `${name}.${path[0]} ${type}`),
    );
    expect(found).toHaveLength(12);
    expect(ours).toHaveLength(23);
    const named = listed.map((line) => line.slice(0, line.indexOf(' ')));
    expectSameLists(`moto ${server.version} (AWS Glue)`, 'boto3 (get_tables)', listsOf(found), {
      tables: [...new Set(named.map((name) => name.slice(0, name.lastIndexOf('.'))))],
      columns: named,
    });
    expect(ours.toSorted()).toEqual(listed.toSorted());
  });

  it('reads LF-Tags of tables and columns where it is asked to', async () => {
    const customers = datasetsOf(await readAll(connect({ lfTags: true, databases: { include: ['sales'] } }))).find(
      ({ name }) => name === 'sales.customers',
    );
    expect(customers?.tags).toEqual([{ name: 'pii', value: 'yes', setBy: 'unknown' }]);
    expect(customers?.fields.find(({ path }) => path[0] === 'id')?.tags).toEqual([
      { name: 'pii', value: 'no', setBy: 'unknown' },
    ]);
    const untagged = datasetsOf(await readAll(connect())).find(({ name }) => name === 'sales.customers');
    expect(untagged?.tags).toBeUndefined();
  });

  it('becomes lineage: through views of Athena, Spark and Hive, by whatever catalog name they use', async () => {
    const product = await openWholeProduct(
      { name: 'lake', connector: 'glue', ...settings(), secretAccessKey: '${SECRET}' },
      { SECRET: 'x' },
    );
    const namespace = 'arn:aws:glue:eu-central-1:123456789012';
    try {
      expect((await product.sync()).error).toBeNull();
      for (const view of ['mailing', 'by_athena', 'by_spark', 'by_hive'])
        expect([view, ...(await product.upstream(namespace, `mart.${view}`, 'mail'))]).toEqual([
          view,
          'customers.email',
        ]);
      expect(await product.upstream(namespace, 'mart.mailing', 'day')).toEqual(['customers.day']);
      expect((await product.sync()).status).toBe('UNCHANGED');
    } finally {
      await product.close();
    }
  });
});
