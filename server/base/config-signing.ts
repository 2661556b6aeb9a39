import { z } from 'zod';

/** The key that signs evidence packs and heads of the ledger. */
export const signingSetting = z
  .strictObject({
    keyFile: z
      .string()
      .min(1)
      .describe(
        'Private key, Ed25519 in PEM. Made when it is not there, readable by you alone; its fingerprint is printed.',
      ),
    previous: z
      .array(z.string().min(1))
      .default([])
      .describe('Certificates of rotation, oldest first: each names a new key and is signed by the one before.'),
  })
  .optional()
  .describe('What signs evidence packs and heads of the ledger. Absent: nothing is signed.');
