import { describe, expect, it } from 'vitest';
import { gapsOf, lastCursor, readAll } from '../../../connector-messages.ts';
import { connectTo, namespace, now, readOf, serve } from './session.ts';
import { day, isStatements, lastDay, observations, queries, statement, way, withHistory } from './told.ts';

describe('the statements that ran', () => {
  it('are one job where they differ in literals alone, with their runs by day', async () => {
    const messages = await readOf(
      withHistory({
        statements: [
          statement('s1', 'INSERT INTO main.mart.m SELECT email FROM main.sales.customers WHERE id > 7', { runs: 2 }),
          statement('s2', 'INSERT INTO main.mart.m SELECT email FROM main.sales.customers WHERE id > 8'),
          statement('s3', 'INSERT INTO main.mart.n SELECT email FROM main.sales.customers'),
        ],
      }),
    );
    expect(queries(messages)).toHaveLength(2);
    const [first] = queries(messages);
    expect(first).toMatchObject({ platform: 'databricks', namespace, flows: 'stated' });
    expect(first?.name).toMatch(/^system\.query\.history\.[0-9a-f]{32}$/u);
    expect(first?.statements).toMatchObject([{ dialect: 'databricks', namespace }]);
    expect(observations(messages, 'runs').map(({ count, day: on }) => [on, count])).toEqual([
      [lastDay, 3],
      [lastDay, 1],
    ]);
  });

  it('carry what was seen of them as edges that count where the text is not understood', async () => {
    const messages = await readOf(
      withHistory({
        statements: [statement('s1', 'INSERT INTO m SELECT weird(email) FROM customers')],
        statementEdges: [
          way('main.sales.customers', 'main.sales.m', null, { statement_id: 's1', entity_type: 'JOB', entity_id: '7' }),
          way('main.sales.customers', 'main.sales.m', ['email', 'mail'], { statement_id: 's1' }),
          way('main.sales.other', 'main.sales.m', ['x', 'y'], { statement_id: 'of another' }),
        ],
      }),
    );
    const [job] = queries(messages);
    expect(job?.edges).toEqual([
      {
        from: { dataset: { namespace, name: 'main.sales.customers' }, field: ['email'] },
        to: { dataset: { namespace, name: 'main.sales.m' }, field: ['mail'] },
        kind: 'TRANSFORMATION',
        effect: 'unknown',
        weak: true,
      },
    ]);
    expect(job?.facets).toEqual({ 'databricks.ranIn': { type: 'JOB', id: '7' } });
    expect(job?.inputs).toEqual([{ namespace, name: 'main.sales.customers' }]);
  });

  it.each([
    ['one schema', ['main.sales.a', 'main.sales.b'], { defaultDatabase: 'main', defaultSchema: 'sales' }],
    ['one catalog', ['main.sales.a', 'main.mart.b'], { defaultDatabase: 'main' }],
    ['several catalogs', ['main.sales.a', 'dev.sales.b'], {}],
  ])(
    'start their plain names in the schema where all that was seen of them lies: %s',
    async (_, [from = '', to = ''], start) => {
      const messages = await readOf(
        withHistory({
          statements: [statement('s1', 'INSERT INTO b SELECT x FROM a')],
          statementEdges: [way(from, to, ['x', 'x'], { statement_id: 's1' })],
        }),
      );
      const [text] = queries(messages)[0]?.statements ?? [];
      expect({ defaultDatabase: text?.defaultDatabase, defaultSchema: text?.defaultSchema }).toEqual({
        defaultDatabase: undefined,
        defaultSchema: undefined,
        ...start,
      });
    },
  );

  it('leave out views and functions, which are read with their schema', async () => {
    const texts = [
      'create or replace view v as select 1',
      '-- why\nCREATE OR REFRESH MATERIALIZED VIEW v AS SELECT 1',
      '/* who */ create temporary function f() returns int return 1',
      'CREATE TABLE main.mart.empty (a INT)',
      'create schema if not exists main.mart',
    ];
    const messages = await readOf(
      withHistory({
        statements: [
          ...texts.map((text, i) => statement(`s${i}`, text)),
          statement('s9', 'CREATE OR REPLACE TABLE main.mart.viewers AS SELECT 1 AS x FROM main.sales.orders'),
        ],
      }),
    );
    expect(queries(messages)).toHaveLength(1);
  });

  it('are asked for from where the last read ended, by the clock of the warehouse', async () => {
    const metastore = withHistory({});
    metastore.now = now + 60_000;
    const server = await serve(metastore);
    const before = await readAll(connectTo(server.url));
    const asked = server.statements.length;
    metastore.now = now + 3_660_000;
    await readAll(connectTo(server.url, {}, { now: () => now + 3_600_000 }), { kind: 'since', at: lastCursor(before) });
    const spans = server.statements
      .filter((sql) => isStatements.test(sql))
      .map((sql) => [...sql.matchAll(/timestamp_millis\((\d+)\)/gu)].map(([, ms]) => Number(ms)));
    const lag = 120 * 60_000;
    expect(spans).toEqual([
      [now + 60_000 - lag - 7 * day, now + 60_000 - lag],
      [now + 60_000 - lag, now + 3_660_000 - lag],
    ]);
    expect(server.statements.length).toBeGreaterThan(asked);
  });

  it('are taken up to the limit, and the rest is said', async () => {
    const statements = Array.from({ length: 4 }, (_, i) => statement(`s${i}`, `INSERT INTO t${i} SELECT a FROM b${i}`));
    const messages = await readOf(withHistory({ statements }), { maxQueries: 3 });
    expect(queries(messages)).toHaveLength(3);
    expect(gapsOf(messages)).toContainEqual(
      expect.objectContaining({ what: 'statements that ran', remedy: expect.stringContaining('maxQueries') as string }),
    );
  });

  it('without a text are counted as a gap', async () => {
    expect(gapsOf(await readOf(withHistory({ untold: 4 })))).toContainEqual(
      expect.objectContaining({ what: '4 statements that ran', reason: 'unparsed-sql' }),
    );
  });
});

describe('system tables that are not shown', () => {
  const notFound = (holds: RegExp) => ({
    holds,
    error: { error_code: 'BAD_REQUEST', message: '[TABLE_OR_VIEW_NOT_FOUND] canary-7Q' },
    sql_state: '42P01',
  });

  it('are gaps with the grant, and are asked for again from the same place', async () => {
    const metastore = withHistory({});
    metastore.refusals = [notFound(/`system`/u)];
    const messages = await readOf(metastore);
    expect(gapsOf(messages).map(({ what, reason, remedy }) => [what, reason, remedy.includes('`the token`')])).toEqual([
      ['the statements that ran (system.query.history)', 'no-rights', true],
      ['what jobs, notebooks and pipelines read and wrote, column by column (system.access)', 'no-rights', true],
    ]);
    expect(lastCursor(messages)).toMatchObject({ window: { history: null, lineage: null } });
    expect(JSON.stringify(messages)).not.toContain('canary');
  });

  it('do not keep the other from being read', async () => {
    const metastore = withHistory({ statements: [statement('s1', 'INSERT INTO b SELECT x FROM a')] });
    metastore.refusals = [notFound(/`system`\.`access`/u)];
    const messages = await readOf(metastore);
    expect(queries(messages)).toHaveLength(1);
    expect(gapsOf(messages).map(({ what }) => what)).toEqual([
      'what jobs, notebooks and pipelines read and wrote, column by column (system.access)',
    ]);
  });
});
