import type { Accepted, Arrival, JoinedNames } from '../../connectors/connector.ts';
import { instant, type Clock } from '../base/clock.ts';
import { isLexlineError, type ErrorCode } from '../base/errors.ts';
import type { Json } from '../model/json.ts';
import { maySpeak, type SpokenOf } from '../model/storage-place.ts';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import { noteEvents } from './event-health.ts';
import { eventCleaners } from './event-room.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { Inbox } from './inbox.ts';
import { createWaitingNames, type WaitingNames } from './waiting-names.ts';

/** When events came last is written down no more often than this, in ms. */
const noteMs = 5000;

/** A source that events may be pushed to. */
export interface PushedSource {
  readonly name: string;
  /** What becomes of a payload; `elsewhere` where this source does not take its namespace. */
  readonly accept: (payload: unknown, arrival: Arrival) => Accepted;
  /** The namespaces of the datasets in which each event lands, by all names that they have; left out: those of the event alone. */
  readonly reach?: (events: readonly Json[], joined: readonly JoinedNames[]) => Promise<readonly (readonly string[])[]>;
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
  /** Takes payloads in their order. Each that is `taken` is on the disk. `spokenOf`: what the caller may send about. */
  receive(payloads: readonly unknown[], spokenOf: SpokenOf): Promise<readonly Receipt[]>;
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

/** An event of a request, by its place there. */
interface Taken {
  readonly at: number;
  readonly event: Json;
  readonly joined: readonly JoinedNames[];
}

/**
 * The way in for pushed events: read, cleaned, kept. What cannot be taken leaves a dead letter; what the caller may not send,
 * or nobody can tell of whether it may, leaves nothing.
 */
export function createReceiver(options: {
  readonly sources: readonly PushedSource[];
  readonly inbox: Inbox;
  readonly deadLetters: DeadLetters;
  readonly state: Pick<StateStore, 'put'>;
  readonly clock: Clock;
}): Receiver {
  const { sources, inbox, deadLetters, state, clock } = options;
  const noted = new Map<string, number>();
  const waitingNames = new Map<string, WaitingNames>();
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
    async receive(payloads, spokenOf) {
      const arrival: Arrival = { receivedAt: instant(clock), clean: eventCleaners };
      const receipts: Receipt[] = payloads.map(() => ({ type: 'taken' }));
      const forbidden = (namespaces: readonly string[]): string | null =>
        namespaces.find((one) => !maySpeak(spokenOf, one)) ?? null;
      const events = new Map<string, Taken[]>();
      const dead = new Map<string, Omit<DeadLetter, 'id' | 'source' | 'at'>[]>();
      const bounds = spokenOf === 'all' ? {} : { boundTo: spokenOf };
      for (const [i, payload] of payloads.entries()) {
        const found = accept(payload, arrival);
        if (found === null || found.accepted.type === 'elsewhere') {
          receipts[i] = refused('NOT_FOUND', 'no source is configured for its namespace', false);
          continue;
        }
        const { source, accepted } = found;
        const namespace = forbidden(accepted.namespaces);
        if (namespace !== null) receipts[i] = notAllowed(namespace);
        else if (accepted.type === 'refused') {
          receipts[i] = refused('INPUT_INVALID', accepted.problem, false);
          count(source, 'refused', 1);
          if (spokenOf !== 'all' && accepted.namespaces.length === 0) continue;
          const letter = { position: 'received', problem: accepted.problem, remains: accepted.remains, ...bounds };
          dead.set(source, [...(dead.get(source) ?? []), letter]);
        } else {
          const { event, joined = [] } = accepted;
          events.set(source, [...(events.get(source) ?? []), { at: i, event, joined }]);
        }
      }
      for (const [source, letters] of dead) await deadLetters.put(source, letters);
      for (const [source, group] of events) {
        try {
          const kept: Taken[] = [];
          for (const [j, namespaces] of (await reachOf(source, group, spokenOf)).entries()) {
            const [one, namespace] = [group[j], forbidden(namespaces)];
            if (one === undefined) continue;
            if (namespace === null) kept.push(one);
            else receipts[one.at] = notAllowed(namespace, 'where a dataset of the event is known by another name');
          }
          await keep(source, kept, spokenOf, arrival.receivedAt);
        } catch (error) {
          const problem = asProblem(error);
          for (const { at } of group) if (receipts[at]?.type === 'taken') receipts[at] = problem;
        }
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

  /** By what is remembered, by what waits, and by what came with it. A caller that may speak of everything is not looked at. */
  async function reachOf(
    source: string,
    group: readonly Taken[],
    spokenOf: SpokenOf,
  ): Promise<readonly (readonly string[])[]> {
    const reach = sources.find(({ name }) => name === source)?.reach;
    if (reach === undefined || spokenOf === 'all') return group.map(() => []);
    const waiting = namesOf(source);
    if ((await inbox.waiting(source)) === 0) waiting.clear();
    return reach(
      group.map(({ event }) => event),
      [...waiting.all(), ...group.flatMap(({ joined }) => joined)],
    );
  }

  async function keep(source: string, group: readonly Taken[], spokenOf: SpokenOf, at: string): Promise<void> {
    if (group.length === 0) return;
    namesOf(source).add(group.flatMap(({ joined }) => joined));
    await inbox.put(
      source,
      group.map(({ event }) => event),
      spokenOf,
    );
    count(source, 'taken', group.length);
    const figure = figures.get(source);
    if (figure !== undefined) figure.lastAt = at;
    if (clock.now() - (noted.get(source) ?? 0) < noteMs) return;
    noted.set(source, clock.now());
    await noteEvents(state, source, clock);
  }

  function namesOf(source: string): WaitingNames {
    const names = waitingNames.get(source) ?? createWaitingNames();
    waitingNames.set(source, names);
    return names;
  }

  function count(source: string, what: 'taken' | 'refused', n: number): void {
    const figure = figures.get(source);
    if (figure !== undefined) figure[what] += n;
  }
}

function refused(code: ErrorCode, reason: string, retriable: boolean): Receipt & { readonly type: 'refused' } {
  return { type: 'refused', code, reason, retriable };
}

function notAllowed(namespace: string, why = ''): Receipt {
  const where = why === '' ? '' : `, ${why}`;
  return refused('NOT_ALLOWED', `this caller may not speak of the namespace "${namespace}"${where}`, false);
}

/** A store that cannot keep anything now: the caller shall come again. Anything else is a mistake of ours. */
function asProblem(error: unknown): Receipt {
  if (!isLexlineError(error) || error.code === 'INTERNAL') throw error;
  return error.code === 'INBOX_FULL'
    ? refused('INBOX_FULL', 'too many events wait already', true)
    : refused(error.code, 'the store cannot keep events now', true);
}
