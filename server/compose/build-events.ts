import { randomUUID } from 'node:crypto';
import { connectors } from '../../connectors/connectors.ts';
import type { DeadLetters } from '../sync/dead-letters.ts';
import type { KeptEventRoom } from '../sync/event-room.ts';
import type { Inbox } from '../sync/inbox.ts';
import type { Replay } from '../sync/replay-letters.ts';
import type { PushedSource, Receiver } from '../sync/receiver.ts';
import type { Ground } from './ground.ts';

/** Events that may wait per source, at most: some minutes of a busy company. */
const maxWaiting = 100_000;

/** What sources of events need beside the conductor. */
export interface Events {
  readonly inbox: Inbox;
  readonly deadLetters: DeadLetters;
  readonly receiver: Receiver;
  /** Tries dead letters again; see {@link replayLetters}. */
  replay(source: string | undefined): Promise<Replay>;
  /** Names of the sources that events are pushed to. */
  readonly pushed: readonly string[];
  /** The room of a source; always the same one. */
  roomOf(source: string): KeptEventRoom;
  close(): Promise<void>;
}

/** The inbox, the dead letters and the way in for pushed events. */
export async function buildEvents({ config, clock, stores }: Ground): Promise<Events> {
  const [{ createInbox }, { createDeadLetters }, { createEventRoom }, { createReceiver }, { replayLetters }] =
    await Promise.all([
      import('../sync/inbox.ts'),
      import('../sync/dead-letters.ts'),
      import('../sync/event-room.ts'),
      import('../sync/receiver.ts'),
      import('../sync/replay-letters.ts'),
    ]);
  const { state } = stores;
  const nonce = randomUUID().slice(0, 8);
  const inbox = createInbox({ state, clock, nonce, maxWaiting });
  const deadLetters = createDeadLetters({ state, clock, nonce, sources: config.sources.map(({ name }) => name) });
  const rooms = new Map<string, KeptEventRoom>();
  const roomOf = (source: string): KeptEventRoom => {
    const room = rooms.get(source) ?? createEventRoom({ source, state, deadLetters, clock });
    rooms.set(source, room);
    return room;
  };
  /** Those that take payloads at all, and those of them that are pushed to. */
  const sources: PushedSource[] = [];
  const pushed: PushedSource[] = [];
  for (const { name, connector, settings } of config.sources) {
    const found = await connectors[connector]?.();
    const take = found?.accept?.bind(found);
    if (take === undefined) continue;
    const reach = found?.reach?.bind(found);
    const source: PushedSource = {
      name,
      accept: (payload, arrival) => take(payload, arrival, settings),
      ...(reach === undefined ? {} : { reach: (events, joined) => reach(events, joined, roomOf(name).memory) }),
    };
    sources.push(source);
    if (found?.isPushedTo?.(settings) ?? true) pushed.push(source);
  }
  return {
    inbox,
    deadLetters,
    receiver: createReceiver({ sources: pushed, inbox, deadLetters, state, clock }),
    replay: (source) =>
      replayLetters({
        source,
        deadLetters,
        inbox,
        acceptOf: (name) => sources.find((one) => one.name === name)?.accept ?? null,
        clock,
      }),
    pushed: pushed.map(({ name }) => name),
    roomOf,
    close: () => inbox.close(),
  };
}
