import type { Accepted, Arrival } from '../../connectors/connector.ts';
import { instant, type Clock } from '../base/clock.ts';
import { maySpeak, type SpokenOf } from '../model/storage-place.ts';
import type { DeadLetters } from './dead-letters.ts';
import { eventCleaners } from './event-room.ts';
import type { Inbox } from './inbox.ts';

/** What became of dead letters that were tried again. */
export interface Replay {
  readonly taken: number;
  /** Still not to be taken; they stay. */
  readonly refused: number;
  /** Sources for which something waits now: a sync brings it into the graph. */
  readonly sources: readonly string[];
}

interface Ready {
  readonly id: string;
  readonly event: Extract<Accepted, { type: 'event' }>['event'];
  readonly spokenOf: SpokenOf;
}

/** Letters put back at a time. */
const atOnce = 500;

/**
 * Tries dead letters again, all or those of one source: what can be taken by now goes to the inbox and is no longer a letter.
 * What its sender may speak of is asked as when it came: who tries it again lends it no rights.
 */
export async function replayLetters(options: {
  readonly source: string | undefined;
  readonly deadLetters: DeadLetters;
  readonly inbox: Pick<Inbox, 'put'>;
  /** How a source takes payloads; null for one that is not configured any more. */
  readonly acceptOf: (source: string) => ((payload: unknown, arrival: Arrival) => Accepted) | null;
  readonly clock: Clock;
}): Promise<Replay> {
  const { source, deadLetters, inbox, acceptOf, clock } = options;
  const arrival: Arrival = { receivedAt: instant(clock), clean: eventCleaners, again: true };
  let refused = 0;
  const ready = new Map<string, Ready[]>();
  for await (const letter of deadLetters.list(source)) {
    const accepted = acceptOf(letter.source)?.(letter.remains, arrival);
    const spokenOf = letter.boundTo ?? 'all';
    if (accepted?.type !== 'event' || accepted.namespaces.some((one) => !maySpeak(spokenOf, one))) {
      refused += 1;
      continue;
    }
    const list = ready.get(letter.source) ?? [];
    list.push({ id: letter.id, event: accepted.event, spokenOf });
    ready.set(letter.source, list);
  }
  let taken = 0;
  for (const [name, letters] of ready)
    for (const alike of Map.groupBy(letters, ({ spokenOf }) => JSON.stringify(spokenOf)).values())
      for (let at = 0; at < alike.length; at += atOnce) {
        const some = alike.slice(at, at + atOnce);
        await inbox.put(
          name,
          some.map(({ event }) => event),
          some[0]?.spokenOf,
        );
        await deadLetters.remove(
          name,
          some.map(({ id }) => id),
        );
        taken += some.length;
      }
  return { taken, refused, sources: [...ready.keys()].sort() };
}
