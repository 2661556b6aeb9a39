import type { SourceTag } from '../../server/model/document.ts';

/** Tags that we made carry this beginning in their key: they are ours wherever they hang. */
export const ownPrefix = 'lexline_';
/** Tags that Databricks' own data classification sets. */
const ownOfDatabricks = /^(?:class|system)\./u;

/** A tag that hangs on the very thing. A tag without a value is a key alone. */
export function tagOf({
  tag_name: name,
  tag_value: value,
}: {
  readonly tag_name: string;
  readonly tag_value: string | null;
}): SourceTag {
  return { name, ...(value === null || value === '' ? {} : { value }), setBy: setterOf(name) };
}

/** A tag that the thing has only because its catalog, schema or table has it. */
export function inheritedTag(tag: SourceTag): SourceTag {
  return { ...tag, setBy: tag.setBy === 'lexline' ? 'lexline' : 'propagated' };
}

function setterOf(name: string): SourceTag['setBy'] {
  if (name.toLowerCase().startsWith(ownPrefix)) return 'lexline';
  return ownOfDatabricks.test(name) ? 'source' : 'person';
}
