import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { LexlineError, messageOf } from '../base/errors.ts';

/**
 * Writes a file so that it is either whole or not there: beside its name first, then moved. A file that is there is
 * replaced. Fails with OUTPUT_FAILED.
 */
export async function writeWhole(file: string, chunks: AsyncIterable<string> | Iterable<string>): Promise<void> {
  const beside = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    const handle = await open(beside, 'wx');
    try {
      for await (const chunk of chunks) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    if (error instanceof LexlineError || !(error instanceof Error && 'syscall' in error)) throw error;
    throw new LexlineError('OUTPUT_FAILED', `[cli] ${file} cannot be written: ${messageOf(error)}`, {
      cause: error,
      remedy: 'choose a folder that exists and that you may write to',
    });
  }
}
