import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { snowflakeConfig } from '../../../connectors/snowflake/config.ts';
import { snowflake } from '../../../connectors/snowflake/connector.ts';
import { snowflakeMissing, startSnowflake, type RunningSnowflake } from '../../../scripts/snowflake.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import type { DatasetDocument, SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import { describeConnector } from '../../conformance/connector.ts';

const missing = snowflakeMissing();
const never = new AbortController().signal;
const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/snowflake/schema.sql'), 'utf8');

if (missing !== null) process.stderr.write(`skipped: snowflake over fakesnow: ${missing}\n`);

describe.skipIf(missing !== null)(
  `snowflake over fakesnow${missing === null ? '' : ` (skipped: ${missing})`}`,
  { timeout: 120_000 },
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
    async function read(more: object = {}, since?: Json): Promise<readonly SourceMessage[]> {
      const connection = connect(more);
      const messages: SourceMessage[] = [];
      try {
        const cursor = since === undefined ? null : { kind: 'since' as const, at: since };
        for await (const message of connection.read({ cursor }, never)) messages.push(message);
      } finally {
        await connection.close();
      }
      return messages;
    }
    const datasets = (messages: readonly SourceMessage[]): ReadonlyMap<string, DatasetDocument> =>
      new Map(
        messages.flatMap((message) =>
          message.type === 'document' && message.document.type === 'dataset'
            ? [[message.document.name, message.document] as const]
            : [],
        ),
      );

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

    it('finds the tables, views and columns that the client of Snowflake lists, no more and no less', async () => {
      const found = datasets(await read());
      const [tables = [], views = [], columns = []] = server.run(
        'SHOW TABLES IN ACCOUNT',
        'SHOW VIEWS IN ACCOUNT',
        'SHOW COLUMNS IN ACCOUNT',
      );
      const isOurs = (row: Readonly<Record<string, unknown>>): boolean =>
        ['SHOP', 'CLINIC'].includes(String(row['database_name'])) && row['schema_name'] !== 'INFORMATION_SCHEMA';
      const listed = [...tables, ...views]
        .filter((row) => isOurs(row))
        .map((row) => `${String(row['database_name'])}.${String(row['schema_name'])}.${String(row['name'])}`);
      expect([...found.keys()].map((name) => name.replaceAll('"', '')).toSorted()).toEqual(listed.toSorted());
      const ours = [...found.values()].flatMap(({ name, fields }) =>
        fields.map(({ path }) => `${name.replaceAll('"', '')}.${path.join('.')}`),
      );
      const theirs = columns
        .filter((row) => isOurs(row))
        .map((row) =>
          ['database_name', 'schema_name', 'table_name', 'column_name'].map((part) => String(row[part])).join('.'),
        );
      expect(ours.toSorted()).toEqual(theirs.toSorted());
      process.stderr.write(`side by side: ${listed.length} relations, ${theirs.length} columns, equal\n`);
    });
  },
);
