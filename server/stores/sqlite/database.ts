import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LexlineError } from '../../base/errors.ts';
import { schemaVersion, tables } from './schema.ts';
import { migrations } from './migrations.ts';

/** The one file of the embedded stores inside their directory. */
export function storeFile(directory: string): string {
  return join(directory, 'lexline.db');
}

/** How long SQLite waits for another process' write transaction, in ms. Ours last at most 200 ms. */
const busyTimeoutMs = 15_000;

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

/**
 * Opens the write connection and brings the store to the present version: an empty file is filled, an older store is
 * backed up beside itself and migrated, a newer one is refused with STORE_NEWER.
 */
export function openWritable(directory: string): DatabaseSync {
  mkdirSync(directory, { recursive: true });
  const file = storeFile(directory);
  const isNew = !existsSync(file);
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs });
  const found = versionOf(db);
  if (found > schemaVersion) {
    db.close();
    throw new LexlineError(
      'STORE_NEWER',
      `[stores/sqlite] ${file} has version ${found}; this release knows up to ${schemaVersion}`,
      {
        remedy: 'Use the newer release of Lexline, or another directory with --data.',
      },
    );
  }
  configure(db);
  db.exec('PRAGMA wal_autocheckpoint = 16000;');
  if (found === schemaVersion) return db;
  if (!isNew && hasTables(db)) backUp(db, file, found);
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have done it while we waited for the lock.
    const now = versionOf(db);
    if (now < schemaVersion) {
      if (hasTables(db)) for (let version = now; version < schemaVersion; version++) migrations[version]?.(db);
      else db.exec(tables);
      db.exec(`PRAGMA user_version = ${schemaVersion}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    db.close();
    throw error;
  }
  return db;
}

function backUp(db: DatabaseSync, file: string, version: number): void {
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  copyFileSync(file, `${file}.v${version}.bak`);
}

/** Opens a connection that cannot write. The store must have been opened for writing before. */
export function openReadable(directory: string): DatabaseSync {
  const db = new DatabaseSync(storeFile(directory), { timeout: busyTimeoutMs });
  configure(db);
  db.exec('PRAGMA query_only = ON;');
  return db;
}
