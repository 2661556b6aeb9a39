import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysql } from '../../../connectors/mysql/connector.ts';
import { mysqlConfig } from '../../../connectors/mysql/config.ts';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import { mariadbMissing, startMariadb, type RunningMariadb } from '../../../scripts/mariadb.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { begun, datasetsByName, lastCursor, never, profileAll, readAll, readSince } from '../../connector-messages.ts';

const missing = mariadbMissing();
const context = { source: 'shop', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };
const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/mysql/schema.sql'), 'utf8');

if (missing !== null) process.stderr.write(`skipped: mysql over a real MariaDB: ${missing}\n`);

describe.skipIf(missing !== null)(
  `mysql over a real MariaDB${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let server: RunningMariadb;
    beforeAll(async () => {
      server = await startMariadb();
      await run(...fixture.split(/;\n(?=CREATE|INSERT)/u).map((text) => text.replace(/;\s*$/u, '')));
    });
    afterAll(() => server.stop());

    async function run(...statements: readonly string[]): Promise<void> {
      const connection = await createConnection(server.url);
      for (const sql of statements) await connection.query(sql);
      await connection.end();
    }
    const connect = (url = server.url, settings: object = {}): SourceConnection =>
      mysql.connect(mysqlConfig.parse({ url, pageSize: 2, connectTimeoutMs: 120_000, ...settings }), context);

    describeConnector('mysql over a real server', () => ({
      connector: mysql,
      config: { url: server.url, pageSize: 2 },
      connect: () => connect(),
      secrets: ['superuser-for-tests', 'canary-ada', 'canary-bob', 'canary-enum'],
    }));

    it('describes tables, views, keys and comments as the server says them', async () => {
      const found = datasetsByName(await readAll(connect()));
      expect([...found.keys()]).toEqual([
        'mart.domains',
        'mart.mailing',
        'shop.audit',
        'shop.customers',
        'shop.orders',
      ]);
      const customers = found.get('shop.customers');
      expect(customers).toMatchObject({ kind: 'table', platform: 'mysql', description: 'People who buy' });
      expect(customers?.fields.map(({ path, type }) => [path.join('.'), type])).toEqual([
        ['customer_id', 'bigint(20) unsigned'],
        ['email', 'varchar(200)'],
        ['Straße & Nr', 'varchar(100)'],
        ['born', 'date'],
        ['email_domain', 'varchar(100)'],
        ['status', 'enum(2 values)'],
      ]);
      expect(customers?.fields[1]).toMatchObject({ description: 'Where invoices go', nullable: false });
      expect(found.get('shop.orders')?.keys).toMatchObject([
        { kind: 'foreign', name: 'of_customer', references: { dataset: { name: 'shop.customers' } } },
        { kind: 'primary', fields: [['order_id']] },
      ]);
    });

    it('hands over the SQL of views, generated columns, triggers, routines and events', async () => {
      const jobs = (await readAll(connect())).flatMap((message) =>
        message.type === 'document' && message.document.type === 'job' ? [message.document] : [],
      );
      expect(jobs.map(({ name }) => name).toSorted()).toEqual([
        'mart.domains',
        'mart.mailing',
        'shop.customers',
        'shop.event:nightly',
        'shop.procedure:refill',
        'shop.trigger:keep_audit',
      ]);
      const trigger = jobs.find(({ name }) => name === 'shop.trigger:keep_audit')?.statements?.[0];
      expect(trigger?.sql).toMatch(
        /^CREATE TRIGGER `keep_audit` AFTER INSERT ON `shop`\.`customers` FOR EACH ROW INSERT/u,
      );
      expect(jobs.find(({ name }) => name === 'shop.customers')?.statements?.[0]?.sql).toMatch(
        /UPDATE `shop`\.`customers` SET `email_domain` = substring_index\(`email`/iu,
      );
    });

    it('does not begin a schema that has not changed, and begins one in which a comment did', async () => {
      const first = await readAll(connect());
      await run("ALTER TABLE shop.audit COMMENT 'who came'");
      const since = await readSince(connect(), lastCursor(first));
      expect(begun(since)).toEqual(['shop']);
      expect(datasetsByName(since).get('shop.audit')?.description).toBe('who came');
    });

    it.each([
      [
        'an event that came',
        [],
        ['CREATE EVENT alike.nightly ON SCHEDULE EVERY 1 DAY DO INSERT INTO alike.kept SELECT a FROM alike.t'],
      ],
      [
        'an event that does something else',
        ['CREATE EVENT alike.nightly ON SCHEDULE EVERY 1 DAY DO INSERT INTO alike.kept SELECT a FROM alike.t'],
        ['ALTER EVENT alike.nightly DO INSERT INTO alike.kept SELECT b FROM alike.t'],
      ],
      [
        'two views that exchanged their names',
        ['CREATE VIEW alike.v1 AS SELECT a AS k FROM alike.t', 'CREATE VIEW alike.v2 AS SELECT b AS k FROM alike.t'],
        ['RENAME TABLE alike.v1 TO alike.v3, alike.v2 TO alike.v1, alike.v3 TO alike.v2'],
      ],
      [
        'two triggers that write elsewhere alike',
        [
          'CREATE TRIGGER alike.g1 AFTER INSERT ON alike.t FOR EACH ROW INSERT INTO alike.kept VALUES (NEW.a)',
          'CREATE TRIGGER alike.g2 AFTER INSERT ON alike.t FOR EACH ROW INSERT INTO alike.kept VALUES (NEW.b)',
        ],
        [
          'DROP TRIGGER alike.g1',
          'DROP TRIGGER alike.g2',
          'CREATE TRIGGER alike.g1 AFTER INSERT ON alike.t FOR EACH ROW INSERT INTO alike.held VALUES (NEW.a)',
          'CREATE TRIGGER alike.g2 AFTER INSERT ON alike.t FOR EACH ROW INSERT INTO alike.held VALUES (NEW.b)',
        ],
      ],
      [
        'a trigger that fires at another time',
        ['CREATE TRIGGER alike.g1 AFTER INSERT ON alike.t FOR EACH ROW INSERT INTO alike.kept VALUES (NEW.a)'],
        [
          'DROP TRIGGER alike.g1',
          'CREATE TRIGGER alike.g1 AFTER UPDATE ON alike.t FOR EACH ROW INSERT INTO alike.kept VALUES (NEW.a)',
        ],
      ],
      [
        'comments of two columns exchanged',
        ["ALTER TABLE alike.t MODIFY a int COMMENT 'one', MODIFY b int COMMENT 'two'"],
        ["ALTER TABLE alike.t MODIFY a int COMMENT 'two', MODIFY b int COMMENT 'one'"],
      ],
    ])('begins a schema again after %s', async (_, before, changes) => {
      await run(
        'CREATE DATABASE alike',
        'CREATE TABLE alike.t (a int, b int)',
        'CREATE TABLE alike.kept (z int)',
        'CREATE TABLE alike.held (z int)',
        ...before,
      );
      try {
        const first = await readAll(connect());
        expect(begun(await readSince(connect(), lastCursor(first)))).toEqual([]);
        await run(...changes);
        expect(begun(await readSince(connect(), lastCursor(first)))).toEqual(['alike']);
      } finally {
        await run('DROP DATABASE alike');
      }
    });

    it.each([1, 2, 500])('tells names that differ by case or accents alone, in pages of %i', async (pageSize) => {
      await run(
        'CREATE DATABASE cased',
        'CREATE DATABASE Cased',
        'CREATE TABLE Cased.base (other int)',
        'CREATE TABLE cased.base (a int, b int PRIMARY KEY)',
        'CREATE TABLE cased.Users (one int PRIMARY KEY)',
        'CREATE TABLE cased.users (two int, CONSTRAINT u UNIQUE (two))',
        'CREATE TABLE cased.`café` (c1 int)',
        'CREATE TABLE cased.cafe (c2 int)',
        'CREATE VIEW cased.Vx AS SELECT a AS k1 FROM cased.base',
        'CREATE VIEW cased.vx AS SELECT b AS k2 FROM cased.base',
      );
      try {
        const messages = await readAll(connect(server.url, { pageSize }));
        const found = datasetsByName(messages);
        const names = [...found.keys()].filter((name) => name.toLowerCase().startsWith('cased.'));
        const fields = names.map((name) => [name, (found.get(name)?.fields ?? []).map(({ path }) => path.join('.'))]);
        expect(Object.fromEntries(fields)).toEqual({
          'Cased.base': ['other'],
          'cased.Users': ['one'],
          'cased.Vx': ['k1'],
          'cased.base': ['a', 'b'],
          'cased.cafe': ['c2'],
          'cased.café': ['c1'],
          'cased.users': ['two'],
          'cased.vx': ['k2'],
        });
        expect(found.get('cased.Users')?.keys).toMatchObject([{ kind: 'primary', fields: [['one']] }]);
        expect(found.get('cased.users')?.keys).toMatchObject([{ kind: 'unique', fields: [['two']] }]);
        const sql = messages.flatMap((message) =>
          message.type === 'document' && message.document.type === 'job' && /^cased\.vx$/iu.test(message.document.name)
            ? [[message.document.name, /`k\d`/u.exec(message.document.statements?.[0]?.sql ?? '')?.[0]]]
            : [],
        );
        expect(Object.fromEntries(sql)).toEqual({ 'cased.Vx': '`k1`', 'cased.vx': '`k2`' });
      } finally {
        await run('DROP DATABASE cased', 'DROP DATABASE Cased');
      }
    });

    it('shows rows to the profiler and keeps none of them', async () => {
      const dataset = { namespace: 'mysql://x', name: 'shop.customers' };
      const requests = ['email', 'born', 'Straße & Nr'].map((name) => ({ dataset, path: [name], type: 'varchar' }));
      const messages = await profileAll(connect(), requests);
      expect(messages).toMatchObject([
        { type: 'profile', profile: { path: ['email'], rowsSeen: 2, nulls: 0 } },
        { type: 'profile', profile: { path: ['born'], rowsSeen: 2, nulls: 1 } },
        { type: 'profile', profile: { path: ['Straße & Nr'], rowsSeen: 2, nulls: 2 } },
      ]);
      expect(JSON.stringify(messages)).not.toContain('canary');
    });

    it('shows a narrow user only what it may see, names what it may not profile, and says which grant is missing', async () => {
      await run(
        "CREATE OR REPLACE USER 'narrow'@'127.0.0.1' IDENTIFIED BY 'narrow-secret'",
        "GRANT SHOW VIEW ON shop.* TO 'narrow'@'127.0.0.1'",
        "GRANT SELECT ON mart.* TO 'narrow'@'127.0.0.1'",
      );
      const url = server.url.replace(/\/\/[^@]+@/u, '//narrow:narrow-secret@');
      const found = datasetsByName(await readAll(connect(url)));
      expect(found.has('mart.mailing')).toBe(true);
      const dataset = { namespace: 'mysql://x', name: 'shop.customers' };
      const request = { dataset, path: ['email'], type: 'varchar' };
      const messages = await profileAll(connect(url), [request]);
      expect(messages).toMatchObject([
        {
          type: 'gap',
          gap: { reason: 'no-rights', remedy: "GRANT SELECT ON `shop`.`customers` TO 'narrow'@'127.0.0.1';" },
        },
      ]);
    });

    it('reads views and routines with the rights on its page, and names those whose text a narrower user is not shown', async () => {
      const page = readFileSync(join(import.meta.dirname, '../../../docs/connectors/mysql.md'), 'utf8');
      const [, text = ''] = /```sql\n(CREATE USER[\s\S]*?)```/u.exec(page) ?? [];
      const grants = text
        .split('\n')
        .filter((line) => line.startsWith('GRANT'))
        .map((line) => line.replace(/;.*$/u, '').replace("'lexline'@'10.0.0.%'", "'least'@'127.0.0.1'"));
      expect(grants.filter((grant) => /SELECT ON shop\.\*/u.test(grant))).toEqual([]);
      const views = grants.find((grant) => grant.includes('shop.active_customers')) ?? '';
      await run("CREATE OR REPLACE USER 'least'@'127.0.0.1' IDENTIFIED BY 'least-secret'");
      for (const grant of grants.filter((each) => each !== views))
        await run(grant, ...(grant.includes('shop.*') ? [grant.replace('shop.*', 'mart.*')] : []));
      await run(
        "REVOKE SELECT ON mysql.proc FROM 'least'@'127.0.0.1'",
        "GRANT EXECUTE ON shop.* TO 'least'@'127.0.0.1'",
      );
      const url = server.url.replace(/\/\/[^@]+@/u, '//least:least-secret@');
      const before = connect(url);
      const { gaps } = await before.check(never);
      expect(gaps.map(({ what, detail }) => `${what}: ${detail.replace(/^.*: /u, '')}`)).toEqual([
        'schema mart: domains, mailing',
        'schema shop: refill',
      ]);
      const hidden = await readAll(before);
      expect(hidden.filter(({ type }) => type === 'gap')).toHaveLength(3);
      expect(hidden).toContainEqual(
        expect.objectContaining({
          document: expect.objectContaining({ name: 'mart.mailing', type: 'job', partial: true }),
        }),
      );
      for (const { remedy } of gaps) await run(...remedy.replace(/;$/u, '').split(';\n'));
      const after = connect(url);
      expect((await after.check(never)).gaps).toEqual([]);
      const statements = (await readAll(after)).flatMap((message) =>
        message.type === 'document' && message.document.type === 'job' ? (message.document.statements ?? []) : [],
      );
      expect(statements.map(({ sql }) => sql).join('\n')).toMatch(/sha2[\s\S]*INSERT INTO shop\.audit/u);
      const rows = createConnection(url).then((own) => own.query('SELECT 1 FROM shop.customers'));
      await expect(rows).rejects.toThrow(/denied/u);
    });

    it('says who was refused, who does not answer, and never the password', async () => {
      const wrong = connect(server.url.replace('superuser-for-tests', 'wrong-secret'));
      await expect(wrong.check(never)).rejects.toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
      await expect(wrong.check(never)).rejects.not.toThrow(/wrong-secret/u);
      const nobody = connect('mysql://root:x-secret@127.0.0.1:1');
      await expect(nobody.check(never)).rejects.toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
      await Promise.all([wrong.close(), nobody.close()]);
    });
  },
);
