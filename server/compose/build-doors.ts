import type { IncomingMessage } from 'node:http';
import type { SignInResult } from '../access/sign-in.ts';
import type { LexlineRouter, RouterOptions } from '../http/create-router.ts';
import type { GovernanceRoom } from '../governance/governance-room.ts';
import type { Query } from '../query/query.ts';
import type { StopList } from '../sync/stop-list.ts';
import type { Sync } from '../sync/sync.ts';
import { lazily } from '../base/lazily.ts';
import { buildReportJobs } from './build-report-jobs.ts';
import { buildRooms } from './build-rooms.ts';
import { buildReview } from './build-review.ts';
import type { Ground } from './ground.ts';
import { openEventDoors } from './open-event-doors.ts';

/** GraphQL, pages and the rest of what is served, as one router. */
export async function buildDoors(
  ground: Ground,
  rooms: {
    readonly query: Query;
    readonly sync: Sync;
    readonly governance: GovernanceRoom;
    readonly stops: () => Promise<StopList>;
  },
): Promise<LexlineRouter> {
  const { config, clock, log, stores } = ground;
  const [{ createGraphql }, { createRouter }, { createPages }, { reportFiles }] = await Promise.all([
    import('../graphql/create-graphql.ts'),
    import('../http/create-router.ts'),
    import('../http/pages.ts'),
    import('../http/report-files.ts'),
  ]);
  const events = await openEventDoors(ground, async () => rooms.sync);
  const { jobs, kinds } = await buildReportJobs(ground, rooms);
  const review = lazily(() => buildReview(ground));
  const { operations, onlyOperations } = config.http;
  const graphql = await createGraphql({
    query: rooms.query,
    sync: rooms.sync,
    reports: { ...jobs, kinds },
    review: {
      queue: async (page) => (await review()).queue(page),
      decide: async (request) => (await review()).decide(request),
      preview: async (request) => (await review()).preview(request),
    },
    rooms: buildRooms(ground, rooms),
    taxonomy: await ground.taxonomy(),
    memory: stores.state,
    clock,
    log,
    introspection: true,
    operations,
    onlyOperations,
  });
  const router = createRouter({
    query: rooms.query,
    graphql,
    pages: createPages(),
    doors: [(viewerOf) => events.door(viewerOf), reportFiles(jobs)],
    signedDoors: [events.signed],
    figures: () => events.figures(),
    origins: config.http.origins,
    ...(await buildAccess(ground)),
    log,
  });
  return {
    ...router,
    async close() {
      await events.close();
      await router.close();
      await jobs.close();
    },
  };
}

/** Sign-in by the keys and the issuer of the configuration; nothing of it without `access`. */
async function buildAccess({
  config: { access },
  clock,
  log,
}: Ground): Promise<Pick<RouterOptions, 'signIn' | 'requestsPerMinute' | 'exchange'>> {
  if (access === null) return {};
  const [{ apiKeys }, { oidcTokens }, { exchangedTokens }, { createSignIn }] = await Promise.all([
    import('../access/api-keys.ts'),
    import('../access/oidc.ts'),
    import('../access/exchanged-tokens.ts'),
    import('../access/sign-in.ts'),
  ]);
  const tokens = exchangedTokens(clock);
  const users = access.oidc === undefined ? null : oidcTokens(access.oidc, { clock, log, domains: access.domains });
  const ask = createSignIn([apiKeys(access.keys, clock, access.domains), tokens, ...(users === null ? [] : [users])]);
  const signIn = ({ headers }: IncomingMessage): Promise<SignInResult> => ask({ authorization: headers.authorization });
  return {
    signIn,
    requestsPerMinute: access.requestsPerMinute,
    ...(users === null ? {} : { exchange: { users, tokens } }),
  };
}
