import type { LexlineRouter } from '../http/create-router.ts';
import type { Query } from '../query/query.ts';
import type { Sync } from '../sync/sync.ts';
import type { Ground } from './ground.ts';

/** GraphQL, pages and the rest of what is served, as one router. */
export async function buildDoors(
  { clock, log, stores }: Ground,
  rooms: { readonly query: Query; readonly sync: Sync },
): Promise<LexlineRouter> {
  const [{ createGraphql }, { createRouter }, { createPages }] = await Promise.all([
    import('../graphql/create-graphql.ts'),
    import('../http/create-router.ts'),
    import('../http/pages.ts'),
  ]);
  const graphql = await createGraphql({ ...rooms, memory: stores.state, clock, log, introspection: true });
  return createRouter({ query: rooms.query, graphql, pages: createPages(), log });
}
