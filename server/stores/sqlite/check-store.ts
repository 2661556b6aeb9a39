import { DatabaseSync } from 'node:sqlite';
import { LexlineError } from '../../base/errors.ts';
import { storeFile } from './database.ts';
import { storeError } from './store-error.ts';

/** Pieces of damage that are told, at most. */
const toldAtMost = 3;

/**
 * Reads every page of the store file, without changing anything: opening it reads few of them, so a damaged one shows only when
 * somebody needs it. Takes some seconds a gigabyte. Fails with STORE_CORRUPT.
 */
export function checkStore(directory: string): void {
  const file = storeFile(directory);
  let said: readonly string[];
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      const rows = db.prepare(`PRAGMA quick_check(${toldAtMost})`).all();
      said = rows.map((row) => String(row['quick_check']));
    } finally {
      db.close();
    }
  } catch (error) {
    throw storeError(error, file);
  }
  if (said.length === 1 && said[0] === 'ok') return;
  throw new LexlineError(
    'STORE_CORRUPT',
    `[stores/sqlite] ${file} is damaged: ${said.join('; ').replaceAll('\n', ' ')}`,
    {
      remedy: 'Keep the file as it is and restore a back-up with `lexline restore` into another folder.',
    },
  );
}
