import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { instant, type Clock } from '../base/clock.ts';
import { noticeKinds, type ReceiverConfig } from '../base/config-notify.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import { noticeId, type Notice } from './notice.ts';
import { createOutbox, type Letter, type Outbox } from './outbox.ts';
import type { Post, Posted } from './post.ts';
import { signatureHeaders } from './sign.ts';
import { slackMessage } from './slack.ts';

/** Waits before the next attempts, about a day together; then a notice is a dead letter. */
const waitsMs = [30, 120, 600, 1800, 3600, 10_800, 21_600, 43_200].map((seconds) => seconds * 1000);
/** How often a server looks whether something is due to be told or sent. */
const everyMs = 30_000;
/** How often it looks for what became due by waiting: the review queue reads every field. */
const dueEveryMs = 3_600_000;
const leaseMs = 120_000;
const toldKind = 'notify-told';
/** What was told by waiting is remembered so long. */
const rememberMs = 400 * 86_400_000;

/** What came of asking a receiver. */
export interface Delivery {
  readonly receiver: string;
  readonly posted: Posted;
}

/** Tells receivers what somebody should know, once each, and goes on trying until it arrived or was given up. */
export interface Notifier {
  /** Remembers where the graph stands when nothing was told yet: what was known before is told to nobody. */
  begin(): Promise<void>;
  /** Writes down what is new since it was last looked, and sends what is due. Never fails: what goes wrong is logged. */
  tell(signal: AbortSignal): Promise<void>;
  /** Looks and sends until the signal ends it. */
  run(signal: AbortSignal): Promise<void>;
  /** Sends a notice that says nothing to one receiver, or to all. Names that are not there find none. */
  test(receiver: string | undefined, signal: AbortSignal): Promise<readonly Delivery[]>;
  readonly outbox: Pick<Outbox, 'waiting' | 'dead' | 'replay' | 'count'>;
}

export interface NotifierOptions {
  readonly receivers: readonly ReceiverConfig[];
  /** The newest published revision and its time; 0 before the first. */
  readonly head: () => Promise<{ readonly n: number; readonly at: string }>;
  /** What the revisions of a window brought. */
  readonly revisionNotices: (window: {
    readonly from: number;
    readonly to: number;
    readonly at: string;
  }) => Promise<readonly Notice[]>;
  readonly dueNotices: () => Promise<readonly Notice[]>;
  readonly state: Pick<
    StateStore,
    'get' | 'put' | 'putAll' | 'list' | 'remove' | 'removeAll' | 'count' | 'acquire' | 'release'
  >;
  readonly post: Post;
  readonly clock: Clock;
  readonly log: Log;
}

/** The place of a notice's kind in the list of kinds, which stands in the order of urgency. */
function urgency({ notice: { kind } }: Letter): number {
  return kind === 'test' ? noticeKinds.length : noticeKinds.indexOf(kind);
}

