import { PassThrough, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LexlineError } from '../../../server/base/errors.ts';
import type { CommandIo } from '../../../server/cli/command-io.ts';
import { answerJsonLines, type JsonRow } from '../../../server/cli/json-lines.ts';

function ioOf(stdin: Readable): { readonly io: CommandIo; readonly lines: () => unknown[] } {
  const out: string[] = [];
  const io: CommandIo = {
    stdin,
    terminal: false,
    columns: 80,
    err: () => {},
    async out(text) {
      out.push(String(text));
    },
  };
  return {
    io,
    lines: () =>
      out
        .join('')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown),
  };
}

const echo = async (row: JsonRow): Promise<JsonRow> => ({ id: row['id'], n: row['n'] });

async function answers(chunks: readonly (string | Buffer)[], answer = echo, concurrency = 1): Promise<unknown[]> {
  const { io, lines } = ioOf(Readable.from(chunks));
  await answerJsonLines({ io, signal: new AbortController().signal, concurrency, answer });
  return lines();
}

describe('JSON Lines', () => {
  it('gives one answer per line, in order, whatever the chunks', async () => {
    expect(await answers(['{"id":1,"n"', ':1}\n{"id":2,"n":2}', '\n{"id":3,"n":3}'])).toEqual([
      { id: 1, n: 1 },
      { id: 2, n: 2 },
      { id: 3, n: 3 },
    ]);
  });

  it('keeps the order when later rows are ready first', async () => {
    const slowFirst = async (row: JsonRow) => {
      await sleep(row['id'] === 1 ? 20 : 0);
      return { id: row['id'] };
    };
    expect(await answers(['{"id":1}\n{"id":2}\n{"id":3}\n'], slowFirst, 3)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('answers a bad line with an error and goes on', async () => {
    expect(await answers(['{"id":1\n', '[1]\n', '\n', '{"id":4}\n'])).toEqual([
      { id: null, error: { code: 'INPUT_INVALID', message: 'the line is not valid JSON' } },
      { id: null, error: { code: 'INPUT_INVALID', message: 'the line is not a JSON object' } },
      { id: null, error: { code: 'INPUT_INVALID', message: 'the line is not valid JSON' } },
      { id: 4 },
    ]);
  });

  it('answers a row that fails with its id and code', async () => {
    const failing = async (): Promise<JsonRow> => {
      throw new LexlineError('SQL_FAILED', '[sql] at postgres://u:p@h');
    };
    expect(await answers(['{"id":"a"}\n'], failing)).toEqual([
      { id: 'a', error: { code: 'SQL_FAILED', message: '[sql] at postgres://…@h' } },
    ]);
  });

  it('splits at line feeds only, and keeps characters that a chunk cut in two', async () => {
    const text = Buffer.from('{"id":"a\u2028b\u00e9"}\n');
    const middle = text.length - 4;
    expect(await answers([text.subarray(0, middle), text.subarray(middle)])).toEqual([{ id: 'a\u2028b\u00e9' }]);
  });

  it.each([1, 4])('writes an answer before the next line has come, %i at once', async (concurrency) => {
    const stdin = new PassThrough();
    const { io, lines } = ioOf(stdin);
    const done = answerJsonLines({ io, signal: new AbortController().signal, concurrency, answer: echo });
    stdin.write('{"id":1}\n');
    while (lines().length === 0) await sleep(1);
    expect(lines()).toEqual([{ id: 1 }]);
    stdin.end();
    await done;
  });

  it('stops when asked to', async () => {
    const abort = new AbortController();
    const { io } = ioOf(Readable.from(['{"id":1}\n{"id":2}\n']));
    const answer = async (): Promise<JsonRow> => {
      abort.abort();
      return {};
    };
    await expect(answerJsonLines({ io, signal: abort.signal, answer })).rejects.toThrow(/abort/u);
  });
});
