import type { DerivedClassification, Entered, Verdict } from '../../model/classification.ts';
import type { EdgeKind, LineageEdge } from '../../model/edge.ts';
import type { EntityKind, FieldPath, QualifiedName, Uid } from '../../model/ids.ts';
import type { Json } from '../../model/json.ts';
import type { Actor } from '../../model/provenance.ts';
import type { Treatment } from '../../model/treatment.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { Page, PageRequest } from '../page.ts';
import type { FieldMark } from './field-mark.ts';

/**
 * The lineage graph: revisioned facts, edges, evidence, verdicts, derived rows and people's entries, each owned by the
 * source that asserts it. Data in, data out: an engine may sit in a worker or behind a wire, so nothing takes a callback.
 *
 * Every row lives in `[from, to)`. Readers name the revision they read at; `head().published` is the newest they may see,
 * and only the process that holds the open revision reads at `open.n`. Below the retention floor every read fails with
 * ASOF_BELOW_RETENTION, never with a part of the answer, save at revisions that were kept. Every engine passes `test/conformance/graph-store.ts`.
 */
export interface GraphStore {
  readonly capabilities: GraphCapabilities;

  head(): Promise<Head>;
  /** The last revision published at or before `time` (ISO 8601). Fails with ASOF_BEFORE_FIRST_REVISION or ASOF_BELOW_RETENTION. */
  revisionAt(time: string): Promise<Revision>;
  /** Newest first. */
  revisions(page: PageRequest): Promise<Page<Revision>>;

  /** Makes or updates a source's record. Not revisioned: mode and precedence are settings. */
  putSource(source: SourceRecord): Promise<void>;
  sources(): Promise<readonly SourceRecord[]>;

  /**
   * The one write lease. Null while another holder's lease has not run out. Asking again as the same holder renews it, so a
   * holder's name must be its own: two that share one share the lease.
   */
  lease(holder: string, ttlMs: number): Promise<WriteLease | null>;
  release(lease: WriteLease): Promise<void>;
  /**
   * Opens revision `published + 1`. Found open by the same `run`: goes on with it. Found open by another run: rolls that
   * back first. Fails with STORE_FENCED when the lease was lost.
   */
  open(lease: WriteLease, run: RunInfo): Promise<OpenRevision>;
  /**
   * Applies a batch (at most 10,000 changes; the engine splits it into short transactions). Applying it twice is applying it
   * once, also after it was cut short. Where a document says one thing twice, the first counts. Whatever an edge, a verdict or
   * an entry is about must have been named or asserted before. Fails with STORE_FENCED when the lease was lost.
   */
  apply(open: OpenRevision, changes: readonly Change[]): Promise<ApplyResult>;
  /** One small transaction: revision, ledger batch, head. */
  publish(open: OpenRevision, ledger: readonly LedgerEntry[]): Promise<Revision>;
  rollback(open: OpenRevision): Promise<void>;

  /** Document digests of one source, for the diff. `scope` undefined: all scopes. */
  docs(source: string, scope: string | undefined, n: number, page: PageRequest): Promise<Page<DocRecord>>;
  /** In the order asked; null where nothing of that identity was ever named. */
  get(uids: readonly Uid[], n: number): Promise<readonly (EntityRecord | null)[]>;
  /** Joins names and their aliases to identities alive at `n`; null where unknown. `without`: a source whose aliases do not count. */
  resolve(
    names: readonly QualifiedName[],
    kind: 'dataset' | 'job',
    n: number,
    without?: string,
  ): Promise<readonly (Uid | null)[]>;
  /** Looks up by the id a source itself uses; in the order asked. */
  byNative(source: string, ids: readonly string[], n: number): Promise<readonly (Uid | null)[]>;
  /** By namespace, name and the JSON text of the path, each in code point order; then by uid. */
  list(filter: EntityFilter, n: number, page: PageRequest): Promise<Page<EntityRecord>>;
  /**
   * The fields of each dataset that are alive at `n`: datasets in the order asked, fields by the JSON text of the path. At most
   * 1,000 datasets; one read, so that a page of 50 badges needs no 50 lists.
   */
  fieldsOf(datasets: readonly Uid[], n: number): Promise<readonly (readonly EntityRecord[])[]>;
  /**
   * What is judged of each field of the datasets, in the least form: datasets in the order asked, at most 1,000, fields by
   * path. What badges and counts over all fields read.
   */
  fieldMarks(datasets: readonly Uid[], n: number): Promise<readonly (readonly FieldMark[])[]>;
  /**
   * Full text over names, paths and the descriptions that stand at `n`. Every word must begin a word there, as `words.ts` splits
   * and folds them. What is found by its name comes before what only a description names; the shorter name or path first, then
   * as {@link GraphStore.list} has them.
   */
  search(text: string, filter: EntityFilter, n: number, page: PageRequest): Promise<Page<EntityRecord>>;

