import type { SourceConnection } from '../../connectors/connector.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { pause } from './pause.ts';
import type { ConfiguredSource } from './source.ts';

/** A source that could not be listened to, or read, is tried again after this long; doubled after each further failure, up to the most. */
const firstWaitMs = 2000;
const mostWaitMs = 300_000;

export interface FollowOptions {
  readonly sources: readonly Pick<ConfiguredSource, 'name' | 'connection'>[];
  /** Syncs one source; false: it failed, and is tried again after a while. */
  readonly sync: (source: string) => Promise<boolean>;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Waits; default: a timer. */
  readonly wait?: (ms: number) => Promise<void>;
}

/**
 * Listens to sources that tell of changes by themselves and syncs each as soon as it has something new, until the signal ends
 * it. What is told while a source is being synced leads to one sync more.
 */
export async function followChanges(options: FollowOptions): Promise<void> {
  await Promise.allSettled(options.sources.map((source) => follow(source, options)));
}

async function follow({ name, connection }: FollowOptions['sources'][number], options: FollowOptions): Promise<void> {
  const { signal, log, wait = (ms: number) => pause(ms, signal) } = options;
  let failures = 0;
  while (!signal.aborted) {
    let listening: SourceConnection | null = null;
    try {
      listening = connection();
      if (listening.changes === undefined) return;
      for await (const _ of listening.changes(signal)) {
        failures = 0;
        for (let tries = 0; !(await succeeds(name, options)); tries++) {
          if (signal.aborted) return;
          await wait(waitAfter(tries));
        }
        if (signal.aborted) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn('a source cannot be listened to; it is tried again', { source: name, error: messageOf(error) });
    } finally {
      await listening?.close().catch(() => {});
    }
    await wait(waitAfter(failures++));
  }
}

async function succeeds(name: string, { sync, log, signal }: FollowOptions): Promise<boolean> {
  try {
    return await sync(name);
  } catch (error) {
    if (!signal.aborted) log.error('a sync after a change failed', { source: name, error });
    return false;
  }
}

function waitAfter(failures: number): number {
  return Math.min(firstWaitMs * 2 ** failures, mostWaitMs);
}
