import { LexlineError } from '../base/errors.ts';
import type { GraphStore, OpenRevision, RunInfo, WriteLease } from '../stores/graph/graph-store.ts';
import { waitForLease } from './source-lease.ts';

/** The one write lease of the graph, renewed by {@link GraphWriter.keep} between batches. */
export interface GraphWriter {
  readonly open: OpenRevision;
  /** Renews the lease when a third of its time has gone. Fails with STORE_FENCED when it was lost. */
  keep(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the write lease, waiting for other writers up to `waitMs`, and opens the next revision. The run is the holder: a
 * killed run that starts again takes its own lease at once. Fails with STORE_BUSY.
 */
export async function openForWriting(options: {
  readonly graph: GraphStore;
  readonly run: RunInfo;
  readonly ttlMs: number;
  readonly waitMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}): Promise<GraphWriter> {
  const { graph, run, ttlMs, now } = options;
  const first = await waitForLease(() => graph.lease(run.run, ttlMs), options);
  if (first === null)
    throw new LexlineError(
      'STORE_BUSY',
      `[sync] another process is writing to the graph; nothing was changed, what was read is kept. Run ${run.run} goes on when it is started again.`,
    );
  let lease: WriteLease = first;
  let renewedAt = now();
  const open = await graph.open(lease, run);
  return {
    open,
    async keep() {
      if (now() - renewedAt < ttlMs / 3) return;
      const renewed = await graph.lease(run.run, ttlMs);
      if (renewed === null || renewed.token !== lease.token)
        throw new LexlineError('STORE_FENCED', `[sync] another process took over the write lease from run ${run.run}`);
      lease = renewed;
      renewedAt = now();
    },
    release: () => graph.release(lease),
  };
}
