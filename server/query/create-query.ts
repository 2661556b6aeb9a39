import { loopbackViewer, maySee, maySeeName, seesEverything, type Viewer } from '../access/viewer.ts';
import { systemClock, type Clock } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import { loadCatalogues, usualRegulations, type Catalogue } from '../rulebook/catalogue.ts';
import type { Uid } from '../model/ids.ts';
import type { Quotations } from '../rulebook/quotations.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import { bySensitivity, readHiddenDatasets } from './by-sensitivity.ts';
import { asOfInstant, refuseFuture } from './as-of.ts';
import { readChanges } from './changes.ts';
import type { QueryContext } from './context.ts';
import { readCoverage } from './coverage.ts';
import { listDatasets, orderedFields, readDatasets, readFieldByPath, readFields } from './datasets.ts';
import { readStatements } from './edge-statements.ts';
import { readRecords, isVisible } from './entities.ts';
import { jobView } from './entity-views.ts';
import { readDiff } from './diff/read-diff.ts';
import { readExplanation } from './explain.ts';
import { readExposures, type Exposure } from './exposures.ts';
import { readDatasetFlows, readExposureViews, readFieldFlows } from './flows.ts';
import { readFieldViews } from './field-views.ts';
import { readFreshness, readLastRun } from './freshness.ts';
import { readSourceEvents } from './source-events.ts';
import { readHistory } from './history.ts';
import { readImpact, readImpactCounts, readImpactList, readReach, type Reach } from './impact.ts';
import { readInventory } from './inventory.ts';
import type { JointIdentifications } from './joint/joint.ts';
import { readJoint } from './joint/read-joint.ts';
import { readLineage } from './lineage/read-lineage.ts';
import { pageOf } from './paging.ts';
import type { FieldChange, ImpactRequest, SearchCounts } from './answers.ts';
import type { Coverage, Query } from './query.ts';
import { readPath } from './path.ts';
import { readByRef } from './refs.ts';
import type { Readings } from './readings.ts';
import { createRegulationWords } from './regulation-words.ts';
import { createMemory } from '../base/remember.ts';
import { createRevisions, type Revisions } from './revisions.ts';
import { listFieldsWhere, searchAll, searchFields } from './search.ts';
import { readSearchCounts } from './search-counts.ts';
import { readSubjectViews } from './subjects.ts';
import { readSummaries } from './summaries.ts';
import { readUndescribed } from './undescribed.ts';
import type { VouchedFunctions } from '../model/vouched-functions.ts';
import { nobodyVouches } from './nobody-vouches.ts';

export interface QueryOptions {
  readonly graph: GraphStore;
  readonly state: Pick<StateStore, 'get' | 'list' | 'count'>;
  readonly taxonomy: Taxonomy;
  /** Default: the usual ones. */
  readonly catalogues?: readonly Catalogue[];
  /** Default: citations of the catalogues are shown without quotations. */
  readonly quotations?: Quotations;
  /** What the configuration says of a source, by regulation: `{ hipaa: 'covered-entity' }`. Default: nothing is known. */
  readonly appliesOf?: (source: string) => Readonly<Record<string, string>>;
  /** What single regulations make of a revision, where people vouch for it. Default: none differs. */
  readonly readings?: (n: number) => Promise<Readings | null>;
  /** Functions that people vouch for, by the rules that a revision was derived with. Default: none. */
  readonly vouched?: (n: number) => Promise<VouchedFunctions | null>;
  /** Domains of the configuration: patterns of datasets' names. Default: none. */
  readonly domains?: Readonly<Record<string, readonly string[]>>;
  readonly clock?: Clock;
  /** Where a date without a time ends. Default: UTC. */
  readonly timezone?: string;
  /** A source that was not read for longer is stale. Default: seven days. */
  readonly staleAfterMs?: number;
}

const sevenDays = 7 * 24 * 60 * 60 * 1000;

