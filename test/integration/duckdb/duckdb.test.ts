import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectThrough, duckdb } from '../../../connectors/duckdb/connector.ts';
import { duckdbConfig } from '../../../connectors/duckdb/config.ts';
import { failureOf } from '../../../connectors/duckdb/failure.ts';
import { createFilePort, type QueryPort } from '../../../connectors/duckdb/port.ts';
import type { ProfileMessage, SourceConnection } from '../../../connectors/connector.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { silentLog } from '../../../server/base/log.ts';
import { validateMessage } from '../../../server/ingest/validate-message.ts';
import type { DatasetDocument, JobDocument, SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import { openWholeProduct } from '../whole-product.ts';
import { describeConnector } from '../../conformance/connector.ts';

const root = process.getuid?.() === 0;
const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'lexline-duckdb-'));
const context = { source: 'shop', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog, directory: folder };
const shop = join(folder, 'shop.duckdb');
const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/duckdb/schema.sql'), 'utf8');
const names = ['имя', '名前', 'الاسم', 'שם', 'नाम', 'e-mail "privat"', "o'clock", 'a.b', ' spaced ', '🙂', 'İstanbul'];

/** Runs statements in a file of DuckDB's own making, as its users do. */
async function run(path: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    for (const sql of statements) await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const settings = {
  path: 'shop.duckdb',
  attach: [{ name: 'mart', path: 'mart.duckdb' }],
  pageSize: 2,
  lockWaitMs: 0,
};
const connect = (changed: object = {}): SourceConnection =>
  duckdb.connect(duckdbConfig.parse({ ...settings, ...changed }), context);
const only = (path: string, changed: object = {}): SourceConnection => connect({ path, attach: [], ...changed });

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
function documents(messages: readonly SourceMessage[]) {
  return messages.flatMap((message) => (message.type === 'document' ? [message.document] : []));
}
function datasets(messages: readonly SourceMessage[]): ReadonlyMap<string, DatasetDocument> {
  return new Map(documents(messages).flatMap((one) => (one.type === 'dataset' ? [[one.name, one] as const] : [])));
}
function jobs(messages: readonly SourceMessage[]): ReadonlyMap<string, JobDocument> {
  return new Map(documents(messages).flatMap((one) => (one.type === 'job' ? [[one.name, one] as const] : [])));
}
async function failed(connection: SourceConnection): Promise<unknown> {
  try {
    await connection.check(never);
    return null;
  } catch (error) {
    return error;
  } finally {
    await connection.close();
  }
}

beforeAll(async () => {
  const [shopSql = '', martSql = ''] = fixture.split('-- mart.duckdb\n');
  await run(shop, ...shopSql.split(/;\n/u).filter((sql) => sql.trim() !== ''));
  await run(join(folder, 'mart.duckdb'), ...martSql.split(/;\n/u).filter((sql) => sql.trim() !== ''));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeConnector('duckdb over real files', () => ({
  connector: duckdb,
  config: settings,
  connect: () => connect(),
  connectFailing: (n) => {
    const config = duckdbConfig.parse(settings);
    const port = createFilePort(
      'shop',
      [
        { name: 'shop', path: shop, encryptionKey: null },
        { name: 'mart', path: join(folder, 'mart.duckdb'), encryptionKey: null },
      ],
      config,
    );
    let asked = 0;
    const failing: QueryPort = {
      ...port,
      query: (...question) => {
        asked += 1;
        if (asked === n) throw failureOf('ended', 'shop', 'shop.duckdb');
        return port.query(...question);
      },
    };
    return connectThrough(failing, config, context);
  },
  secrets: ['canary-'],
}));

describe('duckdb', () => {
  it('describes what DuckDB itself lists: as many tables, views and columns, and the same names and types', async () => {
    const found = datasets(await read(connect()));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`ATTACH '${shop}' AS shop (READ_ONLY)`);
    await connection.run(`ATTACH '${join(folder, 'mart.duckdb')}' AS mart (READ_ONLY)`);
    const listed = (
      await connection.runAndReadAll(`SELECT concat_ws('/', database_name, schema_name, table_name, column_name) AS name
        FROM duckdb_columns() WHERE NOT internal AND database_name IN ('shop', 'mart')`)
    ).getRowObjectsJson();
    connection.closeSync();
    instance.closeSync();
    const theirs = listed.map(({ name }) => String(name));
    const ours = [...found.values()].flatMap(({ native, fields }) =>
      fields
        .filter(({ path }) => path.length === 1)
        .map(({ path }) => `${(native?.id ?? '').replaceAll('.', '/')}/${path[0]}`),
    );
    expect(ours.length).toBe(theirs.length);
    expect(ours.toSorted()).toEqual(theirs.toSorted());
  });

  it('describes tables, members of structures, keys and comments, and keeps no value of a type, default or check', async () => {
    const customers = datasets(await read(connect())).get('shop.main.customers');
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
    expect(datasets(await read(connect())).get('shop.main.orders')?.keys).toMatchObject([
      { kind: 'primary' },
      {
        kind: 'foreign',
        fields: [['customer']],
        references: { dataset: { name: 'shop.main.customers' }, fields: [['id']] },
      },
    ]);
  });

  it('hands over the SQL of views, generated columns and macros, with the schema that their names mean', async () => {
    const found = jobs(await read(connect()));
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
    const first = await read(only(path));
    const cursor = first.findLast((message) => message.type === 'checkpoint')?.cursor ?? null;
    await run(path, "COMMENT ON COLUMN s.u.b IS 'said'", 'DROP SCHEMA gone CASCADE');
    const since = await read(only(path), cursor);
    expect(since.flatMap((message) => (message.type === 'scope-begin' ? [message.scope] : []))).toEqual(['changing.s']);
    expect(since[0]).toEqual({ type: 'scopes', scopes: ['changing.main', 'changing.s'] });
  });

  it('shows a bounded sample to the profiler, the same for the same seed, and keeps none of it', async () => {
    const connection = connect();
    const profiler = createClassifier({ taxonomy: loadTaxonomy() }).profiler();
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
    const messages: ProfileMessage[] = [];
    for await (const message of connection.profile?.(asked, profiler, { mode: 'sample', maxRows: 2, seed: 7 }, never) ??
      [])
      messages.push(message);
    await connection.close();
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

  it('changes no byte and leaves no file behind, a write-ahead log beside the file included', async () => {
    const path = join(folder, 'crashed.duckdb');
    await run(path, 'CREATE TABLE t(a int)');
    const log = await crashedWriter(path);
    const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
    const before = [digest(path), digest(log), readdirSync(folder).toSorted()];
    expect([...datasets(await read(only(path))).keys()]).toEqual(['crashed.main.late', 'crashed.main.t']);
    expect([digest(path), digest(log), readdirSync(folder).toSorted()]).toEqual(before);
  });

  it('says that another process holds the file, waits for it as long as it may, and lets go of it at the end', async () => {
    const path = join(folder, 'held.duckdb');
    await run(path, 'CREATE TABLE t(a int)');
    const writer = await heldBy(path);
    expect(await failed(only(path))).toMatchObject({
      code: 'CONNECTOR_UNAVAILABLE',
      message: expect.stringMatching(/holds it for writing/u),
    });
    const patient = read(only(path, { lockWaitMs: 60_000 }));
    setTimeout(() => writer.kill('SIGKILL'), 700);
    expect([...datasets(await patient).keys()]).toEqual(['held.main.late', 'held.main.t']);
    await run(path, 'CREATE TABLE u(a int)');
  });

  it.each([
    ['absent', () => {}, 'CONNECTOR_UNAVAILABLE', /no such file/u],
    ['empty', (path: string) => writeFileSync(path, ''), 'ARTEFACT_INVALID', /no DuckDB database/u],
    [
      'text',
      (path: string) => writeFileSync(path, 'id,email\n1,canary-ada@example.com\n'.repeat(2000)),
      'ARTEFACT_INVALID',
      /no DuckDB database/u,
    ],
    ['cut', (path: string) => (cpSync(shop, path), truncateSync(path, 9000)), 'ARTEFACT_INVALID', /damaged/u],
    ['flipped', (path: string) => writeFileSync(path, flipped(readFileSync(shop))), 'ARTEFACT_INVALID', /damaged/u],
    [
      'newer',
      (path: string) => writeFileSync(path, ofVersion(readFileSync(shop), 9_999n)),
      'ARTEFACT_VERSION',
      /newer/u,
    ],
  ] as const)('gives a file that is %s its own typed error', async (kind, make, code, says) => {
    const path = join(folder, `${kind}.duckdb`);
    make(path);
    const error = await failed(only(path));
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(String(error)).not.toContain('canary');
  });

  it('asks for the key of an encrypted file, refuses a wrong one and never says it', async () => {
    const path = join(folder, 'secret.duckdb');
    await run(
      ':memory:',
      "SET force_mbedtls_unsafe = 'true'",
      `ATTACH '${path}' AS e (ENCRYPTION_KEY 'right-canary-key')`,
      'CREATE TABLE e.t(a int)',
    );
    expect(await failed(only(path))).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED', remedy: 'set encryptionKey' });
    const wrong = await failed(only(path, { encryptionKey: 'wrong-canary-key' }));
    expect(wrong).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    expect(String(wrong)).not.toContain('canary');
    expect(datasets(await read(only(path, { encryptionKey: 'right-canary-key' }))).size).toBe(1);
  });

  it.skipIf(root)(
    `says that the file may not be read${root ? ' (skipped: root may read every file)' : ''}`,
    async () => {
      const path = join(folder, 'closed.duckdb');
      cpSync(shop, path);
      chmodSync(path, 0);
      expect(await failed(only(path))).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    },
  );

  it('takes names of every script, with dots, quotes and spaces, as they are', async () => {
    const path = join(folder, 'names.duckdb');
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    await run(
      path,
      `CREATE SCHEMA ${quoted('схема.с точкой')}`,
      `CREATE TABLE ${quoted('схема.с точкой')}.${quoted('o\'clock "x"')} (${names.map((name) => `${quoted(name)} INT`).join(', ')})`,
    );
    const messages = await read(only(path, { name: 'my "db"' }));
    const [table] = [...datasets(messages).values()];
    expect(table?.fields.map(({ path: field }) => field[0])).toEqual(names);
    expect(table?.name).toBe(`"my ""db"""."схема.с точкой"."o'clock ""x"""`);
    for (const message of messages) expect(validateMessage(message).type).toBe('valid');
  });

  it('reads a table of 50,000 columns', async () => {
    const path = join(folder, 'wide.duckdb');
    await run(path, `CREATE TABLE wide (${Array.from({ length: 50_000 }, (_, i) => `c${i} INT`).join(', ')})`);
    const [table] = [...datasets(await read(only(path))).values()];
    expect(table?.fields).toHaveLength(50_000);
  }, 240_000);

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

  it('gives up a statement that takes too long, and goes on with the next', async () => {
    const port = createFilePort(
      'shop',
      [{ name: 'shop', path: shop, encryptionKey: null }],
      duckdbConfig.parse({ ...settings, statementTimeoutMs: 5000 }),
    );
    const endless = 'SELECT sum(a.range * b.range % 7) FROM range(3000000) a, range(3000000) b';
    await expect(port.query(endless, [], never)).rejects.toMatchObject({ code: 'CONNECTOR_TIMEOUT' });
    expect(await port.query('SELECT 1 AS x', [], never)).toEqual([{ x: 1 }]);
    await port.close();
  }, 120_000);
});

/** A process that wrote and died before DuckDB put its log into the file. */
async function crashedWriter(path: string): Promise<string> {
  const writer = await heldBy(path);
  writer.kill('SIGKILL');
  await new Promise((resolve) => writer.once('exit', resolve));
  return `${path}.wal`;
}

async function heldBy(path: string) {
  const script = `
    import { DuckDBInstance } from '@duckdb/node-api';
    const instance = await DuckDBInstance.create(process.argv[1]);
    const connection = await instance.connect();
    await connection.run('CREATE TABLE IF NOT EXISTS late(a int)');
    console.log('held');
    setInterval(() => {}, 1000);`;
  const writer = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => writer.stdout.once('data', resolve));
  return writer;
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = 12_288; at < changed.length; at += 97) changed[at] = (changed[at] ?? 0) ^ 0x5a;
  return changed;
}

/** The file with another storage version in its header, whose checksum holds. */
function ofVersion(bytes: Buffer, version: bigint): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeBigUInt64LE(version, 12);
  let sum = 5381n;
  for (let at = 8; at < 4096; at += 8) sum ^= BigInt.asUintN(64, changed.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  changed.writeBigUInt64LE(sum, 0);
  return changed;
}
