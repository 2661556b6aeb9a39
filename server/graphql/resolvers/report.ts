import { LexlineError } from '../../base/errors.ts';
import type { ReportFormat as ModelFormat } from '../../report/report.ts';
import type { ReportJob } from '../../report/report-jobs.ts';
import { writerActor } from '../actors.ts';
import { checkFirst, pageOfArray, readConnection } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { ReportFormat, Resolvers, ResolversTypes } from '../generated.ts';
import { globalId, localId } from '../global-id.ts';
import { payloadOf } from '../once.ts';
import type { ReportParent } from '../parents.ts';

/** A report by its global id; null when it is not known or shows more than the viewer may see. */
export async function findReport(context: GraphqlContext, id: string): Promise<ReportParent | null> {
  const job = await context.reports.get(localId('Report', id), context.viewer);
  return job === null ? null : shown(job);
}

/** A job as resolvers take it. */
export function shown(job: ReportJob): ReportParent {
  return { type: 'Report', job };
}

type Payload = Awaited<ResolversTypes['CreateReportPayload']>;

export const reportResolvers: Resolvers = {
  Report: {
    id: ({ job }) => globalId('Report', job.id),
    name: ({ job }) => job.name,
    title: ({ job }) => job.title,
    status: ({ job }) => job.status,
    progress: ({ job }) => job.progress,
    requestedAt: ({ job }) => job.requestedAt,
    requestedBy: ({ job }) => writerActor(job.requestedBy),
    asOf: ({ job }) => job.asOf,
    knownBy: ({ job }) => job.knownBy,
    scope: ({ job }) => ({
      sources: job.scope,
      excluded: job.excluded,
      declaredButNotConnected: job.declaredButNotConnected,
    }),
    completeness: ({ job }) => (job.openItems === null ? null : { job, openItems: job.openItems }),
    confirmation: ({ job: { confirmation } }) =>
      confirmation === null
        ? { state: 'DRAFT', by: null, at: null, remark: null }
        : {
            state: 'CONFIRMED',
            by: { name: confirmation.by, role: null },
            at: confirmation.at,
            remark: confirmation.remark,
          },
    files: ({ job }) =>
      job.files.map(({ format, bytes, sha256 }) => ({
        format: format.toUpperCase() as ReportFormat,
        url: `/reports/${globalId('Report', job.id)}?format=${format}`,
        bytes,
        sha256,
      })),
    error: ({ job }) => (job.error === null ? null : { ...job.error, remedy: null }),
  },
  ReportCompleteness: {
    complete: ({ openItems }) => openItems === 0,
    openGaps: ({ openItems }) => openItems,
    gaps: async ({ job }, { first, after }) => {
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['report-gaps', job.id], maxFirst: 500, newest: () => job.revision ?? 0 },
        (_, request) => Promise.resolve(pageOfArray(job.openLines, request)),
      );
      const edges = page.items.map(({ cursor, item }) => ({
        cursor,
        node: {
          kind: item.kind === 'fact' ? 'FACT_MISSING' : 'OPEN_ITEM',
          detail: item.what,
          count: item.count,
          names: item.names ?? [],
          remedy:
            item.kind === 'fact'
              ? 'Enter it in the governance folder.'
              : 'Open the report: the row of this item says what to do.',
        },
      }));
      return {
        edges,
        nodes: edges.map(({ node }) => node),
        pageInfo: page.pageInfo,
        totalCount: job.openLines.length,
      };
    },
  },
  Query: {
    reportKinds: (_, _args, { reports }) => reports.kinds(),
    report: (_, { id }, context) => findReport(context, id),
    reports: async (_, { first }, { reports, viewer }) => {
      checkFirst(first, 100);
      return (await reports.list(viewer, first)).map(shown);
    },
  },
  Mutation: {
    createReport: (_, { input }, context) =>
      payload(async () => {
        const { reports, viewer } = context;
        const { name, asOf, source, since, parameters, formats, idempotencyKey } = input;
        const given = Object.fromEntries((parameters ?? []).map((one) => [one.name, one.value]));
        const wanted = [...new Set((formats ?? ['JSON']).map((one) => one.toLowerCase() as ModelFormat))];
        if (wanted.length === 0) throw new LexlineError('INPUT_INVALID', '[report] name at least one format');
        const order = { mutation: 'createReport', key: idempotencyKey, input: { ...input } };
        return onceFor(context, order, () =>
          reports.start({
            request: {
              name,
              ...(typeof asOf === 'string' ? { asOf } : {}),
              ...(typeof source === 'string' ? { source } : {}),
              ...(typeof since === 'string' ? { since } : {}),
              ...(Object.keys(given).length === 0 ? {} : { parameters: given }),
            },
            formats: wanted,
            viewer,
            key: idempotencyKey ?? undefined,
          }),
        );
      }),
    confirmReport: (_, { input }, context) =>
      payload(() => {
        const { name, openItems, remark, idempotencyKey } = input;
        const { reports, viewer } = context;
        const id = localId('Report', input.id);
        const order = { mutation: 'confirmReport', key: idempotencyKey, input: { ...input } };
        return onceFor(context, order, () => reports.confirm(id, { name, openItems, remark: remark ?? null, viewer }));
      }),
  },
};

/** A payload with the job as resolvers take it. */
async function payload(work: () => Promise<ReportJob>): Promise<Payload> {
  const { result, userErrors } = await payloadOf(work);
  // What somebody else confirmed meanwhile is not a mistake in any one word of the input.
  const mended = userErrors.map((one) => (one.code === 'CHANGED_SINCE_READ' ? { ...one, field: null } : one));
  return { result: result === null ? null : shown(result), userErrors: mended };
}

/** Work with a report that is done once for a key: the same key again answers with the same report as it is now. */
async function onceFor(
  { once, reports, viewer }: GraphqlContext,
  order: { readonly mutation: string; readonly key: string | null | undefined; readonly input: object },
  work: () => Promise<ReportJob>,
): Promise<ReportJob> {
  const { mutation, key, input } = order;
  if (key === null || key === undefined) return work();
  const { id } = await once({ mutation, actor: viewer.actor, key, input }, async () => ({ id: (await work()).id }));
  const job = await reports.get(id, viewer);
  if (job === null)
    throw new LexlineError('NOT_FOUND', '[report] the report that this key asked for is no longer kept');
  return job;
}
