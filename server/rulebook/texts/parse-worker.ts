import { parentPort, workerData } from 'node:worker_threads';
import { isLexlineError, messageOf } from '../../base/errors.ts';
import { parseDocument } from './parse-document.ts';
import type { ParseAnswer, ParseRequest } from './text-messages.ts';

/** The thread that reads one document; its process watches it. */
async function parse({ bytes, counting }: ParseRequest): Promise<ParseAnswer> {
  try {
    return { type: 'parsed', text: await parseDocument(bytes, counting) };
  } catch (error) {
    if (isLexlineError(error))
      return { type: 'failed', code: error.code, message: error.message, remedy: error.remedy };
    return {
      type: 'failed',
      code: 'ARTEFACT_INVALID',
      message: `[rulebook] the file cannot be read: ${messageOf(error)}`,
      remedy: null,
    };
  }
}

// The data comes from the process that started this thread, never from outside.
parentPort?.postMessage(await parse(workerData as ParseRequest));
