import { z } from 'zod';
import type { Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { Confirmations, KeptConfirmation } from './create-reports.ts';
import type { ReviewSample } from './report.ts';

/** What confirmations are kept under. */
export const confirmationKind = 'report-confirmation';
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
      const { items } = await memory.list(confirmationKind, { first: 1000, prefix: `${key}#`, newest: true });
      return items.flatMap(({ body }): readonly KeptConfirmation[] => {
        const parsed = schema.safeParse(body);
        return parsed.success ? [parsed.data] : [];
      });
    },
  };
}

/** Writes a confirmation down, and which actor it came from. The caller writes the ledger entry. */
export async function keepConfirmation(
  memory: Memory,
  key: string,
  { actor, ...confirmation }: KeptConfirmation & { readonly actor: Actor },
): Promise<void> {
  await memory.put(confirmationKind, keyOf(key, confirmation), { ...confirmation, actor: { ...actor } });
}

const writtenSchema = z.object({
  by: z.string(),
  at: z.string(),
  /** Absent in what earlier releases kept. */
  actor: z.object({ kind: z.string(), id: z.string() }).optional(),
});

/** Who stands for exactly this content already; null: nobody does. */
export async function standingConfirmation(
  memory: Memory,
  key: string,
  of: Pick<KeptConfirmation, 'revision' | 'content'>,
): Promise<z.infer<typeof writtenSchema> | null> {
  const { items } = await memory.list(confirmationKind, { first: 1, prefix: keyOf(key, of) });
  return writtenSchema.safeParse(items[0]?.body).data ?? null;
}

function keyOf(key: string, { revision, content }: Pick<KeptConfirmation, 'revision' | 'content'>): string {
  return `${key}#${String(revision)}#${content}`;
}

/** When a report over everything, whatever its parameters, was confirmed last; null: never. */
export async function lastConfirmedAt(memory: Memory, report: string): Promise<string | null> {
  const prefix = `[${JSON.stringify(report)},null,`;
  const { items } = await memory.list(confirmationKind, { first: 1000, prefix });
  const times = items.flatMap(({ body }) => schema.safeParse(body).data?.at ?? []);
  return times.sort().at(-1) ?? null;
}

const share = z.object({ share: z.number(), low: z.number(), high: z.number() });
const sampleSchema = z.object({
  at: z.string(),
  revision: z.int(),
  judged: z.int(),
  precision: share.nullable(),
  missRate: share.nullable(),
});

/** The newest scored sample that was drawn at or before a revision, as the review room leaves it; null: there is none. */
export async function newestSample(
  memory: { get(kind: string, key: string): Promise<Json | null> },
  n: number,
): Promise<ReviewSample | null> {
  const parsed = sampleSchema.safeParse(await memory.get('review-sample-result', 'newest'));
  return parsed.success && parsed.data.revision <= n ? parsed.data : null;
}