  /** Breadth first, fewest hops; cycles are visited once. Fails with CANCELLED when `signal` fires, as `path` and `count` do. */
  walk(request: WalkRequest, signal?: AbortSignal): Promise<WalkResult>;
  /**
   * Of the shortest paths by hops the first by the uids along it, and of each step's edges the first by kind, job, function and
   * source; null when there is none within `maxDepth`; no edges from a thing to itself. Fails with QUERY_TOO_COSTLY beyond a
   * million things.
   */
  path(request: PathRequest, signal?: AbortSignal): Promise<PathResult | null>;
  /** How many a walk of this shape reaches, without fetching them. */
  count(request: CountRequest, signal?: AbortSignal): Promise<CountResult>;
  /** The edges that leave (`downstream`) or enter (`upstream`) the given things, in an order that stays the same. */
  edges(
    uids: readonly Uid[],
    direction: Direction,
    kinds: readonly EdgeKind[] | undefined,
    n: number,
    page: PageRequest,
  ): Promise<Page<EdgeRecord>>;

  verdicts(fields: readonly Uid[], n: number): Promise<readonly Verdict[]>;
  derived(fields: readonly Uid[], n: number): Promise<readonly DerivedClassification[]>;
  evidence(fields: readonly Uid[], n: number): Promise<readonly EvidenceRecord[]>;
  /** `kind`: also kinds that go on after it with a slash; see `isOfKind`. */
  entered(
    filter: { readonly uids?: readonly Uid[]; readonly kind?: string },
    n: number,
  ): Promise<readonly EnteredRecord[]>;
  statements(ids: readonly string[]): Promise<readonly StatementRecord[]>;

  /** Everything of one kind alive at `n`, page by page, in a stable order: what full propagation and export read. */
  scan<K extends keyof ScanRows>(what: K, n: number, page: PageRequest): Promise<Page<ScanRows[K]>>;
  /**
   * What differs between two revisions (a <= b), as rows that closed and rows that opened; what came and went between is in
   * neither. `tables`: of these alone; the others are not read.
   */
  changes(
    a: number,
    b: number,
    page: PageRequest,
    tables?: readonly ChangeRecord['table'][],
  ): Promise<Page<ChangeRecord>>;
  /**
   * What ever opened or closed about the given things (their facts, evidence, verdicts, derived rows and entries; not edges)
   * up to revision `n`, oldest first: what a history shows.
   */
  history(uids: readonly Uid[], n: number, page: PageRequest): Promise<Page<ChangeRecord>>;
  /** Totals alive at `n`. */
  totals(n: number): Promise<Totals>;
  /**
   * Forgets what closed at or before revision `floor` and stood at no revision of `keep`; `floor` becomes the retention floor.
   * Below it only what is in `keep`, and was not purged before, can still be read. Interrupted, it is simply done again. Returns
   * the rows removed.
   */
  purge(floor: number, keep?: readonly RevisionSpan[]): Promise<number>;
  close(): Promise<void>;
}