/** A notifier over an outbox in the state store; of several processes one at a time tells and sends. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { receivers, head, state, post, clock, log } = options;
  const outbox = createOutbox(state, clock);
  const holder = randomUUID();
  let dueLookedAt = 0;

  const queue = async (notices: readonly Notice[]): Promise<void> => {
    for (const notice of notices) {
      const told = receivers.filter(({ on }) => notice.kind !== 'test' && on.includes(notice.kind));
      await outbox.put(
        told.map(({ name }) => name),
        notice,
      );
    }
  };

  const findNew = async (): Promise<void> => {
    const { n, at } = await head();
    const kept = await state.get(toldKind, 'revision');
    const from = typeof kept === 'number' ? kept : n;
    // The outbox first: told twice has the same id, forgotten has none.
    if (n > from) await queue(await options.revisionNotices({ from, to: n, at }));
    if (kept !== n) await state.put(toldKind, 'revision', n);
  };

  const findDue = async (): Promise<void> => {
    if (clock.now() - dueLookedAt < dueEveryMs) return;
    dueLookedAt = clock.now();
    for (const notice of await options.dueNotices()) {
      if ((await state.get(toldKind, notice.id)) !== null) continue;
      await queue([notice]);
      await state.put(toldKind, notice.id, notice.at, new Date(clock.now() + rememberMs).toISOString());
    }
  };

  const attempt = (receiver: ReceiverConfig, notice: Notice, signal: AbortSignal): Promise<Posted> => {
    const body = receiver.format === 'slack' ? slackMessage(notice) : JSON.stringify(notice);
    const secrets = [receiver.secret, receiver.previousSecret].flatMap((secret) => secret ?? []);
    return post(receiver, signatureHeaders(secrets, { id: notice.id, at: clock.now(), body }), body, signal);
  };

  /** Writes down how one attempt ended; says whether it arrived. */
  const settle = async (letter: Letter, posted: Posted): Promise<boolean> => {
    const { notice, attempts, receiver } = letter;
    const told = { receiver, notice: notice.id, kind: notice.kind };
    if (posted.ok) {
      log.info('a notice was sent', told);
      await outbox.done(letter);
      return true;
    }
    const wait = waitsMs[attempts];
    const problem = { ...told, problem: posted.why, attempts: attempts + 1 };
    if (posted.gone || wait === undefined) {
      log.error('a notice was given up', problem);
      await outbox.giveUp(letter, posted.why);
      return false;
    }
    log.warn('a notice could not be sent yet', problem);
    const dueAt = new Date(clock.now() + Math.max(wait, posted.waitMs ?? 0)).toISOString();
    await outbox.again(letter, posted.why, dueAt);
    return false;
  };

  const sendDue = async (signal: AbortSignal, renew: () => Promise<boolean>): Promise<void> => {
    const due: Letter[] = [];
    for await (const letter of outbox.waiting()) if (letter.dueAt <= instant(clock)) due.push(letter);
    // Card data before all else; of one kind what has waited longest.
    due.sort((a, b) => urgency(a) - urgency(b) || (a.notice.at < b.notice.at ? -1 : 1));
    // A receiver that is away is asked once a round: each further letter would wait as long for nothing.
    const away = new Set<string>();
    for (const letter of due) {
      if (signal.aborted || !(await renew())) return;
      const receiver = receivers.find(({ name }) => name === letter.receiver);
      if (receiver === undefined) await outbox.giveUp(letter, 'no receiver of this name is configured');
      if (receiver === undefined || away.has(receiver.name)) continue;
      const posted = await attempt(receiver, letter.notice, signal);
      if (signal.aborted) return;
      if (!(await settle(letter, posted))) away.add(receiver.name);
    }
  };

  const tell = async (signal: AbortSignal): Promise<void> => {
    if (receivers.length === 0) return;
    const lease = await state.acquire('notify', holder, leaseMs);
    if (lease === null) return;
    try {
      await findNew();
      await findDue();
      await sendDue(signal, async () => (await state.acquire('notify', holder, leaseMs))?.token === lease.token);
    } catch (error) {
      if (!signal.aborted) log.error('notices could not be told', { error: messageOf(error) });
    } finally {
      await state.release(lease);
    }
  };

  return {
    async begin() {
      if (receivers.length > 0 && (await state.get(toldKind, 'revision')) === null)
        await state.put(toldKind, 'revision', (await head()).n);
    },
    tell,
    async run(signal) {
      while (!signal.aborted) {
        await tell(signal);
        await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {});
      }
    },
    async test(name, signal) {
      const chosen = receivers.filter((one) => name === undefined || one.name === name);
      const at = instant(clock);
      const deliveries: Delivery[] = [];
      for (const receiver of chosen) {
        const notice: Notice = {
          id: noticeId('test', [receiver.name, at]),
          kind: 'test',
          at,
          revision: null,
          total: 0,
          items: [],
        };
        deliveries.push({ receiver: receiver.name, posted: await attempt(receiver, notice, signal) });
      }
      return deliveries;
    },
    outbox,
  };
}
