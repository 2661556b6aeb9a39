import type { Json } from '../../server/model/json.ts';
import { listOf, objectOf } from './foreign.ts';
import type { DatasetPicture, JobPicture } from './picture.ts';

type Facet = Readonly<Record<string, unknown>>;

/**
 * When a dataset was dropped for good: since then nothing made it anew, and nothing but the run that dropped it spoke of it.
 * Null while it is there.
 */
export function droppedAt({ dropped, said, made }: DatasetPicture): string | null {
  if (dropped === null || (made !== undefined && made > dropped.at)) return null;
  const again = Object.entries(said).some(([run, at]) => run !== dropped.run && at > dropped.at);
  return again ? null : dropped.at;
}

/** A facet of a dataset as it was said last; null when it was taken back, or belongs to the one that was dropped before. */
export function datasetFacetOf({ facets, dropped }: DatasetPicture, name: string): Facet | null {
  const stamped = facets[name];
  if (stamped === undefined || (dropped !== null && stamped.at <= dropped.at)) return null;
  return objectOf(stamped.value);
}

/** A facet of a job as it was said last; null when it was taken back. */
export function jobFacetOf({ facets }: Pick<JobPicture, 'facets'>, name: string): Facet | null {
  return objectOf(facets[name]?.value ?? null);
}

const lineageFacets: ReadonlySet<string> = new Set(['columnLineage', 'lineage']);

/**
 * Whether a facet is remembered with its dataset. Lineage is remembered with the job, a rename when its run has ended well. A schema without fields says nothing of
 * them: producers send one where they could not look; one that is taken back (null) does.
 */
export function isFactOfDataset(name: string, value: Json): boolean {
  if (name === 'lifecycleStateChange') return objectOf(value)?.['change'] !== 'RENAME';
  if (name === 'schema') return value === null || listOf(objectOf(value)?.['fields']).length > 0;
  return !lineageFacets.has(name);
}
