import { seesEverything } from '../../access/viewer.ts';
import { isLexlineError, LexlineError } from '../../base/errors.ts';
import { requireKnownSource } from '../../query/known-words.ts';
import { judgeActor } from '../actors.ts';
import { checkFirst, readConnection } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers } from '../generated.ts';
import { upperSnake } from '../upper-snake.ts';

export const changeResolvers: Resolvers = {
  Change: {
    kind: ({ change }) => change.kind,
    summary: ({ change }) => change.summary,
    field: ({ n, change }) => (change.kind === 'FIELD_GONE' ? null : { type: 'Field', n, uid: change.field }),
    at: ({ change }) => change.at,
    actor: ({ change }) => judgeActor(change.actor.kind, change.actor.name),
  },
  DiffSection: {
    totalCount: ({ items }) => items.length,
    items: ({ items }, { first, offset }) => {
      checkFirst(first, 500);
      if (offset < 0) throw new LexlineError('INPUT_INVALID', '[graphql] "offset" must not be negative');
      return items.slice(offset, offset + first).map((item) => ({ ...item, change: upperSnake(item.change) }));
    },
  },
  DiffMoment: {
    revision: ({ n }, _, { query }) => query.revision(n),
  },
  Query: {
    diff: async (_, { from, to }, context) => {
      if (!seesEverything(context.viewer.scope))
        throw new LexlineError('INPUT_INVALID', '[graphql] a diff is shown to those who see everything');
      const start = (await context.query.pastRevision(from)).n;
      const end = typeof to === 'string' ? (await context.query.pastRevision(to)).n : await context.at(null);
      return context.query.diff({ from: start, to: end });
    },
    changes: async (_, { source, from, to, first, after }, context) => {
      await requireKnownSource(context.query, source);
      const { start, note } = await startOf(context, from);
      const only = typeof source === 'string' ? { source } : {};
      let total = 0;
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['changes', only, from, to ?? null], maxFirst: 250, newest: () => context.at(to) },
        async (n, request) => {
          const changes = await context.query.changes({ from: Math.min(start, n), to: n, ...only }, request);
          ({ total } = changes);
          return changes;
        },
      );
      const edges = page.items.map(({ cursor, item }) => ({ cursor, node: { n: page.n, change: item } }));
      return {
        edges,
        nodes: edges.map(({ node }) => node),
        pageInfo: page.pageInfo,
        totalCount: total,
        from: await context.query.revision(start),
        note,
      };
    },
  },
};

const tooEarly: readonly string[] = ['ASOF_BEFORE_FIRST_REVISION', 'ASOF_BELOW_RETENTION'];

/** The revision from which changes are told: the one asked for, or the oldest there is to read, with a note. */
async function startOf(
  context: GraphqlContext,
  from: string,
): Promise<{ readonly start: number; readonly note: string | null }> {
  try {
    return { start: await context.at(from), note: null };
  } catch (error) {
    if (!isLexlineError(error) || !tooEarly.includes(error.code)) throw error;
    const { n, publishedAt } = await context.query.oldest();
    const why = error.code === 'ASOF_BELOW_RETENTION' ? 'What is older is no longer kept' : 'Nothing was known before';
    return { start: n, note: `${why}: changes are told from revision ${n} of ${publishedAt} on.` };
  }
}
