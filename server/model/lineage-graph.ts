import type { EdgeKind } from './edge.ts';
import type { Effect } from './treatment.ts';
import type { FieldState } from './effective.ts';
import type { Uid } from './ids.ts';
import type { VouchedFunction } from './vouched-functions.ts';

/** A lineage answer that can be listed, drawn or sent: what a walk found, with the names and states that a person reads. */
export interface LineageGraph {
  /** What was asked about; its nodes have depth 0. */
  readonly origin: Uid;
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';
  readonly granularity: 'FIELD' | 'DATASET';
  /** Upstream depths are negative. */
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageLink[];
  readonly truncated: { readonly reason: 'FIRST' | 'DEPTH' | 'BUDGET'; readonly remaining: number | null } | null;
  readonly hiddenNodes: number;
  /** Statements of the jobs on the way whose columns could not all be told. */
  readonly unparsedStatements: number;
  readonly endCursor: string | null;
}

export interface LineageNode {
  readonly key: Uid;
  readonly depth: number;
  readonly hidden: boolean;
  /** Null when hidden. For granularity DATASET `path` is null. */
  readonly dataset: {
    readonly uid: Uid;
    readonly name: string;
    readonly namespace: string;
    readonly platform: string | null;
  } | null;
  readonly path: string | null;
  readonly label: string | null;
  readonly state: FieldState | null;
}

export interface LineageLink {
  readonly from: Uid;
  readonly to: Uid;
  readonly kind: 'DIRECT' | 'INDIRECT' | 'DATASET';
  readonly transformation: EdgeKind;
  readonly fn: string;
  readonly effect: Effect;
  readonly masking: boolean;
  readonly confidence: number;
  readonly job: { readonly uid: Uid; readonly name: string } | null;
  readonly assertedBy: string;
  /** Functions of a team on the edge that somebody answers for. */
  readonly vouched?: readonly VouchedFunction[];
  /**
   * Between datasets: pairs of columns known to flow, 0 where no columns could be told. Null: they were not looked at, or columns
   * steer without flowing.
   */
  readonly columns?: number | null;
  /** True when it was read out of SQL, false when the source stated it. */
  readonly fromSql?: boolean;
  /** Fingerprint of the text behind it; null: there is none, it is of several edges, or it may not be read. */
  readonly statement?: string | null;
}
