import { seesWholeSources } from '../../access/viewer.ts';
import { isLexlineError, LexlineError } from '../../base/errors.ts';
import type { DecideRequest } from '../../sync/review-desk.ts';
import type { Retags } from '../../sync/review-retags.ts';
import { writerActor } from '../actors.ts';
import { checkFirst } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { PreviewReviewInput, Resolvers, ResolversTypes, UserErrorCode } from '../generated.ts';
import { globalId, localId } from '../global-id.ts';
import { showRetags } from '../show-retags.ts';

type Payload = Awaited<ResolversTypes['DecideReviewPayload']>;

const maxExcept = 1000;

export const reviewResolvers: Resolvers = {
  ReviewGroup: {
    sample: ({ sample }, { first }) => {
      checkFirst(first, 3);
      return sample.slice(0, first);
    },
  },
  ReviewSample: {
    dataset: async ({ field: { n, uid } }, _, { loaders }) => {
      const field = await loaders.at(n).field.load(uid);
      if (field === null) throw new LexlineError('NOT_FOUND', '[review] the field is not there at this revision');
      return { type: 'Dataset', n, uid: field.dataset };
    },
  },
  Query: {
    reviewQueue: async (_, { first, after }, context) => {
      mustSeeWholeSources(context);
      checkFirst(first, 100);
      const { sources: seen } = context.viewer.scope;
      const view = await context.review.queue({ first, seen, ...(typeof after === 'string' ? { after } : {}) });
      const nodes = view.groups.map((group) => ({
        id: group.id,
        question: group.question,
        reason: group.cause,
        fields: group.fields.length,
        settles: group.settles,
        suggestion:
          group.suggestion.category === null
            ? null
            : { category: group.suggestion.category, confidence: group.suggestion.confidence },
        sample: group.sample.map(({ uid, path, dataset, link, select }) => ({
          field: { type: 'Field' as const, uid, n: view.revision },
          path,
          datasetName: dataset,
          openInSource: link,
          select,
        })),
        expectedRevision: view.revision,
      }));
      return {
        totalGroups: view.totalGroups,
        totalFields: view.totalFields,
        edges: nodes.map((node) => ({ cursor: node.id, node })),
        nodes,
        pageInfo: {
          hasNextPage: view.hasMore,
          hasPreviousPage: typeof after === 'string',
          startCursor: nodes[0]?.id ?? null,
          endCursor: nodes.at(-1)?.id ?? null,
        },
      };
    },
    previewReview: async (_, { input }, context) => {
      mustSeeWholeSources(context);
      const { fields, lowers, retags, revision } = await context.review.preview({
        ...asked(input),
        comment: null,
        validUntil: null,
        seen: context.viewer.scope.sources,
        actor: context.viewer.actor,
        signal: context.deadline.signal,
      });
      return { fields, lowers: [...lowers], retags: showRetags(retags), revision };
    },
  },
  Mutation: {
    decideReview: (_, { input }, context) =>
      payload(async () => {
        mustSeeWholeSources(context);
        const validUntil = typeof input.validUntil === 'string' ? context.query.endOf(input.validUntil) : null;
        const {
          state,
          group,
          fields,
          decided = [],
          lowers,
          retags = madeEarlier,
          revision,
        } = await context.review.decide({
          ...asked(input),
          comment: input.comment ?? null,
          retags: true,
          validUntil,
          expectedRevision: input.expectedRevision,
          idempotencyKey: input.idempotencyKey,
          seen: context.viewer.scope.sources,
          actor: context.viewer.actor,
          signal: context.deadline.signal,
        });
        return {
          groupId: group,
          state: state === 'decided' ? 'DECIDED' : 'PROPOSED',
          decided: fields,
          decisions: decided.map((uid) => ({
            id: globalId('Field', uid),
            field: { type: 'Field' as const, n: revision, uid },
            by: writerActor(context.viewer.actor),
            validUntil,
          })),
          lowers: [...lowers],
          retags: showRetags(retags),
          revision,
        };
      }),
  },
};

/** Of an answer that is remembered from before tags were told. */
const madeEarlier: Retags = { sources: [], incompleteBecause: ['the decision was made before its tags were told'] };

function asked({
  groupId,
  decision,
  category,
  except,
}: PreviewReviewInput): Pick<DecideRequest, 'group' | 'kind' | 'category' | 'except'> {
  const left = except ?? [];
  if (left.length > maxExcept)
    throw new LexlineError('INPUT_INVALID', `[review] at most ${maxExcept} fields can be left out`);
  return {
    group: groupId,
    kind: decision.toLowerCase() as DecideRequest['kind'],
    category: category ?? null,
    except: left.map((id) => localId('Field', id)),
  };
}

/** Groups reach across datasets: who sees parts of a source would learn of the others. */
function mustSeeWholeSources({ viewer }: Pick<GraphqlContext, 'viewer'>): void {
  if (!seesWholeSources(viewer.scope))
    throw new LexlineError('INPUT_INVALID', '[review] the queue is shown to those who see whole sources');
}

const mendable: Readonly<Record<string, UserErrorCode>> = {
  INPUT_INVALID: 'INPUT_INVALID',
  NOT_FOUND: 'NOT_FOUND',
  REVIEW_CHANGED: 'CHANGED_SINCE_READ',
  REVIEW_OWN_PROPOSAL: 'OWN_PROPOSAL',
};

async function payload(work: () => Promise<NonNullable<Payload['result']>>): Promise<Payload> {
  try {
    return { result: await work(), userErrors: [] };
  } catch (error) {
    const code = isLexlineError(error) ? mendable[error.code] : undefined;
    if (code === undefined || !(error instanceof Error)) throw error;
    const message = error.message.replace(/^\[[\w/-]+\] /u, '');
    const field = code === 'CHANGED_SINCE_READ' ? 'expectedRevision' : null;
    return { result: null, userErrors: [{ code, field, message }] };
  }
}
