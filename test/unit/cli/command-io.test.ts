import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createCommandIo, OutputClosed } from '../../../server/cli/command-io.ts';

function failing(code: string): Writable {
  return new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => setImmediate(() => done(Object.assign(new Error(code), { code }))),
  });
}

function ioWith(stdout: Writable): ReturnType<typeof createCommandIo> {
  return createCommandIo({ stdin: new PassThrough(), stdout, stderr: new PassThrough() });
}

describe('standard output', () => {
  it('waits until the stream takes more', async () => {
    const stdout = new PassThrough({ highWaterMark: 4 });
    const io = ioWith(stdout);
    let went = false;
    const written = io.out('more than four bytes').then(() => (went = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(went).toBe(false);
    stdout.resume();
    await written;
  });

  it('that was closed by its reader ends the command without an error to show', async () => {
    const io = ioWith(failing('EPIPE'));
    await expect(io.out('a long answer')).rejects.toThrow(OutputClosed);
  });

  it('on a full disk fails with a code', async () => {
    const io = ioWith(failing('ENOSPC'));
    await expect(io.out('a long answer')).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
  });
});
