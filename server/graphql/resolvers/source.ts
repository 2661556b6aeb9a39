import { maySee, seesEverything, seesWholeSources } from '../../access/viewer.ts';
import { shownGaps } from '../../query/shown-gaps.ts';
import type { Coverage as ModelCoverage } from '../../query/query.ts';
import type { SyncReport } from '../../sync/sync.ts';
import { requireKnownSource } from '../../query/known-words.ts';
import { pageOfArray, readConnection, type PageArguments } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers, ResolversTypes } from '../generated.ts';
import { globalId, localId } from '../global-id.ts';
import type { SourceParent, SyncRequestParent, SyncRunParent } from '../parents.ts';
import { upperSnake } from '../upper-snake.ts';
import { showGap } from '../show.ts';

/** Runs looked through for one by its id. */
const lookBack = 1000;

async function sourceNamed({ loaders }: GraphqlContext, name: string): Promise<SourceParent | null> {
  const record = (await loaders.sources()).get(name);
  return record === undefined ? null : { type: 'Source', record };
}

/** A source by its global id; null when it does not exist or may not be seen. */
export function findSource(context: GraphqlContext, id: string): Promise<SourceParent | null> {
  return sourceNamed(context, localId('Source', id));
}

/** A run by its global id; null when it is not kept or its source may not be seen. */
export function findSyncRun(context: GraphqlContext, id: string): Promise<SyncRunParent | null> {
  return runById(context, localId('SyncRun', id));
}

async function runById(context: GraphqlContext, run: string): Promise<SyncRunParent | null> {
  const [reports, sources] = await Promise.all([context.sync.reports(undefined, lookBack), context.loaders.sources()]);
  const report = reports.find((one) => one.run === run);
  return report === undefined || !sources.has(report.source) ? null : { type: 'SyncRun', report };
}

/** An asked-for run by its global id; null when it is not kept or its source may not be seen. */
export async function findSyncRequest(context: GraphqlContext, id: string): Promise<SyncRequestParent | null> {
  const request = await context.syncRequests.get(localId('SyncRequest', id));
  return request === null || !maySee(context.viewer.scope, [request.source]) ? null : { type: 'SyncRequest', request };
}

/** Runs of one source, or of all that the viewer may see, newest first. */
async function runConnection(
  context: GraphqlContext,
  args: PageArguments,
  source: string | undefined,
): Promise<Awaited<ResolversTypes['SyncRunConnection']>> {
  const sources = await context.loaders.sources();
  const page = await readConnection(
    args,
    // Runs are not revisioned; their cursors carry 0.
    { list: ['syncRuns', source ?? null], maxFirst: 100, newest: () => 0 },
    async (_, request) => {
      const wanted = (Number(request.after ?? 0) || 0) + request.first + 1;
      const reports = await context.deadline.race(context.sync.reports(source, wanted));
      return pageOfArray(
        reports.filter((report) => sources.has(report.source)),
        request,
      );
    },
  );
  const edges = page.items.map(({ cursor, item }) => ({ cursor, node: { type: 'SyncRun' as const, report: item } }));
  return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
}

function unparsed({ statements }: Pick<ModelCoverage | SyncReport, 'statements'>): number {
  return statements.tables + statements.failed;
}

