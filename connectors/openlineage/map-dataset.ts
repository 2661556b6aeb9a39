import type { DatasetDocument, FieldDescription, SourceTag } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import { printPath, type FieldPath } from '../../server/model/ids.ts';
import { listOf, nameOf, numberOf, objectOf, objectsOf, qualifiedOf } from './foreign.ts';
import { kindOf, platformOf } from './names.ts';
import { datasetFacetOf, droppedAt } from './picture-facets.ts';
import type { DatasetPicture } from './picture.ts';
import { unknownFacets } from './read-event.ts';

/** By whom our own emitter says that a tag was set: met again, such a tag is never evidence. */
export const ourTagSource = 'LEXLINE';

/** What events say of a dataset as a document; null for one that was dropped. */
export function mapDataset(picture: DatasetPicture): DatasetDocument | null {
  if (droppedAt(picture) !== null || Object.keys(picture.said).length === 0) return null;
  const { namespace, name } = picture;
  const facet = (wanted: string) => datasetFacetOf(picture, wanted);
  const type = facet('datasetType');
  const description = facet('documentation')?.['description'];
  const owners = ownersOf(facet('ownership'));
  const tags = tagsIn(facet('tags'));
  const aliases = listOf(facet('symlinks')?.['identifiers']).flatMap((each) => qualifiedOf(each) ?? []);
  const own = tags.filter(({ field }) => field === null).map(({ tag }) => tag);
  const { fields, partial } = fieldsOf(picture, tags);
  return {
    type: 'dataset',
    kind: kindOf(namespace, nameOf(type?.['type']), nameOf(type?.['subType'])),
    platform: platformOf(namespace),
    namespace,
    name,
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    ...(owners.length === 0 ? {} : { owners }),
    ...(own.length === 0 ? {} : { tags: own }),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(partial ? { partial: true } : {}),
    ...facetsOf(picture),
    fields,
  };
}

/** Names of owners in the order in which they were given. */
export function ownersOf(facet: Readonly<Record<string, unknown>> | null): readonly string[] {
  return listOf(facet?.['owners']).flatMap((each) => nameOf(objectOf(each)?.['name']) ?? []);
}

/** The tags of a facet, each with the field it stands on. */
export function tagsIn(
  facet: Readonly<Record<string, unknown>> | null,
): readonly { readonly field: string | null; readonly tag: SourceTag }[] {
  return listOf(facet?.['tags']).flatMap((each) => {
    const tag = objectOf(each);
    const name = nameOf(tag?.['key']);
    if (tag === null || name === null) return [];
    const value = nameOf(tag['value']);
    const setBy = tag['source'] === ourTagSource ? 'lexline' : 'source';
    return [{ field: nameOf(tag['field']), tag: { name, setBy, ...(value === null ? {} : { value }) } as const }];
  });
}

/** The paths of the fields that the schema of a dataset lists, nested ones too; null where no schema is known. */
export function listedPaths(picture: DatasetPicture): readonly FieldPath[] | null {
  const schema = datasetFacetOf(picture, 'schema');
  return schema === null ? null : [...described(schema['fields'], [])].map(({ path }) => path);
}

function fieldsOf(
  picture: DatasetPicture,
  tags: ReturnType<typeof tagsIn>,
): { readonly fields: readonly FieldDescription[]; readonly partial: boolean } {
  const schema = datasetFacetOf(picture, 'schema');
  const listed = schema === null ? [] : [...described(schema['fields'], [])];
  const fields = listed.length > 0 ? listed : picture.fields.map((name) => ({ path: [name], type: null }));
  return {
    partial: listed.length === 0,
    fields: fields.map((field, i) => {
      const printed = [printPath(field.path), field.path.join('.')];
      const own = tags.filter((one) => one.field !== null && printed.includes(one.field)).map(({ tag }) => tag);
      return { ordinal: i + 1, ...field, ...(own.length === 0 ? {} : { tags: own }) };
    }),
  };
}

function* described(fields: unknown, above: FieldPath): Iterable<Omit<FieldDescription, 'ordinal'>> {
  const list = objectsOf(fields);
  const ordered = list.every((field) => numberOf(field['ordinal']) !== null)
    ? list.toSorted((a, b) => Number(a['ordinal']) - Number(b['ordinal']))
    : list;
  for (const field of ordered) {
    const name = nameOf(field['name']);
    if (name === null) continue;
    const path = [...above, name];
    const description = nameOf(field['description']);
    yield { path, type: nameOf(field['type']), ...(description === null ? {} : { description }) };
    yield* described(field['fields'], path);
  }
}

/** Facets that are facts of the dataset. What changes with every run (version, statistics) is observed instead. */
function facetsOf(picture: DatasetPicture): { readonly facets?: Readonly<Record<string, Json>> } {
  const facets: Record<string, Json> = {};
  for (const name of ['dataSource', 'storage', 'catalog', 'hierarchy'] as const) {
    const facet = datasetFacetOf(picture, name);
    if (facet !== null) facets[`openlineage.${name}`] = facet as Json;
  }
  const renamed = qualifiedOf(datasetFacetOf(picture, 'lifecycleStateChange')?.['previous']);
  if (renamed !== null) facets['openlineage.renamedFrom'] = { ...renamed };
  const others = Object.keys(datasetFacetOf(picture, unknownFacets) ?? {}).sort();
  if (others.length > 0) facets['openlineage.otherFacets'] = others;
  return Object.keys(facets).length === 0 ? {} : { facets };
}
