import { LexlineError } from '../../server/base/errors.ts';
import type { Json } from '../../server/model/json.ts';
import type { DirectTagWriter, TagChange, TagTarget } from '../../server/model/tag-writing.ts';
import type { AtlasClient } from './client.ts';
import { ownPrefix } from './tags.ts';

/**
 * Writes classifications. A type that is missing is made, without attributes and for any entity. Classifications are put on
 * the one thing and not propagated: Lexline follows lineage by itself and puts a tag on each thing for a reason of its own.
 */
export function atlasWriter(client: AtlasClient): DirectTagWriter {
  const made = new Set<string>();

  async function makeType(tag: string, signal: AbortSignal): Promise<void> {
    if (made.has(tag)) return;
    const { classificationDefs } = await client.typeDefs(signal);
    if (!classificationDefs.some(({ name }) => name === tag))
      await client.makeClassificationType(definitionOf(tag), signal);
    made.add(tag);
  }

  return {
    kind: 'direct',
    tables: true,
    tagFor: (ours) => `${ownPrefix}${ours.replaceAll(/[^A-Za-z0-9_]/g, '_')}`,
    steps({ action, target, tag }) {
      const guid = guidOf(target);
      const thing = `/api/atlas/v2/entity/guid/${guid ?? '?'}`;
      if (action === 'remove') return [`DELETE ${thing}/classification/${tag}`];
      return [
        `POST /api/atlas/v2/types/typedefs ${JSON.stringify({ classificationDefs: [definitionOf(tag)] })} (if there is no such type yet)`,
        `POST ${thing}/classifications ${JSON.stringify([classificationOf(tag)])}`,
      ];
    },
    async tagsOf(target, signal) {
      const guid = needGuid(target);
      const found = await client.classifications(guid, signal);
      return (
        found?.map(({ typeName, entityGuid }) => ({
          name: typeName,
          setBy: typeName.startsWith(ownPrefix) ? 'lexline' : entityGuid === guid ? 'person' : 'propagated',
        })) ?? null
      );
    },
    policiesOf: async (tag) => [
      {
        kind: 'unknown',
        name: `tag policies of Ranger on ${tag}: Atlas does not show them, look into Ranger's tag service`,
      },
    ],
    async apply(change: TagChange, signal) {
      const guid = needGuid(change.target);
      if (change.action === 'remove') await client.declassify(guid, change.tag, signal);
      else {
        await makeType(change.tag, signal);
        await client.classify(guid, classificationOf(change.tag), signal);
      }
    },
  };
}

function definitionOf(tag: string): Json {
  return { name: tag, description: 'Made by Lexline', superTypes: [], entityTypes: [], attributeDefs: [] };
}

function classificationOf(tag: string): Json {
  return { typeName: tag, propagate: false };
}

/** The catalog's id of a dataset or column, as its own documents gave it. */
function guidOf({ field, facets }: TagTarget): string | null {
  const facet = facets[field === null ? 'native' : 'atlas.column'];
  const id = typeof facet === 'object' && facet !== null ? Reflect.get(facet, field === null ? 'id' : 'guid') : null;
  return typeof id === 'string' ? id : null;
}

function needGuid(target: TagTarget): string {
  const guid = guidOf(target);
  if (guid !== null) return guid;
  throw new LexlineError(
    'INPUT_INVALID',
    `[connectors/atlas] ${target.dataset.name} carries no id of Atlas: sync the source once more`,
  );
}
