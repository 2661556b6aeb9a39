/** What the queries of `queries.ts` answer, as far as the pages use it. Names and values are those of `schema/*.graphql`. */
export type State = 'SENSITIVE' | 'NOT_SENSITIVE' | 'UNDECIDED' | 'GAP';

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface Revision {
  readonly number: number;
  readonly at: string;
}

export interface Actor {
  readonly kind: string;
  readonly name: string;
}

export interface Gap {
  readonly what: string;
  readonly kind: string;
  readonly reason: string;
  readonly remedy: string | null;
}

export interface DatasetSummary {
  readonly state: State;
  readonly label: string;
  readonly classes: readonly string[];
  readonly fields: number;
  readonly sensitiveFields: number;
  readonly undecidedFields: number;
  readonly gapFields: number;
}

export interface DatasetRow {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly kind: string | null;
  readonly platform: string | null;
  readonly sources: readonly { readonly name: string }[];
  readonly summary: DatasetSummary;
  readonly freshness: { readonly lastSyncedAt: string | null; readonly stale: boolean };
}

export interface DatasetsAnswer {
  readonly datasets: {
    readonly nodes: readonly DatasetRow[];
    readonly pageInfo: PageInfo;
    readonly revision: Revision;
  };
}

export interface FieldRow {
  readonly id: string;
  readonly path: string;
  readonly type: string | null;
  readonly state: State;
  readonly label: string;
  readonly because: string;
  readonly profiled: boolean;
  readonly classifications: readonly { readonly classes: readonly string[]; readonly confidence: number }[];
}

export interface FieldHit extends FieldRow {
  readonly dataset: { readonly id: string; readonly name: string };
}

export interface FieldHitsAnswer {
  readonly search: { readonly nodes: readonly (FieldHit | Record<string, never>)[]; readonly pageInfo: PageInfo };
}

export interface FieldsAnswer {
  readonly fields: {
    readonly nodes: readonly (FieldHit & { readonly gap: Gap | null })[];
    readonly pageInfo: PageInfo;
  };
}

export interface DatasetAnswer {
  readonly dataset:
    | (DatasetRow & {
        readonly description: string | null;
        readonly owners: readonly string[];
        readonly region: string | null;
        readonly openInSource: string | null;
        readonly tags: readonly Tag[];
        readonly subject: {
          readonly kind: string;
          readonly keyField: { readonly id: string; readonly path: string } | null;
        } | null;
        readonly fields: { readonly nodes: readonly FieldRow[]; readonly pageInfo: PageInfo };
      })
    | null;
}

export interface Tag {
  readonly name: string;
  readonly value: string | null;
  readonly source: string | null;
  readonly setBy: Actor;
}

export interface Evidence {
  readonly signal: string;
  readonly detail: string;
  readonly weight: number;
}

/** What else a judge considered. */
export interface Alternative {
  readonly category: string;
  readonly confidence: number;
  readonly rejectedBecause: string;
}

export interface Citation {
  readonly provision: string;
  readonly edition: string;
  readonly check: string;
  readonly quote: string | null;
  readonly ownWords: string | null;
}

export interface Place {
  readonly id: string;
  readonly path: string;
  readonly dataset: { readonly id: string; readonly name: string };
}

export interface Classification {
  readonly id: string;
  readonly category: string;
  readonly label: string;
  readonly classes: readonly string[];
  readonly treatment: string;
  readonly confidence: number;
  readonly terms: readonly {
    readonly regulation: string;
    readonly term: string;
    readonly provision: string;
    readonly applies: boolean;
  }[];
  readonly decidedBy: Actor & { readonly at: string | null };
  readonly reviewState: string;
  readonly staleSince: string | null;
  readonly evidence: readonly Evidence[];
  readonly citations: readonly Citation[];
  readonly origin: { readonly field: Place | null; readonly name: string; readonly hops: number } | null;
  readonly explanation: {
    readonly sentence: string;
    readonly steps: readonly {
      readonly from: Place | null;
      readonly to: Place | null;
      readonly function: string;
      readonly effect: string;
      readonly vouchedFor: readonly { readonly name: string; readonly by: string; readonly until: string }[];
      readonly under: readonly { readonly regulation: string; readonly effect: string }[];
      readonly statement: string | null;
    }[];
    readonly under: readonly { readonly regulation: string; readonly treatment: string | null }[];
    readonly alternatives: readonly Alternative[];
    readonly wouldEndIf: readonly { readonly action: string; readonly detail: string }[];
  };
}

