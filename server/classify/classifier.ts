import type { CoarseClass, DerivedForm, Signal } from '../model/classification.ts';
import type { FieldProfile, Profiler } from '../model/profile.ts';
import type { SourceTag } from '../model/document.ts';

/** One column as the detectors see it. */
export interface ColumnInput {
  readonly id: string;
  /** Printed path. */
  readonly column: string;
  readonly type: string | null;
  readonly description: string | null;
  readonly tags: readonly SourceTag[];
  /** What is known of the values; null: names only. */
  readonly profile: FieldProfile | null;
}

export interface TableInput {
  readonly table: string;
  readonly description: string | null;
  /** All of the table's columns, those to be judged and their neighbours. */
  readonly columns: readonly ColumnInput[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly { readonly columns: readonly string[]; readonly table: string }[];
  /** The sources that describe it; settings may hold for one of them. Default: none. */
  readonly sources?: readonly string[];
  /** What is true of the source: whether health data is PHI there, card data PCI. */
  readonly applies: Readonly<Record<string, string>>;
}

/** Whose rows these are. */
export interface TableSubject {
  readonly kind:
    | 'person'
    | 'patient'
    | 'customer'
    | 'employee'
    | 'payment'
    | 'organisation'
    | 'product'
    | 'reference'
    | 'system'
    | 'log'
    | 'unknown';
  readonly keyColumn: string | null;
  readonly confidence: number;
  readonly evidence: readonly Signal[];
  /** The rows are records of care: what identifies a person in them is health information too. */
  readonly aboutPatients: boolean;
}

export interface ColumnJudgement {
  readonly id: string;
  /** `['NONE']` is a judgement; an abstention has `abstain: true` and the best classes or none at all. */
  readonly classes: readonly CoarseClass[] | readonly ['NONE'];
  readonly fine: readonly string[];
  /** Dotted category of the taxonomy, or `none`. */
  readonly category: string;
  readonly confidence: number;
  readonly abstain: boolean;
  readonly derived: DerivedForm | null;
  readonly evidence: readonly Signal[];
  readonly alternatives: readonly {
    readonly category: string;
    readonly confidence: number;
    readonly rejectedBecause: string;
  }[];
  readonly relatesToSubject: boolean;
}

export interface TableJudgement {
  readonly subject: TableSubject;
  /** In the order of the input's columns. */
  readonly columns: readonly ColumnJudgement[];
}

/** The deterministic tier: pure, free, offline, reproducible. */
export interface Classifier {
  /** Version of the detector set; a part of every verdict's key. */
  readonly detectorSet: string;
  /** Ids and versions of all value detectors: `email@1`. */
  readonly detectors: readonly string[];
  classify(table: TableInput): TableJudgement;
  /** What each of a table's verdicts rests on, as one text a column: equal key, equal verdict. */
  keysOf(table: TableInput, judgement: TableJudgement): readonly string[];
  /** Looks at values beside the source and keeps none. Its own `detectorSet` names only what depends on values. */
  profiler(): Profiler;
  /**
   * True when a detector changed or is new that these values may concern: the next read profiles this field again.
   * `earlier` gives the detectors of the set that the profile was made by, where it is remembered.
   */
  needsProfiling(profile: FieldProfile, earlier?: (detectorSet: string) => readonly string[] | null): boolean;
}
