import { describe, expect, it } from 'vitest';
import { trino } from '../../../../connectors/trino/connector.ts';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import { startFaultProxy } from '../../../fake/fault-proxy.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import { startFakeTrino } from '../../../fake/trino-server.ts';
import { describeConnector } from '../../../conformance/connector.ts';
import {
  completed,
  datasetsByName,
  gapsOf,
  jobsOf,
  messagesOf,
  never,
  profileAll,
  readAll,
} from '../../../connector-messages.ts';
import { on } from '../../../fake/fault-plans.ts';
import { recording, namespace, settings, connect, recorded, behind } from './session.ts';

describeConnector('trino over recorded answers', async () => {
  const server = await startFakeTrino(recording);
  return {
    connector: trino,
    config: { url: server.url, ...settings },
    connect: () => connect(server.url),
    connectFailing: (n) => failing(server.url, n),
    secrets: ['canary-'],
  };
});

/** A connection whose n-th request is torn. */
function failing(url: string, n: number): SourceConnection {
  let proxy: FakeServer | null = null;
  let connection: SourceConnection | null = null;
  const open = async (): Promise<SourceConnection> => {
    proxy ??= await startFaultProxy(url, (request) => (request.n === n ? { type: 'reset' } : null));
    connection ??= connect(proxy.url);
    return connection;
  };
  return {
    check: async (signal) => (await open()).check(signal),
    async *read(request, signal) {
      yield* (await open()).read(request, signal);
    },
    async close() {
      await connection?.close();
      await proxy?.close();
    },
  };
}