/** Answers questions over the stores. It starts as the viewer that sees everything; doors narrow it with `as`. */
export function createQuery(options: QueryOptions): Query {
  const revisions = createRevisions(options.graph);
  const words = createRegulationWords(
    options.catalogues ?? loadCatalogues(usualRegulations),
    options.appliesOf ?? (() => ({})),
  );
  const exposures = createMemory<readonly Exposure[]>(4);
  const readings = createMemory<Readings | null>(4);
  const { readings: readReadings, vouched: readVouched } = options;
  const base = {
    graph: options.graph,
    state: options.state,
    taxonomy: options.taxonomy,
    words,
    quotations: options.quotations ?? null,
    clock: options.clock ?? systemClock,
    readings: async (n: number) => (readReadings === undefined ? null : readings(String(n), () => readReadings(n))),
    vouched: async (n: number) => (await readVouched?.(n)) ?? nobodyVouches,
    exposures: (n: number) => exposures(String(n), () => readExposures(options.graph, n)),
    staleAfterMs: options.staleAfterMs ?? sevenDays,
    timezone: options.timezone ?? 'UTC',
  };
  const memories = {
    coverage: createMemory<Coverage>(32),
    changes: createMemory<readonly FieldChange[]>(16),
    reach: createMemory<Reach>(16),
    joint: createMemory<JointIdentifications>(8),
    hidden: createMemory<ReadonlySet<Uid>>(8),
    counts: createMemory<SearchCounts>(64),
  };
  const as = (viewer: Viewer, signal?: AbortSignal): Query => {
    const domains = seesEverything(viewer.scope) ? Object.entries(options.domains ?? {}) : [];
    const context: QueryContext = {
      ...base,
      domainsOf: (dataset) =>
        domains.flatMap(([name, patterns]) =>
          maySeeName({ sources: 'all', datasets: [patterns] }, dataset) ? [name] : [],
        ),
      scope: viewer.scope,
      signal,
    };
    const names = domains.map(([name]) => name);
    const plain = queryFor(context, revisions, memories, as, names);
    const { sees } = viewer.scope;
    if (sees === undefined) return plain;
    const hiddenAt = (n: number): Promise<ReadonlySet<Uid>> =>
      memories.hidden(JSON.stringify([n, sees]), () => readHiddenDatasets({ ...context, signal: undefined }, n, sees));
    return bySensitivity(plain, async (...revisionsAsked) => {
      const sets = await Promise.all(revisionsAsked.map(hiddenAt));
      const hidden = sets.length === 1 ? sets[0] : new Set(sets.flatMap((set) => [...set]));
      return queryFor({ ...context, ...(hidden === undefined ? {} : { hidden }) }, revisions, memories, as, names);
    });
  };
  return as(loopbackViewer);
}

interface Memories {
  readonly coverage: ReturnType<typeof createMemory<Coverage>>;
  readonly changes: ReturnType<typeof createMemory<readonly FieldChange[]>>;
  readonly reach: ReturnType<typeof createMemory<Reach>>;
  readonly joint: ReturnType<typeof createMemory<JointIdentifications>>;
  readonly hidden: ReturnType<typeof createMemory<ReadonlySet<Uid>>>;
  readonly counts: ReturnType<typeof createMemory<SearchCounts>>;
}

