import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LexlineError } from '../../base/errors.ts';
import { isNotThere, readFailure } from '../../base/file-failure.ts';
import { busyLimitMs, busyTimeoutMs, patiently } from './busy.ts';
import { migrations } from './migrations.ts';
import { schemaVersion, tables } from './schema.ts';

/** The one file of the embedded stores inside their directory. */
export function storeFile(directory: string): string {
  return join(directory, 'lexline.db');
}

/** Are there stores in a directory? One that cannot be looked into is STORE_UNAVAILABLE: nobody knows what is in it. */
export function hasStoreFile(directory: string): boolean {
  const file = storeFile(directory);
  try {
    statSync(file);
    return true;
  } catch (error) {
    if (isNotThere(error)) return false;
    const { why, remedy } = readFailure(error);
    throw new LexlineError('STORE_UNAVAILABLE', `[stores/sqlite] ${file}: ${why}`, {
      cause: error,
      remedy: `${remedy}, or name another folder with --data`,
    });
  }
}

/** Settings of every connection; the journal mode is written to the file. */
function configure(db: DatabaseSync): void {
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;',
  );
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function hasTables(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' LIMIT 1").get() !== undefined;
}

/** Opens the file and hands the connection to `prepare`; closes it when that fails. */
function opened(file: string, timeout: number, prepare: (db: DatabaseSync) => void): DatabaseSync {
  const db = new DatabaseSync(file, { timeout });
  try {
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens the write connection and brings the store to the present version: an empty file is filled, an older store is
 * backed up beside itself and migrated, a newer one is refused with STORE_NEWER and left as it is.
 */
export function openWritable(directory: string): DatabaseSync {
  mkdirSync(directory, { recursive: true });
  const file = storeFile(directory);
  return patiently(() =>
    opened(file, busyTimeoutMs, (db) => {
      const found = versionOf(db);
      refuseNewer(found, file);
      configure(db);
      // A load writes in the order of its documents, which is none that the indexes know: they should fit.
      db.exec('PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -262144;');
      if (found === schemaVersion) return;
      if (hasTables(db)) backUp(db, file, found);
      bringUp(db, file);
    }),
  );
}

function refuseNewer(found: number, file: string): void {
  if (found <= schemaVersion) return;
  throw new LexlineError(
    'STORE_NEWER',
    `[stores/sqlite] ${file} has version ${found}; this release knows up to ${schemaVersion}`,
    { remedy: 'Use the newer release of Lexline, or another directory with --data.' },
  );
}

/** Makes or migrates the tables in one transaction. Another process may have done it while this one waited for the lock. */
function bringUp(db: DatabaseSync, file: string): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const now = versionOf(db);
    refuseNewer(now, file);
    if (now < schemaVersion) {
      if (hasTables(db)) for (let version = now; version < schemaVersion; version++) migrate(db, version, file);
      else db.exec(tables);
      db.exec(`PRAGMA user_version = ${schemaVersion}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function migrate(db: DatabaseSync, version: number, file: string): void {
  const step = migrations[version];
  if (step === undefined)
    throw new LexlineError('STORE_CORRUPT', `[stores/sqlite] ${file} holds tables that are not Lexline's`, {
      remedy: 'Choose another directory with --data.',
    });
  step(db);
}

/** A copy as of one moment, whole or not there at all; one that stands there already is kept. */
function backUp(db: DatabaseSync, file: string, version: number): void {
  const beside = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    db.prepare('VACUUM INTO ?').run(beside);
    let name = `${file}.v${version}.bak`;
    for (let i = 2; existsSync(name); i++) name = `${file}.v${version}.${i}.bak`;
    renameSync(beside, name);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Opens a connection that cannot write. The store must have been opened for writing before. */
export function openReadable(directory: string): DatabaseSync {
  return patiently(() =>
    opened(storeFile(directory), busyLimitMs, (db) => {
      configure(db);
      db.exec('PRAGMA query_only = ON;');
    }),
  );
}
