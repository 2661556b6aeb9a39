import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LexlineError } from '../../../server/base/errors.ts';
import { writeWhole } from '../../../server/cli/output-file.ts';
import { keepFile } from '../../../server/report/report-artefacts.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-disk-full-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A report of three megabytes, the last of which the disk has no room for. */
async function* tooMuch(): AsyncGenerator<string> {
  yield 'a'.repeat(1_000_000);
  await Promise.resolve();
  yield 'b'.repeat(1_000_000);
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
}

describe('a disk that is full during an export', () => {
  it('leaves the file of before, and no part of the new one', async () => {
    const file = join(folder, 'report.csv');
    writeFileSync(file, 'the report of March');
    await expect(writeWhole(file, tooMuch())).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    expect(readFileSync(file, 'utf8')).toBe('the report of March');
    expect(readdirSync(folder)).toEqual(['report.csv']);
  });

  it.skipIf(!existsSync('/dev/full'))('is said for a device that takes nothing', async () => {
    await expect(writeWhole('/dev/full', ['x'.repeat(100_000)])).rejects.toMatchObject({
      code: 'OUTPUT_FAILED',
      message: expect.stringContaining('/dev/full') as string,
    });
  });

  it('ends the making of a kept file with the store’s own code, and no file is told of', async () => {
    const pieces: number[] = [];
    const memory = {
      chunk: () => Promise.resolve(null),
      putChunk: (_: string, index: number): Promise<void> => {
        if (index === 1) return Promise.reject(new LexlineError('STORE_DISK_FULL', '[stores] the disk is full'));
        pieces.push(index);
        return Promise.resolve();
      },
    };
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 3; i++) {
        await Promise.resolve();
        yield new Uint8Array(1024 * 1024);
      }
    }
    const made = keepFile(memory, 'r1', 'csv', { mediaType: 'text/csv', fileName: 'r.csv', chunks: chunks() });
    await expect(made).rejects.toMatchObject({ code: 'STORE_DISK_FULL' });
    expect(pieces).toEqual([0]);
  });
});
