import { directKinds } from '../model/edge.ts';
import { shownFacet, type JobFacets } from '../model/facets.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { Direction, EntityRecord, WalkHit } from '../stores/graph/graph-store.ts';
import type { Page, PageRequest } from '../stores/page.ts';
import type { QueryContext } from './context.ts';
import { visibleFields } from './datasets.ts';
import { datasetView } from './entity-views.ts';
import { isVisible, readRecords } from './entities.ts';
import { lastPart, readFieldViews } from './field-views.ts';
import { letsThrough } from './filter.ts';
import { readFreshness } from './freshness.ts';
import { readJudged } from './judged.ts';
import { countOf } from './labels.ts';
import { collectWalk } from './lineage/collect-walk.ts';
import { readJobsOnTheWay } from './lineage/jobs-on-the-way.ts';
import { readStarts } from './lineage/starts.ts';
import { eachPage } from './paging.ts';
import type { Filter, Impact, ImpactRequest } from './answers.ts';
import type { ImpactHit } from './query.ts';

const maxDepth = 100;
/** Fields that an impact looks at one by one; beyond it the counts stay right and the break-downs say that they are not whole. */
const maxFields = 20_000;
/** Fields of a list looked at together, and at most in one page. */
const listBatch = 500;
const listBudget = 5000;

/** Everything that a walk from the origin reaches, nearest first. */
export interface Reach {
  readonly starts: readonly Uid[];
  readonly hits: readonly WalkHit[];
  readonly whole: boolean;
}

export async function readReach(context: QueryContext, { origin, direction, n }: ImpactRequest): Promise<Reach> {
  const { fields } = await readStarts(context, origin, n);
  if (fields.length === 0) return { starts: [origin], hits: [], whole: false };
  const { hits, truncated } = await collectWalk(
    context,
    { from: fields, direction: walked(direction), depth: maxDepth, kinds: directKinds, n },
    maxFields,
  );
  return { starts: fields, hits, whole: truncated === null };
}

