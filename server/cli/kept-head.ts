import { readFile } from 'node:fs/promises';
import { LexlineError } from '../base/errors.ts';
import { readFailure } from '../base/file-failure.ts';
import { jsonOrNull } from '../base/parse-json.ts';
import { readLedgerHead, type LedgerHead } from '../report/packs/ledger-head.ts';

/** The head of the ledger in a file that was kept elsewhere, its signature checked. Fails with INPUT_INVALID. */
export async function readKeptHead(file: string): Promise<LedgerHead> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const { why, remedy } = readFailure(error);
    throw new LexlineError('INPUT_INVALID', `[ledger] ${file} cannot be read: ${why}`, { cause: error, remedy });
  });
  return readLedgerHead(jsonOrNull(text), file);
}
