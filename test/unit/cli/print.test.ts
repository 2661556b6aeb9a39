import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import type { CommandIo } from '../../../server/cli/command-io.ts';
import { oneOf, wholeNumber } from '../../../server/cli/options.ts';
import { writeWhole } from '../../../server/cli/output-file.ts';
import { printLines } from '../../../server/cli/print.ts';
import { createProgress } from '../../../server/cli/progress.ts';

function recorded(terminal: boolean): { readonly io: CommandIo; out: string; err: string } {
  const record = {
    out: '',
    err: '',
    io: {
      stdin: new PassThrough(),
      terminal,
      columns: 40,
      out: async (text: string | Uint8Array) => void (record.out += String(text)),
      err: (text: string) => void (record.err += text),
    },
  };
  return record;
}

describe('lines for people', () => {
  it('show what would move the cursor or turn the direction of writing, and stay one line each', async () => {
    const record = recorded(false);
    await printLines(record.io, ['name \u001B[2J\u202Egnp.exe', 'two\nlines', 'ümläut 表 🛒']);
    expect(record.out).toBe('name \\u{1b}[2J\\u{202e}gnp.exe\ntwo\\u{a}lines\nümläut 表 🛒\n');
  });
});

describe('progress', () => {
  it('is drawn over itself on a terminal, at most ten times a second, no wider than it', () => {
    const record = recorded(true);
    let now = 1000;
    const progress = createProgress(record.io, { json: false, now: () => now });
    progress.show('x'.repeat(100));
    now += 50;
    progress.show('too soon');
    progress.clear();
    expect(record.err).toBe(`\r${'x'.repeat(39)}\u001B[K\r\u001B[K`);
  });

  it('is silent where nobody watches', () => {
    for (const [terminal, json] of [
      [false, false],
      [true, true],
    ] as const) {
      const record = recorded(terminal);
      const progress = createProgress(record.io, { json, now: () => 1000 });
      progress.show('reading');
      progress.clear();
      expect(record.err).toBe('');
    }
  });
});

describe('an output file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-output-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('replaces an older one as a whole', async () => {
    const file = join(folder, 'a.csv');
    await writeWhole(file, ['old, and longer than what comes']);
    await writeWhole(file, ['new', ' text']);
    expect(readFileSync(file, 'utf8')).toBe('new text');
  });

  it('that fails in the middle leaves the older one and nothing beside it', async () => {
    const file = join(folder, 'b.csv');
    await writeWhole(file, ['old']);
    async function* failing(): AsyncGenerator<string> {
      yield 'half';
      throw new Error('the store went away');
    }
    await expect(writeWhole(file, failing())).rejects.toThrow('the store went away');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('in a folder that is not there fails with a code', async () => {
    await expect(writeWhole(join(folder, 'none', 'c.csv'), ['x'])).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
  });
});

describe('an option', () => {
  it.each(['0', '101', '1.5', '-1', 'ten', '1e1', ''])('that must be from 1 to 100 is refused: "%s"', (value) => {
    expect(() => wholeNumber({ maxDepth: value }, 'maxDepth', 1, 100)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: `[cli] --max-depth cannot be "${value}"` }),
    );
  });

  it('that was not given is undefined; one of a few words is taken in any case', () => {
    expect(wholeNumber({}, 'depth', 1, 100)).toBeUndefined();
    expect(wholeNumber({ depth: '100' }, 'depth', 1, 100)).toBe(100);
    expect(oneOf({ format: 'SVG' }, 'format', ['text', 'svg'])).toBe('svg');
    expect(() => oneOf({ format: 'png' }, 'format', ['text', 'svg'])).toThrow(
      expect.objectContaining({ remedy: 'one of: text, svg' }),
    );
  });
});
