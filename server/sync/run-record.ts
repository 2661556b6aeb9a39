import type { Json } from '../model/json.ts';
import type { Gap } from '../model/provenance.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { ScopeState } from '../ingest/plan-retirement.ts';

/**
 * What a run must remember to go on after a kill. `read`: documents are being staged. `staged`: all are, nothing is written
 * or the write is open. `published`: the graph has them, fields are being judged. `judged`: the judgements are staged.
 * `model`: they are written, a model is asked about what they leave open.
 */
export interface RunRecord {
  readonly run: string;
  readonly source: string;
  readonly startedAt: string;
  /** Who runs it, so that a restart on the same machine can tell a dead process from a busy one. */
  readonly holder: { readonly id: string; readonly host: string; readonly pid: number };
  readonly phase: 'read' | 'staged' | 'published' | 'judged' | 'model';
  /** Digest of what shapes the documents; a run found under another one is thrown away. */
  readonly shape: string;
  /** The cursor that the read began with, null for a full one. */
  readonly since: Json | null;
  /** Where a killed read goes on; null: from the beginning. */
  readonly cursor: Json | null;
  readonly epoch: number;
  readonly scopes: Readonly<Record<string, ScopeState>>;
  readonly listed: readonly string[] | null;
  readonly gaps: readonly ScopedGap[];
  readonly counts: RunCounts;
  readonly revisions: readonly number[];
  readonly retired: readonly string[];
  /** The revision whose datasets were judged; null before judging began. */
  readonly judgedAt: number | null;
  /** Something was kept until a person says that it may go: the next read must meet it again. */
  readonly held?: boolean;
  /** What the connector says of this read beside documents. */
  readonly notes?: readonly string[];
  /** What the next incremental read begins with. */
  readonly nextSince: Json | null;
}

/** A gap and the scope it was met in; null: it holds of the run, which finds it anew every time. */
export interface ScopedGap extends Gap {
  readonly scope: string | null;
}

/** The scope of gaps that profiling leaves. */
export const profileScope = '(profile)';

export interface RunCounts {
  readonly read: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly retired: number;
  readonly statementsFull: number;
  readonly statementsTables: number;
  readonly statementsFailed: number;
  readonly judged: number;
  readonly profiled: number;
  readonly sensitive: number;
  readonly undecided: number;
  readonly derivedRows: number;
}

export const noCounts: RunCounts = {
  read: 0,
  changed: 0,
  unchanged: 0,
  retired: 0,
  statementsFull: 0,
  statementsTables: 0,
  statementsFailed: 0,
  judged: 0,
  profiled: 0,
  sensitive: 0,
  undecided: 0,
  derivedRows: 0,
};

const kind = 'sync-open';
const lastReadKind = 'sync-since';

/** What the last read that ended leaves for the next. */
export interface LastRead {
  readonly cursor: Json | null;
  readonly shape: string;
  readonly gaps: readonly ScopedGap[];
}

export async function lastRead(state: StateStore, source: string): Promise<LastRead | null> {
  const body = await state.get(lastReadKind, source);
  return body === null ? null : (body as unknown as LastRead);
}

export async function keepLastRead(state: StateStore, source: string, read: LastRead): Promise<void> {
  await state.put(lastReadKind, source, read as unknown as Json);
}
/** Gaps kept by name in a run; of the rest only the number is told. */
const maxGaps = 2000;

/** The run of a source that has not ended, if any. */
export async function openRun(state: StateStore, source: string): Promise<RunRecord | null> {
  const body = await state.get(kind, source);
  return body === null ? null : (body as unknown as RunRecord);
}

export async function saveRun(state: StateStore, record: RunRecord): Promise<void> {
  await state.put(kind, record.source, record as unknown as Json);
}

export async function endRun(state: StateStore, source: string): Promise<void> {
  await state.remove(kind, source);
}

/** Each gap once, at most 2,000 by name and then one that counts the rest. */
export function boundGaps(gaps: readonly ScopedGap[]): readonly ScopedGap[] {
  const unique = [...new Map(gaps.map((gap) => [`${gap.what}\u0000${gap.reason}\u0000${gap.detail}`, gap])).values()];
  if (unique.length <= maxGaps) return unique;
  const rest = unique.length - maxGaps;
  return [
    ...unique.slice(0, maxGaps),
    {
      what: `${rest} more`,
      reason: 'not-read',
      detail: `${rest} further gaps of this run are not listed`,
      remedy: 'mend those that are listed, and sync again: the next ones are then named',
      scope: null,
    },
  ];
}

/** The gaps of earlier reads that an incremental one neither met again nor can have closed: it did not begin their scopes. */
export function carriedGaps(earlier: readonly ScopedGap[], begun: ReadonlySet<string>): readonly ScopedGap[] {
  return earlier.filter(({ scope }) => scope !== null && scope !== profileScope && !begun.has(scope));
}

/** A gap as a report shows it. */
export function plainGap({ what, reason, detail, remedy }: ScopedGap): Gap {
  return { what, reason, detail, remedy };
}
