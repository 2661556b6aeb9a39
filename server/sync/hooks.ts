import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Actor } from '../model/provenance.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { Sync } from './sync.ts';

/** A signature holds so long before and after its own time, and each one once. */
const windowMs = 300_000;
const actor: Actor = { kind: 'process', id: 'webhook' };

/** What became of a call. `queued`: a sync runs already, another follows it. */
export type HookResult =
  | { readonly type: 'started' | 'queued' }
  | { readonly type: 'unknown-source' }
  | { readonly type: 'refused'; readonly reason: string };

export interface Hooks {
  /** `signature` as the header `Lexline-Signature` has it, `body` byte by byte as it came. */
  call(source: string, signature: string | undefined, body: Uint8Array): Promise<HookResult>;
  /** Stops what it started. */
  close(): Promise<void>;
}

/** The signature of a body at a time (milliseconds since 1970): `t=<seconds>,v1=<HMAC-SHA256 of "seconds.body" in hex>`. */
export function signHook(secret: string, body: Uint8Array, at: number): string {
  const seconds = Math.floor(at / 1000);
  return `t=${seconds},v1=${macOf(secret, seconds, body).toString('hex')}`;
}

/** Starts syncs for callers that know the secret of a source. Calls that come while it is synced are one more sync after it. */
export function createHooks(options: {
  readonly secrets: ReadonlyMap<string, string>;
  readonly sync: () => Promise<Pick<Sync, 'run'>>;
  readonly state: Pick<StateStore, 'get' | 'put'>;
  readonly clock: Clock;
  readonly log: Log;
}): Hooks {
  const { secrets, state, clock, log } = options;
  const stop = new AbortController();
  const running = new Map<string, { again: boolean; readonly done: Promise<void> }>();
  const seen = new Map<string, number>();

  const syncUntilQuiet = async (source: string): Promise<void> => {
    do {
      const entry = running.get(source);
      if (entry !== undefined) entry.again = false;
      try {
        const report = await (await options.sync()).run({ source, actor, signal: stop.signal });
        if (report.error !== null) log.error('a sync that a webhook asked for failed', { source, ...report.error });
      } catch (error) {
        log.error('a sync that a webhook asked for failed', { source, error });
      }
    } while (!stop.signal.aborted && running.get(source)?.again === true);
    running.delete(source);
  };

  /** True for a signature that was not met before, in this process or another. */
  const isFirst = async (mac: string): Promise<boolean> => {
    const now = clock.now();
    for (const [old, until] of seen) if (until < now) seen.delete(old);
    if (seen.has(mac) || (await state.get('hook-call', mac)) !== null) return false;
    if (seen.has(mac)) return false;
    seen.set(mac, now + 2 * windowMs);
    await state.put('hook-call', mac, true, new Date(now + 2 * windowMs).toISOString());
    return true;
  };

  return {
    async call(source, signature, body) {
      const secret = secrets.get(source);
      if (secret === undefined) return { type: 'unknown-source' };
      const parsed = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/u.exec(signature ?? '');
      if (parsed === null) return refused('the header Lexline-Signature is missing or not t=…,v1=…');
      const [, seconds = '', mac = ''] = parsed;
      if (!timingSafeEqual(Buffer.from(mac, 'hex'), macOf(secret, Number(seconds), body)))
        return refused('the signature does not fit the body');
      if (Math.abs(clock.now() - Number(seconds) * 1000) > windowMs)
        return refused('the signature is older than five minutes, or its clock is ahead');
      if (!(await isFirst(mac))) return refused('this very call came before');
      const entry = running.get(source);
      if (entry !== undefined) {
        entry.again = true;
        return { type: 'queued' };
      }
      const start = Promise.withResolvers<void>();
      running.set(source, { again: false, done: start.promise.then(() => syncUntilQuiet(source)) });
      start.resolve();
      return { type: 'started' };
    },
    async close() {
      stop.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

function macOf(secret: string, seconds: number, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}

function refused(reason: string): HookResult {
  return { type: 'refused', reason };
}
