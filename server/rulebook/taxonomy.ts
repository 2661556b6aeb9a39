import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { dataFile } from '../base/data-files.ts';
import { LexlineError } from '../base/errors.ts';
import { digestOf } from '../model/json.ts';
import { coarseClasses, NONE, type CoarseClass } from '../model/classification.ts';

/** How delicate a category is. `sad`: sensitive authentication data; `related`: bound to a card without being its number. */
export type Sensitivity = 'personal' | 'special' | 'financial' | 'health' | 'card' | 'sad' | 'related' | 'secret';

/** One node of the data taxonomy. */
export interface Category {
  /** Dotted: `user.contact.email`. */
  readonly id: string;
  /** Its short name in `lexline classify`. */
  readonly fine: string;
  readonly classes: readonly CoarseClass[];
  readonly sensitivity: Sensitivity;
  /** Identifies a person together with other such fields. */
  readonly quasi: boolean;
  readonly subjects: readonly string[];
  readonly definition: string;
  /** What looks alike and is not meant. */
  readonly contrast: string;
}

/** The data taxonomy: what can be found, and what each thing is called. */
export interface Taxonomy {
  readonly version: number;
  /** Over all categories; part of a verdict's key. */
  readonly digest: string;
  readonly categories: readonly Category[];
  category(id: string): Category | undefined;
  /** Coarse classes of a category or a branch by itself, without a table around it; none for an unknown one or `none`. */
  classesOf(category: string): readonly CoarseClass[];
  /** The category behind a `fine` name. */
  byFine(fine: string): Category | undefined;
}

const fileSchema = z.strictObject({
  version: z.int().positive(),
  categories: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z_]+(\.[a-z_]+)+$/u),
      fine: z.string().regex(/^[a-z][a-z0-9_]*$/u),
      classes: z.array(z.enum(coarseClasses)).min(1),
      sensitivity: z.enum(['personal', 'special', 'financial', 'health', 'card', 'sad', 'related', 'secret']),
      quasi: z.boolean(),
      subjects: z.array(z.string()),
      definition: z.string().min(1),
      contrast: z.string().min(1),
    }),
  ),
});

let shipped: Taxonomy | undefined;

/** The taxonomy that ships with Lexline (`regulations/taxonomy/categories.yml`), read once. */
export function loadTaxonomy(): Taxonomy {
  shipped ??= parseTaxonomy(readFileSync(dataFile('regulations/taxonomy/categories.yml'), 'utf8'));
  return shipped;
}

/** Reads a taxonomy from YAML. Fails with CONFIG_INVALID, naming the entry that is wrong. */
export function parseTaxonomy(text: string): Taxonomy {
  const parsed = fileSchema.safeParse(parse(text));
  if (!parsed.success)
    throw new LexlineError('CONFIG_INVALID', `[taxonomy] categories.yml: ${z.prettifyError(parsed.error)}`);
  const { version, categories } = parsed.data;
  const byId = uniqueBy(categories, (category) => category.id);
  const byFine = uniqueBy(categories, (category) => category.fine);
  return {
    version,
    digest: digestOf(categories),
    categories,
    category: (id) => byId.get(id),
    classesOf: (id) => (id === NONE ? [] : (byId.get(id)?.classes ?? classesBelow(id, categories))),
    byFine: (fine) => byFine.get(fine),
  };
}

/** A branch that an imported tag names (`user.health`) has the classes that all its leaves share, and PII where they share none. */
function classesBelow(branch: string, categories: readonly Category[]): readonly CoarseClass[] {
  const leaves = categories.filter(({ id }) => id.startsWith(`${branch}.`));
  if (leaves.length === 0) return [];
  const shared = coarseClasses.filter((name) => leaves.every(({ classes }) => classes.includes(name)));
  return shared.length > 0 ? shared : ['PII'];
}

function uniqueBy(categories: readonly Category[], key: (category: Category) => string): Map<string, Category> {
  const found = new Map<string, Category>();
  for (const category of categories) {
    if (found.has(key(category)))
      throw new LexlineError('CONFIG_INVALID', `[taxonomy] categories.yml: ${key(category)} is there twice`);
    found.set(key(category), category);
  }
  return found;
}
