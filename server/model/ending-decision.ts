import type { Uid } from './ids.ts';

/** A person's decision on one field that has an end. */
export interface EndingDecision {
  readonly field: Uid;
  readonly decision: string;
  /** What holds by it, or does not; null: all that was found was rejected. */
  readonly category: string | null;
  /** ISO 8601. */
  readonly endsAt: string;
}
