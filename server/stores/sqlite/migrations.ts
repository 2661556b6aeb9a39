import type { DatabaseSync } from 'node:sqlite';

/**
 * What leads from one version of the tables to the next, by the version it starts from. Runs inside one transaction, after
 * the file was backed up. Version 0 with tables in it was written before versions were kept: only its back-up helps.
 */
export const migrations: Readonly<Record<number, (db: DatabaseSync) => void>> = {};
