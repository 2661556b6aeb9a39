import { afterEach } from 'vitest';
import { glue } from '../../../../connectors/glue/connector.ts';
import { glueConfig } from '../../../../connectors/glue/config.ts';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import { startFaultProxy, type FaultPlan } from '../../../fake/fault-proxy.ts';
import { startFakeGlue, type FakeGlueCatalog } from '../../../fake/glue-server.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';

export const context = { source: 'lake', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };
export const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

export const table = (
  Name: string,
  columns: readonly (readonly [string, string])[],
  more: object = {},
): Record<string, unknown> => ({
  Name,
  DatabaseName: 'sales',
  TableType: 'EXTERNAL_TABLE',
  StorageDescriptor: { Columns: columns.map(([name, Type]) => ({ Name: name, Type })), Location: `s3://lake/${Name}/` },
  ...more,
});
export function catalog(): FakeGlueCatalog {
  return new Map([
    [
      'sales',
      [
        table(
          'customers',
          [
            ['id', 'bigint'],
            ['address', 'struct<street:string,places:array<struct<lat:double>>>'],
          ],
          {
            Description: 'People who buy',
            Owner: 'ada',
            PartitionKeys: [{ Name: 'day', Type: 'date', Comment: 'of the order' }],
            Parameters: { classification: 'parquet', recordCount: '12', secretNote: 'canary-parameter' },
            StorageDescriptor: {
              Columns: [
                { Name: 'id', Type: 'bigint', Comment: 'Who' },
                { Name: 'address', Type: 'struct<street:string,places:array<struct<lat:double>>>' },
              ],
              Location: 's3://user:canary-password@lake/customers/?token=canary-token',
              InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
            },
          },
        ),
        table('linked', [], { TargetTable: { CatalogId: '210987654321', DatabaseName: 'other', Name: 'theirs' } }),
        table('orders', [['id', 'bigint']]),
        table('payments', [['id', 'bigint']]),
        table('view', [['who', 'bigint']], {
          TableType: 'VIRTUAL_VIEW',
          ViewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify({ originalSql: 'SELECT id FROM customers', schema: 'sales' })).toString('base64')} */`,
          ViewExpandedText: '/* Presto View */',
          Parameters: { comment: 'Presto View' },
        }),
      ],
    ],
    ['hr', [table('staff', [['id', 'int']], { DatabaseName: 'hr' })]],
    ['empty', []],
  ]);
}

export const settings = {
  region: 'eu-central-1',
  accessKeyId: 'AKIATEST',
  secretAccessKey: 'canary-secret',
  pageSize: 2,
  retries: 0,
};
export const connect = (endpoint: string, changed: object = {}): SourceConnection =>
  glue.connect(glueConfig.parse({ ...settings, endpoint, ...changed }), context);
export async function behind(plan: FaultPlan, of: FakeGlueCatalog = catalog()): Promise<string> {
  const target = await startFakeGlue(of);
  const proxy = await startFaultProxy(target.url, plan);
  servers.push(proxy, target);
  return proxy.url;
}
