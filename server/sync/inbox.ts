import type { PlacedEvent } from '../../connectors/connector.ts';
import { LexlineError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Json } from '../model/json.ts';
import type { SpokenOf } from '../model/storage-place.ts';
import type { StateEntry, StateStore } from '../stores/state/state-store.ts';

/** Longest time that an event waits for others to share its commit, in ms. */
const groupMs = 15;
/** Events of one commit, at most. */
const groupSize = 500;
/** The count of what waits is asked of the store again after this long: other processes put and take, too. */
const recountMs = 5000;

/** Where accepted events wait until they are in the graph. What {@link Inbox.put} has answered is on the disk. */
export interface Inbox {
  /**
   * Keeps events of a source; all or none, each with the namespaces that its sender may speak of. Fails with INBOX_FULL when
   * too many wait already, and as the store does. Their places are in the order in which they were put.
   */
  put(source: string, events: readonly Json[], spokenOf?: SpokenOf): Promise<void>;
  waiting(source: string): Promise<number>;
  /** Called after each commit, with the source. */
  onPut(listener: (source: string) => void): void;
  /** Lets what was put be committed. Putting afterwards fails with STORE_UNAVAILABLE. */
  close(): Promise<void>;
}

/**
 * The kind of state record under which a source's events wait: their keys are their positions, their bodies their JSON text,
 * which crosses to the thread of the store faster than what it says.
 */
export function inboxKind(source: string): string {
  return `inbox:${source}`;
}

/** What waits under a key: the event, with what its sender was bound to. */
function waitingText(event: Json, spokenOf: SpokenOf): string {
  return JSON.stringify(spokenOf === 'all' ? event : { boundTo: spokenOf, event });
}

/** The event that was put as {@link waitingText}, by this release or another. */
export function waitingEvent(body: Json): Pick<PlacedEvent, 'event' | 'boundTo'> {
  const event = typeof body === 'string' ? (JSON.parse(body) as Json) : body;
  const bound = event as { readonly boundTo?: unknown; readonly event?: Json } | null;
  if (!Array.isArray(bound?.boundTo) || bound.event === undefined) return { event };
  return { event: bound.event, boundTo: bound.boundTo as readonly string[] };
}

interface Group {
  readonly source: string;
  readonly entries: readonly StateEntry[];
  readonly done: PromiseWithResolvers<void>;
}

/** Makes the inbox of this process. `nonce` tells its keys from those of other processes. */
export function createInbox(options: {
  readonly state: Pick<StateStore, 'putAll' | 'count'>;
  readonly clock: Clock;
  readonly nonce: string;
  /** Events of a source that may wait, at most. */
  readonly maxWaiting: number;
}): Inbox {
  const { state, clock, nonce, maxWaiting } = options;
  const listeners: ((source: string) => void)[] = [];
  const counts = new Map<string, { n: number; at: number }>();
  let queue: Group[] = [];
  let running: Promise<void> | null = null;
  let closed = false;
  let lastMs = 0;
  let serial = 0;

  const nextKey = (): string => {
    const now = Math.max(clock.now(), lastMs);
    serial = now === lastMs ? serial + 1 : 0;
    lastMs = now;
    return `${String(now).padStart(14, '0')}-${String(serial).padStart(7, '0')}-${nonce}`;
  };

  const waiting = async (source: string): Promise<{ n: number; at: number }> => {
    const known = counts.get(source);
    if (known !== undefined && clock.now() - known.at < recountMs) return known;
    const fresh = { n: await state.count(inboxKind(source)), at: clock.now() };
    counts.set(source, fresh);
    return fresh;
  };

  const commit = async (groups: readonly Group[]): Promise<void> => {
    for (const [source, ofSource] of Map.groupBy(groups, (group) => group.source)) {
      try {
        await state.putAll(
          inboxKind(source),
          ofSource.flatMap(({ entries }) => entries),
        );
        for (const { done } of ofSource) done.resolve();
        for (const listener of listeners) listener(source);
      } catch (error) {
        for (const { done } of ofSource) done.reject(error);
      }
    }
  };

  const run = async (): Promise<void> => {
    await new Promise((resolve) => {
      setTimeout(resolve, groupMs);
    });
    while (queue.length > 0) {
      const group: Group[] = [];
      for (let size = 0; queue.length > 0 && size < groupSize;) {
        const next = queue.shift();
        if (next === undefined) break;
        group.push(next);
        size += next.entries.length;
      }
      await commit(group);
    }
    running = null;
  };

  return {
    async put(source, events, spokenOf = 'all') {
      if (closed) throw new LexlineError('STORE_UNAVAILABLE', '[sync/inbox] the inbox was closed');
      if (events.length === 0) return;
      const count = await waiting(source);
      if (count.n + events.length > maxWaiting) throw inboxFull(source, count.n, maxWaiting);
      count.n += events.length;
      const done = Promise.withResolvers<void>();
      queue.push({
        source,
        entries: events.map((event) => ({ key: nextKey(), body: waitingText(event, spokenOf) })),
        done,
      });
      running ??= run();
      try {
        await done.promise;
      } catch (error) {
        count.n -= events.length;
        throw error;
      }
    },
    waiting: async (source) => (await waiting(source)).n,
    onPut: (listener) => void listeners.push(listener),
    async close() {
      closed = true;
      await running;
    },
  };
}

function inboxFull(source: string, n: number, max: number): LexlineError {
  return new LexlineError(
    'INBOX_FULL',
    `[sync/inbox] ${n} events of source "${source}" wait already; the limit is ${max}. Send again later.`,
  );
}
