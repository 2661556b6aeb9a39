import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { accept } from '../../../connectors/openlineage/accept.ts';
import {
  clean,
  dataset,
  lineage,
  readAll,
  runEvent,
  schema,
  warehouse,
  datasets,
  jobs,
  edgesOf,
} from '../../unit/connectors/openlineage/events.ts';
import { openEventHouse, type EventHouse } from './house.ts';
import { problemsOf } from './event-shape.ts';

interface Received {
  readonly body: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
}

async function receiver(): Promise<{
  url: string;
  got: Received[];
  answer: { status: number };
  close(): Promise<void>;
}> {
  const got: Received[] = [];
  const answer = { status: 201 };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (answer.status < 400)
        got.push({
          body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Received['body'],
          authorization: request.headers.authorization,
        });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api/v1/lineage`,
    got,
    answer,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const actor = { kind: 'process', id: 'test' } as const;

describe('what Lexline knows, told as OpenLineage events', () => {
  const open: { close(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const one of open) await one.close();
  });
  const at = (minutes: number): string => new Date(Date.now() - 3_600_000 + minutes * 60_000).toISOString();
  const load = (minutes: number, ...columns: readonly string[]): object =>
    runEvent({
      run: `r${minutes}`,
      time: at(minutes),
      inputs: [dataset('shop.public.customers', schema('id int', 'email text'))],
      outputs: [
        dataset('shop.mart.customers', {
          ...schema(...columns),
          ...lineage({ email_hash: ['shop.public.customers.email DIRECT TRANSFORMATION masked'] }, [
            'shop.public.customers.id INDIRECT FILTER',
          ]),
        }),
      ],
    });
  const syncOnce = async (house: EventHouse, ...events: readonly object[]): Promise<void> => {
    const { writeFileSync, mkdirSync } = await import('node:fs');
    mkdirSync(join(house.folder, 'events'), { recursive: true });
    const file = join(house.folder, 'events', 'a.ndjson');
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    writeFileSync(file, before + events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const report = await (await house.product.sync()).run({ source: 'lineage', actor });
    expect(report.error).toBeNull();
  };

  it('after each sync, only what changed, in shapes that the specification allows and that we read ourselves', async () => {
    const marquez = await receiver();
    open.push(marquez);
    const house = await openEventHouse([{ name: 'lineage', connector: 'openlineage', path: 'events' }], {
      emit: [
        { name: 'marquez', url: marquez.url, apiKey: 'key-of-marquez' },
        { name: 'file', path: 'out/lineage.ndjson' },
        { name: 'runs', path: 'out/runs.ndjson', events: 'run' },
      ],
    });
    open.push(house);
    await syncOnce(house, load(1, 'id int', 'email_hash text'));
    const events = marquez.got.map(({ body }) => body);
    expect(marquez.got.every(({ authorization }) => authorization === 'Bearer key-of-marquez')).toBe(true);
    for (const event of events) expect(problemsOf(event), JSON.stringify(event).slice(0, 300)).toEqual([]);
    const told = events.find((event) => JSON.stringify(event).includes('"name":"shop.public.customers","facets"'));
    expect(told).toMatchObject({
      dataset: {
        facets: {
          tags: {
            tags: expect.arrayContaining([
              expect.objectContaining({ key: 'PII', source: 'LEXLINE' }),
              expect.objectContaining({ key: 'user.contact.email', value: 'clear', field: 'email', source: 'LEXLINE' }),
            ]) as object,
          },
        },
      },
    });

    // What went out is read by our own connector as what it was: lineage the same, tags as ours.
    const read = await readAll(events);
    expect(edgesOf(jobs(read)[0])).toContain(
      'shop.public.customers.email -> shop.mart.customers.email_hash TRANSFORMATION hash masked',
    );
    expect(edgesOf(jobs(read)[0])).toContain('shop.public.customers.id -> shop.mart.customers FILTER');
    const field = datasets(read)
      .find(({ name }) => name === 'shop.public.customers')
      ?.fields.find(({ path }) => path[0] === 'email');
    expect(field?.tags).toContainEqual({ name: 'user.contact.email', value: 'clear', setBy: 'lexline' });

    const lines = (name: string): readonly object[] =>
      readFileSync(join(house.folder, 'out', name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
    expect(lines('lineage.ndjson')).toHaveLength(events.length);
    for (const event of lines('runs.ndjson')) {
      expect(problemsOf(event)).toEqual([]);
      expect(accept(event, { receivedAt: new Date().toISOString(), clean }).type).toBe('event');
      expect(event).toMatchObject({ eventType: 'COMPLETE' });
    }

    // Nothing new: nothing is sent. One dataset more: it and its job.
    marquez.got.length = 0;
    await syncOnce(house);
    expect(marquez.got).toEqual([]);
    await syncOnce(
      house,
      runEvent({ job: 'other', run: 'o1', time: at(2), outputs: [dataset('shop.mart.new', schema('note text'))] }),
    );
    const names = marquez.got.map(({ body }) => JSON.stringify(body));
    expect(names.some((text) => text.includes('shop.mart.new'))).toBe(true);
    expect(names.some((text) => text.includes('shop.public.customers'))).toBe(false);

    // A dropped dataset is said to be dropped.
    marquez.got.length = 0;
    await syncOnce(
      house,
      runEvent({
        job: 'ddl',
        run: 'd1',
        time: at(3),
        outputs: [dataset('shop.mart.new', { lifecycleStateChange: { lifecycleStateChange: 'DROP' } })],
      }),
    );
    expect(marquez.got.map(({ body }) => body)).toContainEqual(
      expect.objectContaining({
        dataset: expect.objectContaining({
          namespace: warehouse,
          name: 'shop.mart.new',
          facets: { lifecycleStateChange: expect.objectContaining({ lifecycleStateChange: 'DROP' }) as object },
        }) as object,
      }),
    );
  });

  it('again from where it stopped, when the receiver was away; an unwelcome event holds up nothing', async () => {
    const marquez = await receiver();
    open.push(marquez);
    const house = await openEventHouse([{ name: 'lineage', connector: 'openlineage', path: 'events' }], {
      emit: [{ name: 'marquez', url: marquez.url, apiKey: 'wrong' }],
    });
    open.push(house);
    marquez.answer.status = 401;
    await syncOnce(house, load(1, 'id int', 'email_hash text'));
    expect(marquez.got).toEqual([]);
    marquez.answer.status = 201;
    await syncOnce(house, load(2, 'id int', 'email_hash text', 'more text'));
    expect(marquez.got.length).toBeGreaterThanOrEqual(3);
    marquez.got.length = 0;
    marquez.answer.status = 422;
    await syncOnce(house, load(3, 'id int', 'email_hash text', 'other text'));
    marquez.answer.status = 201;
    await syncOnce(house);
    expect(marquez.got).toEqual([]);
  });
});
