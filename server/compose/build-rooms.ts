import { lazily } from '../base/lazily.ts';
import type { Rooms } from '../graphql/rooms.ts';
import type { GovernanceRoom } from '../governance/governance-room.ts';
import type { Query } from '../query/query.ts';
import type { StopList } from '../sync/stop-list.ts';
import { buildPolicyRoom, buildRuleRoom } from './build-knowledge.ts';
import type { Ground } from './ground.ts';

/** The rooms that questions and mutations lead into, each made when it is first asked for. */
export function buildRooms(
  ground: Ground,
  {
    stops,
    ...rooms
  }: { readonly query: Query; readonly governance: GovernanceRoom; readonly stops: () => Promise<StopList> },
): Rooms {
  const { graph, ledger } = ground.stores;
  const { clock } = ground;
  const writeBack = lazily(async () => (await import('./build-write-back.ts')).buildWriteBack(ground));
  const entered = lazily(() => import('../governance/entered-objects.ts'));
  const enter = lazily(async () => (await import('../sync/enter-governance.ts')).enterGovernance);
  return {
    rules: buildRuleRoom(ground),
    policies: buildPolicyRoom(ground, rooms),
    ledger: { read: (wish, page) => ledger.read(wish, page) },
    stops: {
      list: async (n) => (await stops()).list(n),
      set: async (request) => (await stops()).set(request),
      end: async (request) => (await stops()).end(request),
    },
    governance: {
      entries: async (n) => (await entered()).entriesAt(graph, n),
      async put({ kind, body, ...act }) {
        const object = (await entered()).readObject(kind, body);
        const revision = await (await enter())({ graph, clock }, { ...act, object });
        return { object: { ...object, place: 'api' }, revision };
      },
      end: async ({ kind, id, validFrom, ...act }) =>
        (await enter())({ graph, clock }, { ...act, object: { kind, id, validFrom, body: null } }),
    },
    writeBack: {
      list: async (filter) => (await writeBack()).list(filter),
      apply: async (request) => (await writeBack()).apply(request),
      undo: async (request) => (await writeBack()).undo(request),
      decline: async (request) => (await writeBack()).decline(request),
    },
  };
}
