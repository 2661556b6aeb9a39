import type { Diff } from './diff/diff.ts';
import type { Citation, CoarseClass, Decider, DerivedForm, Signal, Verdict } from '../model/classification.ts';
import type { DatasetKey, DatasetKind, SourceTag } from '../model/document.ts';
import type { EffectiveField, FieldState } from '../model/effective.ts';
import type { FieldPath, QualifiedName, Uid } from '../model/ids.ts';
import type { LineageGraph } from '../model/lineage-graph.ts';
import type { Gap } from '../model/provenance.ts';
import type { Treatment } from '../model/treatment.ts';
import type { EvidenceRecord, Revision, SourceRecord } from '../stores/graph/graph-store.ts';
import type { Page, PageRequest } from '../stores/page.ts';
import type { Viewer } from '../access/viewer.ts';
import type { RegulationTerm } from '../rulebook/terms.ts';
import type { DatasetFlow, ExposureView, FieldFlow } from './flows.ts';
import type { JointIdentifications } from './joint/joint.ts';
import type { EdgeStatement, StatementAsked } from './edge-statements.ts';
import type { PathStep } from './path.ts';
import type { Explanation } from './explanation.ts';
import type {
  FieldChange,
  Filter,
  Freshness,
  HistoryEntry,
  Impact,
  ImpactCounts,
  ImpactRequest,
  JobView,
  LastRun,
  SearchCounts,
  SearchHit,
  SearchRequest,
  SourceEvents,
  SubjectView,
} from './answers.ts';

export type { Revision, SourceRecord } from '../stores/graph/graph-store.ts';
export type { Page, PageRequest } from '../stores/page.ts';

/** How a caller names a dataset: our id, the source's own id, or the OpenLineage name. */
export type DatasetRef =
  | { readonly id: Uid }
  | { readonly native: { readonly source: string; readonly id: string } }
  | { readonly openLineage: QualifiedName }
  /** As people type it: the name alone, or its last parts; ambiguous when it fits several. */
  | { readonly text: string };

export interface DatasetLookup {
  readonly status: 'FOUND' | 'NOT_FOUND' | 'AMBIGUOUS';
  readonly dataset: DatasetView | null;
}

export interface DatasetView extends QualifiedName {
  readonly uid: Uid;
  /** Null: something refers to it, no source describes it. */
  readonly kind: DatasetKind | null;
  readonly platform: string | null;
  /** Where it is hosted, as its source says it; null is unknown, never "none". */
  readonly region: string | null;
  readonly description: string | null;
  readonly owners: readonly string[];
  readonly tags: readonly SourceTag[];
  readonly keys: readonly DatasetKey[];
  readonly sources: readonly string[];
  /** The ids by which its sources know it, with their pages. */
  readonly natives: readonly { readonly source: string; readonly id: string; readonly url: string | null }[];
}

export interface FieldView {
  readonly uid: Uid;
  readonly dataset: Uid;
  readonly path: FieldPath;
  readonly type: string | null;
  readonly ordinal: number;
  readonly description: string | null;
  readonly tags: readonly { readonly tag: SourceTag; readonly source: string }[];
  /** What restricts reading it, as its sources say; it does not change what the field holds. */
  readonly controls: readonly ControlView[];
  readonly effective: EffectiveField;
  /** The effective classifications with everything that is shown of them, in the same order. */
  readonly classifications: readonly ClassificationView[];
  readonly verdicts: readonly Verdict[];
  readonly evidence: readonly EvidenceRecord[];
  /** It stands in the row of a person, and so relates to them, whatever it holds. */
  readonly relatesToSubject: boolean;
  /** The short text of a badge: `E-mail address`, `Not judged`. */
  readonly label: string;
  /** One sentence for people: what it is and why. */
  readonly because: string;
  readonly gap: Gap | null;
}

export interface ControlView {
  readonly kind: string;
  readonly name: string;
  readonly source: string;
}

/** One effective classification of a field as a panel shows it. */
export interface ClassificationView {
  readonly field: Uid;
  readonly category: string;
  readonly label: string;
  readonly classes: readonly CoarseClass[];
  readonly derived: DerivedForm | null;
  readonly treatment: Treatment;
  readonly confidence: number;
  readonly terms: readonly RegulationTerm[];
  readonly decidedBy: { readonly kind: Decider | 'propagation'; readonly name: string; readonly at: string | null };
  readonly reviewState: 'NOT_REVIEWED' | 'ACCEPTED' | 'CORRECTED';
  /** Since when a person's decision stands on evidence of another kind than they saw; null: it does not, or nobody decided. */
  readonly staleSince: string | null;
  readonly evidence: readonly Signal[];
  readonly citations: readonly Citation[];
  /** Where a propagated one began; null for a verdict on the field itself. */
  readonly origin: ClassificationOrigin | null;
}

