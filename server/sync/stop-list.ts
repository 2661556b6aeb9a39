import { randomBytes, randomUUID } from 'node:crypto';
import { instant, type Clock } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import { digestOf } from '../model/json.ts';
import type { Uid } from '../model/ids.ts';
import type { Actor } from '../model/provenance.ts';
import { propagate } from '../propagate/propagate.ts';
import type { PropagationRules } from '../propagate/propagation-rules.ts';
import { parseStop, stopKind } from '../propagate/stops.ts';
import type { Change, GraphStore } from '../stores/graph/graph-store.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';
import { openForWriting } from './graph-lease.ts';

/** A stop as people see it. */
export interface StandingStop {
  /** The field, dataset or job that it stands at. */
  readonly at: Uid;
  /** Null: everything. */
  readonly category: string | null;
  /** Only towards this field; null: wherever it goes. */
  readonly to: Uid | null;
  readonly reason: string;
  /** ISO 8601; null: until somebody ends it. */
  readonly expiresAt: string | null;
  readonly by: string;
  /** Set by somebody who proved who they are. */
  readonly signedIn: boolean;
}

/** A stop that somebody asks for. */
export interface StopRequest extends Omit<StandingStop, 'by'> {
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

/** What a change of stops did. */
export interface StopChange {
  readonly revision: number;
  /** Derived rows written or ended. */
  readonly rows: number;
  /** The stop that stood there before. */
  readonly replaced: StandingStop | null;
}

/**
 * Stops that people set against propagation: with a reason, most with an end, in a revision of their own and in the ledger.
 * What had gone beyond a stop is taken back in the same revision; what a field holds by its own verdict stays.
 */
export interface StopList {
  list(n: number): Promise<readonly StandingStop[]>;
  /** Sets a stop; one that stands at the same thing is replaced. Fails with INPUT_INVALID without a reason, or with an end in the past. */
  set(request: StopRequest): Promise<StopChange>;
  /** Fails with NOT_FOUND when none stands there. */
  end(request: { readonly at: Uid; readonly actor: Actor; readonly signal: AbortSignal }): Promise<StopChange>;
}

export function createStopList(options: {
  readonly graph: GraphStore;
  readonly rules: PropagationRules;
  readonly clock: Clock;
}): StopList {
  const { graph, rules, clock } = options;
  const list = async (n: number): Promise<readonly StandingStop[]> => {
    if (n === 0) return [];
    const entered = await graph.entered({ kind: stopKind }, n);
    return entered.flatMap(({ uid, body, actor }) => {
      const stop = parseStop(body);
      return stop === null ? [] : [{ at: uid, ...stop, ...wordsOf(body), by: actor.id }];
    });
  };
  const standingAt = async (at: Uid): Promise<StandingStop | null> =>
    (await list((await graph.head()).published)).find((one) => one.at === at) ?? null;
  const publish = async (
    changes: readonly Change[],
    entry: Pick<LedgerEntry, 'kind' | 'subject' | 'body'>,
    { actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
  ): Promise<{ readonly revision: number; readonly rows: number }> => {
    const run = `${entry.kind}-${randomUUID().slice(0, 8)}`;
    const cause = entry.kind === 'stop-set' ? 'a stop was set' : 'a stop was ended';
    const lease = { ttlMs: 15_000, waitMs: 60_000, now: () => clock.now(), signal };
    const writer = await openForWriting({ graph, run: { run, cause, actor }, ...lease });
    try {
      await graph.apply(writer.open, changes);
      const { rows } = await propagate({ graph, open: writer.open, rules, between: () => writer.keep() });
      await writer.keep();
      const { n } = await graph.publish(writer.open, [{ ...entry, actor, at: instant(clock) }]);
      return { revision: n, rows };
    } finally {
      await writer.release();
    }
  };
  return {
    list,
    async set(request) {
      const { at, category, to, reason, expiresAt, signedIn, actor } = request;
      check(request, clock);
      const replaced = await standingAt(at);
      // The ledger must keep its chain when a reason has to be erased: it holds a salted digest.
      const salt = randomBytes(16).toString('hex');
      const body = { category, to, reason: reason.trim(), salt, expiresAt, signedIn };
      const change: Change = { type: 'enter', entered: { uid: at, kind: stopKind, body, actor } };
      const said = { category, to, expiresAt, signedIn, reasonDigest: digestOf([salt, body.reason]) };
      const done = await publish([change], { kind: 'stop-set', subject: at, body: said }, request);
      return { ...done, replaced };
    },
    async end(request) {
      const { at } = request;
      const replaced = await standingAt(at);
      if (replaced === null)
        throw new LexlineError('NOT_FOUND', '[stops] no stop stands there', { remedy: 'lexline stops list' });
      const done = await publish(
        [{ type: 'end-entered', uid: at, kind: stopKind }],
        { kind: 'stop-ended', subject: at, body: { category: replaced.category, to: replaced.to } },
        request,
      );
      return { ...done, replaced };
    },
  };
}

function check({ reason, expiresAt }: StopRequest, clock: Clock): void {
  if (reason.trim().length < 5 || reason.length > 2000)
    throw new LexlineError('INPUT_INVALID', '[stops] a stop needs a reason of 5 to 2,000 characters', {
      remedy: 'Say why the data no longer counts behind this place; an auditor will read it.',
    });
  if (expiresAt !== null && !(Date.parse(expiresAt) > clock.now()))
    throw new LexlineError('INPUT_INVALID', '[stops] the end of the stop is not in the future');
}

function wordsOf(body: unknown): Pick<StandingStop, 'reason' | 'expiresAt' | 'signedIn'> {
  const member = (name: string): unknown =>
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  const [reason, expiresAt, signedIn] = [member('reason'), member('expiresAt'), member('signedIn')];
  return {
    reason: typeof reason === 'string' ? reason : '',
    expiresAt: typeof expiresAt === 'string' ? expiresAt : null,
    signedIn: signedIn === true,
  };
}
