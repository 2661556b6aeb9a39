import { maySee } from '../access/viewer.ts';
import { directKinds } from '../model/edge.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { Direction, EntityRecord, WalkHit } from '../stores/graph/graph-store.ts';
import type { PageRequest } from '../stores/page.ts';
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
import type { Filter, Impact, ImpactCounts, ImpactRequest } from './answers.ts';
import type { ImpactHit, ImpactPage } from './query.ts';

/** Steps: further than any chain that people load data along. */
const maxDepth = 1000;
/** Fields that an impact looks at one by one; beyond it the counts stay right and the break-downs say that they are not whole. */
const maxFields = 20_000;
/** Fields of a list looked at together, and at most in one page. */
const listBatch = 500;
const listBudget = 5000;

/** Everything that a walk from the origin reaches, nearest first. */
export interface Reach {
  readonly starts: readonly Uid[];
  readonly hits: readonly WalkHit[];
  /** The datasets on the way, the origin's own among them. */
  readonly passed: ReadonlySet<Uid>;
  readonly whole: boolean;
}

export async function readReach(context: QueryContext, { origin, direction, n }: ImpactRequest): Promise<Reach> {
  const { fields } = await readStarts(context, origin, n);
  if (fields.length === 0) return { starts: [origin], hits: [], passed: new Set([origin]), whole: false };
  const { hits, truncated } = await collectWalk(
    context,
    { from: fields, direction: walked(direction), depth: maxDepth, kinds: directKinds, n },
    maxFields,
  );
  const records = await readRecords(context, [...fields, ...hits.map(({ uid }) => uid)], n);
  const passed = new Set([...records.values()].map(({ uid, parent }) => parent ?? uid));
  return { starts: fields, hits, passed, whole: truncated === null };
}

const nothing = { fields: 0, datasets: 0, jobs: 0, complete: false };

/** How much a change to the origin would reach: what is asked first, and cheap. */
export async function readImpactCounts(
  context: QueryContext,
  request: ImpactRequest,
  reach: () => Promise<Reach>,
): Promise<ImpactCounts> {
  const { n } = request;
  const { fields: from } = await readStarts(context, request.origin, n);
  const walk = { direction: walked(request.direction), depth: maxDepth, n, kinds: directKinds };
  const [count, exposures] = await Promise.all([
    from.length === 0 ? nothing : context.graph.count({ from, ...walk }, context.signal),
    request.direction === 'UPSTREAM' ? [] : context.exposures(n),
  ]);
  const { fields, datasets, jobs, complete } = count;
  const visible = exposures.filter((exposure) => maySee(context.scope, exposure.sources));
  if (visible.length === 0) return { fields, datasets, jobs, exposures: 0, whole: complete };
  const { passed, whole } = await reach();
  const reading = visible.filter(({ inputs }) => inputs.some((uid) => passed.has(uid)));
  return { fields, datasets, jobs, exposures: reading.length, whole: complete && whole };
}

/** What a change to the origin would reach, by region and category, and whether the figures are whole. */
export async function readImpact(
  context: QueryContext,
  request: ImpactRequest,
  counts: ImpactCounts,
  reach: Reach,
): Promise<Impact> {
  const { n } = request;
  const direction = walked(request.direction);
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
  const { unparsedStatements } = await readJobsOnTheWay(context, [], [...reach.passed], [direction], n);
  const stale = await readStaleSources(context, [...datasets.values()]);
  const hiddenFields = fields.length - visible.length;
  const incompleteBecause = [
    ...(unparsedStatements > 0
      ? [`${countOf(unparsedStatements, 'statement')} on the way could not be read in full`]
      : []),
    ...stale.map((source) => `source ${source} is stale`),
    ...(hiddenFields > 0 ? [`${countOf(hiddenFields, 'field')} may not be shown to you`] : []),
    ...(reach.whole && counts.whole ? [] : ['there is more than is looked at in one answer']),
  ];
  return {
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
): Promise<ImpactPage> {
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
      const view = datasetView(dataset);
      if (!letsThrough(filter, { field, dataset: view, domains: context.domainsOf(view) })) continue;
      items.push({ field, degree: hit.degree, path: [], cursor: String(at) });
    }
  }
  const named = await namePaths(context, items, via, n);
  const cursor = at < reach.hits.length ? String(at) : null;
  return { items: named, cursor, endsBecause: cursor === null ? endOf(reach) : null };
}

/** A list that stops at a limit must not look whole. */
function endOf({ hits, whole }: Reach): string | null {
  if (whole) return null;
  return hits.length >= maxFields
    ? `the list ends with the nearest ${maxFields.toLocaleString('en-US')} fields, and more are reached`
    : 'more is reached than is looked at in one answer';
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

/** Counts equal values, the most frequent first. */
function tally<T extends string | null>(values: readonly T[]): readonly (readonly [T, number])[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}
