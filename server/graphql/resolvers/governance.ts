import { seesEverything, seesWholeSources } from '../../access/viewer.ts';
import { LexlineError } from '../../base/errors.ts';
import { entriesOfKind, showObject, type ShownObject } from '../governance-objects.ts';
import type { GraphqlContext } from '../context.ts';
import type { GovernanceKind, Resolvers, ResolversTypes } from '../generated.ts';
import { requireKnownCategory } from '../../rulebook/known-category.ts';
import { localId, readGlobalId } from '../global-id.ts';
import { payloadOf } from '../once.ts';
import type { StandingStop } from '../../sync/stop-list.ts';

const maxBody = 100_000;

export const governanceResolvers: Resolvers = {
  Query: {
    governanceObjects: async (_, { kind, asOf }, context) => {
      mustSeeWholeSources(context);
      return entriesOfKind(await context.rooms.governance.entries(await context.at(asOf)), kind ?? null);
    },
    stops: async (_, { asOf }, context) => {
      const n = await context.at(asOf);
      const all = await context.rooms.stops.list(n);
      const shown = await Promise.all(all.map((stop) => showStop(context, n, stop)));
      const nodes = shown.filter((one) => one !== null);
      return {
        nodes,
        complete: seesEverything(context.viewer.scope),
        revision: await context.query.revision(n),
      };
    },
  },
  Mutation: {
    putGovernanceObject: (_, { input }, context) =>
      payloadOf(async () => {
        mustSeeWholeSources(context);
        if (input.body.length > maxBody)
          throw new LexlineError('INPUT_INVALID', `[governance] the body has more than ${maxBody} characters`);
        const { actor, signedIn } = context.viewer;
        return context.once(
          { mutation: 'putGovernanceObject', actor, key: input.idempotencyKey, input: { ...input } },
          async () => {
            const { object, revision } = await context.rooms.governance.put({
              kind: kindOf(input.kind),
              body: input.body,
              expectedRevision: input.expectedRevision,
              actor,
              signedIn,
              signal: context.deadline.signal,
            });
            return { object: showObject(object), revision };
          },
        );
      }),
    endGovernanceObject: (_, { input }, context) =>
      payloadOf(async () => {
        mustSeeWholeSources(context);
        const { actor, signedIn } = context.viewer;
        return context.once(
          { mutation: 'endGovernanceObject', actor, key: input.idempotencyKey, input: { ...input } },
          async () => {
            const revision = await context.rooms.governance.end({
              kind: kindOf(input.kind),
              id: input.id,
              validFrom: input.validFrom ?? null,
              expectedRevision: input.expectedRevision,
              actor,
              signedIn,
              signal: context.deadline.signal,
            });
            return { object: null as ShownObject | null, revision };
          },
        );
      }),
    setStop: (_, { input }, context) =>
      payloadOf(() => {
        const { actor, signedIn } = context.viewer;
        return context.once(
          { mutation: 'setStop', actor, key: input.idempotencyKey, input: { ...input } },
          async () => {
            const at = await visibleUid(context, input.at);
            const to = input.towards === null || input.towards === undefined ? null : localId('Field', input.towards);
            if (to !== null) await visibleUid(context, input.towards ?? '');
            await mustBeUnchanged(context, at, input.expectedRevision);
            if (typeof input.category === 'string') requireKnownCategory(input.category, context.taxonomy, 'stops');
            const done = await context.rooms.stops.set({
              at,
              category: input.category ?? null,
              to,
              reason: input.reason,
              expiresAt: context.query.endOf(input.expiresAt),
              signedIn,
              actor,
              signal: context.deadline.signal,
            });
            return { revision: done.revision, rows: done.rows, replaced: done.replaced !== null };
          },
        );
      }),
    endStop: (_, { input }, context) =>
      payloadOf(() => {
        const { actor } = context.viewer;
        return context.once(
          { mutation: 'endStop', actor, key: input.idempotencyKey, input: { ...input } },
          async () => {
            const at = await visibleUid(context, input.at);
            await mustBeUnchanged(context, at, input.expectedRevision);
            const { category, towards } = input;
            if (typeof towards === 'string') await visibleUid(context, towards);
            const { revision, rows } = await context.rooms.stops.end({
              at,
              ...(category === undefined ? {} : { category }),
              ...(towards === undefined ? {} : { to: towards === null ? null : localId('Field', towards) }),
              actor,
              signal: context.deadline.signal,
            });
            return { revision, rows, replaced: true };
          },
        );
      }),
  },
};

function kindOf(kind: GovernanceKind) {
  return kind.toLowerCase() as Lowercase<GovernanceKind>;
}

/** What people entered names systems and parties of every source. */
function mustSeeWholeSources({ viewer }: Pick<GraphqlContext, 'viewer'>): void {
  if (!seesWholeSources(viewer.scope) || viewer.scope.sources !== 'all')
    throw new LexlineError('INPUT_INVALID', '[governance] what people entered is shown to those who see everything');
}

/** The local id of a field, dataset or job that is there and may be seen. */
async function visibleUid(context: GraphqlContext, id: string): Promise<string> {
  const { type, local } = readGlobalId(id);
  const loaders = context.loaders.at(await context.at(null));
  const found =
    type === 'Field'
      ? await loaders.field.load(local)
      : type === 'Dataset'
        ? await loaders.dataset.load(local)
        : type === 'Job'
          ? await loaders.job.load(local)
          : null;
  if (found === null) throw new LexlineError('NOT_FOUND', '[stops] there is no such field, dataset or job');
  return local;
}

/** Fails with REVIEW_CHANGED where another's stop came or went since the revision that was looked at. */
async function mustBeUnchanged({ rooms, query }: GraphqlContext, at: string, expected: number): Promise<void> {
  const { n } = await query.at();
  if (expected > n) throw new LexlineError('INPUT_INVALID', `[stops] there is no revision ${expected} yet`);
  const standing = async (revision: number) =>
    JSON.stringify((await rooms.stops.list(revision)).filter((stop) => stop.at === at));
  if ((await standing(n)) !== (await standing(expected)))
    throw new LexlineError('REVIEW_CHANGED', '[stops] the stop there was changed since it was read');
}

async function showStop(
  { loaders }: GraphqlContext,
  n: number,
  { at, to, category, reason, expiresAt, by, signedIn }: StandingStop,
): Promise<Awaited<ResolversTypes['Stop']> | null> {
  const one = loaders.at(n);
  const [field, dataset, job] = await Promise.all([one.field.load(at), one.dataset.load(at), one.job.load(at)]);
  if (field === null && dataset === null && job === null) return null;
  const towards = to === null ? null : await one.field.load(to);
  return {
    field: field === null ? null : { type: 'Field', n, uid: at },
    dataset: dataset === null ? null : { type: 'Dataset', n, uid: at },
    job: job === null ? null : { type: 'Job', n, uid: at },
    towards: towards === null ? null : { type: 'Field', n, uid: towards.uid },
    category,
    reason,
    expiresAt,
    by,
    signedIn,
  };
}
