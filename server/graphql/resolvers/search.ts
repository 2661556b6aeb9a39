import { readConnection } from '../connection.ts';
import type { Resolvers } from '../generated.ts';
import type { DatasetParent, FieldParent } from '../parents.ts';

export const searchResolvers: Resolvers = {
  SearchResult: { __resolveType: (result) => result.type },
  Query: {
    search: async (_, { text, types, first, after, asOf }, context) => {
      const kinds = [...new Set(types)].map((type) => (type === 'DATASET' ? ('dataset' as const) : ('field' as const)));
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['search', text, kinds, asOf ?? null], maxFirst: 250, newest: () => context.at(asOf) },
        (n, request) => context.query.search(text, kinds, n, request),
      );
      const edges = page.items.map(({ cursor, item }) => {
        const type = item.kind === 'dataset' ? ('Dataset' as const) : ('Field' as const);
        const node: DatasetParent | FieldParent = { type, n: page.n, uid: item.uid };
        return { cursor, node };
      });
      return {
        edges,
        nodes: edges.map(({ node }) => node),
        pageInfo: page.pageInfo,
        revision: await context.query.revision(page.n),
      };
    },
  },
};