export interface GraphCapabilities {
  readonly engine: string;
  /** The engine survives a kill at any moment with every acknowledged batch. */
  readonly durable: boolean;
  readonly fullTextSearch: boolean;
  /** Several processes may share one graph. */
  readonly sharedByProcesses: boolean;
}

export interface Head {
  /** 0 before the first publish. */
  readonly published: number;
  readonly publishedAt: string | null;
  /** The revision being written, if any, and the run that writes it. */
  readonly open: { readonly n: number; readonly run: string } | null;
  readonly floor: number;
  /** What can be read below the floor, in order. */
  readonly kept: readonly RevisionSpan[];
}

/** Revisions one after the other, both ends within. */
export interface RevisionSpan {
  readonly first: number;
  readonly last: number;
}

export interface Revision {
  readonly n: number;
  readonly publishedAt: string;
  readonly run: string;
  readonly cause: string;
  readonly actor: Actor;
}

export interface RunInfo {
  readonly run: string;
  readonly cause: string;
  readonly actor: Actor;
}

export interface WriteLease {
  readonly holder: string;
  readonly token: number;
  readonly expiresAt: string;
}

export interface OpenRevision {
  readonly n: number;
  readonly token: number;
  readonly run: string;
  /** True when a killed run left it and this run goes on with it. */
  readonly resumed: boolean;
}

/** `snapshot` re-reads all; `events` retires by lifecycle events alone; `window` grows stale; `person` is what people enter. */
export type SourceMode = 'snapshot' | 'events' | 'window' | 'person';

export interface SourceRecord {
  readonly name: string;
  readonly connector: string;
  readonly mode: SourceMode;
  /** Lower wins where a type, description or owner is shown. */
  readonly precedence: number;
  /** False once it was taken out of the configuration: kept, shown, no longer read. */
  readonly managed: boolean;
}

/** A named, resolved document: what ingest makes of a source's document. */
export interface GraphDocument {
  readonly uid: Uid;
  readonly kind: 'dataset' | 'job';
  /** Over the canonical form of everything below. */
  readonly digest: string;
  /** The dataset or job itself first, then a dataset's fields. */
  readonly entities: readonly AssertedEntity[];
  readonly edges: readonly LineageEdge[];
  readonly aliases: readonly QualifiedName[];
  readonly statements: readonly StatementRecord[];
}

export interface AssertedEntity {
  readonly uid: Uid;
  readonly kind: EntityKind;
  readonly parent: Uid | null;
  readonly namespace: string;
  readonly name: string;
  readonly path: FieldPath | null;
  /** By facet name; `core` must be there: it says that the thing exists. */
  readonly facets: Readonly<Record<string, Json>>;
}

/** A statement in the form that may be kept: every literal replaced. */
export interface StatementRecord {
  readonly id: string;
  readonly dialect: string;
  readonly normalised: string;
}

export type Change =
  | { readonly type: 'assert'; readonly source: string; readonly scope: string; readonly document: GraphDocument }
  | { readonly type: 'retire'; readonly source: string; readonly uid: Uid }
  /** Names a thing without asserting that it exists: an edge's far end that no source describes. */
  | { readonly type: 'name'; readonly entity: Omit<AssertedEntity, 'facets'> }
  | {
      readonly type: 'evidence';
      readonly source: string;
      readonly field: Uid;
      readonly digest: string;
      readonly body: Json;
    }
  | { readonly type: 'verdict'; readonly verdict: Verdict }
  | {
      readonly type: 'end-verdict';
      readonly field: Uid;
      readonly decider: Verdict['decider'];
      readonly category: string;
    }
  | { readonly type: 'derived'; readonly row: DerivedClassification }
  | { readonly type: 'end-derived'; readonly field: Uid; readonly category: string; readonly treatment: Treatment }
  | { readonly type: 'enter'; readonly entered: Entered }
  | { readonly type: 'end-entered'; readonly uid: Uid; readonly kind: string };

export interface ApplyResult {
  readonly opened: number;
  readonly closed: number;
}

