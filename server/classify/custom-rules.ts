import { z } from 'zod';
import type { Detector } from './detectors/detector.ts';
import type { Strength } from './names/lexicon.ts';

const kebab = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/u, 'must be lower case letters, digits and dashes');
const glob = z.string().min(1);
const texts = z.array(z.string()).default([]);

/** One detector of a user, as it stands in the file. */
export const customDetectorSchema = z.strictObject({
  id: kebab.describe('Its name in evidence, `custom-<id>`.'),
  version: z.int().positive().default(1),
  title: z.string().min(1),
  category: z.string().min(1).describe('A category of regulations/taxonomy/categories.yml.'),
  names: z.array(z.string().min(1)).default([]).describe('Words of column names.'),
  namePatterns: z.array(z.string().min(1)).default([]).describe('RE2 over the last part of a path, any case.'),
  namesSay: z.enum(['outright', 'likely', 'weak']).default('outright'),
  pattern: z.string().min(1).optional().describe('RE2 over whole values.'),
  dictionary: z.array(z.string().min(1)).min(1).optional(),
  validator: z.string().optional(),
  share: z.number().min(0.01).max(1).default(0.7).describe('Of the distinct values that must pass.'),
  chance: z.number().min(0.0001).max(0.9).default(0.01).describe('Share of other values that pass by luck.'),
  alone: z.enum(['proves', 'supports', 'nothing']).default('supports'),
  context: z
    .strictObject({ tables: z.array(glob).default([]), beside: z.array(z.string().min(1)).default([]) })
    .optional()
    .describe('It speaks only in tables of these names, or beside columns of these words.'),
  tests: z
    .strictObject({ match: texts, reject: texts, names: z.strictObject({ match: texts, reject: texts }).optional() })
    .partial()
    .optional()
    .describe('Tried whenever the file is read.'),
});

/** One finding that a user knows to be wrong, as it stands in the file. */
export const allowSchema = z.strictObject({
  source: glob.default('*'),
  table: glob.default('*'),
  column: glob.default('*'),
  category: z.string().optional(),
  because: z.string().min(1),
});

/** A file of a user's detectors, allowed findings and tuning. */
export const customFileSchema = z.strictObject({
  detectors: z.array(customDetectorSchema).default([]),
  allow: z.array(allowSchema).default([]),
  tune: z
    .array(
      z.strictObject({
        source: glob.default('*'),
        table: glob.default('*'),
        disable: z.array(z.string()).default([]),
        reviewBelow: z.number().min(0).max(1).optional(),
      }),
    )
    .default([]),
  disable: z.array(z.string()).default([]),
});

export type CustomDetectorEntry = z.output<typeof customDetectorSchema>;
export type CustomFile = z.output<typeof customFileSchema>;

/** A place where a finding is known to be wrong. Patterns with `*`, compared without regard to case. */
export interface AllowEntry {
  readonly source: string;
  readonly table: string;
  readonly column: string;
  /** Only findings of this category, or all of them. */
  readonly category: string | null;
  /** Who reads the verdict is told why. */
  readonly because: string;
}

/** What holds for the tables of a source: detectors that are silent there, and how sure a finding must be. */
export interface TuneEntry {
  readonly source: string;
  readonly table: string;
  /** Ids of detectors, shipped or own. */
  readonly disable: readonly string[];
  /** A finding of less confidence is left to a person; null: no border. */
  readonly reviewBelow: number | null;
}

/** A user's words and patterns for names. */
export interface CustomNames {
  /** `custom-club-card`: stands in evidence where a lexicon's language does. */
  readonly id: string;
  readonly fine: string;
  readonly strength: Strength;
  readonly phrases: readonly string[];
  readonly patterns: readonly { readonly text: string; readonly test: (name: string) => boolean }[];
}

/** Where a user's detector speaks. Both lists empty: everywhere. */
export interface CustomContext {
  readonly id: string;
  readonly tables: readonly string[];
  readonly beside: readonly string[];
}

/** What a user adds to the detectors that ship. */
export interface CustomRules {
  readonly detectors: readonly Detector[];
  readonly names: readonly CustomNames[];
  readonly contexts: readonly CustomContext[];
  readonly allow: readonly AllowEntry[];
  readonly tune: readonly TuneEntry[];
}

/** Several files as one. */
export function mergeRules(parts: readonly CustomRules[]): CustomRules {
  return {
    detectors: parts.flatMap((part) => part.detectors),
    names: parts.flatMap((part) => part.names),
    contexts: parts.flatMap((part) => part.contexts),
    allow: parts.flatMap((part) => part.allow),
    tune: parts.flatMap((part) => part.tune),
  };
}
