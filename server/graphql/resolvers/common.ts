import { GraphQLScalarType, Kind } from 'graphql';
import { LexlineError } from '../../base/errors.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers, ResolversTypes } from '../generated.ts';
import { findDataset, findField, findJob } from '../find.ts';
import { readGlobalId, type NodeType } from '../global-id.ts';
import { shownCause, shownWriter } from '../shown-revision.ts';
import { findClassification } from './classification.ts';
import { findReport } from './report.ts';
import { findSource, findSyncRequest, findSyncRun } from './source.ts';

/** Passes instants on as text; the query room reads them and says what is wrong with one. */
const dateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: (value) => String(value),
  parseValue: readText,
  parseLiteral: (node) => readText(node.kind === Kind.STRING ? node.value : null),
});

function readText(value: unknown): string {
  if (typeof value === 'string' && value.length <= 40) return value;
  throw new LexlineError('INPUT_INVALID', '[graphql] a time is a text such as 2026-09-30T12:00:00Z');
}

type AnyNode = Awaited<ResolversTypes['Node']>;

type Finder = (context: GraphqlContext, id: string, asOf: string | null | undefined) => Promise<AnyNode | null>;

const finders: Record<NodeType, Finder> = {
  Classification: findClassification,
  Dataset: findDataset,
  Field: findField,
  Job: findJob,
  Report: findReport,
  Source: findSource,
  SyncRequest: findSyncRequest,
  SyncRun: findSyncRun,
};

/** Anything by its global id; null when it does not exist or may not be seen. */
async function findNode(context: GraphqlContext, id: string, asOf: string | null | undefined): Promise<AnyNode | null> {
  return finders[readGlobalId(id).type](context, id, asOf);
}

export const commonResolvers: Resolvers = {
  DateTime: dateTime,
  Node: { __resolveType: (node) => node.type },
  Revision: {
    number: ({ n }) => n,
    at: ({ publishedAt }) => publishedAt,
    cause: (revision, _, { viewer }) => shownCause(revision, viewer),
    actor: ({ actor }, _, { viewer }) => shownWriter(actor, viewer),
  },
  Query: {
    revision: async (_, { asOf }, context) => context.query.revision(await context.at(asOf)),
    node: (_, { id, asOf }, context) => findNode(context, id, asOf),
  },
};
