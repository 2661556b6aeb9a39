import { startWorker } from '../../base/start-worker.ts';
import { timeToRead } from './document-limits.ts';
import type { ParseAnswer, ParseRequest } from './text-messages.ts';

/** More memory than this, and the process ends itself: array buffers are beyond the reach of heap limits. */
const maxResident = 1_200 * 1024 * 1024;
const look = 50;

/** The limited process: it reads one document in a thread, watches its own memory and computing meanwhile, answers and ends. */
process.once('message', (request: ParseRequest) => {
  const worker = startWorker('./parse-worker.ts', import.meta.url, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
    env: {},
  });
  let isAnswered = false;
  const answer = (message: ParseAnswer): void => {
    if (isAnswered) return;
    isAnswered = true;
    process.send?.(message, () => process.exit(0));
  };
  const tooMuch: ParseAnswer = {
    type: 'failed',
    code: 'ARTEFACT_TOO_LARGE',
    message: '[rulebook] reading the document takes more memory than it may',
    remedy: 'Open it in a reader and save it again, or take another format.',
  };
  // Computing, not the clock: a machine that is busy with other things refuses no document for that.
  const { computingSeconds } = timeToRead(request.bytes.length);
  const tooLong: ParseAnswer = {
    type: 'failed',
    code: 'DEADLINE_EXCEEDED',
    message: `[rulebook] reading the document takes more than ${Math.round(computingSeconds)} s of computing`,
    remedy: 'Open it in a reader and save it again, take another format, or add the part of it that you need.',
  };
  setInterval(() => {
    if (process.memoryUsage.rss() > maxResident) answer(tooMuch);
    const { user, system } = process.cpuUsage();
    if ((user + system) / 1e6 > computingSeconds) answer(tooLong);
  }, look);
  worker.once('message', answer);
  worker.once('error', () => answer(tooMuch));
  worker.once('exit', () => answer(tooMuch));
});
