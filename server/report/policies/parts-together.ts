import type { Uid } from '../../model/ids.ts';
import { cutEndOf, type CutEnd } from '../../model/parts.ts';
import type { Query } from '../../query/query.ts';

/** A field that holds a part of a value, and how lineage shows that it was cut. */
export interface CutField<T> {
  readonly of: T;
  /** Where the whole value stands: `dataset.field`. */
  readonly origin: string;
  /** Where the part stood first. Copies of one part are one part. */
  readonly cutInto: string;
  /** Which end of the value it is, where the function says so. */
  readonly end: CutEnd | null;
}

/** How a field came to hold a part of a category; nothing where lineage does not show it. */
export async function cutField<T>(
  query: Pick<Query, 'explain'>,
  n: number,
  { of, field, category }: { readonly of: T; readonly field: Uid; readonly category: string },
): Promise<readonly CutField<T>[]> {
  const steps = (await query.explain(field, category, n))?.steps ?? [];
  const cut = steps.findLast(({ effect }) => effect === 'partial');
  const [first] = steps;
  if (first === undefined || cut === undefined) return [];
  return [
    {
      of,
      origin: `${first.from.dataset}.${first.from.path}`,
      cutInto: `${cut.to.dataset}.${cut.to.path}`,
      end: cutEndOf(cut.fn),
    },
  ];
}

/**
 * Fields of one dataset that hold different parts of the same value: whoever reads a row may put them together. How long each
 * is, is not known (numbers of statements are not kept): two beginnings or two ends lie within each other, all else may be the whole.
 */
export function partsTogether<T>(cuts: readonly CutField<T>[]): readonly (readonly CutField<T>[])[] {
  return [...Map.groupBy(cuts, ({ origin }) => origin).values()].filter((parts) => {
    const different = new Map(parts.map((part) => [part.cutInto, part.end]));
    const known = new Set(different.values());
    return different.size > 1 && (known.size > 1 || known.has(null));
  });
}