export const sourceResolvers: Resolvers = {
  Source: {
    id: ({ record }) => globalId('Source', record.name),
    name: ({ record }) => record.name,
    connector: ({ record }) => record.connector,
    mode: ({ record }) => upperSnake(record.mode),
    precedence: ({ record }) => record.precedence,
    managed: ({ record }) => record.managed,
    lastRun: async ({ record }, _, { loaders }) => {
      const report = await loaders.lastReport.load(record.name);
      return report === null ? null : { type: 'SyncRun', report };
    },
    runs: ({ record }, { first, after }, context) =>
      runConnection(context, { first, after: after ?? null }, record.name),
    events: ({ record }, _, { query }) => query.sourceEvents(record.name),
    freshness: ({ record }, _, { loaders }) => loaders.freshness.load([record.name]),
    coverage: async ({ record }, { asOf }, context) => {
      const n = await context.at(asOf);
      return { n, source: record.name, coverage: await context.query.coverage(n, record.name) };
    },
  },
  SyncRun: {
    id: ({ report }) => globalId('SyncRun', report.run),
    source: ({ report }) => report.source,
    status: ({ report }) => report.status,
    startedAt: ({ report }) => report.startedAt,
    finishedAt: ({ report }) => report.finishedAt,
    resumed: ({ report }) => report.resumed,
    revisions: ({ report }) => report.revisions,
    documents: ({ report }, _, { viewer }) => (seesWholeSources(viewer.scope) ? report.documents : null),
    fields: ({ report }, _, { viewer }) => (seesWholeSources(viewer.scope) ? report.fields : null),
    statements: ({ report }, _, { viewer }) => (seesWholeSources(viewer.scope) ? report.statements : null),
    missed: ({ report }, _, { viewer }) =>
      shownGaps(viewer.scope, report.gaps).map((gap) => showGap(gap, report.finishedAt)),
    error: ({ report }, _, { viewer }) =>
      report.error === null || seesWholeSources(viewer.scope)
        ? report.error
        : { code: report.error.code, message: 'Its reason is not shown to you.', remedy: null },
  },
  SyncRequest: {
    id: ({ request }) => globalId('SyncRequest', request.id),
    source: ({ request }) => request.source,
    status: ({ request }) => request.status,
    requestedAt: ({ request }) => request.requestedAt,
    run: ({ request }, _, context) => (request.run === null ? null : runById(context, request.run)),
  },
  Coverage: {
    datasets: ({ coverage }) => coverage.datasets,
    complete: (_coverage, _, { viewer }) => seesEverything(viewer.scope),
    fields: ({ coverage }) => coverage.fields,
    namesOnly: ({ coverage }) => coverage.namesOnly,
    profiled: ({ coverage }) => coverage.profiled,
    notRead: ({ coverage }) => coverage.notJudged,
    sensitive: ({ coverage }) => coverage.sensitive,
    notSensitive: ({ coverage }) => coverage.notSensitive,
    undecided: ({ coverage }) => coverage.undecided,
    unparsedStatements: ({ coverage }) => unparsed(coverage),
    statements: ({ coverage }) => coverage.statements,
    staleDatasets: ({ coverage }) => coverage.staleDatasets,
    gaps: async ({ n, source, coverage }, { first, after }, context) => {
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['gaps', source ?? null], maxFirst: 500, newest: () => n },
        async (at, request) => {
          const { gaps } = at === n ? coverage : await context.query.coverage(at, source);
          return pageOfArray(gaps, request);
        },
      );
      const edges = page.items.map(({ cursor, item }) => ({ cursor, node: showGap(item, null) }));
      return {
        edges,
        nodes: edges.map(({ node }) => node),
        pageInfo: page.pageInfo,
        totalCount: coverage.gaps.length,
      };
    },
    revision: ({ n }, _, { query }) => query.revision(n),
  },
  Query: {
    sources: async (_, _args, { loaders }) =>
      [...(await loaders.sources()).values()].map((record) => ({ type: 'Source', record })),
    source: (_, { name }, context) => sourceNamed(context, name),
    syncRuns: async (_, { source, first, after }, context) => {
      await requireKnownSource(context.query, source);
      return runConnection(context, { first, after: after ?? null }, source ?? undefined);
    },
    syncRequest: (_, { id }, context) => findSyncRequest(context, id),
    coverage: async (_, { source, asOf }, context) => {
      await requireKnownSource(context.query, source);
      const n = await context.at(asOf);
      const name = source ?? undefined;
      return { n, source: name, coverage: await context.query.coverage(n, name) };
    },
  },
  Mutation: {
    syncSource: async (_, { input }, { syncRequests, viewer }) => {
      const key = input.idempotencyKey ?? undefined;
      if (key !== undefined && (key === '' || key.length > 200))
        return refused('INPUT_INVALID', 'idempotencyKey', 'A key has 1 to 200 characters.');
      const started = await syncRequests.start({
        source: input.source,
        full: input.full ?? false,
        retry: input.retry ?? false,
        actor: viewer.actor,
        sees: (source) => maySee(viewer.scope, [source]),
        key,
      });
      if (started.type === 'unknown-source')
        return refused('NOT_FOUND', 'source', `There is no source "${input.source}" in the configuration.`);
      if (started.type === 'key-reused')
        return refused('KEY_REUSED', 'idempotencyKey', 'This key was used for another request; take a new one.');
      return { result: { type: 'SyncRequest', request: started.request }, userErrors: [] };
    },
  },
};

function refused(
  code: 'INPUT_INVALID' | 'KEY_REUSED' | 'NOT_FOUND',
  field: string,
  message: string,
): Awaited<ResolversTypes['SyncSourcePayload']> {
  return { result: null, userErrors: [{ code, field, message }] };
}
