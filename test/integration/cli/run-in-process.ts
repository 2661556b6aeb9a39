import { Readable } from 'node:stream';
import { composeFor } from '../../../server/lexline.ts';
import { systemClock } from '../../../server/base/clock.ts';
import type { CommandIo } from '../../../server/cli/command-io.ts';
import { runProgram } from '../../../server/cli/program.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line with the real product, in this process. `--config` is needed where a file is meant. */
export async function runLexline(
  argv: readonly string[],
  given: {
    readonly input?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
    readonly terminal?: boolean;
    readonly onOut?: (text: string) => void;
  } = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const io: CommandIo = {
    stdin: Readable.from([given.input ?? '']),
    terminal: given.terminal ?? false,
    columns: 80,
    out: async (text) => {
      out += String(text);
      given.onOut?.(String(text));
    },
    err: (text) => void (err += text),
  };
  const status = await runProgram(argv, {
    io,
    env: given.env ?? {},
    clock: systemClock,
    signal: given.signal ?? new AbortController().signal,
    actor: { kind: 'person', id: 'tester@example' },
    compose: async (settings) => composeFor(settings),
  });
  return { status, out, err };
}
