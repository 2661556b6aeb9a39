import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigquery } from '../../../connectors/bigquery/connector.ts';
import { jobsSql, readsSql } from '../../../connectors/bigquery/sql-history.ts';
import {
  latestShardSql,
  marksSql,
  relationsSql,
  routineMarksSql,
  routinesSql,
  rowCountsSql,
  whoSql,
} from '../../../connectors/bigquery/sql.ts';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { bigqueryMissing, startBigQuery, type RunningBigQuery } from '../../../scripts/bigquery.ts';
import { silentLog } from '../../../server/base/log.ts';
import type { SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import type { TagTarget } from '../../../server/model/tag-writing.ts';
import { describeConnector } from '../../conformance/connector.ts';
import {
  begun,
  datasetsByName,
  jobsByName,
  jobsOf,
  lastCursor,
  never,
  profileAll,
  readAll,
  readSince,
} from '../../connector-messages.ts';
import { expectSameLists, listsOf } from '../../side-by-side.ts';
import { hourAgo, jobs, pathsOf, project, type Field } from './made-up.ts';

const missing = bigqueryMissing(process.env['LEXLINE_EXTENDED'] !== undefined);

if (missing !== null) process.stderr.write(`skipped: bigquery over bqemulator: ${missing}\n`);

describe.skipIf(missing !== null)(
  `bigquery over bqemulator${missing === null ? '' : ` (skipped: ${missing})`}`,
  { timeout: 300_000 },
  () => {
    let server: RunningBigQuery;
    beforeAll(async () => {
      server = await startBigQuery(jobs);
      await server.makeDataset(project, 'sales', 'EU');
      await server.makeDataset(project, 'mart', 'US');
      await server.run(
        project,
        'CREATE TABLE sales.customers (id INT64 NOT NULL, email STRING, addresses ARRAY<STRUCT<street STRING, geo STRUCT<lat FLOAT64>>>) OPTIONS (description = \'People who "buy"\')',
        "INSERT INTO sales.customers (id, email, addresses) VALUES (1, 'ana@example.com', [STRUCT('Main Street 1' AS street, STRUCT(1.5 AS lat) AS geo), STRUCT('Side Street 2' AS street, STRUCT(2.5 AS lat) AS geo)]), (2, 'bo@example.com', []), (3, NULL, [])",
        'CREATE TABLE sales.events_20260101 (user_id STRING)',
        'CREATE TABLE sales.events_20260102 (user_id STRING, ip STRING)',
        'CREATE VIEW mart.mailing AS SELECT LOWER(email) AS mail FROM `acme-shop`.sales.customers',
        'CREATE FUNCTION mart.shorten(x STRING) AS (SUBSTR(x, 1, 3))',
      );
    }, 600_000);
    afterAll(() => server.stop());

    const settings = (more: object = {}): Record<string, unknown> => ({
      project,
      endpoint: server.url,
      token: 'token-for-tests',
      governance: false,
      retries: 1,
      pageSize: 2,
      ...more,
    });
    // Each statement takes the emulator the better part of a second.
    const small = { history: false, rowCounts: false, datasets: { include: ['sales'] } };
    const connect = (more: object = {}, clock = { now: () => Date.now() }): SourceConnection =>
      bigquery.connect(bigquery.configSchema.parse(settings(more)), {
        source: 'bq',
        clock,
        log: silentLog,
      });
    const read = (more: object = {}, since?: Json): Promise<readonly SourceMessage[]> =>
      since === undefined ? readAll(connect(more)) : readSince(connect(more), since);

    describeConnector('bigquery over bqemulator', () => ({
      connector: bigquery,
      config: settings(small),
      connect: () => connect(small, { now: () => hourAgo }),
      secrets: ['token-for-tests', 'ana@example.com'],
    }));

    it('finds what the emulator lists by its own interface, side by side: each table, column and member', async () => {
      const found = datasetsByName(await read());
      const theirs: { tables: string[]; columns: string[] } = { tables: [], columns: [] };
      for (const dataset of ['sales', 'mart']) {
        const base = `${server.url}/bigquery/v2/projects/${project}/datasets/${dataset}/tables`;
        const listed = (await (await fetch(base)).json()) as { tables: { tableReference: { tableId: string } }[] };
        for (const { tableReference } of listed.tables) {
          if (tableReference.tableId === 'events_20260101') continue;
          const one = (await (await fetch(`${base}/${encodeURIComponent(tableReference.tableId)}`)).json()) as {
            schema: { fields: Field[] };
          };
          const name = `${project}.${dataset}.${tableReference.tableId.replace(/_\d{8}$/u, '_yyyymmdd')}`;
          theirs.tables.push(name);
          theirs.columns.push(...pathsOf(one.schema.fields).map((path) => `${name}.${path}`));
        }
      }
      const client = 'tables.list, tables.get';
      expectSameLists(`bqemulator ${server.version}`, client, listsOf(found.values(), { members: true }), theirs);
      expect([...found.keys()].toSorted()).toEqual([
        'acme-shop.mart.mailing',
        'acme-shop.sales.customers',
        'acme-shop.sales.events_yyyymmdd',
      ]);
      expect(found.get('acme-shop.sales.customers')).toMatchObject({
        kind: 'table',
        description: 'People who "buy"',
        facets: { region: 'EU' },
      });
      expect(found.get('acme-shop.mart.mailing')?.facets?.['region']).toBe('US');
    });

    it('reads a view and a function with their SQL', async () => {
      const found = jobsByName(await read());
      expect(found.get('acme-shop.mart.mailing')?.statements?.[0]?.sql).toContain('LOWER(email) AS mail');
      expect(found.get('acme-shop.mart.function:shorten')?.statements?.[0]?.sql).toContain('SUBSTR');
    });

    it('makes one job of statements of one form, one of a script, none of ours, of a failed one, of one that only reads', async () => {
      const messages = await read();
      expect(messages.filter(({ type }) => type === 'gap')).toEqual([]);
      const queries = jobsOf(messages).filter(({ kind }) => kind === 'query');
      expect(
        queries.map(({ name, outputs }) => [name.split(':')[1]?.slice(0, 4), outputs.map((one) => one.name)]),
      ).toEqual(
        expect.arrayContaining([
          ['aa11', ['acme-shop.sales.letters']],
          [expect.any(String) as string, ['acme-shop.sales.a']],
        ]) as unknown,
      );
      expect(queries).toHaveLength(2);
      const runs = messages.flatMap((message) =>
        message.type === 'observation' && message.measure === 'runs' ? [[message.name.name, message.count]] : [],
      );
      expect(runs).toContainEqual(['acme-shop.query:aa11', 2]);
      const usage = messages.flatMap((message) =>
        message.type === 'observation' && message.measure === 'usage' ? [[message.name.name, message.body]] : [],
      );
      expect(usage).toContainEqual(['acme-shop.sales.events_yyyymmdd', { reads: 1, readers: 1 }]);
      expect(JSON.stringify(messages)).not.toContain('bo@example.com');
    });

    it('sees a change of structure and nothing else', async () => {
      const before = await read(small);
      const unchanged = await read(small, lastCursor(before));
      expect(begun(unchanged)).toEqual([':projects']);
      await server.run(project, "INSERT INTO sales.events_20260101 VALUES ('u1')");
      expect(begun(await read(small, lastCursor(before)))).toEqual([':projects']);
      await server.run(
        project,
        'CREATE OR REPLACE TABLE sales.events_20260102 (user_id STRING, ip STRING, consent BOOL)',
      );
      const after = await read(small, lastCursor(before));
      expect(begun(after)).toEqual(['acme-shop.sales', ':projects']);
      expect(
        datasetsByName(after)
          .get('acme-shop.sales.events_yyyymmdd')
          ?.fields.map(({ path }) => path.join('.')),
      ).toEqual(['user_id', 'ip', 'consent']);
    });

    it.each(['list', 'query'] as const)('shows values to the detectors by %s', async (sampling) => {
      const request = (path: readonly string[], type: string) => ({
        dataset: { namespace: 'bigquery', name: 'acme-shop.sales.customers' },
        path,
        type,
      });
      // The emulator lists no members of structures; BigQuery does.
      const member = sampling === 'query' ? [request(['addresses', 'street'], 'STRING')] : [];
      const requests = [request(['email'], 'STRING'), request(['id'], 'INT64'), ...member];
      const messages = await profileAll(connect({ sampling }), requests, { seed: 7 });
      const profiles = messages.flatMap((message) => (message.type === 'profile' ? [message.profile] : []));
      expect(
        profiles.map(({ path, rowsSeen, nulls, distinct }) => [path.join('.'), rowsSeen, nulls, distinct]),
      ).toEqual([
        ['email', 3, 1, 2],
        ['id', 3, 0, 3],
        ...(sampling === 'query' ? [['addresses.street', 2, 0, 2]] : []),
      ]);
      expect(JSON.stringify(messages)).not.toContain('ana@example.com');
    });

    it('puts a tag into a description and takes it out again, leaving the rest of the table as it was', async () => {
      const connection = connect();
      const { write } = connection;
      if (write?.kind !== 'direct') throw new Error('no direct writer');
      const target: TagTarget = {
        uid: 'f_1',
        dataset: { namespace: 'bigquery', name: 'acme-shop.sales.customers' },
        field: ['addresses', 'street'],
        facets: {},
      };
      const tag = write.tagFor('PII');
      const schema = async (): Promise<unknown> =>
        (
          (await (
            await fetch(`${server.url}/bigquery/v2/projects/${project}/datasets/sales/tables/customers`)
          ).json()) as { schema: unknown }
        ).schema;
      const before = await schema();
      await write.apply({ action: 'add', target, tag }, never);
      expect(await write.tagsOf(target, never)).toEqual([{ name: 'lexline_pii', setBy: 'lexline' }]);
      const tagged = datasetsByName(await read())
        .get('acme-shop.sales.customers')
        ?.fields.find(({ path }) => path.at(-1) === 'street');
      expect(tagged).toMatchObject({ tags: [{ name: 'lexline_pii', setBy: 'lexline' }] });
      expect(tagged?.description).toBeUndefined();
      await write.apply({ action: 'remove', target, tag }, never);
      expect(await write.tagsOf(target, never)).toEqual([]);
      const strip = (value: unknown): unknown =>
        JSON.parse(JSON.stringify(value).replaceAll(/,?"description":""/gu, ''));
      expect(strip(await schema())).toEqual(strip(before));
      await connection.close();
    });

    it('asks only what an independent reader of the dialect takes', () => {
      const span = { from: 1, to: 2 };
      const statements = [
        whoSql,
        relationsSql('acme-shop', 'sales'),
        marksSql('acme-shop', 'sales'),
        routinesSql('acme-shop', 'sales'),
        routineMarksSql('acme-shop', 'sales'),
        rowCountsSql('acme-shop', 'sales'),
        latestShardSql('acme-shop', 'sales'),
        jobsSql('acme-shop', 'EU', span, 10),
        readsSql('acme-shop', 'EU', span),
      ];
      expect(server.refusedByParser(statements)).toEqual([]);
      expect(server.refusedByParser(['SELECT FROM WHERE'])).toHaveLength(1);
    });
  },
);
