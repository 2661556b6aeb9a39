import type { SourceConnection } from '../../connectors/connector.ts';
import type { Stage } from '../ingest/stage.ts';
import type { Gap } from '../model/provenance.ts';
import type { SyncContext } from './create-sync.ts';
import type { RunCounts, RunRecord, ScopedGap } from './run-record.ts';
import type { ConfiguredSource } from './source.ts';
import type { SyncProgress, SyncRequest } from './sync.ts';

/** One run of one source while it goes on: what the phases share. */
export interface Run {
  readonly context: SyncContext;
  readonly source: ConfiguredSource;
  readonly request: SyncRequest;
  readonly connection: SourceConnection;
  readonly stage: Stage;
  readonly resumed: boolean;
  /** Fires when somebody asked to stop or the lease of the source was lost. */
  readonly signal: AbortSignal;
  readonly record: RunRecord;
  /** Remembers how far the run has come. A dry run remembers nothing. */
  save(patch: Partial<RunRecord>): Promise<void>;
  count(counts: Partial<RunCounts>): void;
  /** `scope` null: they hold of the run as a whole. */
  addGaps(gaps: readonly Gap[], scope: string | null): void;
  addScopedGaps(gaps: readonly ScopedGap[]): void;
  progress(stage: SyncProgress['stage'], done: number, total?: number): void;
}
