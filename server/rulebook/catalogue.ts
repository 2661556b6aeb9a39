import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { dataFile } from '../base/data-files.ts';
import { LexlineError } from '../base/errors.ts';

/** The regulations that ship with an own-words catalogue. Another is a folder of data under `regulations/` and a word here. */
export const shippedRegulations = ['gdpr', 'hipaa', 'pci-dss', 'ccpa'] as const;

const derivedForms = z.enum(['hash', 'token', 'mask', 'last4']);

const regulationSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/u),
  prefix: z.string().regex(/^[A-Z]+$/u),
  name: z.string().min(1),
  /** Further names that questions call it by. */
  alsoCalled: z.array(z.string().min(1)).default([]),
  number: z.string().min(1),
  jurisdiction: z.string().min(1),
  language: z.string().length(2),
  catalogue: z.string().regex(/^\d{4}\.\d{2}$/u),
  inForce: z.strictObject({ from: z.iso.date(), to: z.iso.date().nullable() }),
  editions: z.array(
    z.strictObject({ id: z.string(), title: z.string(), from: z.iso.date(), to: z.iso.date().nullable() }),
  ),
  expected: z.record(z.string(), z.int().positive()),
  authenticity: z.string(),
  publisher: z.string(),
  licence: z.string(),
  terms: z.record(z.string(), z.string()),
});

const provisionsSchema = z.strictObject({
  provisions: z.array(
    z.strictObject({
      id: z.string().regex(/^[A-Z]+:[^\s]+$/u),
      title: z.string().min(1),
      duty: z.string().min(1),
      categories: z.array(z.string()),
      aliases: z.array(z.string()),
      checked: z.boolean().default(false),
    }),
  ),
});

const mappingSchema = z.strictObject({
  roles: z.array(z.string()).min(1),
  terms: z.array(
    z.strictObject({
      category: z.string(),
      group: z.string(),
      within: z.array(z.string()).default([]),
      term: z.string().nullable(),
      provision: z.string().nullable(),
    }),
  ),
  derived: z.partialRecord(derivedForms, z.string()),
});

export type RegulationFacts = z.infer<typeof regulationSchema>;
/** One provision in our own words. `checked`: its number was compared with an official text. Never shown as a quotation. */
export type Provision = z.infer<typeof provisionsSchema>['provisions'][number];
/** How our taxonomy reads in the regulation's own terms. */
export type TermMapping = z.infer<typeof mappingSchema>;

/** What we know of one regulation without its official text. */
export interface Catalogue {
  readonly regulation: RegulationFacts;
  readonly provisions: readonly Provision[];
  readonly mapping: TermMapping;
  provision(id: string): Provision | undefined;
}

function readData<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(readFileSync(dataFile(path), 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LexlineError(
    'CONFIG_INVALID',
    `[rulebook] ${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`,
  );
}

const loaded = new Map<string, Catalogue>();

/** The catalogue of a regulation that ships with Lexline. Fails with CONFIG_INVALID when there is none, or its data does not hold. */
export function loadCatalogue(id: string): Catalogue {
  const known = loaded.get(id);
  if (known !== undefined) return known;
  if (!(shippedRegulations as readonly string[]).includes(id))
    throw new LexlineError('CONFIG_INVALID', `[rulebook] unknown regulation "${id}"`, {
      remedy: `Use one of ${shippedRegulations.join(', ')}.`,
    });
  const regulation = readData(`regulations/${id}/regulation.yml`, regulationSchema);
  const { provisions } = readData(`regulations/${id}/provisions.yml`, provisionsSchema);
  const mapping = readData(`regulations/${id}/mapping.yml`, mappingSchema);
  const byId = new Map(provisions.map((provision) => [provision.id, provision]));
  const catalogue: Catalogue = { regulation, provisions, mapping, provision: (name) => byId.get(name) };
  loaded.set(id, catalogue);
  return catalogue;
}

/** The catalogues of several regulations, in the order asked. */
export function loadCatalogues(ids: readonly string[]): readonly Catalogue[] {
  return ids.map((id) => loadCatalogue(id));
}
