import { LexlineError } from '../../base/errors.ts';
import { checkKept, keptOf, type Readable } from '../graph/retention-floor.ts';
import { whole, type Database, type Row, type Transaction } from './database.ts';
import type { Integer } from 'neo4j-driver';

/** A reading of one revision: its transaction, and the revision as the server takes it. */
export interface Reading {
  readonly transaction: Transaction;
  readonly n: Integer;
  /**
   * Runs a statement, and the one that every reading ends with behind it in the same breath: the last statement of a reading
   * should be asked so, because that saves one way to the server and back.
   */
  readonly ask: Transaction['run'];
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

/** Reads at `a` what is compared with a later revision: both must be kept. */
export async function readBetween<T>(
  database: Database,
  a: number,
  b: number,
  work: (reading: Reading) => Promise<T>,
): Promise<T> {
  checkRevision(b);
  const { result, readable } = await readWithHead(database, a, work);
  checkKept(readable, b);
  return result;
}

/** What was kept below the floor is told to those who read there alone. */
const headText = `MATCH (h:Head {one: 1})
  RETURN h.floor AS floor, CASE WHEN $n < h.floor THEN h.kept END AS kept, h.published AS published`;

/** The same, with what can be read, and the newest published revision: what was read at or below it never changes. */
export async function readWithHead<T>(
  database: Database,
  n: number,
  work: (reading: Reading) => Promise<T>,
  signal?: AbortSignal,
): Promise<{ readonly result: T; readonly published: number; readonly readable: Readable }> {
  checkRevision(n);
  return database.read(async (transaction) => {
    // What was asked behind the newest statement; null: another statement was run since.
    let head = null as Promise<readonly Row[]> | null;
    const tracked: Transaction = {
      run(text, parameters) {
        head = null;
        return transaction.run(text, parameters);
      },
      stream(text, parameters) {
        head = null;
        return transaction.stream(text, parameters);
      },
    };
    const ask: Transaction['run'] = async (text, parameters) => {
      const rows = transaction.run(text, parameters);
      const behind = transaction.run(headText, { n: whole(n) });
      head = behind;
      return (await Promise.all([rows, behind]))[0];
    };
    const result = await work({ transaction: tracked, n: whole(n), ask });
    const [row] = await (head ?? transaction.run(headText, { n: whole(n) }));
    const readable = { floor: Number(row?.['floor'] ?? 0), kept: keptOf(row?.['kept']) };
    checkKept(readable, n);
    return { result, published: Number(row?.['published'] ?? 0), readable };
  }, signal);
}

function checkRevision(n: number): void {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new LexlineError('INPUT_INVALID', `[stores] ${n} is not the number of a revision`);
}
