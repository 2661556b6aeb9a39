import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { dataFile } from '../base/data-files.ts';
import { LexlineError } from '../base/errors.ts';
import { readRulesFile, type HouseRule } from './house-rules.ts';
import { readYaml } from './search/read-data.ts';
import { readWordings, type Wording } from './texts/known-wording.ts';
import { numberings } from './texts/numbered-text.ts';
import type { KnownRule } from './texts/rules-in-text.ts';

/** The regulations that ship with an own-words catalogue. Another is a folder of data under `regulations/` and a word here. */
export const shippedRegulations = ['gdpr', 'uk-gdpr', 'hipaa', 'pci-dss', 'ccpa', 'lgpd'] as const;
/** Those that are searched and cited where the configuration names none. */
export const usualRegulations = ['gdpr', 'hipaa', 'pci-dss', 'ccpa'] as const;

const derivedForms = z.enum(['hash', 'token', 'mask', 'last4']);

const regulationSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/u),
  prefix: z.string().regex(/^[A-Z]+$/u),
  name: z.string().min(1),
  /** Further names that people call it by: a question that says one is about this regulation. */
  alsoCalled: z.array(z.string().min(1)).default([]),
  /** Words that make it likelier and do not name it: where it holds, its parts. */
  hints: z.array(z.string().min(1)).optional(),
  number: z.string().min(1),
  jurisdiction: z.string().min(1),
  language: z.string().length(2),
  catalogue: z.string().regex(/^\d{4}\.\d{2}$/u),
  inForce: z.strictObject({ from: z.iso.date(), to: z.iso.date().nullable() }),
  editions: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      from: z.iso.date(),
      to: z.iso.date().nullable(),
      /** What a text of this edition says of itself, all of it: case and white space do not count. */
      marks: z.array(z.string()).default([]),
    }),
  ),
  /** How its provisions are counted where a document has no structure of its own. */
  numbering: z.enum(numberings).default('free'),
  /** Texts that go by a like name and are something else. */
  otherTexts: z.array(z.strictObject({ mark: z.string(), is: z.string() })).default([]),
  /** Where its publisher offers it; none: it is not downloaded. */
  sources: z
    .array(z.strictObject({ language: z.string().length(2), url: z.url(), accept: z.string().optional() }))
    .default([]),
  expected: z.record(z.string(), z.int().positive()),
  authenticity: z.string(),
  publisher: z.string(),
  licence: z.string(),
  terms: z.record(z.string(), z.string()),
  /** A file beside this one with rules in plain text or Markdown, for a folder of the user's own. */
  rules: z
    .string()
    .regex(/^[\w .-]+\.(?:md|txt)$/u, 'a .md or .txt file in the same folder')
    .optional(),
});

/** What a policy of the user's own need not say: only `id`, `name` and `catalogue` are needed. */
const ownRegulationSchema = z.preprocess((value) => {
  const said = z.looseObject({ id: z.string(), name: z.string() }).safeParse(value).data;
  if (said === undefined) return value;
  const { id, name } = said;
  return {
    prefix: id.toUpperCase().replaceAll(/[^A-Z]/gu, ''),
    number: name,
    jurisdiction: 'our own',
    language: 'en',
    inForce: { from: '1900-01-01', to: null },
    editions: [],
    expected: {},
    authenticity: 'The document that your organisation keeps.',
    publisher: 'your organisation',
    licence: 'yours',
    terms: {},
    ...said,
  };
}, regulationSchema);

