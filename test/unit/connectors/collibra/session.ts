import { afterEach } from 'vitest';
import { collibra } from '../../../../connectors/collibra/connector.ts';
import { collibraConfig } from '../../../../connectors/collibra/config.ts';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import { idOf, startFakeCollibra, type FakeCollibra, type Thing } from '../../../fake/collibra-server.ts';
import { startFaultProxy, type FaultPlan } from '../../../fake/fault-proxy.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';

export const context = { source: 'catalog', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };
const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Ids of Collibra's own operating model, by the relation and attribute names of its documentation. */
export const known = {
  system: '00000000-0000-0000-0000-000000031302',
  database: '00000000-0000-0000-0000-000000031006',
  schema: '00000000-0000-0000-0001-000400000002',
  table: '00000000-0000-0000-0000-000000031007',
  view: '00000000-0000-0000-0001-000400000009',
  column: '00000000-0000-0000-0000-000000031008',
  columnInTable: '00000000-0000-0000-0000-000000007042',
  schemaHasTable: '00000000-0000-0000-0000-000000007043',
  databaseHasSchema: '00000000-0000-0000-0000-000000007024',
  systemHasDatabase: '00000000-0000-0000-0000-000000007054',
  targets: '00000000-0000-0000-0000-000000007069',
  description: '00000000-0000-0000-0000-000000003114',
  dataType: '00000000-0000-0000-0000-000000000219',
  position: '00000000-0000-0000-0001-000500000020',
  primaryKey: '00000000-0000-0000-0001-000500000015',
};

/** A made-up environment: a system with a database, two schemas, tables with columns in wrong order, a view of an own type. */
export function environment(): FakeCollibra {
  const made: FakeCollibra = {
    assetTypes: [
      { id: known.system, name: 'System' },
      { id: known.database, name: 'Database' },
      { id: known.schema, name: 'Schema' },
      { id: known.table, name: 'Table' },
      { id: known.view, name: 'Database View', parent: { id: known.table } },
      { id: idOf('own view'), name: 'Snowflake View', parent: { id: known.view } },
      { id: known.column, name: 'Column' },
      { id: idOf('term'), name: 'Business Term' },
    ],
    attributeTypes: [
      { id: idOf('pii'), name: 'Personally Identifiable Information' },
      { id: idOf('security'), name: 'Security Classification' },
    ],
    roles: [
      { id: idOf('owner'), name: 'Owner' },
      { id: idOf('steward'), name: 'Steward' },
    ],
    communities: [
      { id: idOf('sales'), name: 'Sales', parent: { id: idOf('acme') } },
      { id: idOf('acme'), name: 'Acme' },
      { id: idOf('people'), name: 'People' },
    ],
    domains: [
      { id: idOf('warehouse'), name: 'Warehouse', community: { id: idOf('sales') } },
      { id: idOf('hr'), name: 'HR', community: { id: idOf('people') } },
    ],
    assets: [],
    relations: [],
    attributes: [],
    tags: [
      { id: idOf('tag gdpr'), name: 'gdpr & co', assetsCount: 2, on: [idOf('customers.email'), idOf('customers')] },
      { id: idOf('tag own'), name: 'lexline_email', assetsCount: 1, on: [idOf('customers.email')] },
      { id: idOf('tag none'), name: 'unused', assetsCount: 0 },
    ],
    responsibilities: [
      responsibility('warehouse', 'owner', 'bea'),
      responsibility('staff', 'owner', 'team'),
      responsibility('customers', 'steward', 'bea'),
    ],
    users: [{ id: idOf('bea'), userName: 'bea', emailAddress: 'canary-bea@example.com' }],
    userGroups: [{ id: idOf('team'), name: 'HR team' }],
  };
  asset(made, 'crm', known.system, 'CRM', 'warehouse');
  asset(made, 'shop', known.database, 'CRM>SHOP', 'warehouse', 'SHOP');
  asset(made, 'public', known.schema, 'CRM>SHOP>PUBLIC', 'warehouse', 'PUBLIC');
  relate(made, known.systemHasDatabase, 'crm', 'shop');
  relate(made, known.databaseHasSchema, 'shop', 'public');
  table(made, 'customers', 'public', 'warehouse', ['id', 'email', 'note']);
  table(made, 'mails', 'public', 'warehouse', ['address'], idOf('own view'));
  table(made, 'staff', 'public', 'hr', ['salary']);
  describe(made, 'customers', known.description, '<p>People &amp; firms<br>that buy</p>');
  describe(made, 'customers.id', known.position, 1);
  describe(made, 'customers.email', known.position, 2);
  describe(made, 'customers.note', known.position, 3);
  describe(made, 'customers.id', known.dataType, 'NUMBER(38,0)');
  describe(made, 'customers.id', known.primaryKey, true);
  describe(made, 'customers.email', idOf('pii'), true);
  describe(made, 'customers.note', idOf('pii'), false);
  describe(made, 'customers.note', idOf('security'), 'Confidential');
  relate(made, known.targets, 'customers.email', 'mails.address');
  relate(made, known.targets, 'customers.email', 'a report outside');
  return made;
}

export function asset(
  made: FakeCollibra,
  word: string,
  type: string,
  name: string,
  domain: string,
  displayName?: string,
): void {
  made.assets.push({
    id: idOf(word),
    name,
    ...(displayName === undefined ? {} : { displayName }),
    type: { id: type },
    domain: { id: idOf(domain) },
  });
}

export function table(
  made: FakeCollibra,
  word: string,
  schema: string,
  domain: string,
  columns: readonly string[],
  type = known.table,
): void {
  asset(made, word, type, `CRM>SHOP>PUBLIC>${word}(table)`, domain);
  relate(made, known.schemaHasTable, schema, word);
  for (const column of [...columns].reverse()) {
    asset(made, `${word}.${column}`, known.column, `CRM>SHOP>PUBLIC>${word}>${column}(column)`, domain, column);
    relate(made, known.columnInTable, `${word}.${column}`, word);
  }
}

export function relate(made: FakeCollibra, type: string, head: string, tail: string): void {
  made.relations.push({
    id: idOf(`${type} ${head} ${tail}`),
    type: { id: type },
    source: { id: idOf(head) },
    target: { id: idOf(tail) },
  });
}

export function describe(made: FakeCollibra, word: string, type: string, value: unknown): void {
  made.attributes.push({ id: idOf(`${word} ${type}`), asset: { id: idOf(word) }, type: { id: type }, value });
}

function responsibility(on: string, role: string, owner: string): Thing {
  return {
    id: idOf(`${on} ${role} ${owner}`),
    role: { id: idOf(role) },
    owner: { id: idOf(owner), resourceType: 'User' },
    baseResource: { id: idOf(on) },
  };
}

export const settings = { username: 'ada', password: 'canary-password', pageSize: 2, retries: 0 };
export const connect = (url: string, changed: object = {}): SourceConnection =>
  collibra.connect(collibraConfig.parse({ ...settings, url, ...changed }), context);

/** The address of a fresh server, behind a proxy where faults are planned. */
export async function serve(made: FakeCollibra = environment(), plan?: FaultPlan): Promise<string> {
  const target = await startFakeCollibra(made);
  servers.push(target);
  if (plan === undefined) return target.url;
  const proxy = await startFaultProxy(target.url, plan);
  servers.push(proxy);
  return proxy.url;
}
