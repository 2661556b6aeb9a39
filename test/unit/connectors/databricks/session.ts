import { readAll } from '../../../connector-messages.ts';
import { afterEach } from 'vitest';
import { databricksConfig } from '../../../../connectors/databricks/config.ts';
import { connectThrough } from '../../../../connectors/databricks/connector.ts';
import { baseOf } from '../../../../connectors/databricks/names.ts';
import { createPort } from '../../../../connectors/databricks/port.ts';
import { createSignIn } from '../../../../connectors/databricks/sign-in.ts';
import type { ReadRequest, SourceConnection } from '../../../../connectors/connector.ts';
import { createHttp } from '../../../../connectors/kit/http.ts';
import type { SourceMessage } from '../../../../server/model/document.ts';
import {
  createFakeMetastore,
  fakeTable,
  fakeView,
  schemaOf,
  tagged,
  type FakeMetastore,
} from '../../../fake/databricks-metastore.ts';
import { startFakeDatabricks, type FakeDatabricks } from '../../../fake/databricks-server.ts';
import type { FakeWorkspace } from '../../../fake/databricks-statements.ts';
import { startFaultProxy, type FaultPlan } from '../../../fake/fault-proxy.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';

export const token = 'canary-token-7Q';
export const warehouseId = '1a2b3c4d5e6f7890';
export const now = Date.UTC(2026, 10, 21, 12);
export const namespace = 'databricks://dbc-1.cloud.example.com';
const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A small metastore: people who buy, what they bought, a view of both, a volume and a function. */
export function smallMetastore(): FakeMetastore {
  const metastore = createFakeMetastore();
  const sales = schemaOf(metastore, 'main', 'sales');
  sales.tables.push(
    fakeTable(
      'customers',
      [
        { name: 'id', type_text: 'bigint', nullable: false },
        {
          name: 'email',
          comment: 'Where invoices go',
          mask: { function_name: 'main.sales.hide_email', using_column_names: [] },
        },
        {
          name: 'address',
          type_text: 'struct<street:string,geo:struct<lat:double,lon:double>>',
          type_json: JSON.stringify({
            name: 'address',
            type: {
              type: 'struct',
              fields: [
                { name: 'street', type: 'string', nullable: false, metadata: { comment: 'With the number' } },
                { name: 'geo', type: { type: 'struct', fields: [] }, nullable: true, metadata: {} },
              ],
            },
            nullable: true,
            metadata: {},
          }),
        },
      ],
      {
        comment: 'People who buy',
        storage_location: 's3://acme-lake/sales/customers?X-Sig=canary-7Q',
        row_filter: { function_name: 'main.sales.own_region', input_column_names: ['region'] },
        properties: { 'delta.logRetentionDuration': 'interval 30 days', 'acme.secret': 'canary-7Q' },
      },
    ),
    fakeTable('orders', [{ name: 'id', type_text: 'bigint' }, { name: 'customer_id', type_text: 'bigint' }, 'card']),
  );
  sales.functions.push({
    name: 'hide_email',
    routine_body: 'SQL',
    routine_definition: "CASE WHEN is_account_group_member('support') THEN email ELSE sha2(email, 256) END",
    data_type: 'STRING',
    full_data_type: 'STRING',
    input_params: {
      parameters: [{ name: 'email', type_text: 'string', position: 0, parameter_default: "'canary-7Q'" }],
    },
    updated_at: 5,
  });
  sales.volumes.push({
    name: 'letters',
    volume_type: 'EXTERNAL',
    storage_location: 's3://acme-lake/letters/',
    owner: 'data-platform',
    updated_at: 5,
  });
  schemaOf(metastore, 'main', 'mart').tables.push(
    fakeView('mailing', ['mail'], 'SELECT lower(email) FROM customers', { comment: 'For the newsletter' }),
  );
  metastore.tags.push(
    tagged('main', 'region', 'eu'),
    tagged('main.sales', 'domain', 'shop'),
    tagged('main.sales.customers', 'tier', 'gold'),
    tagged('main.sales.customers.email', 'pii', 'email'),
    tagged('main.sales.customers.email', 'lexline_pii', 'true'),
  );
  metastore.keys['main'] = [
    key('customers', 'customers_pk', 'PRIMARY KEY', 'id', 1),
    key('orders', 'orders_fk', 'FOREIGN KEY', 'customer_id', 1, ['main', 'sales', 'customers', 'id']),
  ];
  metastore.grants['main'] = [
    { table_schema: 'sales', table_name: 'customers', grantee: 'support', privilege_type: 'SELECT' },
    { table_schema: 'sales', table_name: 'customers', grantee: 'ada@example.com', privilege_type: 'SELECT' },
    { table_schema: 'sales', table_name: 'customers', grantee: 'loaders', privilege_type: 'MODIFY' },
  ];
  return metastore;
}

export function key(
  table: string,
  name: string,
  type: string,
  column: string,
  ordinal: number,
  [to_catalog, to_schema, to_table, to_column]: readonly (string | null)[] = [],
) {
  return {
    table_schema: 'sales',
    table_name: table,
    constraint_name: name,
    constraint_type: type,
    column_name: column,
    ordinal,
    to_catalog: to_catalog ?? null,
    to_schema: to_schema ?? null,
    to_table: to_table ?? null,
    to_column: to_column ?? null,
  };
}

export async function serve(metastore: FakeMetastore, more: Partial<FakeWorkspace> = {}): Promise<FakeDatabricks> {
  const server = await startFakeDatabricks(metastore, { token, warehouseId, pageSize: 2, rowsPerChunk: 3, ...more });
  servers.push(server);
  return server;
}

export function closeLater(server: FakeServer): void {
  servers.unshift(server);
}

/** As the connector connects, but that statements are looked at at once. */
export function connectTo(url: string, settings: object = {}, clock = { now: () => now }): SourceConnection {
  const auth = 'oauth' in settings ? {} : { token };
  const config = databricksConfig.parse({ url, ...auth, warehouseId, namespace, retries: 0, ...settings });
  const signIn = createSignIn(config, { source: 'lake', clock });
  const asked = { source: 'lake', origin: url, who: signIn.who };
  const http = createHttp({
    connector: 'databricks',
    source: 'lake',
    baseUrl: baseOf(url),
    headers: {},
    signIn,
    user: signIn.who,
    timeoutMs: config.timeoutMs,
    retry: { attempts: config.retries + 1, baseMs: 1, maxMs: 50 },
  });
  return connectThrough(
    createPort({ ...config, http, asked, warehouseId: config.warehouseId, firstWaitMs: 1 }),
    config,
    { clock, source: 'lake' },
  );
}

/** Reads a metastore through a server of its own. */
export async function readOf(
  metastore: FakeMetastore,
  settings: object = {},
  cursor: ReadRequest['cursor'] = null,
): Promise<readonly SourceMessage[]> {
  return readAll(connectTo((await serve(metastore)).url, settings), cursor);
}

/** The address of a proxy before a metastore that lets go wrong what `plan` says. */
export async function behind(plan: FaultPlan, metastore: FakeMetastore = smallMetastore()): Promise<string> {
  const proxy = await startFaultProxy((await serve(metastore)).url, plan);
  closeLater(proxy);
  return proxy.url;
}
/** A plan for requests of which a text fits, so many times. */
