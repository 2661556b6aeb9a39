import type { Decider, Signal } from '../model/classification.ts';
import type { JobDocument } from '../model/document.ts';
import type { QualifiedName, Uid } from '../model/ids.ts';
import type { Gap } from '../model/provenance.ts';

/** Whose rows a dataset holds. */
export interface SubjectView {
  readonly kind: string;
  readonly keyField: Uid | null;
  readonly confidence: number;
  /** Printed path of the key; null where there is none or the viewer may not see it. */
  readonly keyPath: string | null;
  /** On what ground; without the key. */
  readonly evidence: readonly Signal[];
}

/** OR of ANDs. */
export interface Filter {
  readonly any: readonly { readonly all: readonly FilterCondition[] }[];
}

export interface FilterCondition {
  readonly on: FilterKey;
  readonly not: boolean;
  /** Matched exactly; `region: eu` also matches `eu-central-1`, a category also those below it. */
  readonly values: readonly string[];
}

/** What a filter can look at, and what a search can be counted by. */
export const filterKeys = [
  'CATEGORY',
  'CLASS',
  'DOMAIN',
  'KIND',
  'NAMESPACE',
  'OWNER',
  'PLATFORM',
  'REGION',
  'SOURCE',
  'STATE',
  'TAG',
  'TREATMENT',
] as const;
export type FilterKey = (typeof filterKeys)[number];

/** What a search finds. */
export interface SearchHit {
  readonly kind: 'dataset' | 'field';
  readonly uid: Uid;
}

/** What is searched: words, or everything by name where there are none. */
export interface SearchRequest {
  readonly text: string | null;
  readonly kinds: readonly SearchHit['kind'][];
  readonly filter?: Filter;
}

/** How many hits a search has, and of what. */
export interface SearchCounts {
  /** Hits that the viewer may see and the filter lets through. */
  readonly total: number;
  /** False: there are more than were looked at, and every figure is of those. */
  readonly complete: boolean;
  readonly facets: readonly SearchFacet[];
}

/** The hits by one thing that a filter can look at. */
export interface SearchFacet {
  readonly on: FilterKey;
  /** The most frequent first. A hit counts under each value that it passes for. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** Hits of which it is not known, or that have none. */
  readonly unknown: number;
}

export interface ImpactRequest {
  readonly origin: Uid;
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  readonly n: number;
}

/** How much a change would reach. */
export interface ImpactCounts {
  readonly fields: number;
  readonly datasets: number;
  readonly jobs: number;
  /** Reports, dashboards and applications outside that read what is reached. */
  readonly exposures: number;
  /** False when a limit cut the counting short. */
  readonly whole: boolean;
}

/** What a change would reach, and what of it could not be told. */
export interface Impact {
  /** Over the visible datasets; null is an unknown region. */
  readonly byRegion: readonly { readonly region: string | null; readonly datasets: number }[];
  readonly byCategory: readonly { readonly category: string; readonly fields: number }[];
  /** False when an unparsed statement, a stale source, something hidden or a limit lies on the way. */
  readonly complete: boolean;
  readonly hiddenFields: number;
  readonly incompleteBecause: readonly string[];
}

/** What the run of a source last did, as far as the state store knows. */
export interface LastRun {
  readonly run: string;
  readonly status: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly gaps: readonly Gap[];
}

export interface Freshness {
  readonly lastSyncedAt: string | null;
  /** Never read, the last read failed, or it is longer ago than the limit. */
  readonly stale: boolean;
}

/** Events of a source on their way into the graph. */
export interface SourceEvents {
  /** Taken, and not in the graph yet. */
  readonly waiting: number;
  /** Could not be taken. */
  readonly deadLetters: number;
  /** When some came in last; null: none yet. */
  readonly lastAt: string | null;
}

export interface JobView extends QualifiedName {
  readonly uid: Uid;
  readonly kind: JobDocument['kind'] | null;
  readonly description: string | null;
  readonly owners: readonly string[];
  readonly statements: { readonly full: number; readonly tables: number; readonly failed: number };
}

/** One thing that changed about a field between two revisions. */
export interface FieldChange {
  readonly kind:
    | 'NEW_SENSITIVE_FIELD'
    | 'NEW_FIELD'
    | 'FIELD_GONE'
    | 'NOW_SENSITIVE'
    | 'NO_LONGER_SENSITIVE'
    | 'CATEGORY_CHANGED'
    | 'NOW_UNDECIDED';
  readonly summary: string;
  readonly field: Uid;
  readonly revision: number;
  readonly at: string;
  readonly actor: { readonly kind: Decider | 'propagation' | 'source'; readonly name: string };
}

export interface HistoryEntry {
  readonly at: string;
  readonly revision: number;
  readonly actor: { readonly kind: Decider | 'propagation'; readonly name: string };
  readonly change: 'ADDED' | 'CHANGED' | 'ENDED';
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string | null;
}
