import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { LexlineError } from '../../server/base/errors.ts';
import { startWorker } from '../../server/base/start-worker.ts';
import type { Address } from './address.ts';
import type { PostgresConfig } from './config.ts';
import { toFailure } from './failure.ts';
import type { PgliteAnswer } from './pglite-worker.ts';
import type { QueryPort, Row } from './query-port.ts';
import { sessionSettings } from './session.ts';

interface Waiting {
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Talks to an embedded PostgreSQL (PGlite) in a worker of its own, so that a long statement blocks nobody. It has one user
 * and keeps no time-outs: an aborted signal ends the worker instead. The folder must not be open elsewhere.
 */
export function createPglitePort(source: string, address: Address, config: PostgresConfig): QueryPort {
  const folder = address.folder ?? '';
  const asked = { source, where: folder, user: address.user };
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let ready: Promise<unknown> | null = null;
  let last = 0;
  /** A worker that was cut off has the folder open until it is gone. */
  let ending: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    if (!folder.startsWith('memory://') && !existsSync(resolve(folder, 'PG_VERSION')))
      throw new LexlineError(
        'CONNECTOR_UNAVAILABLE',
        `[connectors/postgres] source "${source}": there is no embedded PostgreSQL in ${folder}`,
        { remedy: "check the folder behind pglite: in the source's url" },
      );
    const started = startWorker('./pglite-worker.ts', import.meta.url, {
      workerData: { folder, database: address.database },
    });
    started.unref();
    started.on('message', (answer: PgliteAnswer) => settle(answer));
    started.on('error', () => fail(started));
    started.on('exit', () => fail(started));
    return started;
  }

  function settle(answer: PgliteAnswer): void {
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker?.unref();
    if ('rows' in answer) waiter?.resolve(answer.rows);
    else waiter?.reject(toFailure(Object.assign(new Error('statement failed'), { code: answer.code }), asked));
  }

  function fail(ended: Worker): void {
    if (worker !== ended) return;
    worker = null;
    ready = null;
    for (const waiter of waiting.values()) waiter.reject(toFailure(new Error('worker terminated'), asked));
    waiting.clear();
  }

  function post(sql: string, params: readonly unknown[]): Promise<readonly Row[]> {
    worker ??= start();
    const id = ++last;
    const running = worker;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      running.ref();
      running.postMessage({ id, sql, params: [...params] });
    });
  }

  async function query(sql: string, params: readonly unknown[], signal: AbortSignal): Promise<readonly Row[]> {
    await ending;
    signal.throwIfAborted();
    const cut = () => {
      const running = worker;
      if (running === null) return;
      fail(running);
      ending = running.terminate();
    };
    signal.addEventListener('abort', cut, { once: true });
    try {
      const settings = sessionSettings(config);
      ready ??= post(settings.sql, settings.params);
      await ready;
      return await post(sql, params);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', cut);
    }
  }

  return {
    capabilities: { timeouts: false, manyUsers: false },
    query,
    async *pages(sql, params, pageRows, signal) {
      await query('begin read only', [], signal);
      try {
        await query(`declare lexline_page no scroll cursor for ${sql}`, params, signal);
        for (;;) {
          const rows = await query(`fetch ${pageRows} from lexline_page`, [], signal);
          if (rows.length === 0) return;
          yield rows;
        }
      } finally {
        if (worker !== null) await post('rollback', []).catch(() => {});
      }
    },
    async close() {
      await ending;
      const running = worker;
      if (running === null) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.ref();
      running.postMessage('close');
      await gone;
    },
  };
}