export interface ClassificationOrigin {
  /** Null: the viewer may not see it. */
  readonly field: Uid | null;
  readonly dataset: Uid | null;
  /** `customers.email`, or words that say that it is hidden. */
  readonly name: string;
  readonly hops: number;
  readonly putTogether: boolean;
}

export interface DatasetSummary {
  readonly state: FieldState;
  readonly label: string;
  readonly fields: number;
  readonly sensitiveFields: number;
  readonly undecidedFields: number;
  readonly gapFields: number;
  readonly classes: readonly CoarseClass[];
  readonly categories: readonly string[];
  readonly terms: readonly RegulationTerm[];
}

export interface LineageRequest {
  readonly origin: Uid;
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';
  /** 1..100. */
  readonly depth: number;
  /** 1..10,000. */
  readonly first: number;
  /** `endCursor` of an earlier answer to the same request. */
  readonly after?: string;
  readonly granularity: 'FIELD' | 'DATASET';
  readonly includeIndirect: boolean;
  readonly n: number;
}

/** A page of what an impact reaches. */
export interface ImpactPage extends Page<ImpactHit> {
  /** On the last page: why the list ends before all that is reached, in words; null: it does not. */
  readonly endsBecause: string | null;
}

/** A field that an impact counts, with the shortest way to it. */
export interface ImpactHit {
  readonly field: FieldView;
  readonly degree: number;
  /** From the origin to the field, each as `dataset.path`; a hidden step is `(hidden)`. */
  readonly path: readonly string[];
  readonly cursor: string;
}

/** One field and everything a report prints about it. */
export interface InventoryRow {
  readonly dataset: DatasetView;
  readonly field: FieldView;
}

/** A dataset that is known only from statements that write into it, and its columns as far as they name them. */
export interface UndescribedDataset {
  readonly dataset: DatasetView;
  readonly fields: readonly FieldView[];
}

export interface Coverage {
  readonly datasets: number;
  readonly fields: number;
  /** Judged by names alone. */
  readonly namesOnly: number;
  /** Judged with a profile of the values. */
  readonly profiled: number;
  readonly sensitive: number;
  readonly notSensitive: number;
  readonly undecided: number;
  /** No verdict at all: gaps, not clean fields. `fields` = `namesOnly` + `profiled` + `notJudged`. */
  readonly notJudged: number;
  /** Datasets of sources whose last read failed or is too long ago. */
  readonly staleDatasets: number;
  readonly statements: { readonly full: number; readonly tables: number; readonly failed: number };
  /** What the last reads could not see and what of the SQL could not be told; at most 2,000 by name. */
  readonly gaps: readonly Gap[];
}

