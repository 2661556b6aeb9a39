import type { SourceTag } from '../../server/model/document.ts';
import { canonicalJson, type Json } from '../../server/model/json.ts';
import { referencesIn, type AtlasEntity } from './shapes.ts';

/** Types that we made carry this beginning: they are ours wherever they hang. */
export const ownPrefix = 'Lexline_';

/** A term is shown among the tags under this beginning, so that a `tagMap` can name it. */
export const termPrefix = 'term:';

/**
 * An entity's classifications and terms as tags. One whose `entityGuid` is another entity was propagated by Atlas: it says
 * nothing that the other did not. An entity can carry one classification by itself and once more from elsewhere.
 */
export function tagsOf(entity: AtlasEntity): readonly SourceTag[] {
  const tags = new Map<string, SourceTag>();
  for (const { typeName, attributes, entityGuid, entityStatus } of entity.classifications) {
    if (entityStatus === 'DELETED') continue;
    const own = entityGuid === '' || entityGuid === entity.guid;
    const setBy = typeName.startsWith(ownPrefix) ? 'lexline' : own ? 'person' : 'propagated';
    const before = tags.get(typeName);
    if (before !== undefined && !own) continue;
    const value = valueOf(attributes);
    tags.set(typeName, { name: typeName, ...(value === null ? {} : { value }), setBy });
  }
  for (const term of referencesIn(entity.relationshipAttributes['meanings'])) {
    if (isGone(term) || term.displayText === '') continue;
    const name = `${termPrefix}${term.displayText}`;
    tags.set(name, { name, setBy: 'person' });
  }
  return [...tags.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A reference whose far end or whose relation was deleted. */
export function isGone({
  entityStatus,
  relationshipStatus,
}: {
  readonly entityStatus: string;
  readonly relationshipStatus: string;
}): boolean {
  return entityStatus === 'DELETED' || relationshipStatus === 'DELETED';
}

/** The attributes of a classification: the value itself when there is one, else all that are set. */
function valueOf(attributes: Readonly<Record<string, Json>>): string | null {
  const set = Object.entries(attributes).filter(([, value]) => value !== null && value !== '');
  const [only] = set;
  if (only === undefined) return null;
  if (set.length === 1 && typeof only[1] === 'string') return only[1];
  return canonicalJson(Object.fromEntries(set));
}
