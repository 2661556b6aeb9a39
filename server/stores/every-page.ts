import type { Page, PageRequest } from './page.ts';

/** Every item of a paged list, page by page. */
export async function* everyPage<T>(fetch: (page: PageRequest) => Promise<Page<T>>, first = 2000): AsyncIterable<T> {
  let after: string | undefined;
  do {
    const page = await fetch({ first, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.cursor ?? undefined;
  } while (after !== undefined);
}
