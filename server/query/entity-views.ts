import type { SourceTag } from '../model/document.ts';
import { shownFacet, type DatasetFacets, type FieldFacets, type JobFacets } from '../model/facets.ts';
import type { FieldPath, Uid } from '../model/ids.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { JobView } from './answers.ts';
import type { ControlView, DatasetView } from './query.ts';

/** What a field's own record says of it, before anything is judged. */
export interface FieldFacts {
  readonly uid: Uid;
  readonly dataset: Uid;
  readonly path: FieldPath;
  readonly type: string | null;
  readonly ordinal: number;
  readonly description: string | null;
  readonly tags: readonly { readonly tag: SourceTag; readonly source: string }[];
  readonly controls: readonly ControlView[];
  readonly sources: readonly string[];
}

/** A dataset as its sources describe it, each facet by precedence; tags and native ids of all of them. */
export function datasetView(record: EntityRecord): DatasetView {
  const core = shownFacet<DatasetFacets, 'core'>(record, 'core');
  return {
    uid: record.uid,
    namespace: record.namespace,
    name: record.name,
    kind: core?.kind ?? null,
    platform: core?.platform ?? null,
    region: shownFacet<DatasetFacets, 'region'>(record, 'region') ?? null,
    description: shownFacet<DatasetFacets, 'description'>(record, 'description') ?? null,
    owners: shownFacet<DatasetFacets, 'owners'>(record, 'owners') ?? [],
    tags: eachFacet<DatasetFacets, 'tags'>(record, 'tags').flatMap(({ value }) => value),
    keys: shownFacet<DatasetFacets, 'keys'>(record, 'keys') ?? [],
    sources: record.assertions.map(({ source }) => source),
    natives: eachFacet<DatasetFacets, 'native'>(record, 'native').map(({ source, value }) => ({
      source,
      id: value.id,
      url: value.url ?? null,
    })),
  };
}

/** A field as its sources describe it. */
export function fieldFacts(record: EntityRecord): FieldFacts {
  const core = shownFacet<FieldFacets, 'core'>(record, 'core');
  return {
    uid: record.uid,
    dataset: record.parent ?? '',
    path: record.path ?? [],
    type: core?.type ?? null,
    ordinal: core?.ordinal ?? Number.MAX_SAFE_INTEGER,
    description: shownFacet<FieldFacets, 'description'>(record, 'description') ?? null,
    tags: eachFacet<FieldFacets, 'tags'>(record, 'tags').flatMap(({ source, value }) =>
      value.map((tag) => ({ tag, source })),
    ),
    controls: eachFacet<FieldFacets, 'controls'>(record, 'controls').flatMap(({ source, value }) =>
      value.map(({ kind, name }) => ({ kind, name, source })),
    ),
    sources: record.assertions.map(({ source }) => source),
  };
}

/** A job with how far its SQL was understood. */
export function jobView(record: EntityRecord): JobView {
  const statements = { full: 0, tables: 0, failed: 0 };
  for (const { value } of eachFacet<JobFacets, 'sql'>(record, 'sql'))
    for (const statement of value?.statements ?? []) statements[statement.parseStatus] += 1;
  return {
    uid: record.uid,
    namespace: record.namespace,
    name: record.name,
    kind: shownFacet<JobFacets, 'core'>(record, 'core')?.kind ?? null,
    description: shownFacet<JobFacets, 'description'>(record, 'description') ?? null,
    owners: shownFacet<JobFacets, 'owners'>(record, 'owners') ?? [],
    statements,
  };
}

/** A facet as each source says it, by precedence. */
export function eachFacet<F, K extends keyof F & string>(
  record: EntityRecord,
  facet: K,
): readonly { readonly source: string; readonly value: NonNullable<F[K]> }[] {
  return record.assertions.flatMap(({ source, facets }) => {
    const value = facets[facet];
    return value === undefined || value === null ? [] : [{ source, value: value as NonNullable<F[K]> }];
  });
}
