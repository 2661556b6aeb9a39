import type { Rowset } from '../resolve/rowset.ts';

/** A table that the script itself filled. */
export interface Filled {
  readonly name: string;
  readonly temporary: boolean;
  /** A temporary table that was read: nothing of it is left when the script ends. */
  consumed: boolean;
  /** Its columns, each with what it is made from. */
  rowset: Rowset;
  readonly created: boolean;
  /** Nothing was put into it by this script: what it holds comes from elsewhere. */
  empty: boolean;
  /** Tables that count as read once this is read. */
  readonly reads: readonly string[];
}
