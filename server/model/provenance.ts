/** Who did it: every write to a store names one. `id` is opaque (`user@host`, a key's id, a process name), never a secret. */
export interface Actor {
  readonly kind: 'person' | 'key' | 'process';
  readonly id: string;
}

/** What went wrong, is missing or cannot be told: counted and shown everywhere, never rounded to fine. */
export interface Gap {
  /** The thing that is not known, in words a person reads: `schema hr`, `statement 3 of model.shop.orders`. */
  readonly what: string;
  readonly reason: GapReason;
  /** More about the reason; never a secret, never a sampled value. */
  readonly detail: string;
  /** What a person can do about it, ready to paste where that is possible (a GRANT, a setting). Never empty. */
  readonly remedy: string;
}

export type GapReason =
  | 'not-connected'
  | 'not-read'
  | 'no-rights'
  | 'source-failed'
  | 'unsupported'
  | 'unparsed-sql'
  | 'partly-parsed-sql'
  | 'unresolved-name'
  | 'abstained'
  | 'not-judged'
  | 'names-only'
  | 'needs-profiling'
  | 'stale';
