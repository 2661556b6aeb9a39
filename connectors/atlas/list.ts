import { LexlineError } from '../../server/base/errors.ts';
import type { AtlasClient, SearchRequest } from './client.ts';
import type { AtlasHeader } from './shapes.ts';

/** Everything that one search finds. */
export interface Listing {
  readonly headers: readonly AtlasHeader[];
  /** Entities that are there and whose names may not be seen: Atlas sends them without an id. */
  readonly hidden: number;
  /** False when the catalog changed so much meanwhile that no pass saw all of it. */
  readonly whole: boolean;
}

/** Passes over a listing that changes under our hands, at most. */
const maxPasses = 4;
const hiddenGuid = '-1';

/**
 * Lists all that a search finds, page by page. Atlas pages by offset and in no order that holds, so a pass counts as whole
 * only when no entity came twice and as many came as Atlas counts; otherwise it is repeated and what was seen is united.
 * A page that brings nothing new ends a pass; a server that goes on giving the same page is an error, never a loop.
 */
export async function listAll(
  client: Pick<AtlasClient, 'search'>,
  request: Omit<SearchRequest, 'offset'>,
  source: string,
  signal: AbortSignal,
): Promise<Listing> {
  const found = new Map<string, AtlasHeader>();
  let hidden = 0;
  for (let pass = 1; pass <= maxPasses; pass++) {
    const seen = new Set<string>();
    let unnamed = 0;
    let repeated = 0;
    let counted: number | null = null;
    for (let offset = 0; ;) {
      signal.throwIfAborted();
      const { entities, approximateCount } = await client.search({ ...request, offset }, signal);
      counted = approximateCount ?? counted;
      if (entities.length === 0) break;
      let fresh = 0;
      for (const header of entities) {
        if (header.guid === hiddenGuid || header.guid === '') {
          unnamed += 1;
          fresh += 1;
        } else if (seen.has(header.guid)) repeated += 1;
        else {
          seen.add(header.guid);
          found.set(header.guid, header);
          fresh += 1;
        }
      }
      if (fresh === 0) throw looping(source, request.typeName);
      offset += entities.length;
      if (entities.length < request.limit) break;
    }
    hidden = Math.max(hidden, unnamed);
    const complete = counted === null || request.changedSince !== undefined || seen.size + unnamed >= counted;
    if (repeated === 0 && complete) return { headers: [...found.values()], hidden, whole: true };
  }
  return { headers: [...found.values()], hidden, whole: false };
}

function looping(source: string, typeName: string): LexlineError {
  return new LexlineError(
    'CONNECTOR_UNEXPECTED',
    `[connectors/atlas] source "${source}": searching ${typeName} gives the same page again and again; nothing of it was retired`,
    { remedy: 'look whether the search index of Atlas is whole (its own repair tool), then sync again' },
  );
}
