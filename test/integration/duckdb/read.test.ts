import { join } from 'node:path';
import { DuckDBInstance, version } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { connectThrough, duckdb } from '../../../connectors/duckdb/connector.ts';
import { duckdbConfig } from '../../../connectors/duckdb/config.ts';
import { failureOf } from '../../../connectors/duckdb/failure.ts';
import { createFilePort, type QueryPort } from '../../../connectors/duckdb/port.ts';
import { validateMessage } from '../../../server/ingest/validate-message.ts';
import { joinName } from '../../../server/model/dataset-name.ts';
import { printPath } from '../../../server/model/ids.ts';
import { openWholeProduct } from '../whole-product.ts';
import { describeConnector } from '../../conformance/connector.ts';
import {
  begun,
  datasetsByName,
  jobsByName,
  lastCursor,
  profileAll,
  readAll,
  readSince,
} from '../../connector-messages.ts';
import { expectSameLists, listsOf } from '../../side-by-side.ts';
import { namesOfEveryScript } from '../../names-of-every-script.ts';
import { folder, context, shop, run, settings, connect, only, withFiles } from './session.ts';

withFiles();
/** One process for all connections that fail on purpose. */
let shared: QueryPort | null = null;
afterAll(() => shared?.close());
const filesHere = [
  { name: 'shop', path: shop, encryptionKey: null },
  { name: 'mart', path: join(folder, 'mart.duckdb'), encryptionKey: null },
];

describeConnector('duckdb over real files', () => {
  const config = duckdbConfig.parse(settings);
  return {
    connector: duckdb,
    config: settings,
    connect: () => connect(),
    connectFailing: (n) => {
      shared ??= createFilePort('shop', filesHere, config);
      const port = shared;
      let asked = 0;
      const failing: QueryPort = {
        ...port,
        query: (...question) => {
          asked += 1;
          if (asked === n) throw failureOf('ended', 'shop', 'shop.duckdb');
          return port.query(...question);
        },
        close: async () => {},
      };
      return connectThrough(failing, config, context);
    },
    secrets: ['canary-'],
  };
});

