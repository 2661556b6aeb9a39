import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { LexlineError } from '../../base/errors.ts';
import { canonicalJson } from '../../model/json.ts';
import { everyPage } from '../../stores/every-page.ts';
import type { Ledger, LedgerBatch } from '../../stores/ledger/ledger.ts';
import { fingerprintOf, openSigningKey, type SigningKey } from './signing-keys.ts';

/** The end of the ledger at one moment, to be kept where the ledger's keeper cannot reach it: it shows a cut tail. */
export const ledgerHeadSchema = z.strictObject({
  format: z.literal('lexline-ledger-head-1'),
  batch: z.int().positive(),
  lastSeq: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  at: z.string(),
  /** Null: nothing signs. The public key is in it, so that the head can be checked by itself. */
  publicKey: z.string().nullable(),
  signature: z.string().nullable(),
});
export type LedgerHead = z.infer<typeof ledgerHeadSchema>;

/** The head that a batch is, signed when there is a key. */
export function ledgerHead({ batch, lastSeq, hash, at }: LedgerBatch, key: SigningKey | null): LedgerHead {
  const statement = {
    format: 'lexline-ledger-head-1' as const,
    batch,
    lastSeq,
    hash,
    at,
    publicKey: key?.publicKey ?? null,
  };
  return { ...statement, signature: key === null ? null : key.sign(canonicalJson(statement)) };
}

/** The end of the ledger now, signed where a key is configured; null: nothing was written yet. */
export async function currentLedgerHead(
  ledger: Pick<Ledger, 'batches'>,
  signing: { readonly keyFile: string } | null,
): Promise<LedgerHead | null> {
  let last: LedgerBatch | null = null;
  for await (const batch of everyPage((page) => ledger.batches(page), 5000)) last = batch;
  return last === null ? null : ledgerHead(last, signing === null ? null : await openSigningKey(signing.keyFile));
}

/** Reads a kept head and checks its signature. Fails with INPUT_INVALID. */
export function readLedgerHead(value: unknown, file: string): LedgerHead & { readonly fingerprint: string | null } {
  const parsed = ledgerHeadSchema.safeParse(value);
  if (!parsed.success)
    throw new LexlineError('INPUT_INVALID', `[ledger] ${file} is no head of a ledger`, {
      remedy: 'lexline ledger head --out head.json',
    });
  const { signature, ...statement } = parsed.data;
  if (statement.publicKey === null || signature === null) return { ...parsed.data, fingerprint: null };
  const key = createPublicKey(statement.publicKey);
  if (!verify(null, Buffer.from(canonicalJson(statement)), key, Buffer.from(signature, 'hex')))
    throw new LexlineError('INPUT_INVALID', `[ledger] ${file}: its signature does not stand for it`);
  return { ...parsed.data, fingerprint: fingerprintOf(key) };
}
