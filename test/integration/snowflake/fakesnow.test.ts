import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { snowflakeConfig } from '../../../connectors/snowflake/config.ts';
import { snowflake } from '../../../connectors/snowflake/connector.ts';
import { catalogSql, versionSql, whoSql } from '../../../connectors/snowflake/sql.ts';
import {
  dependenciesSql,
  grantsSql,
  policiesNowSql,
  policiesOnNowSql,
  policiesSql,
  readsSql,
  rolesSql,
  statementsSql,
  tagPoliciesSql,
  tagsNowSql,
  tagsOfRelationNowSql,
  tagsSql,
  usersSql,
} from '../../../connectors/snowflake/sql-account.ts';
import { snowflakeMissing, startSnowflake, type RunningSnowflake } from '../../../scripts/snowflake.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { joinName } from '../../../server/model/dataset-name.ts';
import type { SourceMessage } from '../../../server/model/document.ts';
import { printPath } from '../../../server/model/ids.ts';
import type { Json } from '../../../server/model/json.ts';
import { runLexline } from '../cli/run-in-process.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { datasetsByName, gapsOf, never, profileAll, readAll, readSince } from '../../connector-messages.ts';
import { expectSameLists, listsOf } from '../../side-by-side.ts';

const missing = snowflakeMissing();
const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/snowflake/schema.sql'), 'utf8');

if (missing !== null) process.stderr.write(`skipped: snowflake over fakesnow: ${missing}\n`);

