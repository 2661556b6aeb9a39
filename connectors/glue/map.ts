import { joinName } from '../../server/model/dataset-name.ts';
import type { SourceTag } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import { withMembers } from '../kit/warehouse/struct-members.ts';
import type { WarehouseColumn, WarehouseNaming, WarehouseRelation } from '../kit/warehouse/warehouse.ts';
import { linked, type CatalogPlace } from './link.ts';
import type { GlueTable, LfTag, ResourceTags } from './shapes.ts';
import { viewText } from './view-text.ts';

/** What is kept of a table's parameters: what kind of table it is. Others hold whatever a crawler found. */
const keptParameters = ['classification', 'table_type', 'compressionType', 'typeOfData', 'projection.enabled'] as const;
const rowCounts = ['numRows', 'recordCount', 'spark.sql.statistics.numRows'] as const;
/** Catalogs by which engines call Glue, before the database: Athena's, Spark's. */
const catalogNames = ['awsdatacatalog', 'spark_catalog'] as const;

/** A table or view with where its data lies. */
export function relationOf(
  table: GlueTable,
  place: CatalogPlace,
  naming: WarehouseNaming,
  tags: ResourceTags | null,
): WarehouseRelation {
  const database = table.DatabaseName ?? '';
  const view = table.TableType === 'VIRTUAL_VIEW' || table.ViewDefinition.length > 0 ? viewText(table) : undefined;
  const comment = table.Description ?? table.Parameters['comment'] ?? null;
  const base = {
    name: table.Name,
    comment: /^Presto (?:Materialized )?View$/u.test(comment ?? '') ? null : comment,
    owner: table.Owner,
    region: place.region,
    aliases: aliasesOf(naming.namespace, database, table.Name),
    tags: tags === null ? [] : [...inherited(tags.LFTagOnDatabase), ...own(tags.LFTagsOnTable)],
    facet: facetOf(table),
  };
  const link = linked(table, place);
  if (link !== null) return { ...base, ...link, kind: link.query === undefined ? 'table' : 'view' };
  if (view === undefined) return { ...base, kind: 'table', rows: rowsOf(table) };
  if (view === null) return { ...base, kind: 'view', query: null };
  return {
    ...base,
    kind: view.isMaterialized ? 'materialized-view' : 'view',
    query: view.sql,
    queryIn: { dialect: view.dialect, byOrder: true, ...(view.database === null ? {} : { schema: view.database }) },
  };
}

function aliasesOf(namespace: string, database: string, name: string) {
  return [
    // As the OpenLineage naming specification writes a table of Glue.
    { namespace, name: `table/${database}/${name}` },
    ...catalogNames.map((catalog) => ({ namespace, name: joinName([catalog, database, name]) })),
  ];
}

function facetOf(table: GlueTable): Record<string, Json> {
  const { Location: location, InputFormat: format } = table.StorageDescriptor;
  const target = table.TargetTable;
  const kept = keptParameters.flatMap((name) => {
    const value = table.Parameters[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...(table.TableType === null ? {} : { tableType: table.TableType }),
    ...(location === null || location === '' ? {} : { location: withoutUser(location) }),
    ...(format === null || format === '' ? {} : { format: format.split('.').at(-1) ?? format }),
    ...(table.PartitionKeys.length === 0 ? {} : { partitionKeys: table.PartitionKeys.map(({ Name }) => Name) }),
    ...(kept.length === 0 ? {} : { parameters: Object.fromEntries(kept) }),
    ...(target === null
      ? {}
      : { link: { catalog: target.CatalogId, database: target.DatabaseName, table: target.Name } }),
    ...(table.IsRegisteredWithLakeFormation === true ? { lakeFormation: true } : {}),
  };
}

/** A location without a user, a password or a query, where somebody wrote one. */
function withoutUser(location: string): string {
  return location.replace(/^([a-z][\w+.-]*:\/\/)[^/@]*@/iu, '$1').replace(/[?#].*$/su, '');
}

function rowsOf(table: GlueTable): number | null {
  for (const name of rowCounts) {
    const count = Number(table.Parameters[name] ?? Number.NaN);
    if (Number.isSafeInteger(count) && count >= 0) return count;
  }
  return null;
}

/** The columns of a table, those that make its partitions behind the others, each with the members of its structures. */
export function columnsOf(table: GlueTable, tags: ResourceTags | null): readonly WarehouseColumn[] {
  const tagged = new Map((tags?.LFTagsOnColumns ?? []).map(({ Name, LFTags }) => [Name, own(LFTags)]));
  const plain = table.StorageDescriptor.Columns;
  const whole = [
    ...plain.map((column) => ({ column, isKey: false })),
    ...table.PartitionKeys.map((column) => ({ column, isKey: true })),
  ];
  return whole.flatMap(({ column, isKey }, i): readonly WarehouseColumn[] => {
    return withMembers({
      relation: table.Name,
      path: [column.Name],
      type: column.Type ?? null,
      ordinal: i + 1,
      nullable: null,
      comment: column.Comment,
      tags: tagged.get(column.Name) ?? [],
      facet: isKey ? { partitionKey: true } : {},
    });
  });
}

function own(tags: readonly LfTag[]): readonly SourceTag[] {
  return tags.flatMap(({ TagKey: name, TagValues }) =>
    TagValues.map((value) => ({ name, value, setBy: 'unknown' as const })),
  );
}

/** Lake Formation gives a database's tags to its tables by itself. */
function inherited(tags: readonly LfTag[]): readonly SourceTag[] {
  return own(tags).map((tag) => ({ ...tag, setBy: 'propagated' }));
}
