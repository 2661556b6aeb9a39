import type { JudgingPreview } from './preview-judging.ts';
import type { ModelPlan, ModelReport } from '../classify/model-tier.ts';
import type { Actor, Gap } from '../model/provenance.ts';
import type { WriteBackSummary } from '../writeback/write-back.ts';
import type { DriftReport } from './drift.ts';

/** One pass of a source through the stages. */
export interface SyncRequest {
  readonly source: string;
  readonly actor: Actor;
  /** Ignore cursors and read all. */
  readonly full?: boolean;
  /** Read, stage and compare; write nothing to the graph. */
  readonly dryRun?: boolean;
  /** A person confirmed that a scope may lose more than a fifth of its documents in this run. */
  readonly allowShrink?: boolean;
  /** Ask a model again where its last answer could not be used, before the time for that has come. */
  readonly retryModel?: boolean;
  /** Least time between two revisions of the run, in ms; for runs that follow one another closely. */
  readonly apartMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SyncProgress) => void;
}

export interface SyncProgress {
  readonly source: string;
  readonly stage: 'check' | 'read' | 'resolve' | 'write' | 'profile' | 'classify' | 'model' | 'propagate' | 'done';
  readonly done: number;
  readonly total: number | null;
}

/** What one run did. Kept in the state store under `sync-run`, the newest also under `last-sync-run` by source. */
export interface SyncReport {
  readonly run: string;
  readonly source: string;
  /** `PARTIAL`: ended, with gaps. `UNCHANGED`: nothing differed, no revision was opened. */
  readonly status: 'DONE' | 'PARTIAL' | 'UNCHANGED' | 'FAILED' | 'DRY_RUN';
  readonly startedAt: string;
  readonly finishedAt: string;
  /** True when it went on from a run that was killed. */
  readonly resumed: boolean;
  readonly revisions: readonly number[];
  readonly documents: {
    readonly read: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly retired: number;
  };
  readonly fields: {
    readonly judged: number;
    readonly profiled: number;
    readonly sensitive: number;
    readonly undecided: number;
  };
  readonly statements: { readonly full: number; readonly tables: number; readonly failed: number };
  readonly derivedRows: number;
  /** How the source differs from when it was last read; left out where nothing differs, and on a first sync. */
  readonly drift?: DriftReport;
  /** What became of the tags on their way back; left out where nothing is written back. */
  readonly writeBack?: WriteBackSummary;
  /** What was asked of a model, and what it cost; left out where the source names no endpoint. */
  readonly llm?: ModelReport;
  /** Of a dry run: what would be sent to the source's endpoint. */
  readonly llmPlan?: ModelPlan;
  /** Of a dry run: which verdicts would be others by the detectors of now. */
  readonly preview?: JudgingPreview;
  /** What the connector says of this read: what it cost. Left out where it says nothing. */
  readonly notes?: readonly string[];
  readonly gaps: readonly Gap[];
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string | null } | null;
}

/** The conductor. One sync of a source at a time, across processes. */
export interface Sync {
  /** Fails with INPUT_INVALID for a source that is not configured. */
  run(request: SyncRequest): Promise<SyncReport>;
  /** Whether a source of this name is configured: asked before a run that nobody waits for. */
  knows?(source: string): boolean;
  lastReport(source: string): Promise<SyncReport | null>;
  /** Newest first. */
  reports(source: string | undefined, first: number): Promise<readonly SyncReport[]>;
}