describe.skipIf(missing !== null)(
  `snowflake over fakesnow${missing === null ? '' : ` (skipped: ${missing})`}`,
  { timeout: 300_000 },
  () => {
    let server: RunningSnowflake;
    beforeAll(async () => {
      server = await startSnowflake({ rowsPerPartition: 7 });
      server.run(...fixture.split(/;\n/u).filter((text) => text.trim() !== ''));
    }, 600_000);
    afterAll(() => server.stop());

    const settings = (more: object = {}): Record<string, unknown> => ({
      account: server.account,
      url: server.url,
      user: server.user,
      privateKeyFile: server.privateKeyFile,
      warehouse: 'LEXLINE_WH',
      databases: { include: ['SHOP', 'CLINIC'] },
      retries: 0,
      pageSize: 2,
      ...more,
    });
    const connect = (more: object = {}): SourceConnection =>
      snowflake.connect(snowflakeConfig.parse(settings(more)), {
        source: 'wh',
        clock: systemClock,
        log: silentLog,
      });
    const read = (more: object = {}, since?: Json): Promise<readonly SourceMessage[]> =>
      since === undefined ? readAll(connect(more)) : readSince(connect(more), since);

    // A clock that stands: a JWT made by it would not hold, a token does.
    const standing = { now: () => Date.UTC(2026, 0, 1) };
    describeConnector('snowflake over a server', () => {
      const { user: _, privateKeyFile: __, ...rest } = settings();
      const config = { ...rest, token: server.token };
      return {
        connector: snowflake,
        config,
        connect: () =>
          snowflake.connect(snowflakeConfig.parse(config), { source: 'wh', clock: standing, log: silentLog }),
        secrets: ['BEGIN PRIVATE KEY', 'token-for-tests', 'canary-'],
      };
    });

    it('finds the tables, views and columns that the client of Snowflake lists, side by side by name', async () => {
      const found = datasetsByName(await read());
      const [tables = [], views = [], columns = []] = server.run(
        'SHOW TABLES IN ACCOUNT',
        'SHOW VIEWS IN ACCOUNT',
        'SHOW COLUMNS IN ACCOUNT',
      );
      const isOurs = (row: Readonly<Record<string, unknown>>): boolean =>
        ['SHOP', 'CLINIC'].includes(String(row['database_name'])) && row['schema_name'] !== 'INFORMATION_SCHEMA';
      const relation = (row: Readonly<Record<string, unknown>>, name: string): string =>
        joinName(['database_name', 'schema_name', name].map((part) => String(row[part])));
      expectSameLists(
        `fakesnow ${server.version}`,
        'SHOW TABLES, VIEWS, COLUMNS',
        listsOf(found.values(), { members: true }),
        {
          tables: [...tables, ...views].filter((row) => isOurs(row)).map((row) => relation(row, 'name')),
          columns: columns
            .filter((row) => isOurs(row))
            .map((row) => `${relation(row, 'table_name')}.${printPath([String(row['column_name'])])}`),
        },
      );
    });

    it('gives types, keys, comments and owners as the client shows them', async () => {
      const customers = datasetsByName(await read()).get('SHOP.SALES.CUSTOMERS');
      const [, described = [], keys = [], tables = []] = server.run(
        'USE DATABASE SHOP',
        'DESCRIBE TABLE SHOP.SALES.CUSTOMERS',
        'SHOW PRIMARY KEYS IN SCHEMA SHOP.SALES',
        // SHOW TABLES of fakesnow tells no comments.
        'SELECT TABLE_NAME AS NAME, TABLE_OWNER AS OWNER, COMMENT FROM SHOP.INFORMATION_SCHEMA.TABLES',
      );
      const theirs = described.map((row) => [
        row['name'],
        String(row['type'])
          .replace('VARCHAR(16777216)', 'VARCHAR')
          .replace(/^(TIMESTAMP_NTZ)\(9\)$/u, '$1'),
        row['null?'] === 'Y',
      ]);
      expect(customers?.fields.map(({ path, type, nullable }) => [path[0], type, nullable])).toEqual(theirs);
      const key = keys.find((row) => row['table_name'] === 'CUSTOMERS');
      expect(customers?.keys).toEqual([
        { kind: 'primary', name: key?.['constraint_name'], fields: [[key?.['column_name']]] },
      ]);
      const table = tables.find((row) => row['name'] === 'CUSTOMERS');
      expect([customers?.description, customers?.owners]).toEqual([table?.['comment'], [table?.['owner']]]);
    });

    it('shows rows to the profiler and keeps none of them', async () => {
      const dataset = { namespace: 'snowflake://acme-shop', name: 'SHOP.SALES.CUSTOMERS' };
      const requests = ['EMAIL', 'BORN', 'RAW'].map((name) => ({ dataset, path: [name], type: 'VARCHAR' }));
      const messages = await profileAll(connect(), requests);
      expect(messages.filter(({ type }) => type === 'profile')).toMatchObject([
        { profile: { path: ['EMAIL'], rowsSeen: 2, nulls: 0 } },
        { profile: { path: ['BORN'], rowsSeen: 2, nulls: 2 } },
        { profile: { path: ['RAW'], rowsSeen: 2, nulls: 2 } },
      ]);
      expect(JSON.stringify(messages)).not.toContain('canary');
    });

    it('says what fakesnow does not show as gaps, and refuses a wrong key', async () => {
      const gaps = gapsOf(await read()).map(({ what }) => what);
      for (const view of [
        'TAG_REFERENCES',
        'POLICY_REFERENCES',
        'OBJECT_DEPENDENCIES',
        'GRANTS_TO_ROLES',
        'QUERY_HISTORY',
      ])
        expect(gaps.join('\n')).toContain(`SNOWFLAKE.ACCOUNT_USAGE.${view}`);
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const other = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const connection = connect({ privateKeyFile: undefined, privateKey: other });
      await expect(connection.check(never)).rejects.toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
      await connection.close();
    });

    it('sends DDL for tags that it takes', async () => {
      server.run('CREATE DATABASE GOV', 'CREATE SCHEMA GOV.TAGS');
      const connection = connect({ tagSchema: 'GOV.TAGS' });
      const { write } = connection;
      if (write?.kind !== 'direct') throw new Error('no writer');
      const dataset = { namespace: 'snowflake://acme-shop', name: 'SHOP.SALES.CUSTOMERS' };
      const target = { uid: 'u', dataset, field: ['EMAIL'], facets: {} };
      const steps = write.steps({ action: 'add', target, tag: write.tagFor('PII') });
      server.run(...steps);
      await connection.close();
      expect(steps).toHaveLength(2);
    });

    it('asks only what an independent reader of the dialect takes', () => {
      const span = { from: 1, to: 2 };
      const structures = (['information-schema', 'account-usage'] as const).map((one) => catalogSql(one, 'SHOP'));
      const statements = [
        versionSql,
        whoSql,
        ...structures.flatMap((sql) => [
          sql.schemas,
          sql.marks,
          sql.columnMarks,
          sql.routineMarks('PROCEDURE'),
          sql.routineMarks('FUNCTION'),
          sql.routineMarks('PIPE'),
          sql.relations(10),
          sql.columns(3),
          sql.procedures,
          sql.functions,
          sql.pipes,
          sql.made(90),
          sql.columnNames,
          sql.rowCount,
        ]),
        tagsSql(90),
        policiesSql,
        tagPoliciesSql,
        dependenciesSql,
        grantsSql,
        rolesSql,
        usersSql,
        statementsSql(span, 10, true),
        statementsSql(span, 10, false),
        readsSql(span),
        tagsNowSql('SHOP', '"SHOP"."SALES"."T"'),
        tagsOfRelationNowSql('SHOP', '"SHOP"."SALES"."T"'),
        policiesNowSql('GOV', '"GOV"."TAGS"."PII"'),
        policiesOnNowSql('SHOP', '"SHOP"."SALES"."T"'),
      ];
      expect(server.refusedByParser(statements)).toEqual([]);
      expect(server.refusedByParser(['SELECT FROM WHERE'])).toHaveLength(1);
    });

    it('goes from `lexline sync` into the graph, and follows what changes', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'lexline-snowflake-sync-'));
      try {
        cpSync(server.privateKeyFile, join(folder, 'key.p8'));
        const file = join(folder, 'lexline.yaml');
        const { privateKeyFile: _, ...rest } = settings();
        const source = { name: 'wh', connector: 'snowflake', ...rest, privateKeyFile: './key.p8', profile: 'sample' };
        writeFileSync(file, JSON.stringify({ sources: [source] }));
        const run = async (...argv: readonly string[]) =>
          runLexline([...argv, '--config', file, '--data', join(folder, 'data')]);
        const checked = await run('check-config');
        expect(checked.status, checked.err).toBe(0);
        const first = await run('sync');
        expect(first.status, first.err).toBe(0);
        expect(first.out).toMatch(/documents: 7 read, 7 changed/u);
        expect(first.out).toMatch(/statements on warehouse LEXLINE_WH .* at most about [0-9.]+ of 1 credits/u);
        process.stderr.write(`lexline sync: ${first.out.split('\n').slice(0, 5).join(' | ')}\n`);
        const lineage = await run('lineage', 'SHOP.MART.MAILING.MAIL');
        expect(lineage.out).toContain('EMAIL');
        const again = await run('sync', '--json');
        expect(JSON.parse(again.out)).toMatchObject({ status: 'UNCHANGED' });
        server.run('ALTER TABLE SHOP.SALES.ORDERS ADD COLUMN PHONE VARCHAR', 'DROP TABLE SHOP.SALES.AUDIT');
        const third = await run('sync', '--json', '--allow-shrink');
        expect(JSON.parse(third.out)).toMatchObject({ documents: { retired: 1 }, drift: { fields: { added: 1 } } });
        expect(`${first.out}${again.out}${third.out}${first.err}`).not.toMatch(/canary|PRIVATE KEY/u);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  },
);
