import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWhole } from '../../../server/cli/output-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexline-out-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('follows a link to the file behind it and leaves the link', async () => {
  const file = join(folder, 'report.html');
  const link = join(folder, 'link.html');
  writeFileSync(file, 'old');
  symlinkSync(file, link);
  await writeWhole(link, ['new ', 'text']);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('new text');
});

it('replaces a file whole and keeps the old one when the text fails half-way', async () => {
  const file = join(folder, 'report.html');
  await writeWhole(file, ['first']);
  await expect(
    writeWhole(
      file,
      (function* () {
        yield 'half';
        throw new Error('stopped');
      })(),
    ),
  ).rejects.toThrow('stopped');
  expect(readFileSync(file, 'utf8')).toBe('first');
});

it('says that a folder is not there', async () => {
  await expect(writeWhole(join(folder, 'no', 'such', 'file'), ['x'])).rejects.toMatchObject({
    code: 'OUTPUT_FAILED',
    message: expect.stringMatching(/: its folder is not there$/u) as string,
  });
});

it('says that a name is a folder, and to name a file in it', async () => {
  await expect(writeWhole(folder, ['x'])).rejects.toMatchObject({
    message: expect.stringMatching(/: it is a folder$/u) as string,
    remedy: 'name a file in it',
  });
});