const provisionsSchema = z.strictObject({
  /** A regulation that this one grew out of: its provisions count here under the same numbers … */
  from: z.string().optional(),
  /** … but for these numbers. */
  leftOut: z.array(z.string()).default([]),
  /** Beginnings of numbers that are others here, with what follows unchanged: `4(` is `4(1)(` where a paragraph was put before. */
  renumbered: z.array(z.strictObject({ was: z.string().min(1), is: z.string().min(1) })).default([]),
  provisions: z.array(
    z.strictObject({
      id: z.string().regex(/^[A-Z]+:[^\s]+$/u),
      title: z.string().min(1),
      duty: z.string().min(1),
      categories: z.array(z.string()),
      aliases: z.array(z.string()),
      checked: z.boolean().default(false),
      /** Provisions of another regulation that speak of the same: what finds those finds this one. */
      like: z.array(z.string()).optional(),
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
      /** Subjects of a table of whom the entry is not said. */
      outside: z.array(z.string()).default([]),
      term: z.string().nullable(),
      provision: z.string().nullable(),
    }),
  ),
  derived: z.partialRecord(derivedForms, z.string()),
  /** Categories of which a derived form is not what the regulation means by it. */
  notDerived: z.array(z.string()).default([]),
});

export type RegulationFacts = z.infer<typeof regulationSchema>;
/** One provision in our own words. `checked`: its number was compared with an official text. Never shown as a quotation. */
export type Provision = z.infer<typeof provisionsSchema>['provisions'][number];
/** How our taxonomy reads in the regulation's own terms. */
export type TermMapping = z.infer<typeof mappingSchema>;

/** All names by which a regulation is called, its hints left out: those do not name it. */
export function namesOfRegulation({ id, prefix, name, number, alsoCalled }: RegulationFacts): readonly string[] {
  return [id, prefix, name, number, ...alsoCalled];
}

/** What we know of one regulation without its official text. */
export interface Catalogue {
  readonly regulation: RegulationFacts;
  readonly provisions: readonly Provision[];
  readonly mapping: TermMapping;
  /**
   * Under which ids other regulations have what a provision says: `UKGDPR:17(1)` grew out of `GDPR:17(1)`, `LGPD:18(VI)` is
   * like it. What finds those finds this one.
   */
  originsOf(id: string): readonly string[];
  provision(id: string): Provision | undefined;
  /** A folder of the user's own: what its provisions are like is read from their words. */
  readonly isOwn?: boolean;
  /** The rules of the user's own file as a document has them; none where `regulation.yml` names no file. */
  readonly houseRules?: readonly KnownRule[];
  /** The wording that is known of an edition, by language; empty where none is. Fails with CONFIG_INVALID, naming the file. */
  wordings(edition: string): ReadonlyMap<string, Wording>;
}

/** Folders may be the user's own: a member that stands there twice is a mistake. */
function readData<T>(file: string, schema: z.ZodType<T>): T {
  return readYaml(file, schema, { uniqueKeys: true }).data;
}

const loaded = new Map<string, Catalogue>();

/** The catalogue of a regulation that ships with Lexline. Fails with CONFIG_INVALID when there is none, or its data does not hold. */
export function loadCatalogue(id: string): Catalogue {
  const known = loaded.get(id);
  if (known !== undefined) return known;
  if (!(shippedRegulations as readonly string[]).includes(id))
    throw new LexlineError('CONFIG_INVALID', `[rulebook] unknown regulation "${id}"`, {
      remedy: `Use one of ${shippedRegulations.join(', ')}, or name the folder of your own in rulebook.folders.`,
    });
  const catalogue = readCatalogue(dataFile(`regulations/${id}`));
  loaded.set(id, catalogue);
  return catalogue;
}

/**
 * The catalogue of a folder of the user's own: another law, a policy, a contract. `regulation.yml`, of which most has defaults,
 * and `provisions.yml` as the shipped ones have them, or a file of rules that `regulation.yml` names, or both; `mapping.yml` may
 * be absent. Fails with CONFIG_INVALID, naming the file and what is wrong.
 */
export function loadFolderCatalogue(folder: string): Catalogue {
  const absolute = resolve(folder);
  const catalogue = readCatalogue(absolute, true);
  const { id } = catalogue.regulation;
  if ((shippedRegulations as readonly string[]).includes(id))
    throw new LexlineError(
      'CONFIG_INVALID',
      `[rulebook] ${absolute}: the id "${id}" is taken by a regulation that ships`,
    );
  return catalogue;
}

