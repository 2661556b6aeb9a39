import { seesEverything } from '../../access/viewer.ts';
import { isLexlineError, LexlineError } from '../../base/errors.ts';
import { canonicalJson } from '../../model/json.ts';
import { writerActor } from '../actors.ts';
import { readConnection } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { QueryLedgerEntriesArgs, Resolvers } from '../generated.ts';
import { readGlobalId } from '../global-id.ts';
import type { DatasetParent, FieldParent, JobParent, LedgerEntryParent } from '../parents.ts';
import type { LedgerWish } from '../rooms.ts';

export const ledgerResolvers: Resolvers = {
  LedgerEntry: {
    number: ({ entry }) => entry.seq,
    batch: ({ entry }) => entry.batch,
    kind: ({ entry }) => entry.kind,
    actor: ({ entry }) => writerActor(entry.actor),
    at: ({ entry }) => entry.at,
    subject: (entry, _, context) => subjectOf(entry, context),
    body: ({ entry }) => canonicalJson(entry.body),
  },
  Query: {
    ledgerEntries: async (_, { first, after, ...wanted }, context) => {
      if (!seesEverything(context.viewer.scope))
        throw new LexlineError('INPUT_INVALID', '[ledger] entries are shown to those who see everything');
      const wish = wishOf(wanted, context);
      const n = await newestOrNone(context);
      const page = await readConnection(
        { first, after: after ?? null },
        // The ledger only grows at its end: its cursors carry 0 and hold for good, in both orders.
        { list: ['ledgerEntries', wish], maxFirst: 250, newest: () => 0 },
        (_n, request) => context.deadline.race(context.rooms.ledger.read(wish, request)),
      );
      const edges = page.items.map(({ cursor, item }) => ({ cursor, node: { n, entry: item } }));
      return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
    },
  },
};

function wishOf(
  { kind, actor, subject, since, until, newestFirst }: Omit<QueryLedgerEntriesArgs, 'first' | 'after'>,
  { query }: GraphqlContext,
): LedgerWish {
  return {
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(typeof actor === 'string' ? { actor } : {}),
    ...(typeof subject === 'string' ? { subject: thingOf(subject) } : {}),
    ...(typeof since === 'string' ? { since: query.endOf(since) } : {}),
    ...(typeof until === 'string' ? { until: query.endOf(until) } : {}),
    ...(newestFirst ? { newestFirst } : {}),
  };
}

function thingOf(id: string): string {
  const { type, local } = readGlobalId(id);
  if (type === 'Field' || type === 'Dataset' || type === 'Job') return local;
  throw new LexlineError('INPUT_INVALID', `[ledger] "subject" is the id of a ${type}: name a field, dataset or job`);
}

/** The newest revision; 0 before the first: the ledger may have entries then. */
async function newestOrNone(context: GraphqlContext): Promise<number> {
  try {
    return await context.at(null);
  } catch (error) {
    if (isLexlineError(error) && error.code === 'ASOF_BEFORE_FIRST_REVISION') return 0;
    throw error;
  }
}

/** What an entry is about, as it is now. */
async function subjectOf(
  { n, entry: { subject } }: LedgerEntryParent,
  { loaders }: GraphqlContext,
): Promise<FieldParent | DatasetParent | JobParent | null> {
  if (subject === null || n === 0) return null;
  const one = loaders.at(n);
  const [field, dataset, job] = await Promise.all([
    one.field.load(subject),
    one.dataset.load(subject),
    one.job.load(subject),
  ]);
  if (field !== null) return { type: 'Field', n, uid: subject };
  if (dataset !== null) return { type: 'Dataset', n, uid: subject };
  return job === null ? null : { type: 'Job', n, uid: subject };
}
