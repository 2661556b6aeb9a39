import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LexlineError, messageOf } from '../../base/errors.ts';
import type { Counting } from './numbered-text.ts';
import { documentLimits, timeToRead } from './document-limits.ts';
import type { ParsedText } from './parsed-text.ts';
import type { ParseAnswer, ParseRequest } from './text-messages.ts';

let queue: Promise<unknown> = Promise.resolve();

/**
 * Reads a document of an unknown author in a process of its own: no environment, bounded memory and time, one at a time, so
 * that nothing in it can hold up or bring down the one that asks. Fails with ARTEFACT_INVALID, ARTEFACT_TOO_LARGE,
 * DEADLINE_EXCEEDED or CANCELLED.
 */
export function parseSafely(
  bytes: Uint8Array,
  counting: Counting,
  signal: AbortSignal,
  limits: { readonly timeMs: number } = timeToRead(bytes.length),
): Promise<ParsedText> {
  if (bytes.length > documentLimits.bytes)
    throw new LexlineError(
      'ARTEFACT_TOO_LARGE',
      `[rulebook] the file has ${bytes.length} bytes, more than ${documentLimits.bytes}`,
      { remedy: 'Add the part of it that you need.' },
    );
  const mine = queue.then(() => parseOne({ bytes, counting }, signal, limits.timeMs));
  queue = mine.catch(() => {});
  return mine;
}

function parseOne(request: ParseRequest, signal: AbortSignal, timeMs: number): Promise<ParsedText> {
  signal.throwIfAborted();
  const isBuilt = import.meta.url.endsWith('.js');
  const file = fileURLToPath(new URL(`./parse-process-worker.${isBuilt ? 'js' : 'ts'}`, import.meta.url));
  const child = fork(file, [], {
    serialization: 'advanced',
    env: {},
    execArgv: ['--max-old-space-size=512', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise<ParsedText>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
    };
    const fail = (error: LexlineError): void => {
      end();
      reject(error);
    };
    const cancel = (): void => fail(new LexlineError('CANCELLED', '[rulebook] reading the document was stopped'));
    const timer = setTimeout(
      () =>
        fail(
          new LexlineError(
            'DEADLINE_EXCEEDED',
            `[rulebook] reading the document took longer than ${Math.round(timeMs / 1000)} s`,
            {
              remedy: 'Open it in a reader and save it again, or take another format.',
            },
          ),
        ),
      timeMs,
    );
    signal.addEventListener('abort', cancel, { once: true });
    child.once('error', (error) =>
      fail(
        new LexlineError('INTERNAL', `[rulebook] the reading process cannot start: ${messageOf(error)}`, {
          cause: error,
        }),
      ),
    );
    child.once('exit', () =>
      fail(
        new LexlineError(
          'ARTEFACT_TOO_LARGE',
          '[rulebook] reading the document ended its process: it takes more memory than it may',
        ),
      ),
    );
    child.once('message', (answer: ParseAnswer) => {
      if (answer.type === 'failed')
        return fail(
          new LexlineError(answer.code, answer.message, answer.remedy === null ? {} : { remedy: answer.remedy }),
        );
      end();
      return resolve(answer.text);
    });
    child.send(request, (error) => {
      if (error !== null)
        fail(new LexlineError('INTERNAL', `[rulebook] the reading process does not listen: ${messageOf(error)}`));
    });
  });
}
