import { Worker } from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';

/**
 * Starts a worker thread from a file named relative to the caller: `startWorker('./sql-worker.ts', import.meta.url)`. In a
 * checkout Node runs the `.ts` file itself; a built package has the `.js` beside the caller instead.
 */
export function startWorker(path: string, from: string, options: WorkerOptions = {}): Worker {
  const built = from.endsWith('.js') ? path.replace(/\.ts$/, '.js') : path;
  return new Worker(new URL(built, from), options);
}
