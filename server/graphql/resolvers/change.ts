import { judgeActor } from '../actors.ts';
import { readConnection } from '../connection.ts';
import type { Resolvers } from '../generated.ts';

export const changeResolvers: Resolvers = {
  Change: {
    kind: ({ change }) => change.kind,
    summary: ({ change }) => change.summary,
    field: ({ n, change }) => (change.kind === 'FIELD_GONE' ? null : { type: 'Field', n, uid: change.field }),
    at: ({ change }) => change.at,
    actor: ({ change }) => judgeActor(change.actor.kind, change.actor.name),
  },
  Query: {
    changes: async (_, { source, from, to, first, after }, context) => {
      const start = await context.at(from);
      const only = typeof source === 'string' ? { source } : {};
      let total = 0;
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['changes', only, from, to ?? null], maxFirst: 250, newest: () => context.at(to) },
        async (n, request) => {
          const changes = await context.query.changes({ from: start, to: n, ...only }, request);
          ({ total } = changes);
          return changes;
        },
      );
      const edges = page.items.map(({ cursor, item }) => ({ cursor, node: { n: page.n, change: item } }));
      return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo, totalCount: total };
    },
  },
};
