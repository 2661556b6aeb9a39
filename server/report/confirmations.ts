import { z } from 'zod';
import type { Json } from '../model/json.ts';
import type { Confirmations, KeptConfirmation } from './create-reports.ts';

const kind = 'report-confirmation';
const schema = z.object({
  by: z.string(),
  at: z.string(),
  openItems: z.int(),
  content: z.string(),
  revision: z.int(),
});

/** The part of the state store that confirmations are kept in. */
interface Memory {
  put(kind: string, key: string, body: Json): Promise<void>;
  list(
    kind: string,
    page: { readonly first: number; readonly prefix?: string; readonly newest?: boolean },
  ): Promise<{ readonly items: readonly { readonly body: Json }[] }>;
}

/** Confirmations as they were written down, newest first. */
export function keptConfirmations(memory: Memory): Confirmations {
  return {
    async of(key) {
      const { items } = await memory.list(kind, { first: 1000, prefix: `${key}#`, newest: true });
      return items.flatMap(({ body }): readonly KeptConfirmation[] => {
        const parsed = schema.safeParse(body);
        return parsed.success ? [parsed.data] : [];
      });
    },
  };
}

/** Writes a confirmation down. The caller writes the ledger entry. */
export async function keepConfirmation(memory: Memory, key: string, confirmation: KeptConfirmation): Promise<void> {
  const { revision, content } = confirmation;
  await memory.put(kind, `${key}#${String(revision)}#${content}`, { ...confirmation });
}
