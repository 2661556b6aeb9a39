import type { Clock } from '../base/clock.ts';
import type { GraphStore, RunInfo } from '../stores/graph/graph-store.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';
import { openForWriting, type GraphWriter } from './graph-lease.ts';

/** A turn to write, and who takes it what for. */
export interface Turn {
  readonly graph: GraphStore;
  readonly run: RunInfo;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long the write lease lasts when it is not renewed, in milliseconds. Default: 15,000. */
  readonly ttlMs?: number;
  /** How long other writers are waited for, in milliseconds. Default: 60,000. */
  readonly waitMs?: number;
}

/** The revision that a turn has open. */
export interface RevisionWriter extends Pick<GraphWriter, 'open' | 'keep'> {
  /** Publishes the revision with its entries in the ledger, both or neither; gives its number. */
  publish(entries: readonly LedgerEntry[]): Promise<number>;
}

/**
 * Waits for the turn to write, lets `work` write one revision and gives the turn back, however the work ends. What it neither
 * published nor rolled back no reader ever sees. Fails with STORE_BUSY, with STORE_FENCED, and as the work does.
 */
export async function inOneRevision<T>(turn: Turn, work: (writer: RevisionWriter) => Promise<T>): Promise<T> {
  const { graph, run, clock, signal, ttlMs = 15_000, waitMs = 60_000 } = turn;
  const writer = await openForWriting({ graph, run, ttlMs, waitMs, now: () => clock.now(), signal });
  try {
    return await work({
      open: writer.open,
      keep: () => writer.keep(),
      async publish(entries) {
        await writer.keep();
        return (await graph.publish(writer.open, entries)).n;
      },
    });
  } finally {
    await writer.release();
  }
}
