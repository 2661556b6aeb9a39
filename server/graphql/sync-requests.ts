import { createHash, randomUUID } from 'node:crypto';
import { isLexlineError } from '../base/errors.ts';
import { instant, type Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { Sync, SyncReport } from '../sync/sync.ts';

/** Where asked-for runs are remembered, beyond this process: the state store fits. */
export interface RequestMemory {
  get(kind: string, key: string): Promise<Json | null>;
  put(kind: string, key: string, body: Json, expiresAt?: string): Promise<void>;
}

/** A run that somebody asked for. */
export interface StoredSyncRequest {
  readonly id: string;
  readonly source: string;
  readonly full: boolean;
  /** Absent in what was remembered before this could be asked for: false. */
  readonly retry?: boolean;
  readonly status: 'RUNNING' | SyncReport['status'];
  readonly requestedAt: string;
  /** The run that it became, once it has ended. */
  readonly run: string | null;
}

export type StartResult =
  | { readonly type: 'started'; readonly request: StoredSyncRequest }
  | { readonly type: 'unknown-source'; readonly message: string }
  | { readonly type: 'key-reused' };

/** Starts runs for callers that do not wait, and remembers them for a day. */
export interface SyncRequests {
  start(order: {
    readonly source: string;
    readonly full: boolean;
    /** Ask a model again where its last answer could not be used. */
    readonly retry?: boolean;
    readonly actor: Actor;
    /** Whether who asks may see a source: one that they may not see is unknown to them. Default: all. */
    readonly sees?: (source: string) => boolean;
    readonly key: string | undefined;
  }): Promise<StartResult>;
  get(id: string): Promise<StoredSyncRequest | null>;
  /** Lets the runs that were started here come to their end, or stops them. */
  close(): Promise<void>;
}

const kind = 'sync-request';
const keptMs = 24 * 60 * 60 * 1000;

export function createSyncRequests(options: {
  readonly sync: Pick<Sync, 'run' | 'knows'>;
  readonly memory: RequestMemory;
  readonly clock: Clock;
  readonly log: Log;
}): SyncRequests {
  const { sync, memory, clock, log } = options;
  const stop = new AbortController();
  const running = new Map<string, Promise<void>>();
  const keep = (request: StoredSyncRequest) =>
    memory.put(kind, request.id, { ...request }, new Date(clock.now() + keptMs).toISOString());

  const follow = async (request: StoredSyncRequest, report: Promise<SyncReport>): Promise<void> => {
    try {
      const { run, status } = await report;
      await keep({ ...request, run, status });
    } catch (error) {
      log.error('an asked-for sync failed', { source: request.source, request: request.id, error });
      await keep({ ...request, status: 'FAILED' }).catch(() => {});
    } finally {
      running.delete(request.id);
    }
  };

  const starting = new Map<string, Promise<StartResult>>();

  return {
    start(order) {
      const id = order.key === undefined ? randomUUID() : keyedId(order.actor, order.key);
      // The same key sent twice at once is one start; what differs between the two is seen when the first is remembered.
      const before = starting.get(id) ?? Promise.resolve(null);
      const result = before.then(() => begin(id, order));
      starting.set(id, result);
      return result.finally(() => {
        if (starting.get(id) === result) starting.delete(id);
      });
    },
    get: async (id) => asRequest(await memory.get(kind, id)),
    async close() {
      stop.abort();
      await Promise.all(running.values());
    },
  };

  async function begin(
    id: string,
    { source, full, retry = false, actor, sees = () => true }: Omit<Parameters<SyncRequests['start']>[0], 'key'>,
  ): Promise<StartResult> {
    const before = asRequest(await memory.get(kind, id));
    if (before !== null)
      return sees(source) && before.source === source && before.full === full && (before.retry ?? false) === retry
        ? { type: 'started', request: before }
        : { type: 'key-reused' };
    if (!sees(source) || sync.knows?.(source) === false)
      return { type: 'unknown-source', message: `there is no source "${source}" in the configuration` };
    const requestedAt = instant(clock);
    const request: StoredSyncRequest = { id, source, full, retry, status: 'RUNNING', requestedAt, run: null };
    let report: Promise<SyncReport>;
    try {
      report = sync.run({ source, full, retryModel: retry, actor, signal: stop.signal });
    } catch (error) {
      // The conductor refuses a source that it does not know before it begins anything.
      if (isLexlineError(error) && error.code === 'INPUT_INVALID')
        return { type: 'unknown-source', message: error.message };
      throw error;
    }
    // Whatever becomes of it while the request is written down is looked at by who follows it.
    report.catch(() => {});
    await keep(request);
    running.set(id, follow(request, report));
    return { type: 'started', request };
  }
}

/** Keys of different callers never meet, and a key itself is not kept. */
function keyedId(actor: Actor, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([actor.kind, actor.id, key]))
    .digest('hex')
    .slice(0, 32);
}

function asRequest(body: Json | null): StoredSyncRequest | null {
  return body === null ? null : (body as unknown as StoredSyncRequest);
}
