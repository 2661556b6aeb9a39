import { z } from 'zod';
import type { Decision } from '../classify/review-decision.ts';
import { NONE } from '../model/classification.ts';
import { digestOf, type Json } from '../model/json.ts';

/** A decision on one field that waits for a second person. */
export interface Proposal {
  readonly digest: string;
  readonly by: string;
  readonly decision: Pick<Decision, 'kind' | 'category' | 'validUntil'>;
  /** All that the one who proposed it saw it take away from the field. */
  readonly takes: readonly string[];
}

const schema = z.object({
  digest: z.string(),
  by: z.string(),
  decision: z.enum(['accept', 'correct', 'reject']),
  asked: z.string().nullable(),
  validUntil: z.string().nullable(),
  // Of a proposal from before it was kept nobody knows what was seen.
  takes: z.array(z.string()).default([]),
});

/** The same for decisions that say the same, whoever makes them. */
export function decisionDigest({ kind, category, validUntil }: Proposal['decision']): string {
  return digestOf([kind, category, validUntil]);
}

/** What is kept of a proposal; `category` is what the queue suggests by it. */
export function proposalBody(
  { by, decision, takes }: Omit<Proposal, 'digest'>,
  { comment, at }: { readonly comment: string | null; readonly at: string },
): Json {
  const { kind, category, validUntil } = decision;
  const digest = decisionDigest(decision);
  return { digest, by, category: category ?? NONE, asked: category, validUntil, decision: kind, takes, comment, at };
}

/** Reads an entry; null: it is no proposal. */
export function proposalOf(body: unknown): Proposal | null {
  const { data } = schema.safeParse(body);
  if (data === undefined) return null;
  const { digest, by, decision: kind, asked: category, validUntil, takes } = data;
  return { digest, by, decision: { kind, category, validUntil }, takes };
}

/** True when whoever proposed it saw all that it would take away now. */
export function covers({ takes: seen }: Proposal, takes: readonly string[]): boolean {
  return takes.every((each) => seen.includes(each));
}
