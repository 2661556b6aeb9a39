import type { Effect } from './treatment.ts';
import type { Uid } from './ids.ts';

/** How a value reaches a field (OpenLineage column lineage, type DIRECT). Edges of these kinds run field → field. */
export const directKinds = ['IDENTITY', 'TRANSFORMATION', 'AGGREGATION'] as const;
/** How a field steers which rows or values appear without becoming one (type INDIRECT). Field → dataset, once per statement. */
export const indirectKinds = ['JOIN', 'GROUP_BY', 'FILTER', 'SORT', 'WINDOW', 'CONDITIONAL'] as const;

export type DirectKind = (typeof directKinds)[number];
export type IndirectKind = (typeof indirectKinds)[number];
/** `DATASET` runs dataset → dataset: the job reads the one and writes the other, whether or not its columns could be told. */
export type EdgeKind = DirectKind | IndirectKind | 'DATASET';

export function isDirect(kind: EdgeKind): kind is DirectKind {
  return (directKinds as readonly string[]).includes(kind);
}

export function isIndirect(kind: EdgeKind): kind is IndirectKind {
  return (indirectKinds as readonly string[]).includes(kind);
}

/** One claim that data flows: from an input to an output, through a job. */
export interface LineageEdge {
  readonly from: Uid;
  readonly to: Uid;
  readonly kind: EdgeKind;
  /** The job that moves the data; null when a source states the edge without naming one. */
  readonly job: Uid | null;
  /** Functions applied on the way, innermost first, upper case, joined by `>`; empty for a plain copy. */
  readonly fn: string;
  /** What `fn` does to the value, by the function table of the SQL room or as the source states it. */
  readonly effect: Effect;
  /** OpenLineage's flag: the value cannot be read back in clear from the output. */
  readonly masking: boolean;
  /** Fingerprint of the statement behind the edge; null when there is none. */
  readonly statement: string | null;
  /** 0..1: 1 when the statement was resolved in full. */
  readonly confidence: number;
}
