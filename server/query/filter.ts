import type { Filter, FilterCondition, FilterKey } from './answers.ts';
import type { DatasetView, FieldView } from './query.ts';

/** What a filter looks at. */
export interface FilterSubject {
  readonly dataset: DatasetView;
  readonly field: FieldView;
}

const valuesOf: Record<FilterKey, (subject: FilterSubject) => readonly string[]> = {
  CATEGORY: ({ field }) => field.classifications.map(({ category }) => category),
  CLASS: ({ field }) => field.classifications.flatMap(({ classes }) => classes),
  NAMESPACE: ({ dataset }) => [dataset.namespace],
  OWNER: ({ dataset }) => dataset.owners,
  PLATFORM: ({ dataset }) => (dataset.platform === null ? [] : [dataset.platform]),
  REGION: ({ dataset }) => (dataset.region === null ? [] : [dataset.region]),
  SOURCE: ({ dataset }) => dataset.sources,
  STATE: ({ field }) => [field.effective.state],
  TAG: ({ field, dataset }) => [...field.tags.map(({ tag }) => tag.name), ...dataset.tags.map(({ name }) => name)],
};

/**
 * Whether a filter lets a field through: any of its groups, all conditions of a group. What is not known (a region that no
 * source says) equals nothing, so `not` lets it through: the unknown is shown rather than left out.
 */
export function letsThrough(filter: Filter | undefined, subject: FilterSubject): boolean {
  return filter === undefined || filter.any.some(({ all }) => all.every((condition) => holds(condition, subject)));
}

function holds({ on, not, values }: FilterCondition, subject: FilterSubject): boolean {
  const known = valuesOf[on](subject);
  return values.some((value) => known.some((one) => covers(on, value, one))) !== not;
}

function covers(on: FilterKey, value: string, one: string): boolean {
  if (one === value) return true;
  if (on === 'CATEGORY') return one.startsWith(`${value}.`);
  return on === 'REGION' && one.toLowerCase().startsWith(`${value.toLowerCase()}-`);
}