function readCatalogue(folder: string, isOwn = false): Catalogue {
  const regulation = readData(join(folder, 'regulation.yml'), isOwn ? ownRegulationSchema : regulationSchema);
  const { rules, prefix } = regulation;
  const houseRules = rules === undefined ? [] : readRulesFile(join(folder, rules), prefix);
  const {
    from,
    leftOut,
    renumbered,
    provisions: own,
  } = readProvisions(folder, rules === undefined ? null : houseRules);
  const mappingFile = join(folder, 'mapping.yml');
  const mapping: TermMapping = existsSync(mappingFile)
    ? readData(mappingFile, mappingSchema)
    : { roles: ['none'], terms: [], derived: {}, notDerived: [] };
  const parent = from === undefined ? null : loadCatalogue(from);
  const kept = parent === null ? [] : inherited(parent, regulation.prefix, { leftOut, renumbered }, own);
  const provisions = parent === null ? own : [...kept.map(({ provision }) => provision), ...own];
  const origins = new Map(kept.map(({ provision, origin }) => [provision.id, origin]));
  const parentPrefix = parent?.regulation.prefix ?? null;
  const byId = new Map(provisions.map((provision) => [provision.id, provision]));
  const foreign = provisions.find(({ id }) => !id.startsWith(`${regulation.prefix}:`));
  if (foreign !== undefined || byId.size !== provisions.length)
    throw new LexlineError(
      'CONFIG_INVALID',
      `[rulebook] ${join(folder, 'provisions.yml')}: ${foreign === undefined ? 'a provision is named twice' : `${foreign.id} does not begin with ${regulation.prefix}:`}`,
    );
  return {
    regulation,
    provisions,
    mapping,
    // What is said anew under a number of the parent's is found by it, too.
    originsOf: (id) => {
      const parents = parentPrefix === null ? [] : [origins.get(id) ?? parentPrefix + id.slice(id.indexOf(':'))];
      return [...parents, ...(byId.get(id)?.like ?? [])];
    },
    provision: (name) => byId.get(name),
    isOwn,
    houseRules: houseRules.map(({ id, title, words }) => ({
      number: id.slice(prefix.length + 1),
      heading: title,
      words,
    })),
    wordings: (edition) => readWordings(folder, edition),
  };
}

/** What `provisions.yml` says, and the rules of the user's own file that it does not say anew; null: there is no such file. */
function readProvisions(folder: string, rules: readonly HouseRule[] | null): z.output<typeof provisionsSchema> {
  const file = join(folder, 'provisions.yml');
  if (rules === null) return readData(file, provisionsSchema);
  const written = existsSync(file) ? readData(file, provisionsSchema) : provisionsSchema.parse({ provisions: [] });
  const said = new Set(written.provisions.map(({ id }) => id));
  const found = rules
    .filter(({ id }) => !said.has(id))
    .map(({ id, title, duty, categories, aliases, checked }) => ({ id, title, duty, categories, aliases, checked }));
  return { ...written, provisions: [...written.provisions, ...found] };
}

/** The parent's provisions under the own prefix and numbers, but for those left out and those that are said anew. */
function inherited(
  parent: Catalogue,
  prefix: string,
  { leftOut, renumbered }: Pick<z.output<typeof provisionsSchema>, 'leftOut' | 'renumbered'>,
  own: readonly Provision[],
): readonly { readonly provision: Provision; readonly origin: string }[] {
  const said = new Set(own.map(({ id }) => id));
  const gone = new Set(leftOut);
  return parent.provisions.flatMap((provision) => {
    const number = provision.id.slice(provision.id.indexOf(':') + 1);
    const other = renumbered.find(({ was }) => number.startsWith(was));
    const id = `${prefix}:${other === undefined ? number : other.is + number.slice(other.was.length)}`;
    const article = /^\w+/u.exec(number)?.[0] ?? number;
    if (said.has(id) || gone.has(number) || gone.has(article)) return [];
    return [{ provision: { ...provision, id, checked: false }, origin: provision.id }];
  });
}

/** The catalogues of several regulations, in the order asked. */
export function loadCatalogues(ids: readonly string[]): readonly Catalogue[] {
  return ids.map((id) => loadCatalogue(id));
}
