import { filterKeys, type FilterKey, type SearchCounts, type SearchFacet, type SearchRequest } from './answers.ts';
import type { QueryContext } from './context.ts';
import { covers, filterValues, letsThrough } from './filter.ts';
import { readSubjectsOfFilter } from './filter-subjects.ts';
import { askStore } from './search.ts';

/** Hits that a count looks at, at most; and together. */
const countBudget = 20_000;
const countBatch = 5000;

/**
 * How many hits a search has and of what, over those that the viewer may see and that the filter lets through: what is hidden is
 * in no figure. The count of a value is the number of hits that are left when a condition with this value is added to the
 * filter. Looks at every hit, at most {@link countBudget}: ask through a memory.
 */
export async function readSearchCounts(
  context: QueryContext,
  request: SearchRequest,
  n: number,
): Promise<SearchCounts> {
  const tallies = new Map(filterKeys.map((on) => [on, new Map<string, Tally>()] as const));
  let total = 0;
  let after: string | undefined;
  for (let seen = 0; seen < countBudget;) {
    const page = await askStore(context, request, n, { first: countBatch, ...(after === undefined ? {} : { after }) });
    for (const { subject } of await readSubjectsOfFilter(context, page.items, n)) {
      if (!letsThrough(request.filter, subject)) continue;
      total += 1;
      for (const [on, tally] of tallies) addTo(tally, filterValues(on, subject));
    }
    seen += page.items.length;
    if (page.cursor === null) return { total, complete: true, facets: facetsOf(tallies) };
    after = page.cursor;
  }
  return { total, complete: false, facets: facetsOf(tallies) };
}

/** Hits that bear the same values. */
interface Tally {
  readonly values: readonly string[];
  count: number;
}

function addTo(tallies: Map<string, Tally>, values: readonly string[]): void {
  const key = JSON.stringify(values.toSorted());
  const known = tallies.get(key);
  if (known === undefined) tallies.set(key, { values, count: 1 });
  else known.count += 1;
}

function facetsOf(tallies: ReadonlyMap<FilterKey, ReadonlyMap<string, Tally>>): readonly SearchFacet[] {
  return [...tallies].map(([on, byValues]) => {
    const all = [...byValues.values()];
    const values = [...new Set(all.flatMap((tally) => tally.values))]
      .map((value) => ({
        value,
        count: sum(all.filter((tally) => tally.values.some((one) => covers(on, value, one)))),
      }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return { on, values, unknown: sum(all.filter((tally) => tally.values.length === 0)) };
  });
}

function sum(tallies: readonly Tally[]): number {
  return tallies.reduce((all, { count }) => all + count, 0);
}
