import { LexlineError } from '../base/errors.ts';
import { decodeCursor, encodeCursor } from '../query/cursor.ts';
import type { Page, PageRequest } from '../query/query.ts';
import type { PageInfo } from './generated.ts';

/** The page arguments of a connection. */
export interface PageArguments {
  readonly first: number;
  readonly after?: string | null;
}

/** A page as a connection shows it, its items still to be mapped. */
export interface ConnectionPage<T> {
  /** The revision that it was read from. */
  readonly n: number;
  readonly items: readonly { readonly cursor: string; readonly item: T }[];
  readonly pageInfo: PageInfo;
}

/** Fails with INPUT_INVALID when `first` is out of range. */
export function checkFirst(first: number, max: number): void {
  if (first < 1 || first > max)
    throw new LexlineError('INPUT_INVALID', `[graphql] first: ${first} is not in the range from 1 to ${max}`);
}

/**
 * Reads one page. A cursor carries the revision it was made at, so that page 2 shows the world of page 1; each item has one:
 * the store's cursor of the page that it stood on, and its place there. `list` is what identifies the list (its name and
 * arguments); `newest` says which revision a first page reads.
 */
export async function readConnection<T>(
  args: PageArguments,
  options: { readonly list: unknown; readonly maxFirst: number; readonly newest: () => Promise<number> | number },
  read: (n: number, page: PageRequest) => Promise<Page<T>>,
): Promise<ConnectionPage<T>> {
  const { list } = options;
  checkFirst(args.first, options.maxFirst);
  const start = args.after === null || args.after === undefined ? null : readPlace(list, args.after);
  const n = start?.n ?? (await options.newest());
  const skip = start?.skip ?? 0;
  const inner = start?.inner ?? null;
  const page = await read(n, { first: args.first + skip, ...(inner === null ? {} : { after: inner }) });
  const items = page.items.slice(skip).map((item, index) => ({
    item,
    cursor: encodeCursor(list, { n, inner: JSON.stringify([inner, skip + index + 1]) }),
  }));
  const end =
    page.cursor === null ? items.at(-1)?.cursor : encodeCursor(list, { n, inner: JSON.stringify([page.cursor, 0]) });
  return {
    n,
    items,
    pageInfo: {
      hasNextPage: page.cursor !== null,
      hasPreviousPage: start !== null,
      startCursor: items[0]?.cursor ?? null,
      endCursor: end ?? null,
    },
  };
}

function readPlace(
  list: unknown,
  cursor: string,
): { readonly n: number; readonly inner: string | null; readonly skip: number } {
  const { n, inner } = decodeCursor(list, cursor);
  try {
    const place: unknown = JSON.parse(inner);
    if (Array.isArray(place)) {
      const [at, skip] = place as readonly unknown[];
      if ((at === null || typeof at === 'string') && typeof skip === 'number' && skip >= 0 && skip <= 10_000)
        return { n, inner: at, skip };
    }
  } catch {
    // Falls through: what is no place of ours is refused below.
  }
  throw new LexlineError('INPUT_INVALID', '[graphql] "after" is not a cursor of this list', {
    remedy: 'Pass the endCursor of an earlier page, with the same arguments.',
  });
}

/** A page of a list that is held in memory. */
export function pageOfArray<T>(items: readonly T[], { first, after }: PageRequest): Page<T> {
  const start = after === undefined ? 0 : Number(after) || 0;
  const end = start + first;
  return { items: items.slice(start, end), cursor: end < items.length ? String(end) : null };
}
