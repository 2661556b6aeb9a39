import type { Actor } from '../../model/provenance.ts';
import type { Json } from '../../model/json.ts';
import type { Uid } from '../../model/ids.ts';
import type { Page, PageRequest } from '../page.ts';

/** One thing that somebody did, as it is handed in. Comments and names of people are hashed with a salt before they get here. */
export interface LedgerEntry {
  readonly kind: string;
  readonly actor: Actor;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly subject: Uid | null;
  readonly body: Json;
}

export interface LedgerRecord extends LedgerEntry {
  readonly seq: number;
  readonly batch: number;
}

/** Entries are chained in batches: a batch's hash covers the one before it and the Merkle root of its entries. */
export interface LedgerBatch {
  readonly batch: number;
  readonly at: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly root: string;
  readonly previousHash: string;
  readonly hash: string;
  /** The revision published with it, if any. */
  readonly revision: number | null;
}

export interface LedgerFilter {
  readonly kind?: string;
  readonly subject?: Uid;
  readonly actor?: string;
  readonly since?: string;
  readonly until?: string;
  /** The newest first instead of the oldest. A cursor of one order belongs to no other. */
  readonly newestFirst?: boolean;
}

export type LedgerCheck =
  | { readonly intact: true; readonly batches: number; readonly entries: number; readonly head: string | null }
  | { readonly intact: false; readonly batch: number; readonly seq: number | null; readonly what: string };

/** Append-only record of decisions, exports and sign-ins, in the graph's engine: publishing a revision writes its batch in the same transaction. */
export interface Ledger {
  /** Appends one batch that belongs to no revision. Fails with INPUT_INVALID when it is empty. */
  append(entries: readonly LedgerEntry[]): Promise<LedgerBatch>;
  /** Oldest first, unless the filter says otherwise. */
  read(filter: LedgerFilter, page: PageRequest): Promise<Page<LedgerRecord>>;
  batches(page: PageRequest): Promise<Page<LedgerBatch>>;
  /** Recomputes every hash. Names the first batch, and where it can the entry, that does not hold. It cannot see a cut tail. */
  verify(): Promise<LedgerCheck>;
}
