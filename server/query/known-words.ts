import { LexlineError } from '../base/errors.ts';
import { suggest } from '../base/nearest.ts';
import { coarseClasses } from '../model/classification.ts';
import type { FieldState } from '../model/effective.ts';
import { treatments } from '../model/treatment.ts';
import { requireKnownCategory } from '../rulebook/known-category.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { Filter, FilterKey } from './answers.ts';
import type { Query } from './query.ts';

const states: readonly FieldState[] = ['SENSITIVE', 'NOT_SENSITIVE', 'UNDECIDED', 'GAP'];
const kinds: readonly string[] = [
  'TABLE',
  'VIEW',
  'MATERIALIZED_VIEW',
  'FOREIGN_TABLE',
  'PARTITION',
  'FILE',
  'TOPIC',
  'STAGE',
  'REPORT',
];
const treatmentWords = treatments.map((treatment) => treatment.toUpperCase());
const pageSize = 1000;

/** What filters are held against. */
export interface WordBook {
  readonly query: Pick<Query, 'datasets' | 'domains' | 'sources'>;
  readonly taxonomy: Taxonomy;
  /** The platforms of a revision, where somebody remembers them; default: read anew. */
  readonly platforms?: (n: number) => Promise<readonly string[]>;
}

/**
 * Refuses a filter by a word that nothing can bear: a misspelt category, class, state, kind, treatment, domain, source or
 * platform would answer "nothing there", which nobody can tell from "clean". Owners, regions, tags and namespaces are open sets
 * and are not looked at. Fails with INPUT_INVALID, naming the nearest known word.
 */
export async function requireKnownWords(filter: Filter | undefined, n: number, book: WordBook): Promise<void> {
  const values = (on: FilterKey): readonly string[] => [
    ...new Set(filter?.any.flatMap(({ all }) => all.filter((one) => one.on === on).flatMap((one) => one.values)) ?? []),
  ];
  for (const category of values('CATEGORY')) requireKnownCategory(category, book.taxonomy, 'query');
  for (const name of values('CLASS')) requireOneOf('class', name, coarseClasses);
  for (const name of values('STATE')) requireOneOf('state', name, states);
  for (const name of values('KIND')) requireOneOf('kind', name, kinds);
  for (const name of values('TREATMENT')) requireOneOf('treatment', name, treatmentWords);
  for (const name of values('DOMAIN')) requireOneOf('domain', name, book.query.domains());
  for (const name of values('SOURCE')) await requireKnownSource(book.query, name);
  const platforms = values('PLATFORM');
  if (platforms.length === 0) return;
  const known = await (book.platforms ?? ((at: number) => readPlatforms(book.query, at)))(n);
  for (const name of platforms) requireOneOf('platform', name, known);
}

/** Refuses a source that the graph does not know, or that the viewer may not see: both are told alike. */
export async function requireKnownSource(
  query: Pick<Query, 'sources'>,
  name: string | null | undefined,
): Promise<void> {
  if (name === null || name === undefined) return;
  const known = (await query.sources()).map((source) => source.name);
  if (known.includes(name)) return;
  throw new LexlineError('INPUT_INVALID', `[query] nothing was read of a source "${name}"`, {
    remedy: suggest(name, known),
  });
}

/** The platforms of all datasets that the viewer sees. */
export async function readPlatforms(query: Pick<Query, 'datasets'>, n: number): Promise<readonly string[]> {
  const found = new Set<string>();
  let after: string | undefined;
  do {
    const page = await query.datasets({}, n, { first: pageSize, ...(after === undefined ? {} : { after }) });
    for (const { platform } of page.items) if (platform !== null) found.add(platform);
    after = page.cursor ?? undefined;
  } while (after !== undefined);
  return [...found].toSorted();
}

function requireOneOf(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new LexlineError('INPUT_INVALID', `[query] there is no ${what} "${name}" here`, {
    remedy: suggest(name, known),
  });
}
