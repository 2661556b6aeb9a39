/**
 * Passages of regulation text, found by words and, where an embedder is configured, by meaning. One named collection is
 * live at a time under an alias: a re-index is built aside and switched in at once.
 */
export interface VectorIndex {
  readonly capabilities: { readonly engine: string; readonly dense: boolean };
  /** Makes an empty collection; `dimensions` null: words only. */
  create(collection: string, dimensions: number | null): Promise<void>;
  put(collection: string, passages: readonly Passage[]): Promise<void>;
  /** Switches readers of `alias` to `collection` at once. */
  publish(alias: string, collection: string): Promise<void>;
  /** Best first; `score` grows with likeness and is comparable within one answer only. */
  search(alias: string, query: PassageQuery): Promise<readonly PassageHit[]>;
  /** Passages by their ids, in no order; those that are not there are left out. Nothing indexed yet: none. */
  get(alias: string, ids: readonly string[]): Promise<readonly Passage[]>;
  /** All passages in an order of the engine's own, `first` at a time, from the one after `after`. Nothing indexed yet: none. */
  page(alias: string, after: string | null, first: number): Promise<readonly Passage[]>;
  removeWhere(collection: string, filter: PassageFilter): Promise<void>;
  drop(collection: string): Promise<void>;
  collections(): Promise<
    readonly { readonly name: string; readonly passages: number; readonly aliases: readonly string[] }[]
  >;
  close(): Promise<void>;
}

export interface Passage {
  readonly id: string;
  readonly regulation: string;
  readonly provision: string;
  readonly edition: string;
  readonly language: string;
  /** In force from (inclusive) and to (exclusive), YYYY-MM-DD; null: open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly kind: 'official' | 'own-words';
  readonly text: string;
  /** Further words by which it should be found; searched, never shown. */
  readonly searchText: string;
  readonly vector: readonly number[] | null;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
}

export interface PassageFilter {
  readonly regulations?: readonly string[];
  readonly editions?: readonly string[];
  readonly languages?: readonly string[];
  readonly kind?: Passage['kind'];
  readonly asOf?: string;
}

export interface PassageQuery {
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
  readonly vector: readonly number[] | null;
  readonly filter: PassageFilter;
  readonly k: number;
}

export interface PassageHit {
  readonly passage: Passage;
  readonly score: number;
}
