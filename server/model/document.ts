import type { EdgeKind } from './edge.ts';
import type { Effect } from './treatment.ts';
import type { FieldPath, QualifiedName } from './ids.ts';
import type { Gap } from './provenance.ts';
import type { Json } from './json.ts';

export type DatasetKind =
  | 'table'
  | 'view'
  | 'materialized-view'
  | 'foreign-table'
  | 'partition'
  | 'file'
  | 'topic'
  | 'stage'
  | 'report';

/** A tag met in a source. `setBy: 'lexline'` marks one that we wrote: it is never evidence. */
export interface SourceTag {
  readonly name: string;
  readonly value?: string;
  readonly setBy: 'person' | 'source' | 'propagated' | 'lexline' | 'unknown';
}

export interface FieldDescription {
  readonly path: FieldPath;
  /** The source's own spelling of the type; null when the source does not know it. */
  readonly type: string | null;
  readonly ordinal: number;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly tags?: readonly SourceTag[];
  readonly facets?: Readonly<Record<string, Json>>;
}

export interface DatasetKey {
  readonly kind: 'primary' | 'unique' | 'foreign';
  readonly name?: string;
  readonly fields: readonly FieldPath[];
  /** For a foreign key: what it points at. */
  readonly references?: { readonly dataset: QualifiedName; readonly fields: readonly FieldPath[] };
}

/** What one source says about one dataset. The unit that is digested, staged, compared and retired. */
export interface DatasetDocument extends QualifiedName {
  readonly type: 'dataset';
  readonly kind: DatasetKind;
  /** `postgres`, `snowflake`, `dbt` …: what the dataset lives on. */
  readonly platform: string;
  readonly description?: string;
  readonly owners?: readonly string[];
  readonly tags?: readonly SourceTag[];
  readonly keys?: readonly DatasetKey[];
  /** The source's own id and page, so that a catalog UI can ask by what it knows. */
  readonly native?: { readonly id: string; readonly url?: string };
  /** Other names by which this very dataset is known (symlinks). */
  readonly aliases?: readonly QualifiedName[];
  /** Names of its partitions. They are often made of values: kept as digests, by which statements that use them are joined. */
  readonly partitions?: readonly QualifiedName[];
  readonly facets?: Readonly<Record<string, Json>>;
  /** The source lists only some of its columns, or none: ingest adds those that the SQL of the same read writes to it or reads from it. */
  readonly partial?: boolean;
  readonly fields: readonly FieldDescription[];
}

/** One SQL text that a job runs. Ingest turns it into edges; only its literal-free form is ever stored. */
export interface JobStatement {
  readonly dialect: string;
  readonly sql: string;
  readonly defaultDatabase?: string;
  readonly defaultSchema?: string;
  /** The namespace in which the statement's table names live. */
  readonly namespace: string;
  /** When the text is a bare query: what it writes, the columns in order. */
  readonly target?: QualifiedName;
}

/** An edge that a source states by itself, before names are joined. `field` null = the dataset as a whole. */
export interface StatedEdge {
  readonly from: { readonly dataset: QualifiedName; readonly field: FieldPath | null };
  readonly to: { readonly dataset: QualifiedName; readonly field: FieldPath | null };
  readonly kind: EdgeKind;
  readonly fn?: string;
  readonly effect?: Effect;
  readonly masking?: boolean;
  readonly confidence?: number;
  /** The source says that a value arrives and not what was done to it: counts only where the job's own SQL is not understood in full. */
  readonly weak?: boolean;
}

/** What one source says about one job: what it reads, what it writes, how. */
export interface JobDocument extends QualifiedName {
  readonly type: 'job';
  readonly kind: 'view' | 'model' | 'query' | 'procedure' | 'process' | 'exposure' | 'test';
  readonly platform: string;
  readonly description?: string;
  readonly owners?: readonly string[];
  readonly tags?: readonly SourceTag[];
  readonly native?: { readonly id: string; readonly url?: string };
  readonly inputs: readonly QualifiedName[];
  readonly outputs: readonly QualifiedName[];
  /** `stated`: which input reaches which output is told by `edges`. Default `all`: each input reaches each output. */
  readonly flows?: 'all' | 'stated';
  /** True: the source could not look at the job's SQL this time. What earlier SQL of it told stays, until it is seen again. */
  readonly partial?: boolean;
  /** True: its SQL may be met half written. Where that is not understood to its end, what earlier SQL of it told stays. */
  readonly mayBreakOff?: boolean;
  readonly statements?: readonly JobStatement[];
  readonly edges?: readonly StatedEdge[];
  readonly facets?: Readonly<Record<string, Json>>;
}

export type SourceDocument = DatasetDocument | JobDocument;

/**
 * One message of a connector's stream. Only a completed scope retires documents, only its own source's, and only those not
 * seen in it. A connector completes a scope exactly when it saw all of it: what it could not read at all is a gap without
 * `scope-complete` (its documents count, it retires nothing), what it read but cannot make sense of is a gap beside it. A
 * query log is left open on purpose. `checkpoint` says where a killed read can go on.
 */
export type SourceMessage =
  /**
   * At most once, first of all: every scope that the source has now, read in this stream or not. Scopes of this source that
   * are not named are gone with all their documents, once the stream has ended without an error. A source that cannot tell
   * sends no such message, and nothing follows from that.
   */
  | { readonly type: 'scopes'; readonly scopes: readonly string[] }
  | { readonly type: 'scope-begin'; readonly scope: string }
  | { readonly type: 'document'; readonly scope: string; readonly document: SourceDocument }
  | { readonly type: 'removed'; readonly scope: string; readonly kind: 'dataset' | 'job'; readonly name: QualifiedName }
  | { readonly type: 'gap'; readonly scope: string; readonly gap: Gap }
  | { readonly type: 'scope-complete'; readonly scope: string }
  | { readonly type: 'checkpoint'; readonly cursor: Json }
  /** For the report of this run alone: what reading cost. Never a value, never a secret. */
  | { readonly type: 'note'; readonly text: string }
  /**
   * Beside the graph, never revisioned: run counts, usage, row counts. `day` is YYYY-MM-DD in UTC. `event`: what it is told
   * of (a run, a query), unlike every other of the source. All observations of an event follow each other in a stream, and
   * count once however often they are told before the run that read them has ended well.
   */
  | {
      readonly type: 'observation';
      readonly kind: 'dataset' | 'job';
      readonly name: QualifiedName;
      readonly measure: string;
      readonly day: string;
      readonly count: number;
      readonly last: string;
      readonly body?: Json;
      readonly event?: string;
    };
