import type { Decider } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { LineageGraph, LineageLink, LineageNode } from '../model/lineage-graph.ts';
import type { FieldChange, ImpactRequest, SearchFacet, SearchRequest, SubjectView } from '../query/answers.ts';
import type { Catalogue, Provision } from '../rulebook/catalogue.ts';
import type { CitablePassage, IndexedText } from '../rulebook/rulebook.ts';
import type { FoundByPolicy } from '../report/policies/policy-findings.ts';
import type { LedgerRow } from './rooms.ts';
import type { PageInfo } from './generated.ts';
import type { EdgeStatement } from '../query/edge-statements.ts';
import type { ExplanationStep } from '../query/explanation.ts';
import type { PathStep } from '../query/path.ts';
import type { ClassificationOrigin, ClassificationView, Coverage, Revision, SourceRecord } from '../query/query.ts';
import type { DiffMoment, DiffSection } from '../query/diff/diff.ts';
import type { ReportJob } from '../report/report-jobs.ts';
import type { SyncReport } from '../sync/sync.ts';
import type { StoredSyncRequest } from './sync-requests.ts';

/** A thing of the graph, read at one revision: every answer below it comes from the same revision. */
interface AtRevision {
  readonly n: number;
}

/** What resolvers of `Dataset` are given; its data comes through the loaders. */
export interface DatasetParent extends AtRevision {
  readonly type: 'Dataset';
  readonly uid: Uid;
}

/** What resolvers of `Field` are given; its data comes through the loaders. */
export interface FieldParent extends AtRevision {
  readonly type: 'Field';
  readonly uid: Uid;
}

/** What resolvers of `Job` are given; its data comes through the loaders. */
export interface JobParent extends AtRevision {
  readonly type: 'Job';
  readonly uid: Uid;
}

export interface ClassificationParent extends AtRevision {
  readonly type: 'Classification';
  readonly view: ClassificationView;
}

export interface SourceParent {
  readonly type: 'Source';
  readonly record: SourceRecord;
}

export interface SyncRunParent {
  readonly type: 'SyncRun';
  readonly report: SyncReport;
}

export interface SyncRequestParent {
  readonly type: 'SyncRequest';
  readonly request: StoredSyncRequest;
}

export type DiffMomentParent = DiffMoment;
export type DiffSectionParent = DiffSection;
export type RevisionParent = Revision;

/** Whose word something is; `arrived` tells where to look for when it came along lineage. */
export interface DecisionParent {
  readonly kind: Decider | 'propagation';
  readonly name: string;
  readonly at: string | null;
  readonly arrived: { readonly n: number; readonly field: Uid; readonly category: string } | null;
}

export interface SubjectParent extends AtRevision {
  readonly view: SubjectView;
}

export interface OriginParent extends AtRevision {
  readonly view: ClassificationOrigin;
}

export interface ExplanationStepParent extends AtRevision {
  readonly step: ExplanationStep;
}

/** A node of an answer; `job` is set where jobs are shown as nodes. */
export type ShownNode = LineageNode & { readonly job?: { readonly uid: Uid } };

export interface LineageParent extends AtRevision {
  readonly graph: Omit<LineageGraph, 'nodes'> & { readonly nodes: readonly ShownNode[] };
}

export interface LineageNodeParent extends AtRevision {
  readonly node: ShownNode;
}

export interface LineageEdgeParent extends AtRevision {
  readonly link: LineageLink;
}

export interface LineagePathStepParent extends AtRevision {
  readonly step: PathStep;
}

export type StatementParent = EdgeStatement;

export type ImpactParent = ImpactRequest;

export interface CoverageParent extends AtRevision {
  readonly source: string | undefined;
  readonly coverage: Coverage;
}

export interface ChangeParent extends AtRevision {
  readonly change: FieldChange;
}

export interface ReportParent {
  readonly type: 'Report';
  readonly job: ReportJob;
}

export interface ReportCompletenessParent {
  readonly job: ReportJob;
  readonly openItems: number;
}

/** A page of hits with what was searched, for whoever also asks how many there are. */
export interface SearchConnectionParent extends AtRevision {
  readonly request: SearchRequest;
  readonly edges: readonly { readonly cursor: string; readonly node: DatasetParent | FieldParent }[];
  readonly nodes: readonly (DatasetParent | FieldParent)[];
  readonly pageInfo: PageInfo;
  readonly revision: Revision;
}

export type SearchFacetParent = SearchFacet;

export interface RegulationParent {
  readonly catalogue: Catalogue;
}

export interface RegulationEditionParent extends RegulationParent {
  readonly edition: Catalogue['regulation']['editions'][number];
}

export interface ProvisionParent extends RegulationParent {
  readonly provision: Provision;
}

/** A provision in one edition, and in one indexed text of it; null: none is. */
export interface ProvisionVersionParent extends RegulationEditionParent {
  readonly text: IndexedText | null;
  readonly passage: CitablePassage | null;
}

export interface PolicyFindingParent extends AtRevision {
  readonly found: FoundByPolicy;
}

export interface LedgerEntryParent extends AtRevision {
  readonly entry: LedgerRow;
}

/** A field of a group of the review queue. */
export interface ReviewSampleParent {
  readonly field: FieldParent;
  readonly path: string;
  readonly datasetName: string;
  readonly openInSource: string | null;
  readonly select: string | null;
}
