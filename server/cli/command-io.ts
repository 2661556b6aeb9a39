import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { LexlineError } from '../base/errors.ts';

/** The three streams of a command. */
export interface CommandIo {
  readonly stdin: Readable;
  /** Answers. Resolves when the stream takes more. */
  out(text: string | Uint8Array): Promise<void>;
  /** Everything that is not the answer: progress, warnings. */
  err(text: string): void;
  /** Standard error is a terminal: progress may be drawn over itself. */
  readonly terminal: boolean;
  readonly columns: number;
}

/** Thrown when the reader of standard output went away (`lexline … | head`): not an error to show. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** The streams of a process as a {@link CommandIo}. */
export function createCommandIo(streams: {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
}): CommandIo {
  const { stdin, stdout, stderr } = streams;
  let broken: Error | undefined;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    broken =
      error.code === 'EPIPE'
        ? new OutputClosed('standard output was closed')
        : new LexlineError('OUTPUT_FAILED', `[cli] standard output cannot be written: ${error.message}`, {
            cause: error,
            remedy: 'look at the disk or pipe that the output goes to',
          });
  });
  stderr.on('error', () => {});
  return {
    stdin,
    terminal: stderr.isTTY === true,
    // A terminal that does not know its width says 0.
    columns: stderr.columns === undefined || stderr.columns < 20 ? 80 : stderr.columns,
    async out(text) {
      if (broken !== undefined) throw broken;
      if (stdout.write(text)) return;
      await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
      if (broken !== undefined) throw broken;
    },
    err: (text) => void stderr.write(text),
  };
}
