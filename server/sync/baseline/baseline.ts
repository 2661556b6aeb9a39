import { z } from 'zod';
import type { Entered, Verdict } from '../../model/classification.ts';
import type { AssertedEntity, GraphDocument, SourceRecord } from '../../stores/graph/graph-store.ts';
import type { Json } from '../../model/json.ts';
import type { Uid } from '../../model/ids.ts';
import type { Gap, GapReason } from '../../model/provenance.ts';

/** What a source was, as far as a check must know it. Never its address or a secret. */
export interface BaselineSource {
  readonly record: SourceRecord;
  readonly applies: Readonly<Record<string, string>>;
  /** Settings that say how names are read: namespace, dialect, default database and schema. */
  readonly naming: Readonly<Record<string, string>>;
}

export interface BaselineHead {
  readonly format: 'lexline-baseline-1';
  readonly revision: number;
  readonly knownBy: string;
  readonly madeBy: string;
  readonly timezone: string;
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
  readonly sources: readonly BaselineSource[];
}

/**
 * Gaps that files themselves can bring or mend: what of their statements was not understood. What a file cannot say (rights,
 * values, other systems) is no matter of a check.
 */
export const gapsOfTexts: ReadonlySet<GapReason> = new Set(['unparsed-sql', 'partly-parsed-sql', 'unresolved-name']);

/** One line of a baseline after its head: what the graph said at its revision. Holds no value, no statement, no address. */
export type BaselineLine =
  /** Something that edges or entries speak of; before them. */
  | { readonly type: 'name'; readonly entity: Omit<AssertedEntity, 'facets'> }
  | { readonly type: 'document'; readonly source: string; readonly scope: string; readonly document: GraphDocument }
  | { readonly type: 'verdict'; readonly verdict: Verdict }
  | {
      readonly type: 'evidence';
      readonly source: string;
      readonly field: Uid;
      readonly digest: string;
      readonly body: Json;
    }
  | { readonly type: 'entered'; readonly entered: Entered }
  /** What of the texts could not be understood: a check fails on no gap that was there before. */
  | { readonly type: 'gap'; readonly gap: Gap }
  | { readonly type: 'end'; readonly lines: number };

/** The border of a file from elsewhere: the outer form alone; the store refuses what does not fit inside. */
export const baselineHeadSchema = z.object({
  format: z.literal('lexline-baseline-1'),
  revision: z.int().positive(),
  knownBy: z.string(),
  madeBy: z.string(),
  timezone: z.string(),
  namespaces: z.record(z.string(), z.array(z.string())),
  sources: z.array(
    z.object({
      record: z.object({
        name: z.string().min(1),
        connector: z.string().min(1),
        mode: z.enum(['snapshot', 'events', 'window', 'person']),
        precedence: z.number(),
        managed: z.boolean(),
      }),
      applies: z.record(z.string(), z.string()),
      naming: z.record(z.string(), z.string()),
    }),
  ),
});

export const baselineLineSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('name'), entity: z.looseObject({}) }),
  z.looseObject({ type: z.literal('document'), source: z.string(), scope: z.string(), document: z.looseObject({}) }),
  z.looseObject({ type: z.literal('verdict'), verdict: z.looseObject({}) }),
  z.looseObject({ type: z.literal('evidence'), source: z.string(), field: z.string(), digest: z.string() }),
  z.looseObject({ type: z.literal('entered'), entered: z.looseObject({}) }),
  z.looseObject({
    type: z.literal('gap'),
    gap: z.looseObject({ what: z.string(), reason: z.string(), detail: z.string(), remedy: z.string() }),
  }),
  z.looseObject({ type: z.literal('end'), lines: z.int() }),
]);