export interface FieldAnswer {
  readonly field:
    | (Omit<FieldRow, 'classifications'> & {
        readonly description: string | null;
        readonly gap: Gap | null;
        readonly dataset: { readonly id: string; readonly name: string };
        readonly classifications: readonly Classification[];
        readonly verdicts: readonly {
          readonly decidedBy: Actor & { readonly at: string | null };
          readonly category: string;
          readonly classes: readonly string[];
          readonly state: string;
          readonly confidence: number;
          readonly evidence: readonly Evidence[];
          readonly alternatives: readonly Alternative[];
          readonly citations: readonly Citation[];
        }[];
        readonly controls: readonly { readonly kind: string; readonly name: string; readonly enforcedBy: string }[];
        readonly tags: readonly Tag[];
      })
    | null;
}

export interface LineageAnswer {
  readonly nodes: readonly {
    readonly key: string;
    readonly depth: number;
    readonly hidden: boolean;
    readonly field: { readonly id: string; readonly path: string } | null;
    readonly dataset: {
      readonly id: string;
      readonly name: string;
      readonly namespace: string;
      readonly platform: string | null;
    } | null;
    readonly label: string | null;
    readonly state: State | null;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: string;
    readonly transformation: string;
    readonly function: string;
    readonly effect: string;
    readonly masking: boolean;
    readonly confidence: number;
    readonly job: { readonly id: string; readonly name: string } | null;
    readonly assertedBy: Actor;
  }[];
  readonly truncated: { readonly reason: 'FIRST' | 'DEPTH' | 'BUDGET'; readonly remaining: number | null } | null;
  readonly hiddenNodes: number;
  readonly unparsedStatements: number;
  readonly endCursor: string | null;
}

export interface Coverage {
  readonly datasets: number;
  readonly fields: number;
  readonly namesOnly: number;
  readonly profiled: number;
  readonly notRead: number;
  readonly sensitive: number;
  readonly notSensitive: number;
  readonly undecided: number;
  readonly staleDatasets: number;
  readonly statements: { readonly full: number; readonly tables: number; readonly failed: number };
}

export interface CoverageAnswer {
  readonly coverage: Coverage & {
    readonly gaps: { readonly totalCount: number; readonly nodes: readonly Gap[]; readonly pageInfo: PageInfo };
  };
}

export interface SyncRun {
  readonly id: string;
  readonly source: string;
  readonly status: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly resumed: boolean;
  readonly revisions: readonly number[];
  /** Null: the reader sees a part of the source, and the figures are of all of it. */
  readonly documents: {
    readonly read: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly retired: number;
  } | null;
  /** Null like `documents`. */
  readonly fields: {
    readonly judged: number;
    readonly profiled: number;
    readonly sensitive: number;
    readonly undecided: number;
  } | null;
  readonly missed: readonly Gap[];
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string | null } | null;
}

export interface RunsAnswer {
  readonly sources: readonly {
    readonly name: string;
    readonly connector: string;
    readonly managed: boolean;
    readonly freshness: { readonly lastSyncedAt: string | null; readonly stale: boolean };
  }[];
  readonly syncRuns: { readonly nodes: readonly SyncRun[]; readonly pageInfo: PageInfo };
}

export interface RevisionAnswer {
  readonly revision: Revision;
}
