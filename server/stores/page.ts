/** What part of a list is asked for. */
export interface PageRequest {
  /** 1..10,000. */
  readonly first: number;
  /** An opaque cursor of an earlier page of the same list at the same revision. */
  readonly after?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly cursor: string | null;
}
