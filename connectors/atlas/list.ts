import { LexlineError } from '../../server/base/errors.ts';
import { listWhole, type WholeList } from '../kit/whole-list.ts';
import type { AtlasClient, SearchRequest } from './client.ts';
import type { AtlasHeader } from './shapes.ts';

const hiddenGuid = '-1';

/** Lists all that a search finds. What Atlas counts says nothing where only changed entities are asked for. */
export async function listAll(
  client: Pick<AtlasClient, 'search'>,
  request: Omit<SearchRequest, 'offset'>,
  source: string,
  signal: AbortSignal,
): Promise<WholeList<AtlasHeader>> {
  return listWhole(
    {
      async page(offset) {
        const { entities, approximateCount } = await client.search({ ...request, offset }, signal);
        return { items: entities, total: request.changedSince === undefined ? (approximateCount ?? null) : null };
      },
      limit: request.limit,
      // Entities that are there and whose names may not be seen come without an id.
      idOf: ({ guid }) => (guid === hiddenGuid || guid === '' ? null : guid),
      looping: () => looping(source, request.typeName),
    },
    signal,
  );
}

function looping(source: string, typeName: string): LexlineError {
  return new LexlineError(
    'CONNECTOR_UNEXPECTED',
    `[connectors/atlas] source "${source}": searching ${typeName} gives the same page again and again; nothing of it was retired`,
    { remedy: 'look whether the search index of Atlas is whole (its own repair tool), then sync again' },
  );
}
