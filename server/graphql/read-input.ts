import { LexlineError } from '../base/errors.ts';
import type { Filter } from '../query/answers.ts';
import type { DatasetRef } from '../query/query.ts';
import type { FilterInput, Ref } from './generated.ts';
import { localId } from './global-id.ts';

/** Most groups of a filter, and conditions of a group. */
const maxConditions = 20;
const maxValues = 250;

/** A reference of the API as the query room takes it. */
export function readRef(ref: Ref): DatasetRef {
  if (ref.id !== undefined && ref.id !== null) return { id: datasetIdOf(ref.id) };
  if (ref.native !== undefined && ref.native !== null) return { native: ref.native };
  if (ref.openLineage !== undefined && ref.openLineage !== null) return { openLineage: ref.openLineage };
  if (ref.text !== undefined && ref.text !== null) return { text: ref.text };
  throw new LexlineError('INPUT_INVALID', '[graphql] a reference names none of id, native, openLineage, text');
}

/** In a list of references an id that is none of a dataset is a miss like any other: one bad row spoils no page. */
function datasetIdOf(id: string): string {
  try {
    return localId('Dataset', id);
  } catch {
    return '';
  }
}

/** A filter of the API as the query room takes it. Fails with INPUT_INVALID when it is too long. */
export function readFilter(filter: FilterInput | null | undefined): Filter | undefined {
  if (filter === null || filter === undefined) return undefined;
  const sizes = [filter.any.length, ...filter.any.map(({ all }) => all.length)];
  const values = filter.any.flatMap(({ all }) => all.map((condition) => condition.values.length));
  if (sizes.some((size) => size > maxConditions) || values.some((size) => size > maxValues))
    throw new LexlineError(
      'INPUT_INVALID',
      `[graphql] a filter has at most ${maxConditions} groups, ${maxConditions} conditions each, ${maxValues} values each`,
    );
  return {
    any: filter.any.map(({ all }) => ({
      all: all.map(({ on, not, values: wanted }) => ({ on, not: not ?? false, values: wanted })),
    })),
  };
}
