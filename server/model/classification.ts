import type { Actor } from './provenance.ts';
import type { Treatment } from './treatment.ts';
import type { Uid } from './ids.ts';

/** The three coarse classes that every classification also carries. */
export const coarseClasses = ['PII', 'PHI', 'PCI'] as const;
export type CoarseClass = (typeof coarseClasses)[number];

/** A form in which a value no longer stands in clear but still belongs to its category. */
export type DerivedForm = 'hash' | 'token' | 'mask' | 'last4';

/** One reason for a verdict that a person can read and argue with. `detail` holds shapes and shares, never a value. */
export interface Signal {
  readonly signal: string;
  readonly detail: string;
  /** Contribution in log-odds; negative speaks against. */
  readonly weight: number;
}

/** Named in the evidence of a table's subject where its rows are dealings: orders, sales, invoices, deliveries. */
export const dealingsSignal = 'dealings';

/** Named in the evidence of a table's subject where its rows are records of care: what identifies a patient there is PHI. */
export const careSignal = 'record-of-care';

/** How a citation was checked. There is no plain "verified". */
export type CitationCheck = 'text-matched' | 'catalogue-only' | 'unsupported';

export interface Citation {
  readonly provision: string;
  readonly edition: string;
  readonly check: CitationCheck;
  /** Cut by us from the stored passage; null when there is no official text to cut from. */
  readonly quote: string | null;
  readonly ownWords?: string | null;
  readonly sourceSha256?: string | null;
}

export type Decider = 'human' | 'imported' | 'detector' | 'llm';

/** Category of a judgement that nothing sensitive is held. A judgement, never an abstention. */
export const NONE = 'none';

/** One decider's judgement of one field. `abstained` is a verdict too: it is shown as a gap. */
export interface Verdict {
  readonly field: Uid;
  readonly decider: Decider;
  /** Who exactly: `detectors@3`, a model's name, a person's opaque id, the source that was imported from. */
  readonly by: string;
  /** Dotted category, or {@link NONE}. */
  readonly category: string;
  readonly state: 'proposed' | 'accepted' | 'rejected' | 'abstained';
  readonly classes: readonly CoarseClass[];
  readonly fine: readonly string[];
  /** Calibrated probability, 0..1. */
  readonly confidence: number;
  readonly derived: DerivedForm | null;
  /** Of a person's rejection: the least treated form in which the field held the category then. From before it was kept: none. */
  readonly seenAs?: Treatment;
  readonly evidence: readonly Signal[];
  readonly citations: readonly Citation[];
  readonly alternatives?: readonly {
    readonly category: string;
    readonly confidence: number;
    readonly rejectedBecause: string;
  }[];
  /** Hash of everything the verdict is a function of (evidence, detectors, rulebook, calibration, prompt, model, editions). */
  readonly key: string;
  readonly at: string;
}

/** A category that reached a field along lineage: one row per (field, category, treatment). */
export interface DerivedClassification {
  readonly field: Uid;
  readonly category: string;
  readonly treatment: Treatment;
  /** Fewest steps from an origin. */
  readonly rank: number;
  /** The state one step nearer to an origin; null only when `rank` is 0. */
  readonly via: { readonly field: Uid; readonly treatment: Treatment } | null;
  readonly rules: string;
}

/** What a person entered about a thing: a stop, a waiver, a purpose, a legal basis, an annotation. */
export interface Entered {
  readonly uid: Uid;
  readonly kind: string;
  readonly body: unknown;
  readonly actor: Actor;
}
