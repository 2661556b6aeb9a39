import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { Config } from '../base/config.ts';
import type { Log, LogLevel } from '../base/log.ts';
import { startWorker } from '../base/start-worker.ts';
import type { Inbox } from '../sync/inbox.ts';

/** What the thread is started with. */
export interface DrainWorkerData {
  readonly config: Config;
  readonly sources: readonly string[];
}

/** What the thread is told. */
export type DrainerMessage = { readonly type: 'put'; readonly source: string } | { readonly type: 'close' };

/** What the thread tells: lines for the log. */
export interface DrainerReport {
  readonly type: 'log';
  readonly level: LogLevel;
  readonly message: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/** A thread that ended by itself is started again after this long, in ms. */
const restartMs = 5000;

/** Starts the thread that brings what is in the inbox into the graph. `close` lets its run come to a point where it can go on later. */
export function startDrainer(options: {
  readonly config: Config;
  readonly sources: readonly string[];
  readonly inbox: Pick<Inbox, 'onPut'>;
  readonly log: Log;
}): { close(): Promise<void> } {
  const { config, sources, inbox, log } = options;
  let closing = false;
  let restart: NodeJS.Timeout | undefined;
  let worker: Worker | null = null;
  const tell = (message: DrainerMessage): void => worker?.postMessage(message);
  const start = (): void => {
    const data: DrainWorkerData = { config, sources };
    const started = startWorker('./drain-worker.ts', import.meta.url, { workerData: data });
    worker = started;
    started.on('message', ({ level, message, members }: DrainerReport) => log[level](message, members));
    started.on('error', (error) => log.error('the thread that brings events into the graph failed', { error }));
    started.once('exit', () => {
      worker = null;
      if (!closing) restart = setTimeout(start, restartMs);
    });
  };
  inbox.onPut((source) => tell({ type: 'put', source }));
  if (sources.length > 0) start();
  return {
    async close() {
      closing = true;
      clearTimeout(restart);
      const running = worker;
      if (running === null) return;
      const ended = once(running, 'exit');
      tell({ type: 'close' });
      await ended;
    },
  };
}
