import type { RevisionSpan } from '../graph/graph-store.ts';
import { checkFloor, keptText, readableAfter } from '../graph/retention-floor.ts';
import { whole, type Database } from './database.ts';
import { headRow, lockForToken, lockHead, nothingOpen, setHead, toHead } from './head.ts';
import { lastSeqOf } from './row-order.ts';
import { INF, rowLabels } from './schema.ts';

/**
 * Rows that one transaction of an undo or a purge touches. Few, because relationships of one thing must be locked in order: to
 * take away 20,000 of them at once costs twice as much as by thousands.
 */
const rowsAtOnce = 2000;

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

/**
 * Removes rows that closed at or before `floor` and stood at no kept revision, in short transactions. What can be read is
 * written first: nobody reads what is half gone.
 */
export async function purgeBelow(
  database: Database,
  floor: number,
  keep: readonly RevisionSpan[] = [],
): Promise<number> {
  const after = await database.write(async (transaction) => {
    await lockHead(transaction);
    const head = toHead(await headRow(transaction));
    checkFloor(floor, head.published);
    const readable = readableAfter(head, floor, keep);
    await setHead(transaction, { floor: whole(readable.floor), kept: keptText(readable.kept) });
    return readable;
  });
  const parameters = {
    floor: whole(after.floor),
    kept: after.kept.map(({ first, last }) => [whole(first), whole(last)]),
    limit: whole(rowsAtOnce),
  };
  const standsNowhere = 'none(span IN $kept WHERE x.from <= span[1] AND x.to > span[0])';
  let total = 0;
  for (const pattern of patterns)
    total += await repeat(
      database,
      null,
      `MATCH ${pattern} WHERE x.closed <= $floor AND x.seq > 0 AND ${standsNowhere} WITH x LIMIT $limit DELETE x`,
      parameters,
    );
  return total;
}
