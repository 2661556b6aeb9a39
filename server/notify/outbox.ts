import { instant, type Clock } from '../base/clock.ts';
import type { Json } from '../model/json.ts';
import { everyPage } from '../stores/every-page.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { Notice } from './notice.ts';

const waitingKind = 'notify-waiting';
const deadKind = 'notify-dead';
/** Dead letters that are kept; beyond that the oldest go. */
const kept = 1000;

/** A notice on its way to one receiver. */
export interface Letter {
  readonly receiver: string;
  readonly notice: Notice;
  /** Attempts that were made. */
  readonly attempts: number;
  /** When it is tried next. */
  readonly dueAt: string;
  /** Why the last attempt came to nothing; null: there was none. */
  readonly problem: string | null;
}

/** Notices that wait to be sent, and those that were given up. Both survive the process. */
export interface Outbox {
  /** A notice that waits or was given up already is not put twice. */
  put(receivers: readonly string[], notice: Notice): Promise<void>;
  waiting(): AsyncIterable<Letter>;
  dead(): AsyncIterable<Letter>;
  /** It arrived. */
  done(letter: Letter): Promise<void>;
  /** It did not; another attempt is made at `dueAt`. */
  again(letter: Letter, problem: string, dueAt: string): Promise<void>;
  /** No further attempt is made. */
  giveUp(letter: Letter, problem: string): Promise<void>;
  /** Puts what was given up back, of one receiver or all; returns how many. */
  replay(receiver: string | undefined): Promise<number>;
  count(): Promise<{ readonly waiting: number; readonly dead: number }>;
}

type Memory = Pick<StateStore, 'get' | 'put' | 'putAll' | 'list' | 'remove' | 'removeAll' | 'count'>;

/** An outbox in the state store. */
export function createOutbox(state: Memory, clock: Clock): Outbox {
  const list = async function* (kind: string): AsyncIterable<Letter> {
    for await (const { body } of everyPage((page) => state.list(kind, page), 500)) yield body as unknown as Letter;
  };
  return {
    async put(receivers, notice) {
      const fresh: Letter[] = [];
      for (const receiver of receivers) {
        const letter: Letter = { receiver, notice, attempts: 0, dueAt: instant(clock), problem: null };
        const known = (await state.get(waitingKind, keyOf(letter))) ?? (await state.get(deadKind, keyOf(letter)));
        if (known === null) fresh.push(letter);
      }
      await state.putAll(
        waitingKind,
        fresh.map((letter) => ({ key: keyOf(letter), body: json(letter) })),
      );
    },
    waiting: () => list(waitingKind),
    dead: () => list(deadKind),
    done: (letter) => state.remove(waitingKind, keyOf(letter)),
    again: (letter, problem, dueAt) =>
      state.put(waitingKind, keyOf(letter), json({ ...letter, attempts: letter.attempts + 1, problem, dueAt })),
    async giveUp(letter, problem) {
      await state.put(deadKind, keyOf(letter), json({ ...letter, attempts: letter.attempts + 1, problem }));
      await state.remove(waitingKind, keyOf(letter));
      const surplus = (await state.count(deadKind)) - kept;
      if (surplus <= 0) return;
      const letters: Letter[] = [];
      for await (const one of list(deadKind)) letters.push(one);
      letters.sort((a, b) => (a.notice.at < b.notice.at ? -1 : 1));
      await state.removeAll(deadKind, letters.slice(0, surplus).map(keyOf));
    },
    async replay(receiver) {
      let moved = 0;
      const letters: Letter[] = [];
      for await (const letter of list(deadKind))
        if (receiver === undefined || letter.receiver === receiver) letters.push(letter);
      for (const letter of letters) {
        const fresh: Letter = { ...letter, attempts: 0, dueAt: instant(clock) };
        await state.put(waitingKind, keyOf(letter), json(fresh));
        await state.remove(deadKind, keyOf(letter));
        moved += 1;
      }
      return moved;
    },
    count: async () => ({ waiting: await state.count(waitingKind), dead: await state.count(deadKind) }),
  };
}

function keyOf({ receiver, notice }: Pick<Letter, 'receiver' | 'notice'>): string {
  return `${receiver}/${notice.id}`;
}

function json(letter: Letter): Json {
  return letter as unknown as Json;
}
