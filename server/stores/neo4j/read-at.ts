import { LexlineError } from '../../base/errors.ts';
import { whole, type Database, type Transaction } from './database.ts';
import type { Integer } from 'neo4j-driver';

/** A reading of one revision: its transaction, and the revision as the server takes it. */
export interface Reading {
  readonly transaction: Transaction;
  readonly n: Integer;
}

/**
 * Reads at revision `n`. The retention floor is looked at afterwards: it is raised before anything is removed, so rows that
 * were read above it are whole. Fails with ASOF_BELOW_RETENTION, with INPUT_INVALID for what is no revision.
 */
export async function readAt<T>(
  database: Database,
  n: number,
  work: (reading: Reading) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return (await readWithHead(database, n, work, signal)).result;
}

/** The same, and the newest published revision: what was read at or below it never changes. */
export async function readWithHead<T>(
  database: Database,
  n: number,
  work: (reading: Reading) => Promise<T>,
  signal?: AbortSignal,
): Promise<{ readonly result: T; readonly published: number }> {
  checkRevision(n);
  return database.read(async (transaction) => {
    const result = await work({ transaction, n: whole(n) });
    return { result, published: await checkFloor(transaction, n) };
  }, signal);
}

function checkRevision(n: number): void {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new LexlineError('INPUT_INVALID', `[stores] ${n} is not the number of a revision`);
}

/** Returns the newest published revision. */
async function checkFloor(transaction: Transaction, n: number): Promise<number> {
  const [row] = await transaction.run('MATCH (h:Head {one: 1}) RETURN h.floor AS floor, h.published AS published');
  const floor = Number(row?.['floor'] ?? 0);
  if (n >= floor) return Number(row?.['published'] ?? 0);
  throw new LexlineError('ASOF_BELOW_RETENTION', `[stores] revision ${n} is no longer kept`, {
    remedy: `Ask for revision ${floor} or a later one.`,
  });
}
