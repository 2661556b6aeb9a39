import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trino } from '../../../connectors/trino/connector.ts';
import { trinoConfig } from '../../../connectors/trino/config.ts';
import type { ProfileMessage, SourceConnection } from '../../../connectors/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import type { DatasetDocument, SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { startTrino, trinoMissing, type RunningTrino } from '../../../scripts/trino.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { expectSameLists, listsOf } from '../../side-by-side.ts';
import { openWholeProduct } from '../whole-product.ts';

const missing = trinoMissing(process.env['LEXLINE_EXTENDED'] !== undefined);
const never = new AbortController().signal;
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
  async function read(connection: SourceConnection, since?: Json): Promise<readonly SourceMessage[]> {
    const messages: SourceMessage[] = [];
    const cursor = since === undefined ? null : { kind: 'since' as const, at: since };
    try {
      for await (const message of connection.read({ cursor }, never)) messages.push(message);
    } finally {
      await connection.close();
    }
    return messages;
  }
  const datasets = (messages: readonly SourceMessage[]): readonly DatasetDocument[] =>
    messages.flatMap((message) =>
      message.type === 'document' && message.document.type === 'dataset' ? [message.document] : [],
    );

  describeConnector('trino over a real server', () => ({
    connector: trino,
    config: { url: server.url, username: 'admin', pageSize: 2 },
    connect: () => connect(),
    secrets: ['canary-'],
  }));

  it("finds what Trino's own command line lists, side by side: the same tables, columns and types", async () => {
    const found = datasets(await read(connect()));
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
      const table = datasets(await read(connect({ schemas: { include: ['sales'] } }))).find(({ name }) =>
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
    const first = await read(connect());
    const cursor = first.findLast((message) => message.type === 'checkpoint')?.cursor ?? null;
    server.cli(
      "DROP TABLE shop.late.t; DROP SCHEMA shop.late; COMMENT ON COLUMN shop.sales.orders.total IS 'with tax'",
    );
    const since = await read(connect(), cursor);
    expect(since.flatMap((message) => (message.type === 'scope-begin' ? [message.scope] : []))).toEqual([
      'shop.sales',
      'queries',
    ]);
    expect(since[0]?.type === 'scopes' && since[0].scopes).not.toContain('shop.late');
  });

  it('shows a narrow user only what access control lets it see, and says what it may not', async () => {
    const messages = await read(connect({ username: 'narrow' }));
    expect(datasets(messages).map(({ name }) => name)).not.toContain('shop.hidden.salaries');
    expect(datasets(messages).map(({ name }) => name)).toContain('shop.sales.customers');
    const connection = connect({ username: 'narrow' });
    const request = { dataset: { namespace: 'x', name: 'shop.hidden.salaries' }, path: ['person'], type: 'bigint' };
    const told: ProfileMessage[] = [];
    for await (const message of connection.profile?.(
      [request],
      createClassifier({ taxonomy: loadTaxonomy() }).profiler(),
      { mode: 'sample', maxRows: 10, seed: 1 },
      never,
    ) ?? [])
      told.push(message);
    await connection.close();
    expect(told).toMatchObject([{ type: 'gap', gap: { what: 'values of shop.hidden.salaries', reason: 'no-rights' } }]);
  });

  it('shows rows to the profiler and keeps none of them', async () => {
    const connection = connect();
    const requests = ['email', 'straße & nr', 'born'].map((name) => ({
      dataset: { namespace: 'x', name: 'shop.sales.customers' },
      path: [name],
      type: name === 'born' ? 'date' : 'varchar',
    }));
    const told: ProfileMessage[] = [];
    for await (const message of connection.profile?.(
      requests,
      createClassifier({ taxonomy: loadTaxonomy() }).profiler(),
      { mode: 'sample', maxRows: 100, seed: 1 },
      never,
    ) ?? [])
      told.push(message);
    await connection.close();
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
