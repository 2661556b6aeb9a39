import type { Json } from '../../model/json.ts';
import type { Page, PageRequest } from '../page.ts';

/**
 * What processes must remember and the graph must not hold: named leases, staged documents, checkpoints, sync runs,
 * artefacts, answer cache, observations. Not revisioned. With it Lexline's processes are stateless.
 */
export interface StateStore {
  /**
   * Takes or renews a named lease. Null while another holder's has not run out. The token grows with every change of holder
   * and after a release; a holder that was held up keeps it as long as nobody took the lease.
   */
  acquire(name: string, holder: string, ttlMs: number): Promise<StateLease | null>;
  release(lease: StateLease): Promise<void>;

  /** Keeps documents of a run until it is published. Staging the same key again replaces it. */
  stage(run: string, documents: readonly StagedDocument[]): Promise<void>;
  /** In the order of keys. `scope` undefined: all. */
  staged(run: string, scope: string | undefined, page: PageRequest): Promise<Page<StagedDocument>>;
  unstage(run: string): Promise<void>;

  put(kind: string, key: string, body: Json, expiresAt?: string): Promise<void>;
  get(kind: string, key: string): Promise<Json | null>;
  /** By key in code unit order, or newest first with `newest`. */
  list(
    kind: string,
    page: PageRequest & { readonly prefix?: string; readonly newest?: boolean },
  ): Promise<Page<StateRecord>>;
  remove(kind: string, key: string): Promise<void>;
  /**
   * Keeps many records of a kind in one transaction, all or none. What it has answered survives a loss of power, not only of
   * the process.
   */
  putAll(kind: string, records: readonly StateEntry[]): Promise<void>;
  /** The bodies of these keys in their order, null where there is none. */
  getAll(kind: string, keys: readonly string[]): Promise<readonly (Json | null)[]>;
  /** Removes many records of a kind; keys that are not there are passed over. */
  removeAll(kind: string, keys: readonly string[]): Promise<void>;
  /** How many records of a kind there are. */
  count(kind: string): Promise<number>;

  /** Artefacts (report files) in chunks of at most 1 MiB. */
  putChunk(artefact: string, index: number, bytes: Uint8Array): Promise<void>;
  chunk(artefact: string, index: number): Promise<Uint8Array | null>;
  removeArtefact(artefact: string): Promise<void>;

  /**
   * Adds up counts per day and keeps the latest instant and body, all batches in one transaction. A batch whose id is known
   * counts nothing: its id is kept in the transaction of its counts, so that after a kill both are there or neither.
   */
  observe(batches: readonly ObservedBatch[]): Promise<void>;
  /** Lets go of the ids of batches that cannot come again; those that are not known are passed over. Counts stay. */
  forgetBatches(ids: readonly string[]): Promise<void>;
  observations(uids: readonly string[], measure?: string): Promise<readonly Observation[]>;
}

export interface StateLease {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
  readonly expiresAt: string;
}

export interface StagedDocument {
  readonly key: string;
  readonly scope: string;
  readonly digest: string;
  readonly body: Json;
}

export interface StateEntry {
  readonly key: string;
  readonly body: Json;
}

export interface StateRecord {
  readonly key: string;
  readonly body: Json;
  readonly updatedAt: string;
}

/** Observations that count once together. Without {@link StateStore.forgetBatches} an id is known for half a year. */
export interface ObservedBatch {
  readonly id: string;
  readonly observations: readonly Observation[];
}

export interface Observation {
  readonly uid: string;
  readonly measure: string;
  readonly day: string;
  readonly count: number;
  readonly last: string;
  readonly body?: Json;
}
