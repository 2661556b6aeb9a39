import type { DatasetKey, DatasetKind, JobDocument, SourceTag } from './document.ts';
import type { Gap } from './provenance.ts';
import type { Uid } from './ids.ts';

/**
 * The facets that ingest writes and everybody reads, by name. A source's own facets keep their prefix (`postgres.partition`,
 * `dbt.meta`) and are carried as they are.
 */
export interface DatasetFacets {
  readonly core: { readonly kind: DatasetKind; readonly platform: string };
  readonly description?: string;
  readonly owners?: readonly string[];
  readonly tags?: readonly SourceTag[];
  readonly keys?: readonly DatasetKey[];
  readonly native?: { readonly id: string; readonly url?: string };
  /** Where it is hosted, in the source's own words: `eu-central-1`, `EU`. */
  readonly region?: string;
}

export interface FieldFacets {
  readonly core: { readonly type: string | null; readonly ordinal: number; readonly nullable?: boolean };
  readonly description?: string;
  readonly tags?: readonly SourceTag[];
  /** What restricts reading it: `MASKING_POLICY` MASK_EMAIL. It does not change what the field holds. */
  readonly controls?: readonly { readonly kind: string; readonly name: string }[];
}

export interface JobFacets {
  readonly core: { readonly kind: JobDocument['kind']; readonly platform: string };
  readonly description?: string;
  readonly owners?: readonly string[];
  readonly tags?: readonly SourceTag[];
  readonly native?: { readonly id: string; readonly url?: string };
  readonly io: { readonly inputs: readonly Uid[]; readonly outputs: readonly Uid[] };
  /** One entry a statement: how far it was understood, and what was not. */
  readonly sql?: {
    readonly statements: readonly { readonly id: string; readonly parseStatus: 'full' | 'tables' | 'failed' }[];
    readonly gaps: readonly Gap[];
  };
}

interface Asserted {
  readonly assertions: readonly { readonly source: string; readonly facets: Readonly<Record<string, unknown>> }[];
}

/** What each source says of a facet, by precedence: of things that add up, as what a job writes. */
export function saidFacets<F, K extends keyof F & string>(record: Asserted, facet: K): readonly F[K][] {
  return record.assertions.flatMap(({ facets }) => {
    const value = facets[facet];
    return value === undefined || value === null ? [] : [value as F[K]];
  });
}

/** The shown value of a facet: the first assertion, by precedence, that has it. */
export function shownFacet<F, K extends keyof F & string>(record: Asserted, facet: K): F[K] | undefined {
  return saidFacets<F, K>(record, facet)[0];
}
