import type { CoarseClass } from '../model/classification.ts';
import type { FieldState } from '../model/effective.ts';
import type { Treatment } from '../model/treatment.ts';
import type { Filter, FilterCondition, FilterKey } from './answers.ts';
import type { DatasetView } from './query.ts';

/** What a filter looks at: a field with its dataset, or a dataset with what its fields come to. */
export interface FilterSubject {
  readonly dataset: DatasetView;
  readonly field: {
    readonly effective: { readonly state: FieldState };
    readonly classifications: readonly {
      readonly category: string;
      readonly classes: readonly CoarseClass[];
      readonly treatment: Treatment;
    }[];
    readonly tags: readonly { readonly tag: { readonly name: string } }[];
  };
  /** Domains of the configuration that the dataset lies in. */
  readonly domains?: readonly string[];
}

const valuesOf: Record<FilterKey, (subject: FilterSubject) => readonly string[]> = {
  CATEGORY: ({ field }) => field.classifications.map(({ category }) => category),
  CLASS: ({ field }) => field.classifications.flatMap(({ classes }) => classes),
  DOMAIN: ({ domains = [] }) => domains,
  KIND: ({ dataset }) => (dataset.kind === null ? [] : [upperSnake(dataset.kind)]),
  NAMESPACE: ({ dataset }) => [dataset.namespace],
  OWNER: ({ dataset }) => dataset.owners,
  PLATFORM: ({ dataset }) => (dataset.platform === null ? [] : [dataset.platform]),
  REGION: ({ dataset }) => (dataset.region === null ? [] : [dataset.region]),
  SOURCE: ({ dataset }) => dataset.sources,
  STATE: ({ field }) => [field.effective.state],
  TAG: ({ field, dataset }) => [...field.tags.map(({ tag }) => tag.name), ...dataset.tags.map(({ name }) => name)],
  TREATMENT: ({ field }) => field.classifications.map(({ treatment }) => upperSnake(treatment)),
};

/** What a filter would compare of a thing, each value once; empty: it is not known. */
export function filterValues(on: FilterKey, subject: FilterSubject): readonly string[] {
  return [...new Set(valuesOf[on](subject))];
}

/**
 * Whether a filter lets a thing through: any of its groups, all conditions of a group. What is not known (a region that no
 * source says) equals nothing, so `not` lets it through: the unknown is shown rather than left out.
 */
export function letsThrough(filter: Filter | undefined, subject: FilterSubject): boolean {
  return filter === undefined || filter.any.some(({ all }) => all.every((condition) => holds(condition, subject)));
}

function holds({ on, not, values }: FilterCondition, subject: FilterSubject): boolean {
  const known = valuesOf[on](subject);
  return values.some((value) => known.some((one) => covers(on, value, one))) !== not;
}

/** Whether a thing that bears `one` passes a condition that names `value`. */
export function covers(on: FilterKey, value: string, one: string): boolean {
  if (one === value) return true;
  if (on === 'CATEGORY') return one.startsWith(`${value}.`);
  return on === 'REGION' && one.toLowerCase().startsWith(`${value.toLowerCase()}-`);
}

/** A word of the model as filters spell it: `foreign-table` is `FOREIGN_TABLE`. */
function upperSnake(word: string): string {
  return word.toUpperCase().replaceAll('-', '_');
}
