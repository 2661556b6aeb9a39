import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Product } from '../../../server/cli/composition.ts';
import { composeFor } from '../../../server/lexline.ts';
import type { Letter } from '../../../server/notify/outbox.ts';

const actor = { kind: 'process', id: 'test' } as const;
const secret = 'a secret of both sides, long enough';
const start = Date.parse('2026-11-21T08:00:00Z');
const day = 86_400_000;
const comment = 'canary comment 4111 1111 1111 1111';

interface Call {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface Told {
  readonly id: string;
  readonly kind: string;
  readonly total: number;
  readonly items: readonly { readonly dataset?: string; readonly field?: string; readonly url?: string }[];
}

let folder: string;
let server: Server;
let url: string;
let calls: Call[];
/** What the receiver answers next; then 200. */
let answers: number[];
let now: number;
let product: Product;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lexline-notify-'));
  mkdirSync(join(folder, 'sql'));
  calls = [];
  answers = [];
  now = start;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      calls.push({ path: request.url ?? '', headers: request.headers, body });
      const status = answers.shift() ?? 200;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {});
      response.end('answer of the receiver');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});

afterEach(async () => {
  await product.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(receiver: object = {}, rest: object = {}): Promise<void> {
  const clock = { now: () => now };
  const global = { config: undefined, data: undefined, json: false };
  const compose = composeFor({ global, env: {}, clock, actor });
  const config = {
    sources: [{ name: 'shop', connector: 'sql-files', path: './sql', dialect: 'postgres' }],
    notify: {
      receivers: [{ name: 'office', url, secret, addresses: ['loopback'], ...receiver }],
      cardDataExpectedIn: ['payments.*'],
      link: 'https://lexline.example.com',
      ...rest,
    },
  };
  product = await compose.open({ config: await compose.parseConfig(config, folder) });
}

function write(name: string, sql: string): void {
  writeFileSync(join(folder, 'sql', name), sql);
}

async function sync(): Promise<void> {
  expect((await (await product.sync()).run({ source: 'shop', actor })).error).toBeNull();
}

const told = (): readonly Told[] => calls.map(({ body }) => JSON.parse(body) as Told);
const tell = async (): Promise<void> => (await product.notifier()).tell(new AbortController().signal);
async function letters(which: 'waiting' | 'dead'): Promise<readonly Letter[]> {
  const found: Letter[] = [];
  for await (const letter of (await product.notifier()).outbox[which]()) found.push(letter);
  return found;
}

const cards = `create table payments.vault (card_number text, cvv text);
create table shop.notes (id int, card_number text, email text);
comment on column shop.notes.email is '${comment}';\n`;

describe('receivers are told', () => {
  it('of new sensitive fields and of card data where none is expected, once, signed, without what people wrote', async () => {
    await open();
    write('a.sql', cards);
    await sync();
    const [first, second] = told();
    expect([first?.kind, second?.kind]).toEqual(['unexpected-card-data', 'new-sensitive-field']);
    const card = told().find(({ kind }) => kind === 'unexpected-card-data');
    expect(card?.items.map(({ dataset, field }) => `${dataset}.${field}`)).toEqual(['shop.notes.card_number']);
    expect(card?.items[0]?.url).toMatch(/^https:\/\/lexline\.example\.com\/fields\/\w+/u);
    for (const { headers, body } of calls) {
      const mac = createHmac('sha256', secret)
        .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`)
        .digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${mac}`);
      expect(headers['webhook-id']).toBe((JSON.parse(body) as Told).id);
      expect(body).not.toContain('canary');
    }
    const before = calls.length;
    await sync();
    await tell();
    expect(calls).toHaveLength(before);
    write('b.sql', 'create table shop.people (email text);\n');
    await sync();
    expect(told().slice(before)).toMatchObject([
      { kind: 'new-sensitive-field', total: 1, items: [{ dataset: 'shop.people', field: 'email' }] },
    ]);
  });

  it('of nothing that was known before the first receiver was configured', async () => {
    await open({}, { receivers: [] });
    write('a.sql', cards);
    await sync();
    await product.close();
    await open();
    await sync();
    expect(told()).toEqual([]);
  });

  it('again after a wait that grows, until it arrives, with the same id', async () => {
    answers = [500, 503];
    await open({ on: ['new-sensitive-field'] });
    write('a.sql', 'create table shop.people (email text);\n');
    await sync();
    expect(calls).toHaveLength(1);
    await tell();
    expect(calls).toHaveLength(1);
    now += 31_000;
    await tell();
    expect(calls).toHaveLength(2);
    now += 60_000;
    await tell();
    expect(calls).toHaveLength(2);
    now += 61_000;
    await tell();
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await letters('waiting')).toEqual([]);
  });

  it('no longer after a day of attempts: a dead letter, which can be sent again', async () => {
    answers = Array.from({ length: 9 }, () => 500);
    await open({ on: ['new-sensitive-field'] });
    write('a.sql', 'create table shop.people (email text);\n');
    await sync();
    for (let attempt = 0; attempt < 12; attempt += 1) {
      now += day;
      await tell();
    }
    expect(calls).toHaveLength(9);
    expect(await letters('dead')).toMatchObject([{ attempts: 9, problem: 'it answered 500' }]);
    const notifier = await product.notifier();
    expect(await notifier.outbox.replay('nobody')).toBe(0);
    expect(await notifier.outbox.replay('office')).toBe(1);
    await tell();
    expect(calls).toHaveLength(10);
    expect(calls[9]?.headers['webhook-id']).toBe(calls[0]?.headers['webhook-id']);
    expect(await notifier.outbox.count()).toEqual({ waiting: 0, dead: 0 });
  });

  it('not where a redirect leads, and no longer when the receiver says that it is gone', async () => {
    answers = [302, 410];
    await open({ on: ['new-sensitive-field'] });
    write('a.sql', 'create table shop.people (email text);\n');
    await sync();
    expect(calls.map(({ path }) => path)).toEqual(['/hook']);
    expect(await letters('waiting')).toMatchObject([{ problem: 'it redirects, and redirects are not followed' }]);
    now += 60_000;
    await tell();
    expect(await letters('dead')).toMatchObject([{ problem: 'it answered 410' }]);
  });

  it('of a source that grew stale, once until it is read again, and of a report that is due, once a period', async () => {
    await open({ on: ['stale-source', 'report-due'] }, { reports: [{ name: 'gdpr-30-1', everyDays: 30 }] });
    write('a.sql', 'create table shop.people (email text);\n');
    await sync();
    expect(told()).toMatchObject([{ kind: 'report-due', items: [{ report: 'gdpr-30-1', lastConfirmedAt: null }] }]);
    now += 10 * day;
    await tell();
    expect(told().slice(1)).toMatchObject([{ kind: 'stale-source', items: [{ source: 'shop' }] }]);
    now += day;
    await tell();
    expect(calls).toHaveLength(2);
    now += 20 * day;
    await tell();
    expect(told().slice(2)).toMatchObject([{ kind: 'report-due' }]);
  });

  it('of questions that nobody answered for a week', async () => {
    await open({ on: ['review-due'] });
    write('a.sql', 'create table shop.zz_a (qz_bgv text);\ncreate table shop.zz_b (qz_bgv text);\n');
    await sync();
    now += 6 * day;
    await tell();
    expect(told()).toEqual([]);
    now += 2 * day;
    await tell();
    expect(told()).toMatchObject([{ kind: 'review-due', items: [{ fields: 2 }] }]);
    now += day;
    await tell();
    expect(calls).toHaveLength(1);
  });

  it('of a decision of a person, once before it runs out and once when a sync has ended it', async () => {
    await open({ on: ['decision-ends'] });
    write('a.sql', 'create table shop.zz_a (qz_bgv text);\n');
    await sync();
    const desk = await product.review();
    const [group] = (await desk.queue({ first: 5 })).groups;
    await desk.decide({
      group: group?.id ?? '',
      kind: 'correct',
      category: 'user.contact.email',
      comment: null,
      validUntil: new Date(now + 20 * day).toISOString(),
      idempotencyKey: 'k',
      actor: { kind: 'person', id: 'ada' },
      signal: new AbortController().signal,
    });
    await tell();
    expect(told()).toEqual([]);
    now += 8 * day;
    await tell();
    expect(told()).toMatchObject([
      { kind: 'decision-ends', items: [{ decision: 'correct', decided: 1, hasEnded: false }] },
    ]);
    now += 13 * day;
    await tell();
    expect(calls).toHaveLength(1);
    await sync();
    expect(told().slice(1)).toMatchObject([{ kind: 'decision-ends', items: [{ hasEnded: true }] }]);
    await sync();
    expect(calls).toHaveLength(2);
  });

  it('nothing at an address that the configuration did not allow', async () => {
    await open({ url: url.replace('http:', 'https:').replace('127.0.0.1', 'localhost'), addresses: [] });
    const [delivery] = await (await product.notifier()).test(undefined, new AbortController().signal);
    expect(delivery).toMatchObject({ receiver: 'office', posted: { ok: false, why: 'its address is this machine' } });
    expect(calls).toEqual([]);
  });

  it('by a test that says nothing, in the shape that Slack takes', async () => {
    await open({ format: 'slack', secret: undefined });
    const deliveries = await (await product.notifier()).test('office', new AbortController().signal);
    expect(deliveries).toEqual([{ receiver: 'office', posted: { ok: true } }]);
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ text: expect.stringContaining('test') as string });
    expect(calls[0]?.headers['webhook-signature']).toBeUndefined();
  });
});
