import { RE2 } from 're2-wasm';
import { parse } from 'yaml';
import { z } from 'zod';
import { LexlineError, messageOf } from '../base/errors.ts';
import { lookAt } from '../profile/value.ts';
import { admits } from '../profile/value-test.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import {
  isAbaRouting,
  isDeaNumber,
  isLoinc,
  isMbi,
  isNhsNumber,
  isNpi,
  isVin,
  luhn,
  verhoeff,
} from './detectors/check-digits.ts';
import { isCardNumber } from './detectors/cards.ts';
import { isEmail } from './detectors/contact.ts';
import { detector, valueTestOf, type Detector } from './detectors/detector.ts';
import { fold } from './names/fold.ts';

const kebab = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/u, 'must be lower case letters, digits and dashes');
const fileSchema = z.strictObject({
  detectors: z
    .array(
      z.strictObject({
        id: kebab,
        version: z.int().positive().default(1),
        title: z.string().min(1),
        category: z.string().min(1),
        names: z.array(z.string().min(1)).default([]),
        namesSay: z.enum(['outright', 'likely', 'weak']).default('outright'),
        pattern: z.string().min(1).optional(),
        dictionary: z.array(z.string().min(1)).min(1).optional(),
        validator: z.string().optional(),
        share: z.number().min(0.01).max(1).default(0.7),
        chance: z.number().min(0.0001).max(0.9).default(0.01),
        alone: z.enum(['proves', 'supports', 'nothing']).default('supports'),
        tests: z
          .strictObject({ match: z.array(z.string()).default([]), reject: z.array(z.string()).default([]) })
          .optional(),
      }),
    )
    .default([]),
  allow: z
    .array(
      z.strictObject({
        table: z.string().min(1).default('*'),
        column: z.string().min(1).default('*'),
        category: z.string().optional(),
        because: z.string().min(1),
      }),
    )
    .default([]),
  disable: z.array(z.string()).default([]),
});

/** A place where a finding is known to be wrong. Patterns with `*`, compared without regard to case. */
export interface AllowEntry {
  readonly table: string;
  readonly column: string;
  /** Only findings of this category, or all of them. */
  readonly category: string | null;
  /** Who reads the verdict is told why. */
  readonly because: string;
}

/** What a user adds to the detectors that ship. */
export interface CustomRules {
  readonly detectors: readonly Detector[];
  /** Phrases of names, each with its `fine` name and strength. */
  readonly phrases: readonly { readonly phrase: string; readonly fine: string; readonly strength: 0 | 1 | 2 }[];
  readonly allow: readonly AllowEntry[];
  /** Ids of shipped detectors that are switched off. */
  readonly disabled: ReadonlySet<string>;
}

const validators: Readonly<Record<string, (text: string) => boolean>> = {
  luhn: (text) => luhn(text.replaceAll(/\D/g, '')),
  verhoeff: (text) => verhoeff(text.replaceAll(/\D/g, '')),
  card: (text) => isCardNumber(text.replaceAll(/[ -]/g, '')),
  email: isEmail,
  vin: isVin,
  npi: isNpi,
  nhs: isNhsNumber,
  dea: isDeaNumber,
  mbi: isMbi,
  loinc: isLoinc,
  'us-routing': isAbaRouting,
};
const strengths = { outright: 2, likely: 1, weak: 0 } as const;
const alones = { proves: 4, supports: 1.5, nothing: -3 } as const;

/**
 * Reads a user's detectors from YAML. Patterns run on RE2, in time linear to the value, anchored at both ends. Fails with
 * CONFIG_INVALID, naming file, detector and reason: a pattern that RE2 refuses, an unknown category or validator, a
 * detector with nothing to detect by, a test inside the file that does not hold.
 */
