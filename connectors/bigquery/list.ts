import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { BigQueryPort, Service } from './port.ts';

/** A list that Google gives in pages. */
export interface Listing<T> {
  readonly service: Service;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The member of an answer that holds the items; absent where there are none. */
  readonly member: string;
  readonly item: z.ZodType<T>;
  /** How a page's size is asked for, and how large. */
  readonly size: readonly [parameter: string, rows: number];
}

const pageShape = z.looseObject({ nextPageToken: z.string().optional() });

/** Everything that a list holds, page by page, with the answer each page stands in. */
export async function* pagesOf<T>(
  port: BigQueryPort,
  { service, path, query = {}, member, item, size }: Listing<T>,
  signal: AbortSignal,
): AsyncIterable<{ readonly items: readonly T[]; readonly whole: Readonly<Record<string, unknown>> }> {
  const seen = new Set<string>();
  const shape = z.array(item).default([]);
  let pageToken = '';
  for (;;) {
    const asked = new URLSearchParams({
      ...query,
      [size[0]]: String(size[1]),
      ...(pageToken === '' ? {} : { pageToken }),
    });
    const page = pageShape.safeParse(await port.get(service, `${path}?${asked.toString()}`, signal));
    const items = page.success ? shape.safeParse(page.data[member]) : null;
    if (!page.success || items === null || !items.success) throw strange(path, 'is not as documented');
    yield { items: items.data, whole: page.data };
    pageToken = page.data.nextPageToken ?? '';
    if (pageToken === '') return;
    if (seen.has(pageToken)) throw strange(path, 'goes in circles');
    seen.add(pageToken);
  }
}

/** All items of a list. */
export async function listAll<T>(port: BigQueryPort, listing: Listing<T>, signal: AbortSignal): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const { items } of pagesOf(port, listing, signal)) found.push(...items);
  return found;
}

/** One thing. */
export async function getOne<T>(
  port: BigQueryPort,
  service: Service,
  path: string,
  shape: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  const parsed = shape.safeParse(await port.get(service, path, signal));
  if (!parsed.success) throw strange(path, 'is not as documented');
  return parsed.data;
}

function strange(path: string, says: string): LexlineError {
  return new LexlineError(
    'CONNECTOR_UNEXPECTED',
    `[connectors/bigquery] the answer to ${path.split('?')[0] ?? ''} ${says}`,
    { remedy: 'check that endpoint, dataCatalogEndpoint and dataPolicyEndpoint are Google itself and no proxy' },
  );
}
