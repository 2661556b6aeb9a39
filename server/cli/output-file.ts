import { randomBytes } from 'node:crypto';
import { lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { LexlineError } from '../base/errors.ts';
import { writeFailure } from '../base/file-failure.ts';

/**
 * Writes a file so that it is either whole or not there: beside its name first, then moved. A file that is there is
 * replaced, a link is followed, and what is no ordinary file (a device, a pipe) is written to as it stands. Fails with
 * OUTPUT_FAILED.
 */
export async function writeWhole(
  file: string,
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  const target = await placeOf(file);
  const beside = `${target.path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const handle = await open(target.ordinary ? beside : target.path, target.ordinary ? 'wx' : 'w');
    try {
      for await (const chunk of chunks) await handle.writeFile(chunk);
      if (target.ordinary) await handle.sync();
    } finally {
      await handle.close();
    }
    if (target.ordinary) await rename(beside, target.path);
  } catch (error) {
    if (target.ordinary) await rm(beside, { force: true });
    if (error instanceof LexlineError || !(error instanceof Error && 'syscall' in error)) throw error;
    const { why, remedy } = writeFailure(error);
    throw new LexlineError('OUTPUT_FAILED', `[cli] ${file} cannot be written: ${why}`, { cause: error, remedy });
  }
}

/** Where a name leads, and whether an ordinary file is there or nothing at all. */
async function placeOf(file: string): Promise<{ readonly path: string; readonly ordinary: boolean }> {
  try {
    const path = await realpath(file);
    return { path, ordinary: (await lstat(path)).isFile() };
  } catch {
    return { path: file, ordinary: true };
  }
}
