import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../base/clock.ts';
import { LexlineError } from '../../base/errors.ts';
import { startWorker } from '../../base/start-worker.ts';
import { stopEverything, type EngineAnswer, type EngineRequest, type EngineWorkerData, type Room } from './messages.ts';

/** One thread with one connection. Started on first use; requests are answered in order. */
export interface EngineThread {
  /** Fails with CANCELLED as soon as the signal fires; a walk that runs is told to stop, anything else runs to its end unheard. */
  ask(room: Room, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
  /** How many requests have no answer yet. */
  waiting(): number;
  /** Lets what was asked end, apart from walks when `stopWalks` is set. Asking afterwards fails with STORE_UNAVAILABLE. */
  close(options: { readonly stopWalks: boolean }): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  cancelled: boolean;
}

const closedError = () => new LexlineError('STORE_UNAVAILABLE', '[stores/sqlite] the stores were closed');

export function createEngineThread(directory: string, writable: boolean, clock: Clock): EngineThread {
  const stop = new SharedArrayBuffer(4);
  const stopFlag = new Int32Array(stop);
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let closed = false;
  let lastId = 0;

  /** Requests are answered in order, so the oldest is the one that runs: if nobody wants it any more, it shall stop. */
  const stopUnwanted = () => {
    const [oldest] = waiting;
    if (oldest?.[1].cancelled === true) Atomics.store(stopFlag, 0, oldest[0]);
  };
  const settle = (message: EngineAnswer) => {
    const entry = waiting.get(message.id);
    waiting.delete(message.id);
    stopUnwanted();
    if (waiting.size === 0) worker?.unref();
    if ('error' in message) {
      const { code, message: text, remedy } = message.error;
      entry?.reject(new LexlineError(code, text, remedy === null ? {} : { remedy }));
    } else entry?.resolve(message.value);
  };
  const start = () => {
    const data: EngineWorkerData = { directory, writable, stop };
    const started = startWorker('./engine-worker.ts', import.meta.url, { workerData: data });
    // A thread that ended takes its own requests with it, never those of the thread that follows it.
    const ended = (error: Error) => {
      if (worker !== started) return;
      worker = undefined;
      for (const entry of waiting.values()) entry.reject(error);
      waiting.clear();
    };
    started.on('message', settle);
    started.on('error', (error) =>
      ended(new LexlineError('STORE_UNAVAILABLE', '[stores/sqlite] a thread of the stores ended', { cause: error })),
    );
    started.on('exit', () => ended(closedError()));
    return started;
  };
  return {
    async ask(room, method, args, signal) {
      if (closed) throw closedError();
      if (signal?.aborted === true) throw cancelledError();
      worker ??= start();
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const entry: Waiting = { resolve, reject, cancelled: false };
      waiting.set(id, entry);
      worker.ref();
      worker.postMessage({ id, room, method, args, now: clock.now() } satisfies EngineRequest);
      if (signal === undefined) return promise;
      const cancel = () => {
        entry.cancelled = true;
        stopUnwanted();
        reject(cancelledError());
      };
      signal.addEventListener('abort', cancel);
      return promise.finally(() => signal.removeEventListener('abort', cancel));
    },
    waiting: () => waiting.size,
    async close({ stopWalks }) {
      closed = true;
      const closing = worker;
      if (closing === undefined) return;
      if (stopWalks) Atomics.store(stopFlag, 0, stopEverything);
      const { promise, resolve } = Promise.withResolvers<void>();
      closing.once('exit', () => resolve());
      closing.ref();
      closing.postMessage('close');
      await promise;
    },
  };
}

function cancelledError(): LexlineError {
  return new LexlineError('CANCELLED', '[stores] the read was stopped on request');
}
