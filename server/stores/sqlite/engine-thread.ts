import type { Worker } from 'node:worker_threads';
import { LexlineError } from '../../base/errors.ts';
import { startWorker } from '../../base/start-worker.ts';
import type { EngineAnswer, EngineWorkerData, Room } from './messages.ts';

/** One thread with one connection. Started on first use; requests are answered in order. */
export interface EngineThread {
  ask(room: Room, method: string, args: readonly unknown[]): Promise<unknown>;
  /** Asks a running walk to stop. */
  stopWalk(): void;
  close(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export function createEngineThread(directory: string, writable: boolean): EngineThread {
  const stop = new SharedArrayBuffer(4);
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  const settle = (message: EngineAnswer) => {
    const entry = waiting.get(message.id);
    waiting.delete(message.id);
    if (waiting.size === 0) worker?.unref();
    if ('error' in message) {
      const { code, message: text, remedy } = message.error;
      entry?.reject(new LexlineError(code, text, remedy === null ? {} : { remedy }));
    } else entry?.resolve(message.value);
  };
  const fail = (error: Error) => {
    for (const entry of waiting.values()) entry.reject(error);
    waiting.clear();
    worker = undefined;
  };
  const start = () => {
    const data: EngineWorkerData = { directory, writable, stop };
    const started = startWorker('./engine-worker.ts', import.meta.url, { workerData: data });
    started.on('message', settle);
    started.on('error', (error) =>
      fail(new LexlineError('STORE_UNAVAILABLE', '[stores/sqlite] the store thread ended', { cause: error })),
    );
    started.on('exit', () => fail(new LexlineError('STORE_UNAVAILABLE', '[stores/sqlite] the store is closed')));
    return started;
  };
  return {
    ask(room, method, args) {
      worker ??= start();
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, room, method, args });
      return promise;
    },
    stopWalk() {
      Atomics.store(new Int32Array(stop), 0, 1);
    },
    async close() {
      const closing = worker;
      if (closing === undefined) return;
      const ended = new Promise<void>((resolve) => {
        closing.once('exit', () => resolve());
      });
      closing.ref();
      closing.postMessage('close');
      await ended;
    },
  };
}
