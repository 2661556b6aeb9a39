import type { Uid } from '../../model/ids.ts';

/** Columns that are harmless each and identify a person together: in one dataset, or in several that can be joined. */
export interface JointIdentification {
  /** The same for the same combination of the same fields. */
  readonly id: string;
  /** `birth-date-postal-code-sex` */
  readonly combination: string;
  /** One sentence: what is known of such a combination. */
  readonly says: string;
  /** Where that was shown. */
  readonly source: string;
  readonly parts: readonly { readonly part: string; readonly fields: readonly Uid[] }[];
  /** By uid of the dataset; one where everything stands in one dataset. */
  readonly datasets: readonly Uid[];
  /** How the rows of the datasets are joined: of each the column, and the way to what they have in common. Empty for one dataset. */
  readonly joins: readonly JointKey[];
}

/** The column by which one dataset is joined. */
export interface JointKey {
  readonly dataset: Uid;
  readonly field: Uid;
  /** From the column to the one that all have in common; empty: it is that one. */
  readonly way: readonly JointStep[];
}

export interface JointStep {
  readonly how: 'FOREIGN_KEY' | 'LINEAGE';
  readonly to: Uid;
  /** What is done to the value on the way, the same at every join; empty: nothing. */
  readonly fn: string;
}

export interface JointIdentifications {
  readonly items: readonly JointIdentification[];
  /** False when a limit ended the search: there may be more. */
  readonly whole: boolean;
}

/** A dataset that holds parts and does not identify people by itself. */
export interface Candidate {
  readonly dataset: Uid;
  /** By part, the fields that hold it. */
  readonly parts: ReadonlyMap<string, readonly Uid[]>;
  /** Columns by which its rows may be joined. */
  readonly keys: readonly CandidateKey[];
}

export interface CandidateKey {
  readonly field: Uid;
  /** One row for each value. */
  readonly isUnique: boolean;
  /** Its values stand for one person each, whatever the table. */
  readonly isPersonNumber: boolean;
  /** What a foreign key points at. */
  readonly references: Uid | null;
}