describe('duckdb', () => {
  it('describes what DuckDB itself lists, side by side: the same tables, views and columns', async () => {
    const found = datasetsByName(await readAll(connect()));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`ATTACH '${shop}' AS shop (READ_ONLY)`);
    await connection.run(`ATTACH '${join(folder, 'mart.duckdb')}' AS mart (READ_ONLY)`);
    const listed = (
      await connection.runAndReadAll(`SELECT database_name, schema_name, table_name, column_name
        FROM duckdb_columns() WHERE NOT internal AND database_name IN ('shop', 'mart')`)
    ).getRowObjectsJson();
    connection.closeSync();
    instance.closeSync();
    const part = (row: (typeof listed)[number], name: string): string => {
      const value = row[name];
      return typeof value === 'string' ? value : '';
    };
    const tableOf = (row: (typeof listed)[number]): string =>
      joinName(['database_name', 'schema_name', 'table_name'].map((name) => part(row, name)));
    expectSameLists(`DuckDB ${version()}`, 'duckdb_columns()', listsOf(found.values()), {
      tables: [...new Set(listed.map((row) => tableOf(row)))],
      columns: listed.map((row) => `${tableOf(row)}.${printPath([part(row, 'column_name')])}`),
    });
  });

  it('describes tables, members of structures, keys and comments, and keeps no value of a type, default or check', async () => {
    const customers = datasetsByName(await readAll(connect())).get('shop.main.customers');
    expect(customers).toMatchObject({
      kind: 'table',
      platform: 'duckdb',
      namespace: 'duckdb://shop.duckdb',
      description: 'People who buy',
      keys: [
        { kind: 'primary', fields: [['id']] },
        { kind: 'unique', fields: [['email']] },
      ],
    });
    expect(customers?.fields.map(({ path, type }) => [path.join('/'), type])).toEqual([
      ['id', 'BIGINT'],
      ['email', 'VARCHAR'],
      ['Straße & Nr', 'VARCHAR'],
      ['address', 'STRUCT(street VARCHAR, "post code" VARCHAR, places STRUCT(lat DOUBLE, lon DOUBLE)[])'],
      ['address/street', 'VARCHAR'],
      ['address/post code', 'VARCHAR'],
      ['address/places', 'STRUCT(lat DOUBLE, lon DOUBLE)[]'],
      ['address/places/lat', 'DOUBLE'],
      ['address/places/lon', 'DOUBLE'],
      ['status', 'ENUM(2 values)'],
      ['domain', 'VARCHAR'],
    ]);
    expect(customers?.fields[1]).toMatchObject({ description: 'Where invoices go', nullable: false });
    expect(customers?.fields[1]?.facets).toEqual({ 'duckdb.column': { hasDefault: true } });
    expect(datasetsByName(await readAll(connect())).get('shop.main.orders')?.keys).toMatchObject([
      { kind: 'primary' },
      {
        kind: 'foreign',
        fields: [['customer']],
        references: { dataset: { name: 'shop.main.customers' }, fields: [['id']] },
      },
    ]);
  });

  it('hands over the SQL of views, generated columns and macros, with the schema that their names mean', async () => {
    const found = jobsByName(await readAll(connect()));
    expect([...found.keys()].toSorted()).toEqual(
      [
        'mart.main.people',
        'shop.main.customers',
        'shop.mart.files',
        'shop.mart.mailing',
        'shop.mart.own',
        'shop.mart.macro:big(n)',
        'shop.mart.macro:masked(x)',
      ].toSorted(),
    );
    expect(found.get('shop.mart.mailing')?.statements).toMatchObject([
      { dialect: 'duckdb', defaultDatabase: 'shop', defaultSchema: 'main' },
    ]);
    expect(found.get('shop.mart.mailing')?.statements?.[0]?.sql).toMatch(
      /^CREATE VIEW "shop"\."mart"\."mailing" \("mail", "orders"\) AS SELECT lower\(c\.email\)/u,
    );
    expect(found.get('shop.mart.own')?.statements?.[0]?.defaultSchema).toBe('mart');
    expect(found.get('shop.main.customers')?.statements?.[0]?.sql).toMatch(/SET "domain" = CAST\(split_part\(email/u);
  });

  it('does not begin a schema that has not changed, begins one in which a comment did, and drops one that is gone', async () => {
    const path = join(folder, 'changing.duckdb');
    await run(
      path,
      'CREATE TABLE t(a int)',
      'CREATE SCHEMA s',
      'CREATE TABLE s.u(b int)',
      'CREATE SCHEMA gone',
      'CREATE TABLE gone.v(c int)',
    );
    const first = await readAll(only(path));
    await run(path, "COMMENT ON COLUMN s.u.b IS 'said'", 'DROP SCHEMA gone CASCADE');
    const since = await readSince(only(path), lastCursor(first));
    expect(begun(since)).toEqual(['changing.s']);
    expect(since[0]).toEqual({ type: 'scopes', scopes: ['changing.main', 'changing.s'] });
  });

  it.each([
    [
      'one comment that came to two columns',
      [],
      ["COMMENT ON COLUMN t.a IS 'who it is'", "COMMENT ON COLUMN t.b IS 'who it is'"],
    ],
    [
      'comments of two columns exchanged',
      ["COMMENT ON COLUMN t.a IS 'one'", "COMMENT ON COLUMN t.b IS 'two'"],
      ["COMMENT ON COLUMN t.a IS 'two'", "COMMENT ON COLUMN t.b IS 'one'"],
    ],
    [
      'comments of two tables exchanged',
      ["COMMENT ON TABLE t IS 'one'", "COMMENT ON TABLE u IS 'two'"],
      ["COMMENT ON TABLE t IS 'two'", "COMMENT ON TABLE u IS 'one'"],
    ],
    [
      'one comment that came to two views',
      ['CREATE VIEW v AS SELECT a FROM t', 'CREATE VIEW w AS SELECT b FROM t'],
      ["COMMENT ON VIEW v IS 'who it is'", "COMMENT ON VIEW w IS 'who it is'"],
    ],
  ])('begins a schema again after %s', async (_, before, changes) => {
    const path = join(folder, `alike-${before.length}-${changes.join('').length}.duckdb`);
    await run(path, 'CREATE TABLE t(a int, b int)', 'CREATE TABLE u(a int)', ...before);
    const first = await readAll(only(path));
    expect(begun(await readSince(only(path), lastCursor(first)))).toEqual([]);
    await run(path, ...changes);
    expect(begun(await readSince(only(path), lastCursor(first)))).toHaveLength(1);
  });

  it('shows a bounded sample to the profiler, the same for the same seed, and keeps none of it', async () => {
    const request = (table: string, ...path: string[]) => ({
      dataset: { namespace: 'duckdb://shop.duckdb', name: table },
      path,
      type: 'VARCHAR',
    });
    const asked = [
      request('shop.main.customers', 'email'),
      request('shop.main.customers', 'Straße & Nr'),
      request('shop.main.customers', 'address', 'street'),
      request('shop.main.customers', 'address', 'places', 'lat'),
      request('shop.mart.mailing', 'mail'),
      request('shop.mart.files', 'column0'),
    ];
    const messages = await profileAll(connect(), asked, { maxRows: 2, seed: 7 });
    expect(messages).toMatchObject([
      { type: 'profile', profile: { path: ['email'], rowsSeen: 2, nulls: 0 } },
      { type: 'profile', profile: { path: ['Straße & Nr'], rowsSeen: 2 } },
      { type: 'profile', profile: { path: ['address', 'street'], rowsSeen: 2 } },
      { type: 'gap', gap: { what: 'values of shop.main.customers, address.places.lat', reason: 'unsupported' } },
      { type: 'profile', profile: { path: ['mail'] } },
      { type: 'gap', gap: { what: 'values of shop.mart.files, column0', reason: 'unsupported' } },
    ]);
    expect(JSON.stringify(messages)).not.toMatch(/canary|root:/u);
  });

  it('takes names of every script, with dots, quotes and spaces, as they are', async () => {
    const path = join(folder, 'names.duckdb');
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    await run(
      path,
      `CREATE SCHEMA ${quoted('схема.с точкой')}`,
      `CREATE TABLE ${quoted('схема.с точкой')}.${quoted('o\'clock "x"')} (${namesOfEveryScript.map((name) => `${quoted(name)} INT`).join(', ')})`,
    );
    const messages = await readAll(only(path, { name: 'my "db"' }));
    const [table] = [...datasetsByName(messages).values()];
    expect(table?.fields.map(({ path: field }) => field[0])).toEqual(namesOfEveryScript);
    expect(table?.name).toBe(`"my ""db"""."схема.с точкой"."o'clock ""x"""`);
    for (const message of messages) expect(validateMessage(message).type).toBe('valid');
  });

  it('reads a table of 50,000 columns', async () => {
    const path = join(folder, 'wide.duckdb');
    await run(path, `CREATE TABLE wide (${Array.from({ length: 50_000 }, (_, i) => `c${i} INT`).join(', ')})`);
    const [table] = [...datasetsByName(await readAll(only(path))).values()];
    expect(table?.fields).toHaveLength(50_000);
  });

  it('calls a file by a name that DuckDB has for itself as DuckDB does, and refuses one name for two', async () => {
    const path = join(folder, 'temp.duckdb');
    await run(path, 'CREATE TABLE t(a int)');
    expect([...datasetsByName(await readAll(only(path))).keys()]).toEqual(['temp_db.main.t']);
    const memory = join(folder, 'memory.duckdb');
    await run(memory, 'CREATE TABLE t(a int)');
    expect([...datasetsByName(await readAll(only(memory))).keys()]).toEqual(['memory_db.main.t']);
    expect(() => connect({ attach: [{ name: 'SHOP', path: 'mart.duckdb' }] })).toThrow(
      /two databases cannot be called "shop"/u,
    );
    expect(() => connect({ name: 'system' })).toThrow(/DuckDB's own/u);
  });

  it('becomes lineage: views, their renamed columns and generated columns, and nothing new by a second sync', async () => {
    const product = await openWholeProduct({
      name: 'shop',
      connector: 'duckdb',
      path: shop,
      namespace: 'duckdb://shop',
    });
    try {
      expect((await product.sync()).error).toBeNull();
      expect(await product.upstream('duckdb://shop', 'shop.mart.mailing', 'mail')).toEqual(['customers.email']);
      expect(await product.upstream('duckdb://shop', 'shop.mart.own', 'body')).toEqual(['notes.body']);
      expect(await product.upstream('duckdb://shop', 'shop.main.customers', 'domain')).toEqual(['customers.email']);
      expect((await product.sync()).status).toBe('UNCHANGED');
    } finally {
      await product.close();
    }
  });
});
