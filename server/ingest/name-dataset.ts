import { typeWithoutValues } from '../base/type-words.ts';
import { printPath, type QualifiedName } from '../model/ids.ts';
import { partitionName } from '../model/partition-name.ts';
import type { DatasetDocument, DatasetKey, FieldDescription, SourceTag } from '../model/document.ts';
import type { Json } from '../model/json.ts';
import { sortedJson } from './canonical.ts';
import type { NamedDataset, NamedField } from './named-document.ts';
import type { Names } from './names.ts';
import { scrubComment } from './scrub-comment.ts';
import { scrubText } from './scrub-text.ts';

/** Puts a dataset of a source under its joined name and in canonical order. Pure, apart from what `names` has learnt. */
export function nameDataset(document: DatasetDocument, names: Names): NamedDataset {
  const { namespace, name } = names.described(document);
  const facets = {
    ...document.facets,
    core: { kind: document.kind, platform: document.platform },
    ...commonFacets(document),
    ...(document.keys === undefined || document.keys.length === 0
      ? {}
      : { keys: document.keys.map((key) => nameKeyOf(key, names)) }),
  };
  return {
    kind: 'dataset',
    namespace,
    name,
    facets: sortedJson(facets) as NamedDataset['facets'],
    aliases: aliasesOf(document, { namespace, name }, names),
    fields: document.fields
      .map((field) => ({ ordinal: field.ordinal, printed: printPath(field.path), named: nameField(field) }))
      .sort((a, b) => a.ordinal - b.ordinal || (a.printed < b.printed ? -1 : 1))
      .map(({ named }) => named),
  };
}

/** The facets that datasets and jobs have in common; texts are scrubbed of values that people paste into them. */
export function commonFacets(document: {
  readonly description?: string;
  readonly owners?: readonly string[];
  readonly tags?: readonly SourceTag[];
  readonly native?: { readonly id: string; readonly url?: string };
}): Record<string, unknown> {
  return {
    ...(hasText(document.description) ? { description: scrubComment(document.description) } : {}),
    ...(document.owners === undefined || document.owners.length === 0
      ? {}
      : { owners: [...new Set(document.owners)].sort() }),
    ...(document.tags === undefined || document.tags.length === 0 ? {} : { tags: tagsOf(document.tags) }),
    ...(document.native === undefined ? {} : { native: document.native }),
  };
}

function nameField(field: FieldDescription): NamedField {
  const core: Record<string, Json> = {
    type: field.type === null ? null : typeWithoutValues(field.type),
    ordinal: field.ordinal,
  };
  if (field.nullable !== undefined) core['nullable'] = field.nullable;
  const facets = {
    ...field.facets,
    core,
    ...(hasText(field.description) ? { description: scrubComment(field.description) } : {}),
    ...(field.tags === undefined || field.tags.length === 0 ? {} : { tags: tagsOf(field.tags) }),
  };
  return { path: field.path, facets: sortedJson(facets) as NamedField['facets'] };
}

function hasText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

function tagsOf(tags: readonly SourceTag[]): readonly Json[] {
  return tags
    .map((tag) => ({
      name: tag.name,
      setBy: tag.setBy,
      ...(tag.value === undefined ? {} : { value: scrubText(tag.value) }),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function nameKeyOf(key: DatasetKey, names: Names): unknown {
  return {
    ...key,
    ...(key.references === undefined
      ? {}
      : { references: { dataset: names.dataset(key.references.dataset), fields: key.references.fields } }),
  };
}

function aliasesOf(
  document: DatasetDocument,
  own: QualifiedName,
  names: Names,
): readonly (readonly [string, string])[] {
  const aliases = new Map<string, readonly [string, string]>();
  const parts = (document.partitions ?? []).map((part) => partitionName(part));
  for (const alias of [...(document.aliases ?? []), ...parts, document]) {
    const namespace = names.namespace(alias.namespace);
    if (namespace === own.namespace && alias.name === own.name) continue;
    aliases.set(`${namespace}\u0000${alias.name}`, [namespace, alias.name]);
  }
  return [...aliases.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}