function queryFor(
  context: QueryContext,
  revisions: Revisions,
  memories: Memories,
  as: Query['as'],
  domains: readonly string[],
): Query {
  const { graph } = context;
  const scopeKey = JSON.stringify(context.scope);
  const reachOf = (request: ImpactRequest) =>
    memories.reach(JSON.stringify([scopeKey, request.origin, request.direction, request.n]), () =>
      // Shared with whoever asks the same: it goes on when the first asker has left.
      readReach({ ...context, signal: undefined }, request),
    );
  return {
    as,
    async at(asOf) {
      return asOf === undefined ? revisions.newest() : graph.revisionAt(asOfInstant(asOf, context.timezone));
    },
    async oldest() {
      const { floor, published } = await graph.head();
      return published === 0 ? revisions.newest() : revisions.get(Math.max(1, floor));
    },
    domains: () => domains,
    revision: (n) => revisions.get(n),
    datasetsByRef: (refs, n) => readByRef(context, refs, n),
    datasets: (filter, n, page) => listDatasets(context, filter, n, page),
    datasetsByUid: (uids, n) => readDatasets(context, uids, n),
    summaries: (datasets, n) => readSummaries(context, datasets, n),
    subjects: (datasets, n) => readSubjectViews(context, datasets, n),
    async fields(dataset, n, page) {
      const [found = null] = await readDatasets(context, [dataset], n);
      if (found === null) throw datasetNotFound();
      const { items, cursor } = pageOf(await orderedFields(context, dataset, n), page);
      return { items: await readFieldViews(context, items, n), cursor };
    },
    fieldsByUid: (uids, n) => readFields(context, uids, n),
    async fieldByPath(dataset, path, n) {
      const [found = null] = await readDatasets(context, [dataset], n);
      return found === null ? null : readFieldByPath(context, found, path, n);
    },
    fieldsWhere: (filter, n, page) => listFieldsWhere(context, filter, n, page),
    searchFields: (text, n, page) => searchFields(context, text, n, page),
    search: (text, kinds, n, page, filter) =>
      searchAll(context, { text, kinds, ...(filter === undefined ? {} : { filter }) }, n, page),
    searchCounts: (request, n) =>
      memories.counts(JSON.stringify([scopeKey, n, request]), () =>
        // Shared with whoever asks the same: it goes on when the first asker has left.
        readSearchCounts({ ...context, signal: undefined }, request, n),
      ),
    async jobsByUid(uids, n) {
      const records = await readRecords(context, uids, n);
      return uids.map((uid) => {
        const record = records.get(uid);
        return record?.kind === 'job' && isVisible(context, record) ? jobView(record) : null;
      });
    },
    lineage: (request) => readLineage(context, request),
    impactCounts: (request) => readImpactCounts(context, request, () => reachOf(request)),
    async impact(request) {
      const counts = await readImpactCounts(context, request, () => reachOf(request));
      return readImpact(context, request, counts, await reachOf(request));
    },
    impactList: async (request, filter, page) => readImpactList(context, request, await reachOf(request), filter, page),
    path: (request) => readPath(context, request),
    edgeStatements: (edges, n) => readStatements(context, edges, n),
    explain: (field, category, n, classes) => readExplanation(context, field, category, n, classes),
    async classificationHistory(field, category, n) {
      const [found = null] = await readFields(context, [field], n);
      return found === null ? [] : readHistory(context, revisions, field, category, n);
    },
    async changes(request, page) {
      const key = JSON.stringify([scopeKey, request.from, request.to, request.source]);
      const all = await memories.changes(key, () => readChanges(context, revisions, request));
      return { ...pageOf(all, page), total: all.length };
    },
    async pastRevision(time) {
      // What was published by another clock that is ahead has come all the same.
      const { publishedAt } = await graph.head();
      const newest = publishedAt === null ? 0 : Date.parse(publishedAt);
      refuseFuture(time, context.timezone, Math.max(context.clock.now(), newest));
      return graph.revisionAt(asOfInstant(time, context.timezone));
    },
    endOf: (time) => asOfInstant(time, context.timezone),
    diff: (request) => readDiff(context, revisions, request),
    async coverage(n, source) {
      const run = source === undefined ? null : await readLastRun(context, source);
      // What was missed and what is stale move with the runs and the hour, not with the revision.
      const hour = Math.floor(context.clock.now() / 3_600_000);
      const key = JSON.stringify([
        scopeKey,
        n,
        source,
        run?.run,
        source === undefined ? await runsKey(context) : '',
        hour,
      ]);
      return memories.coverage(key, () => readCoverage(context, n, source));
    },
    async sources() {
      const all = await graph.sources();
      return all.filter(({ name }) => maySee(context.scope, [name]));
    },
    lastRun: async (source) => (maySee(context.scope, [source]) ? readLastRun(context, source) : null),
    freshness: (sources) => readFreshness(context, sources),
    async sourceEvents(source) {
      const mode = (await context.graph.sources()).find(({ name }) => name === source)?.mode;
      return mode === 'events' && maySee(context.scope, [source]) ? readSourceEvents(context, source) : null;
    },
    datasetFlows: (n) => readDatasetFlows(context, n),
    fieldFlows: (fields, direction, n) => readFieldFlows(context, fields, direction, n),
    exposures: (n) => readExposureViews(context, n),
    jointIdentifications: (n) =>
      memories.joint(JSON.stringify([scopeKey, n]), () => readJoint({ ...context, signal: undefined }, n)),
    inventory: (n, filter) => readInventory(context, n, filter ?? {}),
    undescribed: (n) => readUndescribed(context, n),
  };
}

function datasetNotFound(): LexlineError {
  return new LexlineError('NOT_FOUND', '[query] there is no such dataset at this revision', {
    remedy: 'Search for its name, or ask as of a time when it was there.',
  });
}

async function runsKey(context: QueryContext): Promise<string> {
  const sources = await context.graph.sources();
  const runs = await Promise.all(sources.map(async ({ name }) => (await readLastRun(context, name))?.run ?? ''));
  return runs.join(' ');
}
