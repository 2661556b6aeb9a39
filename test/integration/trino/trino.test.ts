import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trino } from '../../../connectors/trino/connector.ts';
import { trinoConfig } from '../../../connectors/trino/config.ts';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import { startTrino, trinoMissing, type RunningTrino } from '../../../scripts/trino.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { begun, datasetsOf, lastCursor, never, profileAll, readAll, readSince } from '../../connector-messages.ts';
import { expectSameLists, listsOf } from '../../side-by-side.ts';
import { openWholeProduct } from '../whole-product.ts';

const missing = trinoMissing(process.env['LEXLINE_EXTENDED'] !== undefined);
const context = { source: 'lake', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };
const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/trino/schema.sql'), 'utf8');

if (missing !== null) process.stderr.write(`skipped: trino over a real Trino: ${missing}\n`);

describe.skipIf(missing !== null)(`trino over a real Trino${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: RunningTrino;
  beforeAll(async () => {
    server = await startTrino();
    server.cli(fixture);
  }, 400_000);
  afterAll(() => server.stop());

  const connect = (changed: object = {}): SourceConnection =>
    trino.connect(trinoConfig.parse({ url: server.url, username: 'admin', pageSize: 2, ...changed }), context);

  describeConnector('trino over a real server', () => ({
    connector: trino,
    config: { url: server.url, username: 'admin', pageSize: 2 },
    connect: () => connect(),
    secrets: ['canary-'],
  }));

  it("finds what Trino's own command line lists, side by side: the same tables, columns and types", async () => {
    const found = datasetsOf(await readAll(connect()));
    const columns = found.flatMap(({ name, fields }) =>
      fields.filter(({ path }) => path.length === 1).map(({ path, type }) => `${name}.${path[0]} ${type}`),
    );
    const listed = ['shop', 'mart'].flatMap((catalog) =>
      server.cli(
        `SELECT table_catalog || '.' || table_schema || '.' || table_name AS dataset, column_name AS field, data_type AS type
         FROM ${catalog}.information_schema.columns WHERE table_schema <> 'information_schema'`,
      ),
    );
    expect(columns.length).toBe(15);
    expectSameLists(`Trino ${server.version}`, 'the command line of Trino', listsOf(found), {
      tables: [...new Set(listed.map(({ dataset }) => dataset ?? ''))],
      columns: listed.map(({ dataset, field }) => `${dataset}.${field}`),
    });
    expect(columns.toSorted()).toEqual(
      listed.map(({ dataset, field, type }) => `${dataset}.${field} ${type}`).toSorted(),
    );
    const described = server.cli('DESCRIBE shop.sales.customers');
    expect(described.find((row) => row['Column'] === 'email')?.['Comment']).toBe('Where invoices go');
    const customers = found.find(({ name }) => name === 'shop.sales.customers');
    expect(customers?.fields.find(({ path }) => path[0] === 'email')?.description).toBe('Where invoices go');
  });

  it('takes names of every script as Trino keeps them', async () => {
    const names = [
      'имя',
      '名前',
      'الاسم',
      'שם',
      'नाम',
      'e-mail ""privat""',
      "o'clock",
      'a.b',
      ' spaced ',
      '🙂',
      'İstanbul',
    ];
    server.cli(`CREATE TABLE shop.sales."таблица.с точкой" (${names.map((name) => `"${name}" bigint`).join(', ')})`);
    try {
      const table = datasetsOf(await readAll(connect({ schemas: { include: ['sales'] } }))).find(({ name }) =>
        name.includes('таблица'),
      );
      const listed = server.cli('DESCRIBE shop.sales."таблица.с точкой"').map((row) => row['Column']);
      expect(table?.name).toBe('shop.sales."таблица.с точкой"');
      expect(listed).toHaveLength(names.length);
      expect(table?.fields.map(({ path }) => path[0])).toEqual(listed);
    } finally {
      server.cli('DROP TABLE shop.sales."таблица.с точкой"');
    }
  });

  it('does not begin a schema that has not changed, begins one in which a comment did, and drops one that is gone', async () => {
    server.cli('CREATE SCHEMA shop.late; CREATE TABLE shop.late.t (a bigint)');
    const first = await readAll(connect());
    server.cli(
      "DROP TABLE shop.late.t; DROP SCHEMA shop.late; COMMENT ON COLUMN shop.sales.orders.total IS 'with tax'",
    );
    const since = await readSince(connect(), lastCursor(first));
    expect(begun(since)).toEqual(['shop.sales', 'queries']);
    expect(since[0]?.type === 'scopes' && since[0].scopes).not.toContain('shop.late');
  });

  it('shows a narrow user only what access control lets it see, and says what it may not', async () => {
    const messages = await readAll(connect({ username: 'narrow' }));
    expect(datasetsOf(messages).map(({ name }) => name)).not.toContain('shop.hidden.salaries');
    expect(datasetsOf(messages).map(({ name }) => name)).toContain('shop.sales.customers');
    const request = { dataset: { namespace: 'x', name: 'shop.hidden.salaries' }, path: ['person'], type: 'bigint' };
    const told = await profileAll(connect({ username: 'narrow' }), [request]);
    expect(told).toMatchObject([{ type: 'gap', gap: { what: 'values of shop.hidden.salaries', reason: 'no-rights' } }]);
  });

  it('shows rows to the profiler and keeps none of them', async () => {
    const requests = ['email', 'straße & nr', 'born'].map((name) => ({
      dataset: { namespace: 'x', name: 'shop.sales.customers' },
      path: [name],
      type: name === 'born' ? 'date' : 'varchar',
    }));
    const told = await profileAll(connect(), requests);
    expect(told).toMatchObject([
      { type: 'profile', profile: { path: ['email'], rowsSeen: 2, nulls: 0 } },
      { type: 'profile', profile: { path: ['straße & nr'], rowsSeen: 2, nulls: 1 } },
      { type: 'profile', profile: { path: ['born'], rowsSeen: 2, nulls: 1 } },
    ]);
    expect(JSON.stringify(told)).not.toContain('canary');
  });

  it('becomes lineage: through views of another catalog and through loads that ran', async () => {
    const namespace = 'trino://lake:8080';
    const product = await openWholeProduct({
      name: 'lake',
      connector: 'trino',
      url: server.url,
      username: 'admin',
      namespace,
    });
    try {
      expect((await product.sync()).error).toBeNull();
      expect(await product.upstream(namespace, 'mart.reports.mailing', 'mail')).toEqual(['customers.email']);
      expect(await product.upstream(namespace, 'mart.reports.adults', 'mail')).toEqual(['customers.email']);
      expect(await product.upstream(namespace, 'mart.reports.adults', 'id')).toEqual(['customers.id']);
      expect((await product.sync()).status).toBe('UNCHANGED');
    } finally {
      await product.close();
    }
  });

  it('says that nobody answers', async () => {
    const nobody = connect({ url: 'http://127.0.0.1:1', retries: 0 });
    await expect(nobody.check(never)).rejects.toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
    await nobody.close();
  });
});
