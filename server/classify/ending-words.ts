import { z } from 'zod';
import type { Verdict } from '../model/classification.ts';
import type { Json } from '../model/json.ts';

/** A person's word on one category of a field that ends by itself. */
export interface EndingWord {
  readonly category: string;
  /** ISO 8601. */
  readonly until: string;
  /** The decision that it belongs to: accept, correct or reject, and of which category; null: all that was found. */
  readonly decision: string;
  readonly asked: string | null;
  /** What people had said of the category before, which counts again then; null: nothing that had no end. */
  readonly before: Verdict | null;
}

const verdictSchema = z.custom<Verdict>((value) => z.looseObject({ category: z.string() }).safeParse(value).success);
const bodySchema = z.looseObject({
  decision: z.string(),
  category: z.string().nullish(),
  validUntil: z.string().nullish(),
  ends: z
    .array(
      z.object({
        category: z.string(),
        until: z.string(),
        decision: z.string(),
        asked: z.string().nullable(),
        before: verdictSchema.nullable(),
      }),
    )
    .optional(),
});

/**
 * The words that end by themselves, as the entry of a decision says. `words`: categories of which people said anything; a
 * decision from before ends were kept by category ends all of them.
 */
export function endingWords(body: unknown, words: readonly string[]): readonly EndingWord[] {
  const { data } = bodySchema.safeParse(body);
  if (data === undefined) return [];
  if (data.ends !== undefined) return data.ends;
  const { validUntil: until, decision, category: asked = null } = data;
  if (typeof until !== 'string') return [];
  return words.map((category) => ({ category, until, decision, asked, before: null }));
}

/**
 * Those of a field after a decision that says something of some categories and withdraws others: theirs are new or gone, all
 * others stay. What is withdrawn does not come back. Pure.
 */
export function endsAfter(
  earlier: readonly EndingWord[],
  { said, withdrawn }: { readonly said: readonly string[]; readonly withdrawn: readonly string[] },
  human: readonly Verdict[],
  {
    validUntil: until,
    kind: decision,
    category: asked,
  }: { readonly validUntil: string | null; readonly kind: string; readonly category: string | null },
): readonly EndingWord[] {
  const others = earlier.filter(({ category }) => !said.includes(category) && !withdrawn.includes(category));
  if (until === null) return others;
  return [
    ...others,
    ...said.map((category): EndingWord => {
      const ending = earlier.find((one) => one.category === category);
      const standing = human.find((verdict) => verdict.category === category) ?? null;
      return { category, until, decision, asked, before: ending === undefined ? standing : ending.before };
    }),
  ];
}

/** As an entry keeps them. */
export function endsJson(ends: readonly EndingWord[]): Json {
  return ends as unknown as Json;
}
