import { isLexlineError, LexlineError } from '../../base/errors.ts';
import type { ReportFormat as ModelFormat } from '../../report/report.ts';
import type { ReportJob } from '../../report/report-jobs.ts';
import { writerActor } from '../actors.ts';
import { checkFirst, pageOfArray, readConnection } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { ReportFormat, Resolvers, ResolversTypes, UserErrorCode } from '../generated.ts';
import { globalId, localId } from '../global-id.ts';
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
          kind: item.what.endsWith('to be entered') ? 'FACT_MISSING' : 'OPEN_ITEM',
          detail: item.what,
          count: item.count,
          names: item.names ?? [],
          remedy: item.what.endsWith('to be entered')
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
    createReport: (_, { input }, { reports, viewer }) =>
      payload(async () => {
        const { name, asOf, source, since, parameters, formats, idempotencyKey } = input;
        const given = Object.fromEntries((parameters ?? []).map((one) => [one.name, one.value]));
        const wanted = [...new Set((formats ?? ['JSON']).map((one) => one.toLowerCase() as ModelFormat))];
        if (wanted.length === 0) throw new LexlineError('INPUT_INVALID', '[report] name at least one format');
        return reports.start({
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
        });
      }),
    confirmReport: (_, { input }, { reports, viewer }) =>
      payload(() =>
        reports.confirm(localId('Report', input.id), {
          name: input.name,
          openItems: input.openItems,
          remark: input.remark ?? null,
          viewer,
        }),
      ),
  },
};

const mendable: Readonly<Record<string, UserErrorCode>> = {
  INPUT_INVALID: 'INPUT_INVALID',
  NOT_FOUND: 'NOT_FOUND',
  ASOF_BEFORE_FIRST_REVISION: 'INPUT_INVALID',
  ASOF_BELOW_RETENTION: 'INPUT_INVALID',
};

async function payload(work: () => Promise<ReportJob>): Promise<Payload> {
  try {
    return { result: shown(await work()), userErrors: [] };
  } catch (error) {
    const code = isLexlineError(error) ? mendable[error.code] : undefined;
    if (code === undefined || !(error instanceof Error)) throw error;
    const message = error.message.replace(/^\[[\w/-]+\] /u, '');
    return { result: null, userErrors: [{ code, field: null, message }] };
  }
}
