import { LexlineError } from '../../base/errors.ts';
import { whole, type Database } from './database.ts';
import { headRow, lockForToken, lockHead, nothingOpen, setHead, toHead } from './head.ts';
import { lastSeqOf } from './row-order.ts';
import { INF, rowLabels } from './schema.ts';

/** Rows that one transaction of an undo or a purge touches. */
const rowsAtOnce = 10_000;

const patterns = ['()-[x:FLOWS]->()', ...rowLabels.map((label) => `(x:${label})`)];

/** Runs a statement that touches some rows at a time until it finds none. Returns the rows touched. */
async function repeat(
  database: Database,
  token: number | null,
  text: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const touched = await database.write(async (transaction) => {
      await (token === null ? lockHead(transaction) : lockForToken(transaction, token));
      const [row] = await transaction.run(`${text} RETURN count(*) AS touched`, parameters);
      return Number(row?.['touched'] ?? 0);
    });
    total += touched;
    if (touched < rowsAtOnce) return total;
  }
}

/** Takes an unpublished revision back in short transactions; interrupted, it is simply done again. */
export async function undoRevision(database: Database, n: number, token: number): Promise<void> {
  const last = await database.read((transaction) => lastSeqOf(transaction, n - 1));
  const parameters = { last: whole(last), n: whole(n), inf: whole(INF), limit: whole(rowsAtOnce) };
  for (const pattern of patterns) {
    await repeat(database, token, `MATCH ${pattern} WHERE x.seq > $last WITH x LIMIT $limit DELETE x`, parameters);
    await repeat(
      database,
      token,
      `MATCH ${pattern} WHERE x.closed = $n AND x.seq > 0 WITH x LIMIT $limit SET x.to = $inf, x.closed = null`,
      parameters,
    );
  }
  await database.write(async (transaction) => {
    await lockForToken(transaction, token);
    await setHead(transaction, nothingOpen);
  });
}

/** Removes rows that closed at or before `floor`, in short transactions. The floor is set first: nobody reads what is half gone. */
export async function purgeBelow(database: Database, floor: number): Promise<number> {
  if (!Number.isSafeInteger(floor) || floor < 0)
    throw new LexlineError('INPUT_INVALID', `[stores] ${floor} is not a revision`);
  const raised = await database.write(async (transaction) => {
    await lockHead(transaction);
    const head = toHead(await headRow(transaction));
    if (floor > head.published)
      throw new LexlineError(
        'INPUT_INVALID',
        `[stores] revision ${floor} is not published yet; the newest is ${head.published}`,
      );
    if (floor <= head.floor) return false;
    await setHead(transaction, { floor: whole(floor) });
    return true;
  });
  if (!raised) return 0;
  let total = 0;
  for (const pattern of patterns)
    total += await repeat(
      database,
      null,
      `MATCH ${pattern} WHERE x.closed <= $floor AND x.seq > 0 WITH x LIMIT $limit DELETE x`,
      { floor: whole(floor), limit: whole(rowsAtOnce) },
    );
  return total;
}
