import type { JointIdentification } from '../../query/joint/joint.ts';
import { readConnection } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers, ResolversTypes } from '../generated.ts';

export const jointResolvers: Resolvers = {
  Query: {
    jointIdentifications: async (_, { first, after, asOf }, context) => {
      let all: { readonly total: number; readonly whole: boolean } = { total: 0, whole: true };
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['joint-identifications', asOf ?? null], maxFirst: 250, newest: () => context.at(asOf) },
        async (n, request) => {
          const { items, whole } = await context.query.jointIdentifications(n);
          all = { total: items.length, whole };
          const from = request.after === undefined ? 0 : items.findIndex(({ id }) => id === request.after) + 1;
          const shown = items.slice(from, from + request.first);
          const last = from + shown.length < items.length ? (shown.at(-1)?.id ?? null) : null;
          return { items: shown, cursor: last };
        },
      );
      const edges = await Promise.all(
        page.items.map(async ({ cursor, item }) => ({ cursor, node: await show(context, item, page.n) })),
      );
      return {
        edges,
        nodes: edges.map(({ node }) => node),
        pageInfo: page.pageInfo,
        totalCount: all.total,
        complete: all.whole,
      };
    },
  },
};

/** A finding as the API shows it: a column on the way that the caller may not see is left out. */
async function show(
  context: GraphqlContext,
  { id, combination, says, source, parts, datasets, joins }: JointIdentification,
  n: number,
): Promise<ResolversTypes['JointIdentification']> {
  const field = (uid: string) => ({ type: 'Field' as const, n, uid });
  const dataset = (uid: string) => ({ type: 'Dataset' as const, n, uid });
  const seen = async (uid: string) => ((await context.loaders.at(n).field.load(uid)) === null ? null : field(uid));
  return {
    key: id,
    combination,
    says,
    source,
    parts: parts.map(({ part, fields }) => ({ part, fields: fields.map(field) })),
    datasets: datasets.map(dataset),
    joins: await Promise.all(
      joins.map(async (join) => ({
        dataset: dataset(join.dataset),
        field: field(join.field),
        way: await Promise.all(join.way.map(async ({ how, to, fn }) => ({ how, to: await seen(to), function: fn }))),
      })),
    ),
  };
}
