import { createHash } from 'node:crypto';
import { canonicalJson } from '../../model/json.ts';
import type { LedgerBatch, LedgerRecord } from './ledger.ts';

const sha256 = (...parts: readonly (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Merkle tree root over leaf hashes, as RFC 6962 builds it: inner nodes are prefixed with 0x01, leaves with 0x00, so that one cannot pass for the other. */
export function merkleRoot(leaves: readonly string[]): string {
  let level: Buffer[] = leaves.map((leaf) => Buffer.from(leaf, 'hex'));
  if (level.length === 0) return sha256('').toString('hex');
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] ?? Buffer.alloc(0);
      const right = level[i + 1];
      next.push(right === undefined ? left : sha256(Buffer.of(1), left, right));
    }
    level = next;
  }
  return (level[0] ?? Buffer.alloc(0)).toString('hex');
}

/** What an entry contributes to its batch. */
export function leafHash({ seq, kind, actor, at, subject, body }: Omit<LedgerRecord, 'batch'>): string {
  return sha256(Buffer.of(0), canonicalJson({ seq, kind, actor, at, subject, body })).toString('hex');
}

/** What the next batch and the head rest on: a batch with everything in it but its own hash. */
export function batchHash(batch: Omit<LedgerBatch, 'hash'>): string {
  return sha256(canonicalJson({ ...batch })).toString('hex');
}

/** What does not hold of a batch; `seq` null: of none of its entries alone. */
export interface Broken {
  readonly seq: number | null;
  readonly what: string;
}
