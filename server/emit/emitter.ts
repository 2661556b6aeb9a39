import { hostname } from 'node:os';
import { instant, type Clock } from '../base/clock.ts';
import { LexlineError, messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { CoarseClass } from '../model/classification.ts';
import { digestOf } from '../model/json.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import { changedThings, describeDatasets, describeJobs } from './describe.ts';
import { datasetEvent, droppedEvent, jobEvent, runEvent, type Origin, type OutgoingEvent } from './events.ts';

/** Where events go. */
export interface EmitTarget {
  readonly name: string;
  /** `static`: DatasetEvents and JobEvents. `run`: RunEvents, for receivers that take nothing else. */
  readonly events: 'static' | 'run';
  /** Changes when it is another receiver: everything is sent to it then. */
  readonly fingerprint: string;
  /** All of them in order; returns those that the receiver refused for good. Fails when it cannot be reached. */
  send(events: readonly OutgoingEvent[], signal: AbortSignal): Promise<{ readonly refused: number }>;
  close(): Promise<void>;
}

/** What one emission came to, by target. */
export interface Emission {
  readonly target: string;
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  readonly refused: number;
  /** Why it stopped; what was not sent is sent by the next. Null: it did not. */
  readonly error: string | null;
}

export interface Emitter {
  /** Sends every target what changed since it was sent last. Never fails: what goes wrong is in the answer and the log. */
  emit(signal: AbortSignal): Promise<readonly Emission[]>;
  close(): Promise<void>;
}

const kind = 'emitted';
/** Things described and sent at a time. */
const pageSize = 100;
const leaseMs = 60_000;

/** Tells other catalogs what Lexline knows, in OpenLineage's words. */
export function createEmitter(options: {
  readonly targets: readonly EmitTarget[];
  readonly graph: GraphStore;
  readonly state: StateStore;
  readonly classesOf: (category: string) => readonly CoarseClass[];
  /** True when it is said of these sources that HIPAA does not bind their holder. Default: nothing is said. */
  readonly isOutside?: (sources: readonly string[]) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly release: string;
}): Emitter {
  const { targets, graph, state, clock, log, release } = options;
  const by = { classesOf: options.classesOf, isOutside: options.isOutside ?? (() => false) };
  const holder = `${hostname()}:${process.pid}`;

  const emitTo = async (target: EmitTarget, signal: AbortSignal): Promise<Emission | null> => {
    const lease = await state.acquire(`emit:${target.name}`, holder, leaseMs);
    // Another process sends to it already, and will find what is new.
    if (lease === null) return null;
    const { published: to } = await graph.head();
    const from = await sentUpTo(state, target);
    let sent = 0;
    let refused = 0;
    const send = async (events: readonly OutgoingEvent[]): Promise<void> => {
      signal.throwIfAborted();
      if (events.length === 0) return;
      refused += (await target.send(events, signal)).refused;
      sent += events.length;
      await state.acquire(lease.name, holder, leaseMs);
    };
    try {
      if (to > from) await emitChanges(target, { from, to, send });
      await state.put(kind, target.name, { revision: to, fingerprint: target.fingerprint });
      return { target: target.name, from, to, sent, refused, error: null };
    } catch (error) {
      const text = error instanceof LexlineError ? `${error.code}: ${error.message}` : messageOf(error);
      return { target: target.name, from, to, sent, refused, error: text };
    } finally {
      await state.release(lease);
    }
  };

  const emitChanges = async (
    target: EmitTarget,
    { from, to, send }: { from: number; to: number; send: (events: readonly OutgoingEvent[]) => Promise<void> },
  ): Promise<void> => {
    const origin: Origin = { at: instant(clock), release };
    const changed = await changedThings(graph, from, to);
    if (target.events === 'static')
      for (const uids of pages(changed.datasets)) {
        const { alive, gone } = await describeDatasets(graph, uids, to, by);
        await send([
          ...alive.map((one) => datasetEvent(one, origin)),
          // What was never sent need not be taken back.
          ...(from === 0 ? [] : gone.map((one) => droppedEvent(one, origin))),
        ]);
      }
    for (const uids of pages(changed.jobs)) {
      const jobs = await describeJobs(graph, uids, to);
      await send(jobs.map((job) => (target.events === 'run' ? runEvent(job, origin) : jobEvent(job, origin))));
    }
  };

  return {
    async emit(signal) {
      const emissions: Emission[] = [];
      for (const target of targets) {
        const emission = await emitTo(target, signal);
        if (emission === null) continue;
        emissions.push(emission);
        if (emission.error !== null) log.error('could not emit', { ...emission });
        else if (emission.refused > 0) log.warn('a receiver refused events', { ...emission });
        else if (emission.sent > 0) log.info('emitted', { ...emission });
      }
      return emissions;
    },
    async close() {
      await Promise.all(targets.map((target) => target.close()));
    },
  };
}

async function sentUpTo(state: StateStore, { name, fingerprint }: EmitTarget): Promise<number> {
  const kept = (await state.get(kind, name)) as { readonly revision?: unknown; readonly fingerprint?: unknown } | null;
  return kept?.fingerprint === fingerprint && typeof kept.revision === 'number' ? kept.revision : 0;
}

function* pages<T>(list: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < list.length; at += pageSize) yield list.slice(at, at + pageSize);
}

/** A fingerprint of where a target sends, which holds no secret. */
export function targetFingerprint(where: unknown): string {
  return digestOf(where);
}