export function parseCustomRules(text: string, file: string, taxonomy: Taxonomy): CustomRules {
  const parsed = fileSchema.safeParse(readYaml(text, file));
  if (!parsed.success) throw refused(file, z.prettifyError(parsed.error));
  const { detectors, allow, disable } = parsed.data;
  const rules: Detector[] = [];
  const phrases: CustomRules['phrases'][number][] = [];
  for (const entry of detectors) {
    const category = taxonomy.category(entry.category);
    if (category === undefined) throw refused(file, `${entry.id}: there is no category ${entry.category}`);
    for (const phrase of entry.names)
      phrases.push({ phrase, fine: category.fine, strength: strengths[entry.namesSay] });
    const accepts = acceptsOf(entry, file);
    if (accepts === null) {
      if (entry.names.length === 0)
        throw refused(file, `${entry.id}: give names, a pattern, a dictionary or a validator`);
      continue;
    }
    const rule = detector({
      id: `custom-${entry.id}`,
      version: entry.version,
      fine: category.fine,
      title: entry.title,
      method: entry.dictionary === undefined ? (entry.validator === undefined ? 'format' : 'checksum') : 'dictionary',
      source: file,
      chance: entry.chance,
      minShare: entry.share,
      alone: alones[entry.alone],
      named: 3,
      length: [1, 500],
      test: ({ text: value }) => accepts(value),
    });
    tryTests(rule, entry.tests ?? { match: [], reject: [] }, file);
    rules.push(rule);
  }
  for (const { category } of allow)
    if (category !== undefined && taxonomy.category(category) === undefined)
      throw refused(file, `allow: there is no category ${category}`);
  return {
    detectors: rules,
    phrases,
    allow: allow.map(({ category, ...entry }) => ({ ...entry, category: category ?? null })),
    disabled: new Set(disable),
  };
}

function acceptsOf(
  entry: {
    readonly id: string;
    readonly pattern?: string | undefined;
    readonly dictionary?: readonly string[] | undefined;
    readonly validator?: string | undefined;
  },
  file: string,
): ((text: string) => boolean) | null {
  const parts: ((text: string) => boolean)[] = [];
  if (entry.pattern !== undefined) {
    const pattern = compile(entry.pattern, `${file}: ${entry.id}`);
    parts.push((text) => pattern.test(text));
  }
  if (entry.dictionary !== undefined) {
    const words = new Set(entry.dictionary.map((word) => fold(word.trim())));
    parts.push((text) => words.has(fold(text)));
  }
  if (entry.validator !== undefined) {
    const validator = validators[entry.validator];
    if (validator === undefined)
      throw refused(
        file,
        `${entry.id}: there is no validator ${entry.validator}; known: ${Object.keys(validators).join(', ')}`,
      );
    parts.push(validator);
  }
  return parts.length === 0 ? null : (text) => parts.every((part) => part(text));
}

function compile(pattern: string, where: string): RE2 {
  if (pattern.length > 1_000)
    throw new LexlineError('CONFIG_INVALID', `[detectors] ${where}: the pattern is longer than 1000 signs`);
  try {
    return new RE2(`^(?:${pattern})$`, 'u');
  } catch (error) {
    throw new LexlineError('CONFIG_INVALID', `[detectors] ${where}: RE2 refuses the pattern: ${messageOf(error)}`, {
      remedy: 'RE2 has no look-around and no back references: https://github.com/google/re2/wiki/Syntax',
    });
  }
}

function tryTests(
  rule: Detector,
  tests: { readonly match: readonly string[]; readonly reject: readonly string[] },
  file: string,
): void {
  const test = valueTestOf(rule);
  const passes = (text: string): boolean => {
    const value = lookAt(text);
    return admits(test, value) && test.test(value);
  };
  // The examples are the user's own and stand in their file; they are counted here, not quoted.
  tests.match.forEach((text, i) => {
    if (!passes(text)) throw refused(file, `${rule.id}: tests.match[${i}] does not match`);
  });
  tests.reject.forEach((text, i) => {
    if (passes(text)) throw refused(file, `${rule.id}: tests.reject[${i}] matches`);
  });
}

function readYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw refused(file, `not valid YAML (${messageOf(error).split('\n')[0] ?? ''})`);
  }
}

function refused(file: string, why: string): LexlineError {
  return new LexlineError('CONFIG_INVALID', `[detectors] ${file}: ${why}`);
}
