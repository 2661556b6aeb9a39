import type { Json } from '../../server/model/json.ts';
import type { QualifiedName } from '../../server/model/ids.ts';

export type RunState = 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL' | 'OTHER';

/** Facets by name in the form that may be kept; null: the event takes the facet back (`_deleted`). */
export type Facets = Readonly<Record<string, Json>>;

/** What is kept of an event: names, structure and figures of rows. No literal, no value, no free text but scrubbed descriptions. */
export interface LineageEvent {
  readonly version: 1;
  readonly type: 'run' | 'job' | 'dataset';
  /** The time by which events are put in order: the event's own, or that of its arrival where its clock runs ahead. */
  readonly at: string;
  /** The event said a time that had not come yet. */
  readonly skewed: boolean;
  readonly run: { readonly id: string; readonly state: RunState; readonly facets: Facets } | null;
  readonly job: (QualifiedName & { readonly facets: Facets }) | null;
  readonly inputs: readonly SaidDataset[];
  readonly outputs: readonly SaidDataset[];
  /** Known facets that could not be read as what they claim to be, by name. */
  readonly malformed: readonly string[];
}

/** A dataset as one event speaks of it. */
export interface SaidDataset extends QualifiedName {
  readonly facets: Facets;
  /** Of this run only: `inputFacets`, `outputFacets`. */
  readonly ofRun: Facets;
}

/** One way in which an output takes from an input: kinds and masking as the column lineage facet has them. */
export interface SaidInput extends QualifiedName {
  /** Null: the dataset as a whole. */
  readonly field: string | null;
  readonly transformations: readonly SaidTransformation[];
}

export interface SaidTransformation {
  readonly type: 'DIRECT' | 'INDIRECT';
  readonly subtype: string | null;
  readonly masking: boolean;
}

/** What an event says of where an output's columns come from. */
export interface SaidLineage {
  readonly fields: Readonly<Record<string, readonly SaidInput[]>>;
  /** Inputs that steer the output as a whole. */
  readonly dataset: readonly SaidInput[];
}
