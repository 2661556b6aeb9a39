import { whole, type Row, type Transaction } from './database.ts';

/** The number of the row that was opened last. Rows are numbered in the order in which they were opened, over all tables. */
export function lastSeq(head: Row): number {
  return Number(head['seq'] ?? 0);
}

/** Takes numbers for new rows; the head is locked. Returns the first. */
export async function takeSeqs(transaction: Transaction, head: Row, count: number): Promise<number> {
  const [row] = await transaction.run('MATCH (h:Head {one: 1}) SET h.seq = h.seq + $count RETURN h.seq AS seq', {
    count: whole(count),
  });
  return Number(row?.['seq'] ?? lastSeq(head) + count) - count + 1;
}

/** The last number that revision `n` used: rows opened up to then have smaller ones. For an open or later revision: no limit. */
export async function lastSeqOf(transaction: Transaction, n: number): Promise<number> {
  if (n === 0) return 0;
  const [row] = await transaction.run('MATCH (r:Revision {n: $n}) RETURN r.lastSeq AS seq', { n: whole(n) });
  return Number(row?.['seq'] ?? Number.MAX_SAFE_INTEGER);
}