/** What a change to the origin would reach, in figures, and whether the figures are whole. */
export async function readImpact(context: QueryContext, request: ImpactRequest, reach: Reach): Promise<Impact> {
  const { n } = request;
  const direction = walked(request.direction);
  const counts = await context.graph.count({ from: reach.starts, direction, depth: maxDepth, n, kinds: directKinds });
  const uids = reach.hits.map(({ uid }) => uid);
  const fields = [...(await readRecords(context, uids, n)).values()];
  const visible = await visibleFields(context, fields, n);
  const datasets = await readRecords(
    context,
    visible.flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  const judged = await readJudged(
    context,
    visible.map(({ uid }) => uid),
    n,
  );
  const passed = [...new Set(fields.flatMap(({ parent }) => (parent === null ? [] : [parent])))];
  const origins = await readRecords(context, reach.starts, n);
  const begun = [...origins.values()].map(({ uid, parent }) => parent ?? uid);
  const everywhere = [...new Set([...begun, ...passed])];
  const { unparsedStatements } = await readJobsOnTheWay(context, [], everywhere, [direction], n);
  const stale = await readStaleSources(context, [...datasets.values()]);
  const hiddenFields = fields.length - visible.length;
  const incompleteBecause = [
    ...(unparsedStatements > 0
      ? [`${countOf(unparsedStatements, 'statement')} on the way could not be read in full`]
      : []),
    ...stale.map((source) => `source ${source} is stale`),
    ...(hiddenFields > 0 ? [`${countOf(hiddenFields, 'field')} may not be shown to you`] : []),
    ...(reach.whole ? [] : ['there is more than is looked at in one answer']),
    ...(counts.complete ? [] : ['the count was cut short']),
  ];
  return {
    counts: {
      fields: counts.fields,
      datasets: counts.datasets,
      jobs: counts.jobs,
      exposures: await countExposures(context, everywhere, n, direction),
    },
    byRegion: tally([...datasets.values()].map((record) => datasetView(record).region)).map(([region, count]) => ({
      region,
      datasets: count,
    })),
    byCategory: tally(
      [...judged.values()].flatMap(({ effective }) => effective.classifications.map(({ category }) => category)),
    ).map(([category, count]) => ({ category, fields: count })),
    complete: incompleteBecause.length === 0,
    hiddenFields,
    incompleteBecause,
  };
}

/** The reached fields one by one, nearest first, with the way to each. */
export async function readImpactList(
  context: QueryContext,
  request: ImpactRequest,
  reach: Reach,
  filter: Filter | undefined,
  page: PageRequest,
): Promise<Page<ImpactHit>> {
  const { n } = request;
  const via = new Map(reach.hits.map((hit) => [hit.uid, hit.via]));
  const items: ImpactHit[] = [];
  let at = page.after === undefined ? 0 : Math.max(0, Number(page.after) || 0);
  const end = Math.min(reach.hits.length, at + listBudget);
  while (at < end && items.length < page.first) {
    const batch = reach.hits.slice(at, Math.min(end, at + listBatch));
    const records = await readRecords(
      context,
      batch.map(({ uid }) => uid),
      n,
    );
    const fields = await visibleFields(context, [...records.values()], n);
    const views = new Map((await readFieldViews(context, fields, n)).map((view) => [view.uid, view]));
    const datasets = await readRecords(
      context,
      fields.flatMap(({ parent }) => (parent === null ? [] : [parent])),
      n,
    );
    for (const hit of batch) {
      if (items.length >= page.first) break;
      at += 1;
      const field = views.get(hit.uid);
      const dataset = field === undefined ? undefined : datasets.get(field.dataset);
      if (field === undefined || dataset === undefined) continue;
      if (!letsThrough(filter, { field, dataset: datasetView(dataset) })) continue;
      items.push({ field, degree: hit.degree, path: [], cursor: String(at) });
    }
  }
  const named = await namePaths(context, items, via, n);
  return { items: named, cursor: at < reach.hits.length ? String(at) : null };
}

async function namePaths(
  context: QueryContext,
  items: readonly ImpactHit[],
  via: ReadonlyMap<Uid, Uid>,
  n: number,
): Promise<readonly ImpactHit[]> {
  const ways = items.map(({ field }) => {
    const way = [field.uid];
    for (let step = via.get(field.uid); step !== undefined; step = via.get(step)) way.unshift(step);
    return way;
  });
  const fields = await readRecords(context, ways.flat(), n);
  const parents = await readRecords(
    context,
    [...fields.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  return items.map((item, index) => ({
    ...item,
    path: (ways[index] ?? []).map((uid) => {
      const field = fields.get(uid);
      const dataset = parents.get(field?.parent ?? '');
      if (field === undefined || dataset === undefined || !isVisible(context, dataset)) return '(hidden)';
      return `${lastPart(dataset.name)}.${printPath(field.path ?? [])}`;
    }),
  }));
}

function walked(direction: ImpactRequest['direction']): Direction {
  return direction === 'UPSTREAM' ? 'upstream' : 'downstream';
}

async function readStaleSources(context: QueryContext, datasets: readonly EntityRecord[]): Promise<readonly string[]> {
  const sources = [...new Set(datasets.flatMap(({ assertions }) => assertions.map(({ source }) => source)))].sort();
  const each = await Promise.all(
    sources.map(async (source) => ({ source, ...(await readFreshness(context, [source])) })),
  );
  return each.filter(({ stale }) => stale).map(({ source }) => source);
}

/** Reports, dashboards and models outside that read one of the datasets. They write nothing, so no edge leads to them. */
async function countExposures(
  context: QueryContext,
  datasets: readonly Uid[],
  n: number,
  direction: Direction,
): Promise<number> {
  if (direction === 'upstream') return 0;
  const passed = new Set(datasets);
  let count = 0;
  for await (const jobs of eachPage((page) => context.graph.list({ kind: 'job' }, n, page))) {
    for (const job of jobs) {
      if (shownFacet<JobFacets, 'core'>(job, 'core')?.kind !== 'exposure' || !isVisible(context, job)) continue;
      if (shownFacet<JobFacets, 'io'>(job, 'io')?.inputs.some((uid) => passed.has(uid)) === true) count += 1;
    }
  }
  return count;
}

/** Counts equal values, the most frequent first. */
function tally<T extends string | null>(values: readonly T[]): readonly (readonly [T, number])[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}
