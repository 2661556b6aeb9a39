import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldUid } from '../../../server/model/ids.ts';
import type { LineageRequest } from '../../../server/query/query.ts';
import { dataset, lineage, runEvent, schema, warehouse } from '../../unit/connectors/openlineage/events.ts';
import { openEventHouse, type EventHouse } from './house.ts';

const canary = 'canary-7Q';

function upstream(origin: string, n: number): LineageRequest {
  return { origin, direction: 'UPSTREAM', depth: 3, first: 10, granularity: 'FIELD', includeIndirect: false, n };
}

describe('POST /api/v1/lineage', () => {
  let house: EventHouse;
  beforeAll(async () => {
    house = await openEventHouse();
  });
  afterAll(() => house.close());

  it('answers one event with 201 and brings its lineage with masking into the graph', async () => {
    const now = Date.now();
    const at = (seconds: number): string => new Date(now - 60_000 + seconds * 1000).toISOString();
    const start = runEvent({
      type: 'START',
      time: at(0),
      inputs: [dataset('shop.public.customers', schema('id int', 'email text'))],
      runFacets: { environmentVariables: { environmentVariables: [{ name: 'TOKEN', value: canary }] } },
      jobFacets: { sql: { query: `insert into x select '${canary}' from y`, dialect: 'postgres' } },
    });
    const complete = runEvent({
      time: at(1),
      outputs: [
        dataset('shop.mart.customers', {
          ...schema('id int', 'email_hash text'),
          ...lineage({ email_hash: ['shop.public.customers.email DIRECT TRANSFORMATION masked'] }),
        }),
      ],
      runFacets: { errorMessage: { message: canary, programmingLanguage: 'JAVA', stackTrace: canary } },
    });
    expect(await house.post(start)).toMatchObject({ status: 201, body: { status: 'success' } });
    expect((await house.post(complete)).status).toBe(201);
    await house.drained();
    const query = await house.product.query();
    const revision = await query.at();
    const email = fieldUid({ namespace: warehouse, name: 'shop.mart.customers' }, ['email_hash']);
    const reached = await query.lineage(upstream(email, revision.n));
    expect(JSON.stringify(reached)).toContain('"masking":true');
    expect(house.bytes()).not.toContain(canary);
  });

  it('refuses an event that is nested thousands deep, one and in a list', async () => {
    const deep = `${'{"n":['.repeat(20_000)}1${']}'.repeat(20_000)}`;
    const event = JSON.stringify(runEvent({ job: 'deep', outputs: [dataset('t', { acme: 'HERE' })] }));
    const body = event.replace('"HERE"', deep);
    expect(await house.post(body)).toMatchObject({ status: 400 });
    expect(JSON.stringify((await house.post(body)).body)).toContain('nested more than 256 levels deep');
    expect(await house.post(`[${body}]`)).toMatchObject({ status: 200, body: { summary: { failed: 1 } } });
  });

  it('says of a list what became of each event', async () => {
    const good = runEvent({ job: 'batch', run: 'b1', time: new Date().toISOString(), outputs: [dataset('t')] });
    const answer = await house.post([good, { note: canary }, canary, good], '/api/v1/lineage/batch');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'partial_success',
        summary: { received: 4, successful: 2, failed: 2, retriable: 0, non_retriable: 2 },
        failed_events: [
          { index: 1, retriable: false },
          { index: 2, retriable: false },
        ],
      },
    });
    expect(JSON.stringify(answer.body)).not.toContain(canary);
    expect(await house.post([])).toMatchObject({ status: 200, body: { status: 'success' } });
  });

  it('takes packed bodies, as the clients send them', async () => {
    const body = gzipSync(JSON.stringify(runEvent({ job: 'packed', run: 'p1', outputs: [dataset('t')] })));
    const answer = await fetch(`${house.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body,
    });
    expect(answer.status).toBe(201);
  });

  it.each([
    ['an event that is none', { job: {} }, {}, 400],
    ['text that is no JSON', '{', {}, 400],
    ['another type of content', '{}', { 'content-type': 'text/plain' }, 415],
    ['a body that is too large', `"${'x'.repeat(17 * 1024 * 1024)}"`, {}, 413],
    ['more events than a request may have', Array.from({ length: 1001 }, () => ({})), {}, 413],
  ])('refuses %s', async (_, body, headers, status) => {
    expect((await house.post(body, undefined, headers)).status).toBe(status);
  });

  it('keeps what it refused as dead letters without values, and takes them again when they can be taken', async () => {
    await house.post({ eventTime: canary, job: { namespace: 'etl', name: 'broken' } });
    const desk = await house.product.deadLetters();
    const letters = [];
    for await (const letter of desk.list('lineage')) letters.push(letter);
    expect(letters.at(-1)).toMatchObject({
      source: 'lineage',
      problem: expect.stringContaining('eventTime') as string,
      remains: { job: { namespace: 'etl', name: 'broken' } },
    });
    expect(JSON.stringify(letters)).not.toContain(canary);
    expect(await desk.replay('lineage')).toEqual({ taken: 0, refused: letters.length, sources: [] });
  });
});

describe('the sources view', () => {
  it('says how the events of a source are doing', async () => {
    const house = await openEventHouse();
    await house.post(runEvent({ outputs: [dataset('t', schema('a int'))] }));
    await house.post({ job: {} });
    await house.drained();
    const { body } = await house.post(
      { query: '{ sources { name mode events { waiting deadLetters lastAt } } }' },
      '/graphql',
    );
    expect(body).toMatchObject({
      data: {
        sources: [
          {
            name: 'lineage',
            mode: 'EVENTS',
            events: { waiting: 0, deadLetters: 1, lastAt: expect.stringMatching(/^20/u) as string },
          },
        ],
      },
    });
    await house.close();
  });
});

describe('POST /api/v1/lineage without a source for it', () => {
  it('says what to configure', async () => {
    const house = await openEventHouse([]);
    expect(await house.post(runEvent({}))).toMatchObject({ status: 404 });
    await house.close();
  });

  it('takes only the namespaces of its sources', async () => {
    const house = await openEventHouse([{ name: 'lineage', connector: 'openlineage', namespaces: ['etl*'] }]);
    expect((await house.post(runEvent({}))).status).toBe(201);
    const other = { ...runEvent({}), job: { namespace: 'hr', name: 'x' } };
    expect((await house.post(other)).status).toBe(404);
    await house.close();
  });
});

const captures = process.env['LEXLINE_OPENLINEAGE_CAPTURES'] ?? '';

describe('events of real producers', () => {
  it.skipIf(!existsSync(captures))(
    'recorded from Spark and dbt give column lineage and masking (needs LEXLINE_OPENLINEAGE_CAPTURES: a folder of recorded events)',
    async () => {
      const house = await openEventHouse();
      for (const file of readdirSync(captures).filter((name) => name.endsWith('.ndjson')))
        for (const line of readFileSync(join(captures, file), 'utf8').trim().split('\n'))
          expect((await house.post(line)).status).toBe(201);
      await house.drained();
      const query = await house.product.query();
      const { n } = await query.at();
      const hash = fieldUid({ namespace: 'file', name: '/data/ol/d/mart_customers' }, ['email_hash']);
      const email = fieldUid({ namespace: 'file', name: '/data/ol/d/raw_customers' }, ['email']);
      const reached = JSON.stringify(await query.lineage(upstream(hash, n)));
      expect(reached).toContain(email);
      expect(reached).toContain('"masking":true');
      const total = fieldUid({ namespace: 'duckdb://jaffle_shop.duckdb', name: 'jaffle_shop.main.orders' }, [
        'coupon_amount',
      ]);
      const paid = fieldUid({ namespace: 'duckdb://jaffle_shop.duckdb', name: 'jaffle_shop.main.stg_payments' }, [
        'amount',
      ]);
      const bySql = JSON.stringify(await query.lineage(upstream(total, n)));
      expect(bySql).toContain(paid);
      await house.close();
    },
  );
});
