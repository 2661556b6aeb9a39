import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { LexlineError } from '../../base/errors.ts';
import { storeFile } from './database.ts';
import { schemaVersion } from './schema.ts';
import { storeError } from './store-error.ts';

/**
 * Copies the stores of a directory into one file, as of one moment, while others read and write on. Fails with
 * INPUT_INVALID when the file is there already, with STORE_UNAVAILABLE when there are no stores.
 */
export function backUpStores(directory: string, file: string): void {
  const store = storeFile(directory);
  if (!existsSync(store))
    throw new LexlineError('STORE_UNAVAILABLE', `[stores/sqlite] there are no stores in ${directory}`, {
      remedy: 'name the folder with --data, or the configuration with --config',
    });
  refuseExisting(file, 'choose another name: a back-up is never written over');
  const beside = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    const db = new DatabaseSync(store, { readOnly: true });
    try {
      db.prepare('VACUUM INTO ?').run(beside);
    } finally {
      db.close();
    }
    chmodSync(beside, 0o600);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw storeError(error, file);
  }
}

/**
 * Puts a back-up into a directory that has no stores yet. The whole file is checked first. Fails with INPUT_INVALID when
 * stores are there, with STORE_CORRUPT or STORE_NEWER when the back-up cannot be used.
 */
export function restoreStores(file: string, directory: string): void {
  const store = storeFile(directory);
  refuseExisting(store, `move them away first: mv ${directory} ${directory}.before`);
  if (!existsSync(file)) throw new LexlineError('INPUT_INVALID', `[stores/sqlite] there is no file ${file}`);
  check(file);
  const beside = `${store}.${randomBytes(4).toString('hex')}.part`;
  try {
    mkdirSync(directory, { recursive: true });
    copyFileSync(file, beside);
    chmodSync(beside, 0o600);
    renameSync(beside, store);
  } catch (error) {
    rmSync(beside, { force: true });
    throw storeError(error, store);
  }
}

function refuseExisting(file: string, remedy: string): void {
  if (existsSync(file)) throw new LexlineError('INPUT_INVALID', `[stores/sqlite] ${file} is there already`, { remedy });
}

function check(file: string): void {
  let found: { readonly version: number; readonly sound: boolean; readonly ours: boolean };
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      found = {
        version: Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0),
        sound: db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'] === 'ok',
        ours: db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'head'").get() !== undefined,
      };
    } finally {
      db.close();
    }
  } catch (error) {
    throw storeError(error, file);
  }
  if (!found.sound || !found.ours || found.version === 0)
    throw new LexlineError('STORE_CORRUPT', `[stores/sqlite] ${file} is no sound back-up of Lexline's stores`, {
      remedy: 'take another back-up; nothing was put in place',
    });
  if (found.version > schemaVersion)
    throw new LexlineError(
      'STORE_NEWER',
      `[stores/sqlite] ${file} has version ${found.version}; this release knows up to ${schemaVersion}`,
      { remedy: 'npm install lexline@latest' },
    );
}