/** Answers questions and touches nothing. Every method takes the revision it reads at. */
export interface Query {
  /**
   * The same questions, answered for one viewer: what may not be seen is not found, and counted where it lies on a path.
   * `signal` stops walks that nobody waits for any longer.
   */
  as(viewer: Viewer, signal?: AbortSignal): Query;
  /** The revision to read at; `asOf` undefined: the newest. Typed errors before the first and below the floor. */
  at(asOf?: string): Promise<Revision>;
  /** The oldest revision that can be read. Fails with ASOF_BEFORE_FIRST_REVISION before the first. */
  oldest(): Promise<Revision>;
  /** Names of the configuration's domains; none for who does not see everything. */
  domains(): readonly string[];
  /** The revision of a number, for a cursor that is bound to it. */
  revision(n: number): Promise<Revision>;
  datasetsByRef(refs: readonly DatasetRef[], n: number): Promise<readonly DatasetLookup[]>;
  datasets(
    filter: {
      readonly source?: string;
      readonly namespace?: string;
      readonly namePrefix?: string;
      readonly text?: string;
    },
    n: number,
    page: PageRequest,
  ): Promise<Page<DatasetView>>;
  datasetsByUid(uids: readonly Uid[], n: number): Promise<readonly (DatasetView | null)[]>;
  /** In the order asked; one that may not be seen or is not there answers as a gap without fields. */
  summaries(datasets: readonly Uid[], n: number): Promise<readonly DatasetSummary[]>;
  subjects(datasets: readonly Uid[], n: number): Promise<readonly (SubjectView | null)[]>;
  /** A dataset's fields in their order. */
  fields(dataset: Uid, n: number, page: PageRequest): Promise<Page<FieldView>>;
  fieldsByUid(uids: readonly Uid[], n: number): Promise<readonly (FieldView | null)[]>;
  /** A field by its printed path; another case is taken when only one field of the dataset has it. */
  fieldByPath(dataset: Uid, path: string, n: number): Promise<FieldView | null>;
  /**
   * All fields that a filter lets through, in the order of names. A page ends early, with a cursor, after 5,000 fields were
   * looked at: a short page is not the last one.
   */
  fieldsWhere(filter: Filter | undefined, n: number, page: PageRequest): Promise<Page<FieldView>>;
  searchFields(text: string, n: number, page: PageRequest): Promise<Page<FieldView>>;
  /**
   * Datasets and fields by text, the best hits first; null: all by name. With a filter a page ends early, with a cursor, after
   * 5,000 hits were looked at: a short page is not the last one.
   */
  search(
    text: string | null,
    kinds: readonly SearchHit['kind'][],
    n: number,
    page: PageRequest,
    filter?: Filter,
  ): Promise<Page<SearchHit>>;
  /** How many hits such a search has, and of what; what may not be seen is in no figure. Looks at every hit, at most 20,000. */
  searchCounts(request: SearchRequest, n: number): Promise<SearchCounts>;
  jobsByUid(uids: readonly Uid[], n: number): Promise<readonly (JobView | null)[]>;
  lineage(request: LineageRequest): Promise<LineageGraph>;
  impactCounts(request: ImpactRequest): Promise<ImpactCounts>;
  impact(request: ImpactRequest): Promise<Impact>;
  /** The fields that an impact counts, nearest first. A short page with a cursor is not the last one. */
  impactList(request: ImpactRequest, filter: Filter | undefined, page: PageRequest): Promise<ImpactPage>;
  /** A shortest way by which values flow between two fields; null: none within 1000 steps. Fails with NOT_FOUND. */
  path(request: { readonly from: Uid; readonly to: Uid; readonly n: number }): Promise<readonly PathStep[] | null>;
  /** What stands behind edges of this viewer's own answers, in the order asked; null where there is none to be read. */
  edgeStatements(edges: readonly StatementAsked[], n: number): Promise<readonly (EdgeStatement | null)[]>;
  /**
   * Why a field carries a category: the witness path of a derived one, the verdict's ground of its own. `classes`: by the way on
   * which one of these classes came.
   */
  explain(field: Uid, category: string, n: number, classes?: readonly CoarseClass[]): Promise<Explanation | null>;
  /** What was ever said about a field's category, oldest first. */
  classificationHistory(field: Uid, category: string, n: number): Promise<readonly HistoryEntry[]>;
  /** What changed about fields between two revisions, newest first. */
  changes(
    request: { readonly from: number; readonly to: number; readonly source?: string },
    page: PageRequest,
  ): Promise<Page<FieldChange> & { readonly total: number }>;
  /** The instant that a time or date means here (the end of that day), as ISO 8601. Fails with INPUT_INVALID. */
  endOf(time: string): string;
  /** As {@link Query.at}, for a time that must have come. Fails with INPUT_INVALID for one in the future. */
  pastRevision(time: string): Promise<Revision>;
  /** Two revisions side by side, in terms a person reads. `rows` (400,000): of more only the sums are told. */
  diff(request: { readonly from: number; readonly to: number; readonly rows?: number }): Promise<Diff>;
  coverage(n: number, source?: string): Promise<Coverage>;
  sources(): Promise<readonly SourceRecord[]>;
  lastRun(source: string): Promise<LastRun | null>;
  /** Of the sources together: the oldest of their last reads, stale when one of them is. */
  freshness(sources: readonly string[]): Promise<Freshness>;
  /** Null for a source that tells no events, or may not be seen. */
  sourceEvents(source: string): Promise<SourceEvents | null>;
  /** Every flow between datasets, whether or not its columns could be told, in pages. */
  datasetFlows(n: number): AsyncIterable<readonly DatasetFlow[]>;
  /** The values that leave (`downstream`) or enter (`upstream`) the given fields in one step. */
  fieldFlows(fields: readonly Uid[], direction: 'upstream' | 'downstream', n: number): Promise<readonly FieldFlow[]>;
  /** Reports, dashboards and applications outside, and what they read. */
  exposures(n: number): Promise<readonly ExposureView[]>;
  /** Where columns that are harmless each identify a person together: in one dataset, or in several that can be joined. */
  jointIdentifications(n: number): Promise<JointIdentifications>;
  /** Every field alive at `n`, dataset by dataset in the order of names, streamed. */
  inventory(n: number, filter?: { readonly source?: string }): AsyncIterable<InventoryRow>;
  /** What statements write into and no source describes; nothing for a viewer who may not see everything. */
  undescribed(n: number): AsyncIterable<UndescribedDataset>;
}
