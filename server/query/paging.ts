import type { Page, PageRequest } from '../stores/page.ts';

/** Every item of a paged list, a page at a time. */
export async function* eachPage<T>(
  ask: (page: PageRequest) => Promise<Page<T>>,
  first = 1000,
): AsyncGenerator<readonly T[]> {
  let after: string | undefined;
  for (;;) {
    const page = await ask({ first, ...(after === undefined ? {} : { after }) });
    yield page.items;
    if (page.cursor === null) return;
    after = page.cursor;
  }
}

/** A page of a list that is held in memory; the cursor is the place of the next item. */
export function pageOf<T>(items: readonly T[], { first, after }: PageRequest): Page<T> {
  const from = after === undefined ? 0 : Number(after);
  const start = Number.isSafeInteger(from) && from > 0 ? from : 0;
  const end = start + first;
  return { items: items.slice(start, end), cursor: end < items.length ? String(end) : null };
}
