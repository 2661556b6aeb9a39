import type { Actor } from '../model/provenance.ts';
import type { WriteBackChange } from './change.ts';
import type { SourceRetags, TwoWorlds } from './retags.ts';

/** What the planning of a source came to. */
export interface WriteBackPlan {
  readonly source: string;
  readonly mode: 'off' | 'propose' | 'auto';
  /** Changes that wait, and those that `auto` would write, in the order of things. */
  readonly changes: readonly PlannedChange[];
  /** For sources that are written by a patch: the diff that a person commits. */
  readonly diff: string | null;
  /** What a patch has no place for, or the source takes no tag on, in words. */
  readonly left: readonly string[];
}

/** A change and exactly what would be sent for it. */
export interface PlannedChange {
  readonly change: WriteBackChange;
  readonly steps: readonly string[];
}

/** What was done in one go. */
export interface WriteBackOutcome {
  readonly source: string;
  readonly done: readonly WriteBackChange[];
  /** Why it ended before all were done; null when nothing stopped it. */
  readonly stopped: string | null;
}

/** What a sync tells about its write-back. */
export interface WriteBackSummary {
  readonly mode: 'propose' | 'auto';
  readonly planned: number;
  readonly written: number;
  readonly waiting: number;
  readonly failed: number;
  /** Asked for, and refused before by their things for what they are: not tried again before `retryAt`. */
  readonly refused: number;
  /** When the first of those that were refused is tried again though nothing changed (ISO 8601); null: there is none. */
  readonly retryAt: string | null;
  /** Sure additions that the cap, or a stop, left for the next sync. */
  readonly leftOver: number;
  readonly stopped: string | null;
}

/**
 * Tags on their way back to the sources: plan, review, apply, verify, undo. Every act names its actor and is in the ledger.
 * What the API, the command line and the sync all go through.
 */
export interface WriteBack {
  /** What is known of all planned changes, newest state; nothing is asked of a source. */
  list(filter: {
    readonly source?: string;
    readonly status?: WriteBackChange['status'];
  }): Promise<readonly WriteBackChange[]>;
  /** What would change now: reads, writes nothing, keeps nothing. Fails with INPUT_INVALID where the source cannot be written. */
  preview(source: string, signal: AbortSignal): Promise<WriteBackPlan>;
  /**
   * What would be planned otherwise in the other world, source by source, of those that assert one of its datasets. Writes
   * nothing, keeps nothing. A source that cannot be asked is told with the reason, and fails nothing.
   */
  retags(worlds: TwoWorlds, seen: 'all' | readonly string[], signal: AbortSignal): Promise<readonly SourceRetags[]>;
  /** Writes chosen changes; a person's act, so no cap holds. Stops at the first unexpected read-back. */
  apply(request: WriteBackRequest): Promise<WriteBackOutcome>;
  /** Takes back what was written, or puts back what was taken off. */
  undo(request: WriteBackRequest): Promise<WriteBackOutcome>;
  /** A person said no: the same change is not proposed again. */
  decline(request: Omit<WriteBackRequest, 'signal'>): Promise<readonly WriteBackChange[]>;
}

export interface WriteBackRequest {
  readonly source: string;
  /** Ids, or their first characters where no other begins alike; `all`: every one that waits. */
  readonly ids: readonly string[] | 'all';
  readonly actor: Actor;
  readonly signal: AbortSignal;
}
