import type { SearchRequest } from '../../query/answers.ts';
import { checkFirst, readConnection } from '../connection.ts';
import type { Resolvers } from '../generated.ts';
import type { DatasetParent, FieldParent } from '../parents.ts';
import { readFilter } from '../read-input.ts';

export const searchResolvers: Resolvers = {
  SearchResult: { __resolveType: (result) => result.type },
  SearchConnection: {
    counts: async ({ n, request }, _, { query }) => {
      const { total, complete, facets } = await query.searchCounts(request, n);
      return { totalCount: total, complete, facets };
    },
  },
  SearchCounts: {
    facets: ({ facets }, { on }) => facets.filter((facet) => on === null || on === undefined || on.includes(facet.on)),
  },
  SearchFacet: {
    on: ({ on }) => on,
    values: ({ values }, { first }) => {
      checkFirst(first, 250);
      return values.slice(0, first);
    },
    totalValues: ({ values }) => values.length,
    unknown: ({ unknown }) => unknown,
  },
  Query: {
    search: async (_, { text, types, filter, first, after, asOf }, context) => {
      const kinds = [...new Set(types)].map((type) => (type === 'DATASET' ? ('dataset' as const) : ('field' as const)));
      const wanted = readFilter(filter);
      const request: SearchRequest = { text: text ?? null, kinds, ...(wanted === undefined ? {} : { filter: wanted }) };
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['search', request, asOf ?? null], maxFirst: 250, newest: () => context.at(asOf) },
        async (n, at) => {
          await context.known(wanted, n);
          return context.query.search(request.text, kinds, n, at, wanted);
        },
      );
      const edges = page.items.map(({ cursor, item }) => {
        const type = item.kind === 'dataset' ? ('Dataset' as const) : ('Field' as const);
        const node: DatasetParent | FieldParent = { type, n: page.n, uid: item.uid };
        return { cursor, node };
      });
      return {
        n: page.n,
        request,
        edges,
        nodes: edges.map(({ node }) => node),
        pageInfo: page.pageInfo,
        revision: await context.query.revision(page.n),
      };
    },
  },
};
