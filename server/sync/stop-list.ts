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
import { inOneRevision } from './in-one-revision.ts';

const hourMs = 3_600_000;

/** Where a stop stands and what it holds back: no two stops are alike in all of it. */
export interface StopPlace {
  /** The field, dataset or job that it stands at. */
  readonly at: Uid;
  /** Null: everything. */
  readonly category: string | null;
  /** Only towards this field; null: wherever it goes. */
  readonly to: Uid | null;
}

/** A stop as people see it. */
export interface StandingStop extends StopPlace {
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

/** A stop that somebody ends. Category and direction may be left out where one stop stands. */
export interface StopEnding extends Partial<StopPlace> {
  readonly at: Uid;
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

/** What a change of stops did. */
export interface StopChange {
  readonly revision: number;
  /** Derived rows written or ended. */
  readonly rows: number;
  /** The stop that stood there before, of the same category and direction. */
  readonly replaced: StandingStop | null;
}

/**
 * Stops that people set against propagation: with a reason, most with an end, in a revision of their own and in the ledger.
 * What had gone beyond a stop is taken back in the same revision; what a field holds by its own verdict stays.
 */
export interface StopList {
  list(n: number): Promise<readonly StandingStop[]>;
  /**
   * Sets a stop; one at the same thing, of the same category and direction, is replaced, others stay beside it. Fails with
   * INPUT_INVALID without a reason, or with an end in the past or more than two years ahead.
   */
  set(request: StopRequest): Promise<StopChange>;
  /** Fails with NOT_FOUND when none stands there, with INPUT_INVALID when several do and it is not said which. */
  end(request: StopEnding): Promise<StopChange>;
}

export function createStopList(options: {
  readonly graph: GraphStore;
  readonly rules: PropagationRules;
  readonly clock: Clock;
}): StopList {
  const { graph, rules, clock } = options;
  const entries = async (n: number): Promise<readonly Entry[]> => {
    if (n === 0) return [];
    const entered = await graph.entered({ kind: stopKind }, n);
    return entered.flatMap(({ uid, kind, body, actor }) => {
      const stop = parseStop(body);
      return stop === null ? [] : [{ kind, stop: { at: uid, ...stop, ...wordsOf(body), by: actor.id } }];
    });
  };
  const entriesAt = async (at: Uid): Promise<readonly Entry[]> =>
    (await entries((await graph.head()).published)).filter(({ stop }) => stop.at === at);
  const publish = async (
    changes: readonly Change[],
    entry: Pick<LedgerEntry, 'kind' | 'subject' | 'body'>,
    { actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
  ): Promise<{ readonly revision: number; readonly rows: number }> => {
    const run = `${entry.kind}-${randomUUID().slice(0, 8)}`;
    const cause = entry.kind === 'stop-set' ? 'a stop was set' : 'a stop was ended';
    return inOneRevision({ graph, run: { run, cause, actor }, clock, signal }, async (writer) => {
      await graph.apply(writer.open, changes);
      const { rows } = await propagate({ graph, open: writer.open, rules, between: () => writer.keep() });
      return { revision: await writer.publish([{ ...entry, actor, at: instant(clock) }]), rows };
    });
  };
  return {
    list: async (n) => (await entries(n)).map(({ stop }) => stop),
    async set(request) {
      const { at, category, to, reason, expiresAt, signedIn, actor } = request;
      check(request, clock);
      const standing = await entriesAt(at);
      const same = standing.find(({ stop }) => stop.category === category && stop.to === to);
      const kind = same?.kind ?? kindBeside(standing, request);
      // The ledger must keep its chain when a reason has to be erased: it holds a salted digest.
      const salt = randomBytes(16).toString('hex');
      const body = { category, to, reason: reason.trim(), salt, expiresAt, signedIn };
      const change: Change = { type: 'enter', entered: { uid: at, kind, body, actor } };
      const said = { category, to, expiresAt, signedIn, reasonDigest: digestOf([salt, body.reason]) };
      const done = await publish([change], { kind: 'stop-set', subject: at, body: said }, request);
      return { ...done, replaced: same?.stop ?? null };
    },
    async end(request) {
      const { at } = request;
      const { kind, stop } = theOne(await entriesAt(at), request);
      const done = await publish(
        [{ type: 'end-entered', uid: at, kind }],
        { kind: 'stop-ended', subject: at, body: { category: stop.category, to: stop.to } },
        request,
      );
      return { ...done, replaced: stop };
    },
  };
}

/** A stop and the kind that its entry bears. */
interface Entry {
  readonly kind: string;
  readonly stop: StandingStop;
}

/** The first stop at a thing bears the plain kind; each other one that kind and a digest of what it holds back. */
function kindBeside(standing: readonly Entry[], { category, to }: StopPlace): string {
  const isFree = standing.every(({ kind }) => kind !== stopKind);
  return isFree ? stopKind : `${stopKind}/${digestOf([category, to]).slice(0, 16)}`;
}

function theOne(standing: readonly Entry[], { category, to }: StopEnding): Entry {
  const meant = standing.filter(
    ({ stop }) => (category === undefined || stop.category === category) && (to === undefined || stop.to === to),
  );
  const [one] = meant;
  if (one === undefined)
    throw new LexlineError('NOT_FOUND', '[stops] no stop stands there', { remedy: 'lexline stops list' });
  if (meant.length > 1)
    throw new LexlineError('INPUT_INVALID', `[stops] ${meant.length} stops stand there: say which`, {
      remedy: 'Name the category, and the field towards which it holds, as `lexline stops list` shows them.',
    });
  return one;
}

function check({ reason, expiresAt }: StopRequest, clock: Clock): void {
  if (reason.trim().length < 5 || reason.length > 2000)
    throw new LexlineError('INPUT_INVALID', '[stops] a stop needs a reason of 5 to 2,000 characters', {
      remedy: 'Say why the data no longer counts behind this place; an auditor will read it.',
    });
  if (expiresAt !== null && !(Date.parse(expiresAt) > clock.now()))
    throw new LexlineError('INPUT_INVALID', '[stops] the end of the stop is not in the future');
  const last = twoYearsFrom(clock.now());
  // A day ends later in the west.
  if (expiresAt === null || Date.parse(expiresAt) > Date.parse(last) + 36 * hourMs)
    throw new LexlineError('INPUT_INVALID', '[stops] a stop stands for two years at most', {
      remedy: `Let it end on ${last} or earlier; before it runs out, set it again if the reason still holds.`,
    });
}

/** The day two years on: an exception that nobody looks at again hides more with each year. */
function twoYearsFrom(now: number): string {
  const day = new Date(now);
  day.setUTCFullYear(day.getUTCFullYear() + 2);
  return day.toISOString().slice(0, 10);
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
