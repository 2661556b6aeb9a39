import type { Change, GraphStore, OpenRevision } from './graph-store.ts';

/** Gathers changes into batches and keeps the store busy with one while the next is gathered. */
export interface BatchWriter {
  /** `rows`: about how many rows the change makes; 1 unless it is a document. */
  add(change: Change, rows?: number): Promise<void>;
  /** Writes what is left and waits until all is applied. Returns the number of changes. */
  end(): Promise<number>;
}

/** Rows of a batch, about; a single large document may go beyond. */
const batchRows = 10_000;
/** Changes of a batch, at most: a store takes no more ({@link GraphStore.apply}). */
const batchChanges = 10_000;

/** `between` is called after each batch was handed over: it renews leases and reports progress. A failure of a batch is met by the next call. */
export function createBatchWriter(
  graph: Pick<GraphStore, 'apply'>,
  open: OpenRevision,
  between: (written: number) => Promise<void> = async () => {},
): BatchWriter {
  let batch: Change[] = [];
  let rows = 0;
  let written = 0;
  let applying: Promise<unknown> = Promise.resolve();

  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const full = batch;
    batch = [];
    rows = 0;
    await applying;
    applying = graph.apply(open, full);
    // Waited for by the next batch or by the end; until then nobody is told of a failure.
    applying.catch(() => {});
    written += full.length;
    await between(written);
  };

  return {
    async add(change, weight = 1) {
      batch.push(change);
      rows += weight;
      if (rows >= batchRows || batch.length >= batchChanges) await flush();
    },
    async end() {
      await flush();
      await applying;
      return written;
    },
  };
}
