import type { Accepted, Arrival } from '../../connectors/connector.ts';
import { instant, type Clock } from '../base/clock.ts';
import { isLexlineError, type ErrorCode } from '../base/errors.ts';
import type { Json } from '../model/json.ts';
import type { DeadLetters } from './dead-letters.ts';
import { noteEvents } from './event-health.ts';
import { eventCleaners } from './event-room.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { Inbox } from './inbox.ts';

/** When events came last is written down no more often than this, in ms. */
const noteMs = 5000;

/** A source that events may be pushed to. */
export interface PushedSource {
  readonly name: string;
  /** What becomes of a payload; `elsewhere` where this source does not take its namespace. */
  readonly accept: (payload: unknown, arrival: Arrival) => Accepted;
}

/** What became of one payload of a request. */
export type Receipt =
  | { readonly type: 'taken' }
  | {
      readonly type: 'refused';
      readonly code: ErrorCode;
      readonly reason: string;
      /** Sent again later it may be taken. */
      readonly retriable: boolean;
    };

export interface Receiver {
  /** False where no source is configured that events may be pushed to. */
  readonly listens: boolean;
  /**
   * Takes payloads in their order. Each that is `taken` is on the disk. `allowed` says for a namespace whether the caller may
   * send to it.
   */
  receive(payloads: readonly unknown[], allowed: (namespace: string) => boolean): Promise<readonly Receipt[]>;
  health(source: string): Promise<EventHealth | null>;
}

/** How a source of pushed events is doing. Counts are of this process since it started. */
export interface EventHealth {
  readonly waiting: number;
  readonly taken: number;
  readonly refused: number;
  /** When an event was taken last; null: none since the process started. */
  readonly lastAt: string | null;
  readonly deadLetters: number;
}

/** The way in for pushed events: read, cleaned, kept. What is refused leaves a dead letter. */
export function createReceiver(options: {
  readonly sources: readonly PushedSource[];
  readonly inbox: Inbox;
  readonly deadLetters: DeadLetters;
  readonly state: Pick<StateStore, 'put'>;
  readonly clock: Clock;
}): Receiver {
  const { sources, inbox, deadLetters, state, clock } = options;
  const noted = new Map<string, number>();
  const figures = new Map(sources.map(({ name }) => [name, { taken: 0, refused: 0, lastAt: null as string | null }]));

  const accept = (
    payload: unknown,
    arrival: Arrival,
  ): { readonly source: string; readonly accepted: Accepted } | null => {
    for (const { name, accept: take } of sources) {
      const accepted = take(payload, arrival);
      if (accepted.type !== 'elsewhere') return { source: name, accepted };
    }
    return null;
  };

  return {
    listens: sources.length > 0,
    async receive(payloads, allowed) {
      const arrival: Arrival = { receivedAt: instant(clock), clean: eventCleaners };
      const receipts: Receipt[] = payloads.map(() => ({ type: 'taken' }));
      const events = new Map<string, { readonly at: number[]; readonly events: Json[] }>();
      const dead = new Map<string, { position: string; problem: string; remains: Json }[]>();
      for (const [i, payload] of payloads.entries()) {
        const found = accept(payload, arrival);
        if (found === null) {
          receipts[i] = refused('NOT_FOUND', 'no source is configured for its namespace', false);
          continue;
        }
        const { source, accepted } = found;
        if (accepted.type === 'refused') {
          receipts[i] = refused('INPUT_INVALID', accepted.problem, false);
          const letter = { position: 'received', problem: accepted.problem, remains: accepted.remains };
          dead.set(source, [...(dead.get(source) ?? []), letter]);
        } else if (accepted.type === 'event') {
          if (!accepted.namespaces.every((one) => allowed(one))) {
            receipts[i] = refused('NOT_ALLOWED', 'this caller may not speak of one of its namespaces', false);
            continue;
          }
          const group = events.get(source) ?? { at: [], events: [] };
          group.at.push(i);
          group.events.push(accepted.event);
          events.set(source, group);
        }
      }
      for (const [source, letters] of dead) {
        count(source, 'refused', letters.length);
        await deadLetters.put(source, letters);
      }
      for (const [source, group] of events) {
        const problem = await inbox.put(source, group.events).then(() => null, asProblem);
        if (problem === null) {
          count(source, 'taken', group.events.length);
          const figure = figures.get(source);
          if (figure !== undefined) figure.lastAt = arrival.receivedAt;
          if (clock.now() - (noted.get(source) ?? 0) >= noteMs) {
            noted.set(source, clock.now());
            await noteEvents(state, source, clock);
          }
        } else for (const i of group.at) receipts[i] = problem;
      }
      return receipts;
    },
    async health(source) {
      const figure = figures.get(source);
      if (figure === undefined) return null;
      const [waiting, letters] = await Promise.all([inbox.waiting(source), deadLetters.count(source)]);
      return { ...figure, waiting, deadLetters: letters };
    },
  };

  function count(source: string, what: 'taken' | 'refused', n: number): void {
    const figure = figures.get(source);
    if (figure !== undefined) figure[what] += n;
  }
}

function refused(code: ErrorCode, reason: string, retriable: boolean): Receipt & { readonly type: 'refused' } {
  return { type: 'refused', code, reason, retriable };
}

/** A store that cannot keep anything now: the caller shall come again. Anything else is a mistake of ours. */
function asProblem(error: unknown): Receipt {
  if (!isLexlineError(error) || error.code === 'INTERNAL') throw error;
  return error.code === 'INBOX_FULL'
    ? refused('INBOX_FULL', 'too many events wait already', true)
    : refused(error.code, 'the store cannot keep events now', true);
}
