import { describe, expect, it } from 'vitest';
import { LexlineError } from '../../../server/base/errors.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createSyncRequests } from '../../../server/graphql/sync-requests.ts';
import type { Json } from '../../../server/model/json.ts';
import type { SyncReport, SyncRequest } from '../../../server/sync/sync.ts';

const clock = { now: () => Date.parse('2026-11-21T08:00:00Z') };
const actor = { kind: 'person', id: 'p-1' } as const;

function setUp(run: (request: SyncRequest) => Promise<SyncReport>) {
  const kept = new Map<string, Json>();
  const expiries: (string | undefined)[] = [];
  const asked: SyncRequest[] = [];
  const requests = createSyncRequests({
    sync: {
      run: (request) => {
        asked.push(request);
        return run(request);
      },
    },
    memory: {
      get: (kind, key) => Promise.resolve(kept.get(`${kind} ${key}`) ?? null),
      put: (kind, key, body, expiresAt) => {
        kept.set(`${kind} ${key}`, body);
        expiries.push(expiresAt);
        return Promise.resolve();
      },
    },
    clock,
    log: silentLog,
  });
  return { requests, asked, expiries };
}

const done = { run: 'r-1', status: 'DONE' } as SyncReport;
const idOf = (result: Awaited<ReturnType<ReturnType<typeof setUp>['requests']['start']>>) =>
  result.type === 'started' ? result.request.id : result.type;

describe('asking for a sync', () => {
  it('answers at once and tells later what became of it', async () => {
    const ending = Promise.withResolvers<SyncReport>();
    const { requests, expiries } = setUp(() => ending.promise);
    const started = await requests.start({ source: 'shop', full: false, actor, key: undefined });
    expect(started).toMatchObject({ type: 'started', request: { status: 'RUNNING', run: null } });
    ending.resolve(done);
    await requests.close();
    expect(await requests.get(idOf(started))).toMatchObject({ status: 'DONE', run: 'r-1', source: 'shop' });
    expect(expiries[0]).toBe('2026-11-22T08:00:00.000Z');
  });

  it('runs once for a key, however often and at once it is sent', async () => {
    const { requests, asked } = setUp(() => Promise.resolve(done));
    const order = { source: 'shop', full: false, actor, key: 'k' };
    const all = await Promise.all([requests.start(order), requests.start(order), requests.start(order)]);
    expect(new Set(all.map(idOf)).size).toBe(1);
    expect(asked).toHaveLength(1);
    expect(await requests.start({ ...order, full: true })).toEqual({ type: 'key-reused' });
    expect(await requests.start({ ...order, retry: true })).toEqual({ type: 'key-reused' });
    const other = await requests.start({ ...order, actor: { kind: 'person', id: 'p-2' } });
    expect(idOf(other)).not.toBe(idOf(await requests.start(order)));
    await requests.close();
  });

  it('asks a model again only where that is said', async () => {
    const { requests, asked } = setUp(() => Promise.resolve(done));
    await requests.start({ source: 'shop', full: false, retry: true, actor, key: undefined });
    await requests.start({ source: 'shop', full: false, actor, key: undefined });
    expect(asked.map(({ retryModel }) => retryModel)).toEqual([true, false]);
    await requests.close();
  });

  it('tells an unknown source from a run that fails', async () => {
    const refusing = setUp(() => {
      throw new LexlineError('INPUT_INVALID', 'there is no source "x"');
    });
    expect(await refusing.requests.start({ source: 'x', full: false, actor, key: 'k' })).toMatchObject({
      type: 'unknown-source',
    });
    const failing = setUp(() => Promise.reject(new Error('the disk is full')));
    const started = await failing.requests.start({ source: 'shop', full: false, actor, key: 'k' });
    await failing.requests.close();
    expect(await failing.requests.get(idOf(started))).toMatchObject({ status: 'FAILED', run: null });
  });

  it('stops what it started when it is closed', async () => {
    const { requests, asked } = setUp(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    );
    await requests.start({ source: 'shop', full: true, actor, key: undefined });
    await requests.close();
    expect(asked[0]?.signal?.aborted).toBe(true);
  });
});
