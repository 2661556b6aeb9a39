import { LexlineError } from '../../base/errors.ts';
import { printPath } from '../../model/ids.ts';
import type { FieldView } from '../../query/query.ts';
import { tagActor } from '../actors.ts';
import { fieldConnection, findField, knownField } from '../find.ts';
import { readDiagram, readLineagePage } from '../lineage-answers.ts';
import { readFilter, readRef } from '../read-input.ts';
import { showCitation, showGap } from '../show.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers } from '../generated.ts';
import { globalId } from '../global-id.ts';
import type { FieldParent } from '../parents.ts';
import { upperSnake } from '../upper-snake.ts';

async function viewOf({ n, uid }: FieldParent, { loaders }: GraphqlContext): Promise<FieldView> {
  const view = await loaders.at(n).field.load(uid);
  if (view === null) throw new LexlineError('NOT_FOUND', '[graphql] the field is not there at this revision');
  return view;
}

export const fieldResolvers: Resolvers = {
  Field: {
    id: ({ uid }) => globalId('Field', uid),
    path: async (field, _, context) => printPath((await viewOf(field, context)).path),
    dataset: async (field, _, context) => ({
      type: 'Dataset',
      n: field.n,
      uid: (await viewOf(field, context)).dataset,
    }),
    type: async (field, _, context) => (await viewOf(field, context)).type,
    description: async (field, _, context) => (await viewOf(field, context)).description,
    state: async (field, _, context) => (await viewOf(field, context)).effective.state,
    label: async (field, _, context) => (await viewOf(field, context)).label,
    because: async (field, _, context) => (await viewOf(field, context)).because,
    gap: async (field, _, context) => {
      const { gap, verdicts } = await viewOf(field, context);
      return gap === null ? null : showGap(gap, verdicts.find(({ state }) => state === 'abstained')?.at ?? null);
    },
    classifications: async (field, _, context) =>
      (await viewOf(field, context)).classifications.map((view) => ({ type: 'Classification', n: field.n, view })),
    verdicts: async (field, _, context) =>
      (await viewOf(field, context)).verdicts.map((verdict) => ({
        decidedBy: { kind: verdict.decider, name: verdict.by, at: verdict.at, arrived: null },
        category: verdict.category,
        classes: verdict.classes,
        derived: verdict.derived === null ? null : upperSnake(verdict.derived),
        state: upperSnake(verdict.state),
        confidence: verdict.confidence,
        evidence: verdict.evidence,
        alternatives: verdict.alternatives ?? [],
        citations: verdict.citations.map(showCitation),
      })),
    profiled: async (field, _, context) => (await viewOf(field, context)).evidence.length > 0,
    relatesToSubject: async (field, _, context) => (await viewOf(field, context)).relatesToSubject,
    controls: async (field, _, context) =>
      Promise.all(
        (await viewOf(field, context)).controls.map(async ({ kind, name, source }) => ({
          kind,
          name,
          enforcedBy: source,
          lastSeenAt: (await context.loaders.freshness.load([source])).lastSyncedAt,
        })),
      ),
    tags: async (field, _, context) =>
      (await viewOf(field, context)).tags.map(({ tag, source }) => ({
        name: tag.name,
        value: tag.value ?? null,
        source,
        setBy: tagActor(tag.setBy, source),
      })),
    url: ({ uid }) => `/fields/${globalId('Field', uid)}`,
    lineage: ({ n, uid }, args, context) => readLineagePage(context, n, uid, args),
    lineageDiagram: ({ n, uid }, args, context) => readDiagram(context, n, uid, args),
    impact: ({ n, uid }, { direction }) => ({ n, origin: uid, direction }),
  },
  Query: {
    field: (_, { id, asOf }, context) => findField(context, id, asOf),
    fieldByRef: async (_, { ref, path, asOf }, context) => {
      const n = await context.at(asOf);
      const [found] = await context.query.datasetsByRef([readRef(ref)], n);
      if (found === undefined || found.dataset === null) return null;
      const view = await context.query.fieldByPath(found.dataset.uid, path, n);
      return view === null ? null : knownField(context, n, view);
    },
    fields: (_, { filter: given, first, after, asOf }, context) => {
      const filter = readFilter(given);
      return fieldConnection(
        context,
        { first, after: after ?? null },
        { list: ['fields', filter ?? null, asOf ?? null], maxFirst: 250, newest: () => context.at(asOf) },
        async (n, page) => {
          await context.known(filter, n);
          return context.query.fieldsWhere(filter, n, page);
        },
      );
    },
  },
};
