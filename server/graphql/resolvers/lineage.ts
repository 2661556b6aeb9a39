import { LexlineError } from '../../base/errors.ts';
import { readConnection } from '../connection.ts';
import { findField, knownField } from '../find.ts';
import { readFilter } from '../read-input.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers } from '../generated.ts';
import { globalId } from '../global-id.ts';
import type { JobParent, StatementParent } from '../parents.ts';
import type { PathStep } from '../../query/path.ts';
import { upperSnake } from '../upper-snake.ts';

async function jobOf({ n, uid }: JobParent, { loaders }: GraphqlContext) {
  const job = await loaders.at(n).job.load(uid);
  if (job === null) throw new LexlineError('NOT_FOUND', '[graphql] the job is not there at this revision');
  return job;
}

function showStatement({ statement, statementAt }: PathStep): StatementParent | null {
  if (statement === null || statementAt === null) return null;
  const { fingerprint, ...excerpt } = statementAt;
  return { whole: statement, fingerprint, excerpt };
}

export const lineageResolvers: Resolvers = {
  Lineage: {
    nodes: ({ n, graph }) => graph.nodes.map((node) => ({ n, node })),
    edges: ({ n, graph }) => graph.edges.map((link) => ({ n, link })),
    truncated: ({ graph }) => graph.truncated,
    hiddenNodes: ({ graph }) => graph.hiddenNodes,
    unparsedStatements: ({ graph }) => graph.unparsedStatements,
    endCursor: ({ graph }) => graph.endCursor,
    revision: ({ n }, _, { query }) => query.revision(n),
  },
  LineageNode: {
    key: ({ node }) => node.key,
    depth: ({ node }) => node.depth,
    hidden: ({ node }) => node.hidden,
    field: ({ n, node }) => (node.path === null ? null : { type: 'Field', n, uid: node.key }),
    dataset: ({ n, node }) => (node.dataset === null ? null : { type: 'Dataset', n, uid: node.dataset.uid }),
    job: ({ n, node }) => (node.job === undefined ? null : { type: 'Job', n, uid: node.job.uid }),
    label: ({ node }) => node.label,
    state: ({ node }) => node.state,
  },
  LineageEdge: {
    from: ({ link }) => link.from,
    to: ({ link }) => link.to,
    kind: ({ link }) => link.kind,
    transformation: ({ link }) => link.transformation,
    function: ({ link }) => link.fn,
    effect: ({ link }) => upperSnake(link.effect),
    masking: ({ link }) => link.masking,
    confidence: ({ link }) => link.confidence,
    lastSeenAt: async ({ link }, _, { loaders }) =>
      (await loaders.sources()).has(link.assertedBy)
        ? (await loaders.freshness.load([link.assertedBy])).lastSyncedAt
        : null,
    job: ({ n, link }) => (link.job === null ? null : { type: 'Job', n, uid: link.job.uid }),
    assertedBy: ({ link }) => ({ kind: link.fromSql === true ? 'SQL' : 'SOURCE', name: link.assertedBy }),
    statement: ({ n, link }, _, { loaders }) => loaders.at(n).statement.load(link),
  },
  Statement: {
    text: ({ excerpt }) => excerpt.text,
    places: ({ excerpt }) => excerpt.places,
    count: ({ excerpt }) => excerpt.of,
    whole: ({ whole }) => whole,
    fingerprint: ({ fingerprint }) => fingerprint,
  },
  LineagePathStep: {
    from: ({ n, step }) => (step.fromField === null ? null : { type: 'Field', n, uid: step.fromField }),
    to: ({ n, step }) => (step.toField === null ? null : { type: 'Field', n, uid: step.toField }),
    function: ({ step }) => step.fn,
    effect: ({ step }) => upperSnake(step.effect),
    vouchedFor: ({ step }) => step.vouched,
    job: ({ n, step }) => (step.jobUid === null ? null : { type: 'Job', n, uid: step.jobUid }),
    assertedBy: ({ step }) => ({ kind: step.fromSql ? 'SQL' : 'SOURCE', name: step.source ?? '(hidden)' }),
    statement: ({ step }) => showStatement(step),
  },
  Query: {
    lineagePath: async (_, { from, to, asOf }, context) => {
      const [start, end] = [await findField(context, from, asOf), await findField(context, to, asOf)];
      if (start === null || end === null) return null;
      const { n } = start;
      const steps = await context.query.path({ from: start.uid, to: end.uid, n });
      return {
        exists: steps !== null,
        steps: (steps ?? []).map((step) => ({ n, step })),
        revision: await context.query.revision(n),
      };
    },
  },
  Job: {
    id: ({ uid }) => globalId('Job', uid),
    name: async (job, _, context) => (await jobOf(job, context)).name,
    namespace: async (job, _, context) => (await jobOf(job, context)).namespace,
    kind: async (job, _, context) => {
      const { kind } = await jobOf(job, context);
      return kind === null ? null : upperSnake(kind);
    },
    description: async (job, _, context) => (await jobOf(job, context)).description,
    owners: async (job, _, context) => (await jobOf(job, context)).owners,
    unparsedStatements: async (job, _, context) => {
      const { tables, failed } = (await jobOf(job, context)).statements;
      return tables + failed;
    },
  },
  Impact: {
    counts: (request, _, { query }) => query.impactCounts(request),
    byRegion: async (request, _, { loaders }) => (await loaders.impact.load(request)).byRegion,
    byCategory: async (request, _, { loaders }) => (await loaders.impact.load(request)).byCategory,
    complete: async (request, _, { loaders }) => (await loaders.impact.load(request)).complete,
    incompleteBecause: async (request, _, { loaders }) => (await loaders.impact.load(request)).incompleteBecause,
    list: async ({ origin, direction, n }, { first, after, filter: given }, context) => {
      const filter = readFilter(given);
      let endsBecause: string | null = null;
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['impact', origin, direction, filter ?? null], maxFirst: 250, newest: () => n },
        async (at, request) => {
          await context.known(filter, at);
          const found = await context.query.impactList({ origin, direction, n: at }, filter, request);
          ({ endsBecause } = found);
          return found;
        },
      );
      return {
        edges: page.items.map(({ cursor, item }) => ({
          cursor,
          degree: item.degree,
          path: item.path,
          node: knownField(context, page.n, item.field),
        })),
        pageInfo: page.pageInfo,
        endsBecause,
      };
    },
  },
};