export interface DocRecord {
  readonly uid: Uid;
  readonly kind: 'dataset' | 'job';
  readonly source: string;
  readonly scope: string;
  readonly digest: string;
}

export interface Assertion {
  readonly source: string;
  readonly facets: Readonly<Record<string, Json>>;
}

export interface EntityRecord {
  readonly uid: Uid;
  readonly kind: EntityKind;
  readonly parent: Uid | null;
  readonly namespace: string;
  readonly name: string;
  readonly path: FieldPath | null;
  /** Empty: something refers to it, no source describes it (or no longer does). Ordered by precedence. */
  readonly assertions: readonly Assertion[];
}

/** All members must hold. */
export interface EntityFilter {
  readonly kind?: EntityKind;
  readonly parent?: Uid;
  readonly source?: string;
  readonly namespace?: string;
  readonly namePrefix?: string;
  /** Only what at least one source asserts (default), or everything ever named. */
  readonly alive?: boolean;
}

export type Direction = 'upstream' | 'downstream';

export interface WalkRequest {
  readonly from: readonly Uid[];
  readonly direction: Direction;
  /** 1..100. */
  readonly depth: number;
  readonly n: number;
  readonly first: number;
  readonly after?: string;
  /** Default: the three DIRECT kinds. */
  readonly kinds?: readonly EdgeKind[];
  /** At most this many things are visited; beyond it the answer is truncated with `budget`. Default 1,000,000. */
  readonly budget?: number;
}

export interface WalkHit {
  readonly uid: Uid;
  readonly degree: number;
  /** The neighbour by which it was reached first. */
  readonly via: Uid;
}

export interface WalkResult {
  /** By degree, then in the order of what they were reached from (the starting points as they were given), then by uid; the starting points are not hits. */
  readonly hits: readonly WalkHit[];
  /** `remaining` null: so many (more than 200 beyond the page) that they were not looked at. */
  readonly truncated: { readonly reason: 'first' | 'depth' | 'budget'; readonly remaining: number | null } | null;
  readonly cursor: string | null;
}

export interface PathRequest {
  readonly from: Uid;
  readonly to: Uid;
  readonly n: number;
  readonly maxDepth: number;
  readonly kinds?: readonly EdgeKind[];
}

export interface PathResult {
  readonly edges: readonly EdgeRecord[];
}

export type CountRequest = Omit<WalkRequest, 'first' | 'after'>;

export interface CountResult {
  readonly fields: number;
  /** Datasets that a reached field belongs to, or that were reached themselves. */
  readonly datasets: number;
  /** Jobs of the edges that the walk went along. */
  readonly jobs: number;
  /**
   * False when the budget ended the walk: then there are at least so many, and an engine may have counted beyond the budget.
   * What lies deeper than was asked is not counted, and is no reason.
   */
  readonly complete: boolean;
}

export interface EdgeRecord extends LineageEdge {
  readonly source: string;
  readonly since: number;
}

export interface EvidenceRecord {
  readonly source: string;
  readonly field: Uid;
  readonly digest: string;
  readonly body: Json;
}

export interface EnteredRecord extends Entered {
  readonly since: number;
}

export interface ScanRows {
  readonly entities: EntityRecord;
  readonly docs: DocRecord;
  readonly edges: EdgeRecord;
  readonly evidence: EvidenceRecord;
  readonly verdicts: Verdict;
  readonly derived: DerivedClassification;
  readonly entered: EnteredRecord;
}

export interface ChangeRecord {
  readonly table: 'doc' | 'fact' | 'edge' | 'evidence' | 'verdict' | 'derived' | 'entered' | 'alias';
  readonly change: 'opened' | 'closed';
  readonly at: number;
  /** The thing it is about: the entity, the field, or for an edge its far end. */
  readonly uid: Uid;
  readonly body: Json;
}

export interface Totals {
  readonly datasets: number;
  readonly fields: number;
  readonly jobs: number;
  readonly edges: number;
  readonly verdicts: number;
  readonly derived: number;
}