describe('trino over recorded answers', () => {
  it('describes tables and views of every catalog with members of rows, comments and types', async () => {
    const found = datasetsByName(await readAll(connect((await recorded()).url)));
    expect([...found.keys()]).toEqual([
      'mart.reports.adults',
      'mart.reports.mailing',
      'shop.hidden.salaries',
      'shop.sales.customers',
      'shop.sales.orders',
    ]);
    expect(found.get('shop.sales.customers')).toMatchObject({
      namespace,
      kind: 'table',
      description: 'People who buy',
    });
    expect(found.get('shop.sales.customers')?.fields.map(({ path, type }) => [path.join('/'), type])).toEqual([
      ['id', 'bigint'],
      ['email', 'varchar'],
      ['straße & nr', 'varchar'],
      ['address', expect.stringMatching(/^row\(street/u)],
      ['address/street', 'varchar'],
      ['address/post code', 'varchar'],
      ['address/places', 'array(row(lat double, seen timestamp(3) with time zone))'],
      ['address/places/lat', 'double'],
      ['address/places/seen', 'timestamp(3) with time zone'],
      ['born', 'date'],
    ]);
    expect(found.get('mart.reports.mailing')).toMatchObject({ kind: 'view', description: 'Who may be written to' });
  });

  it('hands over views by the order of their columns, and one job for loads that differ in literals alone', async () => {
    const messages = await readAll(connect((await recorded()).url));
    const [view, ...queries] = jobsOf(messages);
    expect(view?.statements?.[0]?.sql).toMatch(
      /^CREATE VIEW "mart"\."reports"\."mailing" \("mail", "mail_key", "orders"\) AS SELECT/u,
    );
    expect(queries.map(({ kind, outputs }) => [kind, outputs[0]?.name])).toEqual([
      ['query', 'mart.reports.adults'],
      ['query', 'mart.reports.adults'],
    ]);
    expect(queries[0]?.edges).toContainEqual({
      from: { dataset: { namespace, name: 'shop.sales.customers' }, field: ['email'] },
      to: { dataset: { namespace, name: 'mart.reports.adults' }, field: ['mail'] },
      kind: 'TRANSFORMATION',
      effect: 'unknown',
      weak: true,
    });
    const seen = messages.flatMap((message) =>
      message.type === 'observation'
        ? [`${message.kind} ${message.measure} ${message.name.name.replace(/:\w+$/u, '')}`]
        : [],
    );
    expect(seen.filter((one) => one.startsWith('job runs'))).toHaveLength(3);
    expect(seen).toContain('dataset read mart.reports.mailing');
    // What one query read and ran is told of that query, and each other query is another.
    const told = messages.flatMap((message) => (message.type === 'observation' ? [message.event] : []));
    expect(told.every((event) => event !== undefined)).toBe(true);
    const ofJobs = messages.flatMap((message) =>
      message.type === 'observation' && message.kind === 'job' ? [message.event] : [],
    );
    expect(new Set(ofJobs).size).toBe(ofJobs.length);
  });

  it('never completes the history of queries, and asks on from its last one', async () => {
    const messages = await readAll(connect((await recorded()).url));
    expect(messages.some((message) => message.type === 'scope-begin' && message.scope === 'queries')).toBe(true);
    expect(completed(messages)).not.toContain('queries');
    const at = messages.findLast((message) => message.type === 'checkpoint')?.cursor ?? null;
    const since = await readAll(connect((await recorded()).url), { kind: 'since', at });
    expect(messagesOf('document', since)).toEqual([]);
  });

  it('goes on with the next catalog where the system behind one fails, and then names no scopes, so that none is gone', async () => {
    const server = await recorded((sql) =>
      sql.includes('"shop".information_schema.schemata') ? { errorName: 'JDBC_ERROR', errorType: 'EXTERNAL' } : null,
    );
    const messages = await readAll(connect(server.url));
    expect(messages.some(({ type }) => type === 'scopes')).toBe(false);
    expect(gapsOf(messages)).toMatchObject([{ what: 'catalog shop', reason: 'source-failed' }]);
    expect(completed(messages)).toEqual(['mart.default', 'mart.reports']);
    const { gaps: found } = await connect(server.url).check(never);
    expect(found).toMatchObject([{ what: 'catalog shop', reason: 'source-failed' }]);
  });

  it('makes a gap of one schema that may not be read, and retires nothing of it', async () => {
    const server = await recorded((sql) =>
      /schema_name = 'sales'|table_schema = 'sales'/u.test(sql)
        ? { errorName: 'PERMISSION_DENIED', errorType: 'USER_ERROR' }
        : null,
    );
    const messages = await readAll(connect(server.url));
    expect(gapsOf(messages)).toMatchObject([
      {
        what: 'schema shop.sales',
        reason: 'no-rights',
        remedy: 'GRANT SELECT ON SCHEMA "shop"."sales" TO USER "admin";',
      },
    ]);
    expect(completed(messages)).not.toContain('shop.sales');
    expect(completed(messages)).toContain('shop.hidden');
    expect(JSON.stringify(messages.filter(({ type }) => type !== 'document'))).not.toContain('canary-');
  });

  it('carries grants along by grantee', async () => {
    const server = await recorded(
      (sql) =>
        sql.includes('"shop".information_schema.table_privileges WHERE table_schema = \'sales\'')
          ? [
              { relation: 'orders', grantee: 'ada', grantee_type: 'USER', privilege: 'SELECT', grantable: 'YES' },
              { relation: 'orders', grantee: 'ada', grantee_type: 'USER', privilege: 'INSERT', grantable: 'NO' },
              { relation: 'orders', grantee: 'analysts', grantee_type: 'ROLE', privilege: 'SELECT', grantable: 'NO' },
            ]
          : null,
      'g',
    );
    const found = datasetsByName(await readAll(connect(server.url)));
    expect(found.get('shop.sales.orders')?.facets).toMatchObject({
      'trino.relation': {
        connector: 'memory',
        grants: [
          { grantee: 'analysts', kind: 'role', privileges: ['select'] },
          { grantee: 'ada', kind: 'user', privileges: ['insert', 'select'] },
        ],
      },
    });
  });

  it('reads a materialised view as one', async () => {
    const server = await recorded(
      (sql) =>
        /FROM system\.metadata\.materialized_views\s+WHERE catalog_name = 'shop' AND schema_name = 'sales'/u.test(sql)
          ? [{ name: 'orders', definition: 'SELECT id, customer, total FROM other', freshness: 'STALE' }]
          : null,
      'm',
    );
    const messages = await readAll(connect(server.url));
    expect(datasetsByName(messages).get('shop.sales.orders')?.kind).toBe('materialized-view');
    expect(jobsOf(messages).find(({ name }) => name === 'shop.sales.orders')?.statements?.[0]?.sql).toMatch(
      /AS SELECT id/u,
    );
  });

  it('says how many queries it may not see', async () => {
    const url = await behind(on(/GET \/v1\/query\//u, { type: 'status', status: 403 }));
    expect(gapsOf(await readAll(connect(url)))).toMatchObject([
      { what: '13 queries in the history', reason: 'no-rights' },
    ]);
  });

  it('shows bounded rows to the profiler, and says what it cannot look at', async () => {
    const server = await recorded((sql) =>
      sql.startsWith('SELECT substr(CAST("email"') ? [{ c0: 'canary-ada@example.com' }, { c0: null }] : null,
    );
    const dataset = { namespace, name: 'shop.sales.customers' };
    const requests = [
      { dataset, path: ['email'], type: 'varchar' },
      { dataset, path: ['address'], type: 'row(street varchar)' },
    ];
    const messages = await profileAll(connect(server.url), requests, { maxRows: 2 });
    expect(messages).toMatchObject([
      { type: 'gap', gap: { what: 'values of 1 field of shop.sales.customers', reason: 'unsupported' } },
      { type: 'profile', profile: { path: ['email'], rowsSeen: 2, nulls: 1 } },
    ]);
    expect(JSON.stringify(messages)).not.toContain('canary-');
  });
});
