import { joinName } from '../../server/model/dataset-name.ts';
import type { SourceTag } from '../../server/model/document.ts';

/** Tags that we made carry this beginning in their own name: they are ours wherever they hang. */
export const ownPrefix = 'LEXLINE_';

/** What both the view of the account and the table functions say of a tag. */
export interface TagName {
  readonly tag_database: string;
  readonly tag_schema: string;
  readonly tag_name: string;
}

/** `DB.SCHEMA.TAG`: as a `tagMap` names it, with `=value` behind it where the value matters. */
export function tagName({ tag_database: database, tag_schema: schema, tag_name: name }: TagName): string {
  return joinName([database, schema, name]);
}

/**
 * A tag on the very thing that carries it. Snowflake says how it came there: by a person, by its own classification, or carried
 * along by propagation.
 */
export function tagOf(
  row: TagName & { readonly tag_value: string | null; readonly apply_method: string | null },
): SourceTag {
  return { name: tagName(row), ...valueOf(row.tag_value), setBy: setterOf(row) };
}

/** A tag that the thing has only because its database, schema or table has it. */
export function inheritedTag(tag: SourceTag): SourceTag {
  return { ...tag, setBy: tag.setBy === 'lexline' ? 'lexline' : 'propagated' };
}

function setterOf({
  tag_name: name,
  apply_method: method,
}: TagName & { readonly apply_method: string | null }): SourceTag['setBy'] {
  if (name.toUpperCase().startsWith(ownPrefix)) return 'lexline';
  switch ((method ?? '').toUpperCase()) {
    case 'PROPAGATED':
    case 'INHERITED':
      return 'propagated';
    case 'CLASSIFIED':
      return 'source';
    default:
      return 'person';
  }
}

function valueOf(value: string | null): { readonly value?: string } {
  return value === null || value === '' ? {} : { value };
}
