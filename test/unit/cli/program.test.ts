import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LexlineError } from '../../../server/base/errors.ts';
import { commands } from '../../../server/cli/commands.ts';
import type { CommandIo } from '../../../server/cli/command-io.ts';
import { OutputClosed } from '../../../server/cli/command-io.ts';
import type { Compose } from '../../../server/cli/composition.ts';
import { runProgram, type ProgramHost } from '../../../server/cli/program.ts';

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function run(argv: readonly string[], compose?: Partial<Compose>, signal?: AbortSignal): Promise<Ran> {
  let out = '';
  let err = '';
  const io: CommandIo = {
    stdin: Readable.from([]),
    terminal: false,
    columns: 80,
    out: async (text) => void (out += String(text)),
    err: (text) => void (err += text),
  };
  const host: ProgramHost = {
    io,
    env: {},
    clock: { now: () => 0 },
    signal: signal ?? new AbortController().signal,
    actor: { kind: 'person', id: 'tester@example' },
    compose: async () => ({
      readConfig: () => Promise.reject(new Error('not asked for')),
      parseConfig: () => Promise.reject(new Error('not asked for')),
      lineModel: () => Promise.reject(new Error('not asked for')),
      openRulebook: () => Promise.reject(new Error('not asked for')),
      open: () => Promise.reject(new Error('not asked for')),
      checkSource: () => Promise.reject(new Error('not asked for')),
      inspectStores: () => Promise.reject(new Error('not asked for')),
      checkStores: () => Promise.reject(new Error('not asked for')),
      hasStores: () => Promise.reject(new Error('not asked for')),
      backUp: () => Promise.reject(new Error('not asked for')),
      restore: () => Promise.reject(new Error('not asked for')),
      ...compose,
    }),
  };
  const status = await runProgram(argv, host);
  return { status, out, err };
}

describe('the command line', () => {
  it('lists every command with --help and shows an example with each', async () => {
    const { out, status } = await run(['--help']);
    expect(status).toBe(0);
    for (const { name, example } of commands) {
      expect(out).toContain(name.split(' ')[0]);
      const help = await run([...name.split(' '), '--help']);
      expect(help.status).toBe(0);
      for (const option of ['--config', '--data', '--json']) expect(help.out, name).toContain(option);
      expect(help.out, name).toContain(`Example:\n  ${example.split('\n')[0] ?? ''}`);
      expect(example, name).toContain(`lexline ${name}`);
    }
  });

  it('says of every group of commands what it is about', async () => {
    const { out } = await run(['--help']);
    for (const { name } of commands)
      expect(out).toMatch(new RegExp(`^  ${name.split(' ')[0] ?? ''}\\b.* {2,}\\S`, 'mu'));
  });

  it.each([
    [['serve', '--nonsense'], 'lexline serve --help'],
    [['stops', 'set', 'shop.orders', '--nonsense'], 'lexline stops set --help'],
    [['stops', '--nonsense'], 'lexline stops --help'],
    [['--nonsense'], 'lexline --help'],
  ])('leads from a mistake to the help of the command that was meant: %j', async (argv, expected) => {
    expect((await run(argv)).err).toContain(`what to do: ${expected}\n`);
  });

  it('has a module behind every command', async () => {
    for (const { name, load } of commands) expect(typeof (await load()).run, name).toBe('function');
  });

  it('ends with 2 and the help when no command is given', async () => {
    const { status, out } = await run([]);
    expect(status).toBe(2);
    expect(out).toContain('Usage: lexline');
  });

  it.each([
    [['sink'], "unknown command 'sink' (Did you mean sync?)"],
    [['sync', '--ful'], "unknown option '--ful' (Did you mean --full?)"],
    [['init', 'surplus'], 'too many arguments'],
    [['ledger'], 'a command is missing'],
  ])('ends with 2 and says what is wrong: %j', async (argv, expected) => {
    const { status, err, out } = await run(argv);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('lexline: [INPUT_INVALID]');
    expect(err).toContain(expected);
  });

  it('passes --config, --data and --json on, before or after the command', async () => {
    for (const argv of [
      ['--json', 'check-config'],
      ['check-config', '--json'],
    ]) {
      const { err } = await run(argv, { readConfig: () => Promise.reject(new LexlineError('CONFIG_INVALID', 'x')) });
      expect(JSON.parse(err)).toMatchObject({ error: { code: 'CONFIG_INVALID' } });
    }
  });
});

describe('an error on the command line', () => {
  it('says what happened, what to do, what was not changed and where to read on', async () => {
    const { status, err } = await run(['check-config'], {
      readConfig: () =>
        Promise.reject(new LexlineError('CONFIG_INVALID', '[config] at postgres://u:p@h', { remedy: 'lexline init' })),
    });
    expect(status).toBe(2);
    expect(err).toMatch(
      /^lexline: \[CONFIG_INVALID\] \[config\] at postgres:\/\/…@h\n {2}what to do: lexline init\n {2}not changed: nothing was written\n {2}more: .*docs\/errors\/CONFIG_INVALID\.md\n$/u,
    );
  });

  it('that nobody foresaw has the code INTERNAL and no stack', async () => {
    const { status, err } = await run(['check-config'], {
      readConfig: () => Promise.reject(new TypeError('x is not y')),
    });
    expect(status).toBe(2);
    expect(err).toContain('lexline: [INTERNAL] [cli] x is not y');
    expect(err).not.toContain('    at ');
  });

  it('after Ctrl-C says that it can be resumed', async () => {
    const abort = new AbortController();
    abort.abort();
    const stopped = { readConfig: () => Promise.reject(abort.signal.reason as Error) };
    const { status, err } = await run(['check-config'], stopped, abort.signal);
    expect(status).toBe(2);
    expect(err).toContain('lexline: [CANCELLED]');
    expect(err).toContain('goes on where it was stopped');
  });

  it('is none when the reader of the output went away', async () => {
    const { status, err } = await run(['check-config'], {
      readConfig: () => Promise.reject(new OutputClosed('closed')),
    });
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });
});
