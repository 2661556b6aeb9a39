import { seesEverything } from '../../access/viewer.ts';
import { LexlineError } from '../../base/errors.ts';
import type { WriteBackChange } from '../../writeback/change.ts';
import { writerActor } from '../actors.ts';
import { pageOfArray, readConnection } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { ApplyWriteBackInput, Resolvers, ResolversTypes } from '../generated.ts';
import { payloadOf } from '../once.ts';
import { printPath } from '../../model/ids.ts';
import { requireKnownSource } from '../../query/known-words.ts';
import { upperSnake } from '../upper-snake.ts';

const maxIds = 500;

type Shown = Awaited<ResolversTypes['WriteBackChange']>;
type Outcome = { readonly changes: Shown[]; readonly stopped: string | null };

export const writeBackResolvers: Resolvers = {
  Query: {
    writeBackChanges: async (_, { source, status, first, after }, context) => {
      mustSeeEverything(context);
      await requireKnownSource(context.query, source);
      const all = await context.rooms.writeBack.list(typeof source === 'string' ? { source } : {});
      const wanted = all.filter(
        (change) => status === null || status === undefined || upperSnake(change.status) === status,
      );
      const page = await readConnection(
        { first, after: after ?? null },
        // What is planned is not revisioned; its cursors carry 0.
        { list: ['writeBackChanges', source ?? null, status ?? null], maxFirst: 250, newest: () => 0 },
        (_n, request) => Promise.resolve(pageOfArray(wanted, request)),
      );
      const edges = page.items.map(({ cursor, item }) => ({ cursor, node: show(item) }));
      return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo, totalCount: wanted.length };
    },
  },
  Mutation: {
    applyWriteBack: (_, { input }, context) => carry('applyWriteBack', input, context),
    undoWriteBack: (_, { input }, context) => carry('undoWriteBack', input, context),
    declineWriteBack: (_, { input }, context) => carry('declineWriteBack', input, context),
  },
};

type Act = 'applyWriteBack' | 'undoWriteBack' | 'declineWriteBack';

/** The three mutations take the same input. */
function carry(act: Act, input: ApplyWriteBackInput, context: GraphqlContext) {
  const { source, ids, seenAt } = input;
  return payloadOf(async () => {
    mustSeeEverything(context);
    if (ids.length === 0 || ids.length > maxIds)
      throw new LexlineError('INPUT_INVALID', `[write-back] name 1 to ${maxIds} changes by their ids`);
    const { actor } = context.viewer;
    const { writeBack } = context.rooms;
    return context.once({ mutation: act, actor, key: input.idempotencyKey, input: { ...input } }, async () => {
      const seen = Date.parse(context.query.endOf(seenAt));
      const moved = (await writeBack.list({ source })).filter(
        ({ id, changedAt }) => ids.includes(id) && Date.parse(changedAt) > seen,
      );
      if (moved.length > 0)
        throw new LexlineError(
          'REVIEW_CHANGED',
          `[write-back] ${moved.length} of the changes moved on since they were read`,
        );
      const request = { source, ids, actor, signal: context.deadline.signal };
      if (act === 'declineWriteBack') return outcomeOf(await writeBack.decline(request), null);
      const { done, stopped } = await (act === 'applyWriteBack' ? writeBack.apply(request) : writeBack.undo(request));
      return outcomeOf(done, stopped);
    });
  });
}

function outcomeOf(changes: readonly WriteBackChange[], stopped: string | null): Outcome {
  return { changes: changes.map(show), stopped };
}

function mustSeeEverything({ viewer }: Pick<GraphqlContext, 'viewer'>): void {
  if (!seesEverything(viewer.scope))
    throw new LexlineError('INPUT_INVALID', '[write-back] what is planned is shown to those who see everything');
}

function show(change: WriteBackChange): Shown {
  const { id, source, action, tag, target, because, waitsFor, policies, status, detail, changedAt, actor } = change;
  return {
    id,
    source,
    action: action === 'add' ? 'ADD' : 'REMOVE',
    tag,
    datasetName: target.dataset.name,
    path: target.field === null ? null : printPath(target.field),
    category: because?.category ?? null,
    confidence: because?.confidence ?? null,
    waitsFor,
    policies: policies.map(({ kind, name }) => ({ kind, name })),
    status: upperSnake(status),
    detail,
    changedAt,
    actor: writerActor(actor),
  };
}
