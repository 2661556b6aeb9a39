import { LexlineError } from '../../base/errors.ts';
import type { DatasetView } from '../../query/query.ts';
import { requireKnownSource } from '../../query/known-words.ts';
import { tagActor } from '../actors.ts';
import { readConnection } from '../connection.ts';
import { fieldConnection, findDataset } from '../find.ts';
import { readDiagram, readLineagePage } from '../lineage-answers.ts';
import { readRef } from '../read-input.ts';
import { showTerms } from '../show.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers } from '../generated.ts';
import { globalId } from '../global-id.ts';
import type { DatasetParent } from '../parents.ts';
import { upperSnake } from '../upper-snake.ts';

/** Most references in one look-up. */
const maxRefs = 250;

async function viewOf({ n, uid }: DatasetParent, { loaders }: GraphqlContext): Promise<DatasetView> {
  const view = await loaders.at(n).dataset.load(uid);
  if (view === null) throw new LexlineError('NOT_FOUND', '[graphql] the dataset is not there at this revision');
  return view;
}

export const datasetResolvers: Resolvers = {
  Dataset: {
    id: ({ uid }) => globalId('Dataset', uid),
    namespace: async (dataset, _, context) => (await viewOf(dataset, context)).namespace,
    name: async (dataset, _, context) => (await viewOf(dataset, context)).name,
    kind: async (dataset, _, context) => {
      const { kind } = await viewOf(dataset, context);
      return kind === null ? null : upperSnake(kind);
    },
    platform: async (dataset, _, context) => (await viewOf(dataset, context)).platform,
    region: async (dataset, _, context) => (await viewOf(dataset, context)).region,
    description: async (dataset, _, context) => (await viewOf(dataset, context)).description,
    owners: async (dataset, _, context) => (await viewOf(dataset, context)).owners,
    tags: async (dataset, _, context) =>
      (await viewOf(dataset, context)).tags.map(({ name, value, setBy }) => ({
        name,
        value: value ?? null,
        source: null,
        setBy: tagActor(setBy, null),
      })),
    sources: async (dataset, _, context) => {
      const [view, sources] = await Promise.all([viewOf(dataset, context), context.loaders.sources()]);
      return view.sources.flatMap((name) => {
        const record = sources.get(name);
        return record === undefined ? [] : [{ type: 'Source' as const, record }];
      });
    },
    openInSource: async (dataset, _, context) =>
      (await viewOf(dataset, context)).natives.find(({ url }) => url !== null)?.url ?? null,
    url: ({ uid }) => `/datasets/${globalId('Dataset', uid)}`,
    fields: ({ n, uid }, args, context) =>
      fieldConnection(context, args, { list: ['dataset.fields', uid], maxFirst: 500, newest: () => n }, (at, page) =>
        context.query.fields(uid, at, page),
      ),
    summary: async ({ n, uid }, _, { loaders }) => {
      const summary = await loaders.at(n).summary.load(uid);
      return { ...summary, terms: showTerms(summary.terms) };
    },
    subject: async ({ n, uid }, _, { loaders }) => {
      const view = await loaders.at(n).subject.load(uid);
      return view === null ? null : { n, view };
    },
    freshness: async (dataset, _, context) => context.loaders.freshness.load((await viewOf(dataset, context)).sources),
    lineage: ({ n, uid }, args, context) => readLineagePage(context, n, uid, args),
    lineageDiagram: ({ n, uid }, args, context) => readDiagram(context, n, uid, args),
    impact: ({ n, uid }, { direction }) => ({ n, origin: uid, direction }),
  },
  Subject: {
    kind: ({ view }) => view.kind,
    confidence: ({ view }) => view.confidence,
    evidence: ({ view }) => view.evidence,
    keyField: ({ n, view }) => (view.keyField === null ? null : { type: 'Field', n, uid: view.keyField }),
  },
  Query: {
    dataset: (_, { id, asOf }, context) => findDataset(context, id, asOf),
    datasetsByRef: async (_, { refs, asOf }, context) => {
      if (refs.length > maxRefs)
        throw new LexlineError('INPUT_INVALID', `[graphql] ${refs.length} references at once; the limit is ${maxRefs}`);
      const n = await context.at(asOf);
      const found = await context.query.datasetsByRef(refs.map(readRef), n);
      return found.map(({ status, dataset }) => {
        if (dataset === null) return { status, dataset: null };
        context.loaders.at(n).dataset.prime(dataset.uid, dataset);
        return { status, dataset: { type: 'Dataset', n, uid: dataset.uid } };
      });
    },
    datasets: async (_, { first, after, asOf, ...given }, context) => {
      await requireKnownSource(context.query, given.source);
      const filter = {
        ...(typeof given.source === 'string' ? { source: given.source } : {}),
        ...(typeof given.namespace === 'string' ? { namespace: given.namespace } : {}),
        ...(typeof given.namePrefix === 'string' ? { namePrefix: given.namePrefix } : {}),
        ...(typeof given.text === 'string' ? { text: given.text } : {}),
      };
      const page = await readConnection(
        { first, ...(typeof after === 'string' ? { after } : {}) },
        { list: ['datasets', filter, asOf ?? null], maxFirst: 250, newest: () => context.at(asOf) },
        (n, request) => context.query.datasets(filter, n, request),
      );
      const edges = page.items.map(({ cursor, item }) => {
        context.loaders.at(page.n).dataset.prime(item.uid, item);
        return { cursor, node: { type: 'Dataset' as const, n: page.n, uid: item.uid } };
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
