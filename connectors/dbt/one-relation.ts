import type { DatasetDocument, DatasetKey, FieldDescription, SourceTag } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';

/**
 * One document of a relation that several nodes describe (a table that is two sources, or a source and a model of another
 * team's), the leading one first. What any of them says is kept; where only one answer is possible the first that has one counts.
 */
export function oneRelation(documents: readonly DatasetDocument[]): DatasetDocument | null {
  const [leading, ...others] = documents;
  if (leading === undefined || others.length === 0) return leading ?? null;
  const { partial: _, ...rest } = leading;
  const owners = [...new Set(documents.flatMap((one) => one.owners ?? []))];
  const tags = tagsOf(documents);
  const keys = [...new Map(documents.flatMap((one) => one.keys ?? []).map((key) => [keyId(key), key])).values()];
  return {
    ...rest,
    ...descriptionOf(documents),
    ...(owners.length === 0 ? {} : { owners }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(keys.length === 0 ? {} : { keys }),
    ...facetsOf(documents),
    ...(documents.every(({ partial }) => partial === true) ? { partial: true } : {}),
    fields: fieldsOf(documents),
  };
}

/** Columns of those that the catalog shows come first: its order and spelling are the warehouse's. */
function fieldsOf(documents: readonly DatasetDocument[]): readonly FieldDescription[] {
  const seen = documents.filter(({ partial }) => partial !== true);
  const declared = documents.filter(({ partial }) => partial === true);
  const alike = Map.groupBy(
    [...seen, ...declared].flatMap(({ fields }) => fields),
    ({ path }) => path.join('\0').toLowerCase(),
  );
  return [...alike.values()].flatMap((fields, i): readonly FieldDescription[] => {
    const [first] = fields;
    if (first === undefined) return [];
    const tags = tagsOf(fields);
    return [
      {
        ...first,
        type: fields.find(({ type }) => type !== null)?.type ?? null,
        ordinal: i + 1,
        ...(fields.some(({ nullable }) => nullable === false) ? { nullable: false } : {}),
        ...descriptionOf(fields),
        ...(tags.length === 0 ? {} : { tags }),
        ...facetsOf(fields),
      },
    ];
  });
}

/** Every description once, each on its line. */
function descriptionOf(all: readonly { readonly description?: string }[]): { readonly description?: string } {
  const texts = [...new Set(all.flatMap(({ description }) => (description === undefined ? [] : [description])))];
  return texts.length === 0 ? {} : { description: texts.join('\n') };
}

/** A tag that a person set in one place is a person's, though another place lists it as ours. */
function tagsOf(all: readonly { readonly tags?: readonly SourceTag[] }[]): readonly SourceTag[] {
  const alike = Map.groupBy(
    all.flatMap(({ tags }) => tags ?? []),
    ({ name }) => name,
  );
  return [...alike.values()].flatMap((tags) => tags.find(({ setBy }) => setBy === 'person') ?? tags.slice(0, 1));
}

function keyId({ kind, fields, references }: DatasetKey): string {
  return JSON.stringify([kind, fields, references?.dataset.name ?? null]);
}

/** Facets by name; of two objects or lists under one name all members, of two values the first. */
function facetsOf(all: readonly { readonly facets?: Readonly<Record<string, Json>> }[]): {
  readonly facets?: Readonly<Record<string, Json>>;
} {
  const facets = new Map<string, Json>();
  for (const one of all)
    for (const [name, said] of Object.entries(one.facets ?? {})) {
      const before = facets.get(name);
      facets.set(name, before === undefined ? said : both(before, said));
    }
  return facets.size === 0 ? {} : { facets: Object.fromEntries(facets) };
}

function both(first: Json, second: Json): Json {
  if (Array.isArray(first) && Array.isArray(second)) {
    const items = [...(first as readonly Json[]), ...(second as readonly Json[])];
    return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  }
  const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject(first) && isObject(second) ? { ...second, ...first } : first;
}
