import { redactText } from '../../server/base/redact.ts';
import type { DatasetDocument, DatasetKind, FieldDescription, JobDocument } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import { placeOf, type Naming } from './names.ts';
import { referencesIn, textOf, type AtlasEntity } from './shapes.ts';
import { isGone, tagsOf } from './tags.ts';
import type { TypeRoles } from './type-roles.ts';

/** What mapping needs to know beside the entity itself. */
export interface MapContext {
  readonly roles: TypeRoles;
  readonly naming: Naming;
  /** Where people look at the catalog. */
  readonly url: string;
  readonly sqlText: boolean;
  readonly businessMetadata: boolean;
}

/** Longer texts of business metadata are left out: they are prose, not facts. */
const maxFact = 200;

/** A dataset with its columns. Columns are looked up among `referred`; a deleted one is left out. Pure. */
export function mapDataset(
  entity: AtlasEntity,
  referred: Readonly<Record<string, AtlasEntity>>,
  context: MapContext,
): { readonly document: DatasetDocument; readonly missing: readonly string[] } {
  const { roles, naming } = context;
  const { name } = placeOf(entity, naming);
  const missing: string[] = [];
  const columns: { readonly entity: AtlasEntity; readonly at: number }[] = [];
  const seen = new Set<string>();
  for (const end of roles.columnsOf(entity.typeName))
    for (const reference of referencesIn(entity.relationshipAttributes[end] ?? entity.attributes[end])) {
      if (isGone(reference) || seen.has(reference.guid)) continue;
      seen.add(reference.guid);
      const column = referred[reference.guid];
      if (column === undefined) missing.push(reference.displayText || reference.guid);
      else if (column.status !== 'DELETED') columns.push({ entity: column, at: end === 'partitionKeys' ? 1 : 0 });
    }
  columns.sort(
    (a, b) =>
      a.at - b.at ||
      positionOf(a.entity) - positionOf(b.entity) ||
      (columnName(a.entity) < columnName(b.entity) ? -1 : 1),
  );
  const description = descriptionOf(entity);
  const owner = textOf(entity.attributes, 'owner');
  const tags = tagsOf(entity);
  const facets = context.businessMetadata ? metadataOf(entity) : {};
  return {
    document: {
      type: 'dataset',
      kind: kindOf(entity, naming),
      platform: naming.platformOf(entity.typeName),
      ...name,
      native: { id: entity.guid, url: `${context.url}/index.html#!/detailPage/${entity.guid}` },
      ...(description === '' ? {} : { description }),
      ...(owner === '' ? {} : { owners: [owner] }),
      ...(tags.length === 0 ? {} : { tags }),
      ...(Object.keys(facets).length === 0 ? {} : { facets: { 'atlas.metadata': facets } }),
      fields: fieldsOf(
        columns.map((column) => column.entity),
        context,
      ),
    },
    missing,
  };
}

/** The name of a column inside its dataset. */
export function columnName({ attributes, guid }: Pick<AtlasEntity, 'attributes' | 'guid'>): string {
  const name = textOf(attributes, 'name');
  if (name !== '') return name;
  const qualified = textOf(attributes, 'qualifiedName').replace(/@[^@/]*$/, '');
  return qualified.split('.').at(-1) || guid;
}

function fieldsOf(columns: readonly AtlasEntity[], context: MapContext): readonly FieldDescription[] {
  const fields = new Map<string, FieldDescription>();
  for (const [ordinal, column] of columns.entries()) {
    const name = columnName(column);
    // A column dropped and made again can be met twice while Atlas tidies up: the one that was touched last counts.
    const before = fields.get(name);
    const description = descriptionOf(column);
    const tags = tagsOf(column);
    const facets = context.businessMetadata ? metadataOf(column) : {};
    const nullable = column.attributes['isNullable'];
    fields.set(name, {
      path: [name],
      type: textOf(column.attributes, 'type') || textOf(column.attributes, 'data_type') || null,
      ordinal: before?.ordinal ?? ordinal + 1,
      ...(typeof nullable === 'boolean' ? { nullable } : {}),
      ...(description === '' ? {} : { description }),
      ...(tags.length === 0 ? {} : { tags }),
      facets: { 'atlas.column': { guid: column.guid, ...facets } },
    });
  }
  return [...fields.values()];
}

/** The view behind a Hive view, as a job whose statement writes it. Null for anything else. Pure. */
export function mapView(entity: AtlasEntity, context: MapContext): JobDocument | null {
  const sql = textOf(entity.attributes, 'viewExpandedText') || textOf(entity.attributes, 'viewOriginalText');
  if (sql === '' || !context.sqlText) return null;
  const { name, database } = placeOf(entity, context.naming);
  const platform = context.naming.platformOf(entity.typeName);
  return {
    type: 'job',
    kind: 'view',
    platform,
    namespace: name.namespace,
    name: name.name,
    native: { id: entity.guid },
    inputs: [],
    outputs: [name],
    statements: [
      {
        dialect: platform,
        sql,
        namespace: name.namespace,
        target: name,
        ...(database === '' ? {} : { defaultSchema: database }),
      },
    ],
  };
}

function kindOf({ typeName, attributes }: AtlasEntity, naming: Naming): DatasetKind {
  const tableType = textOf(attributes, 'tableType') || textOf(attributes, 'type');
  if (/materiali[sz]ed.?view/i.test(tableType)) return 'materialized-view';
  if (/view/i.test(tableType)) return 'view';
  if (/^external/i.test(tableType)) return 'table';
  if (/topic/i.test(typeName)) return 'topic';
  return /^(hdfs|aws|s3|adls|gcp|fs|ozone|azure)/i.test(naming.platformOf(typeName)) ||
    /path|object|file/i.test(typeName)
    ? 'file'
    : 'table';
}

function descriptionOf({ attributes }: AtlasEntity): string {
  return textOf(attributes, 'userDescription') || textOf(attributes, 'description') || textOf(attributes, 'comment');
}

function positionOf({ attributes }: AtlasEntity): number {
  const position = attributes['position'];
  return typeof position === 'number' ? position : Number.MAX_SAFE_INTEGER;
}

/** Business metadata, user-defined properties and labels: flags, numbers and short texts. */
function metadataOf({ businessAttributes, customAttributes, labels }: AtlasEntity): Readonly<Record<string, Json>> {
  const business = Object.fromEntries(
    Object.entries(businessAttributes).flatMap(([group, members]) => {
      const facts = factsOf(members);
      return Object.keys(facts).length === 0 ? [] : [[group, facts]];
    }),
  );
  const custom = factsOf(customAttributes);
  return {
    ...(Object.keys(business).length === 0 ? {} : { business }),
    ...(Object.keys(custom).length === 0 ? {} : { custom }),
    ...(labels.length === 0 ? {} : { labels: [...labels].sort() }),
  };
}

function factsOf(members: Json): Readonly<Record<string, Json>> {
  if (members === null || typeof members !== 'object' || Array.isArray(members)) return {};
  return Object.fromEntries(
    Object.entries(members as Readonly<Record<string, Json>>).flatMap(
      ([name, value]): readonly (readonly [string, Json])[] => {
        if (typeof value === 'boolean' || typeof value === 'number') return [[name, value]];
        return typeof value === 'string' && value !== '' && value.length <= maxFact ? [[name, redactText(value)]] : [];
      },
    ),
  );
}
