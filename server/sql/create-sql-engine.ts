import { availableParallelism } from 'node:os';
import { LexlineError } from '../base/errors.ts';
import { createLineageCache } from './pool/lineage-cache.ts';
import { failedLineage } from './pool/failed-lineage.ts';
import { SqlWorkerPool } from './pool/worker-pool.ts';
import type { SqlEngine, SqlEngineOptions } from './sql-lineage.ts';

/**
 * The engine that every room uses: a pool of workers, each text within a deadline and a size limit, repeated texts answered
 * from memory. Workers start with the first text; a hung or dying one is replaced, and only its own text fails.
 */
export function createSqlEngine(options: SqlEngineOptions = {}): SqlEngine {
  const maxBytes = options.maxBytes ?? 10 * 1024 * 1024;
  const cache = createLineageCache();
  const pool = new SqlWorkerPool({
    workers: options.workers ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    deadlineMs: options.deadlineMs ?? 2_000,
  });
  return {
    async lineage(request, signal) {
      signal?.throwIfAborted();
      const bytes = Buffer.byteLength(request.sql);
      if (bytes > maxBytes)
        return failedLineage(
          'INPUT_INVALID',
          `the text has ${bytes} bytes, the limit is ${maxBytes}: split it, or raise maxBytes`,
        );
      const known = cache.get(request);
      if (known !== null) return known;
      const lineage = await pool.run(request, signal);
      cache.put(request, lineage);
      return lineage;
    },
    async close() {
      await pool.close(new LexlineError('SQL_FAILED', '[sql] the engine was closed before this text was looked at'));
    },
  };
}
