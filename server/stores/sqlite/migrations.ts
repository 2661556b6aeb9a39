import type { DatabaseSync } from 'node:sqlite';
import { stagedByScope } from './schema.ts';

/**
 * What leads from one version of the tables to the next, by the version it starts from. Each runs inside the one migration
 * transaction, after the file was backed up.
 */
export const migrations: Readonly<Record<number, (db: DatabaseSync) => void>> = {
  1: (db) => db.exec(stagedByScope),
};
