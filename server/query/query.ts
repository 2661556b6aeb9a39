import type { EffectiveField } from '../model/effective.ts';
import type { EvidenceRecord, Revision } from '../stores/graph/graph-store.ts';
import type { FieldPath, QualifiedName, Uid } from '../model/ids.ts';
import type { Gap } from '../model/provenance.ts';
import type { LineageGraph } from '../model/lineage-graph.ts';
import type { Page, PageRequest } from '../stores/page.ts';
import type { SourceTag, DatasetKind, DatasetKey } from '../model/document.ts';
import type { Verdict } from '../model/classification.ts';

/** How a caller names a dataset: our id, the source's own id, or the OpenLineage name. */
export type DatasetRef =
  | { readonly id: Uid }
  | { readonly native: { readonly source: string; readonly id: string } }
  | { readonly openLineage: QualifiedName }
  /** As people type it: the name alone, or its last parts; ambiguous when it fits several. */
  | { readonly text: string };

export interface DatasetView extends QualifiedName {
  readonly uid: Uid;
  readonly kind: DatasetKind | null;
  readonly platform: string | null;
  readonly description: string | null;
  readonly owners: readonly string[];
  readonly tags: readonly SourceTag[];
  readonly keys: readonly DatasetKey[];
  readonly sources: readonly string[];
}

export interface FieldView {
  readonly uid: Uid;
  readonly dataset: Uid;
  readonly path: FieldPath;
  readonly type: string | null;
  readonly ordinal: number;
  readonly description: string | null;
  readonly tags: readonly { readonly tag: SourceTag; readonly source: string }[];
  readonly effective: EffectiveField;
  readonly verdicts: readonly Verdict[];
  readonly evidence: readonly EvidenceRecord[];
  /** One sentence for people: what it is and why. */
  readonly because: string;
  readonly gap: Gap | null;
}

export interface DatasetSummary {
  readonly state: EffectiveField['state'];
  readonly label: string;
  readonly sensitiveFields: number;
  readonly undecidedFields: number;
  readonly gapFields: number;
}

export interface LineageRequest {
  readonly origin: Uid;
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';
  readonly depth: number;
  readonly first: number;
  readonly after?: string;
  readonly granularity: 'FIELD' | 'DATASET';
  readonly includeIndirect: boolean;
  readonly n: number;
}

/** One field and everything a report prints about it. */
export interface InventoryRow {
  readonly dataset: DatasetView;
  readonly field: FieldView;
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
  readonly notJudged: number;
  readonly statements: { readonly full: number; readonly tables: number; readonly failed: number };
  readonly gaps: readonly Gap[];
}

export interface ExplanationStep {
  readonly from: { readonly dataset: string; readonly path: string };
  readonly to: { readonly dataset: string; readonly path: string };
  readonly fn: string;
  readonly effect: string;
  readonly job: string | null;
}

export interface Explanation {
  readonly sentence: string;
  /** From the origin to the field; empty for a verdict on the field itself. */
  readonly steps: readonly ExplanationStep[];
}

/** Answers questions and touches nothing. Every method takes the revision it reads at. */
export interface Query {
  /** The revision to read at; `asOf` undefined: the newest. Typed errors before the first and below the floor. */
  at(asOf?: string): Promise<Revision>;
  datasetsByRef(
    refs: readonly DatasetRef[],
    n: number,
  ): Promise<readonly { readonly status: 'FOUND' | 'NOT_FOUND' | 'AMBIGUOUS'; readonly dataset: DatasetView | null }[]>;
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
  summaries(datasets: readonly Uid[], n: number): Promise<readonly DatasetSummary[]>;
  /** A dataset's fields in their order. */
  fields(dataset: Uid, n: number, page: PageRequest): Promise<Page<FieldView>>;
  fieldsByUid(uids: readonly Uid[], n: number): Promise<readonly (FieldView | null)[]>;
  searchFields(text: string, n: number, page: PageRequest): Promise<Page<FieldView>>;
  lineage(request: LineageRequest): Promise<LineageGraph>;
  /** Why a field carries a category: the witness path of a derived one, the verdict's ground of its own. */
  explain(field: Uid, category: string, n: number): Promise<Explanation | null>;
  coverage(n: number, source?: string): Promise<Coverage>;
  /** Every field alive at `n`, dataset by dataset in the order of names, streamed. */
  inventory(n: number, filter?: { readonly source?: string }): AsyncIterable<InventoryRow>;
}
