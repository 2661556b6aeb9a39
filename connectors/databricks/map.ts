import type { DatasetKind, SourceTag } from '../../server/model/document.ts';
import { printPath, type QualifiedName } from '../../server/model/ids.ts';
import type { Json } from '../../server/model/json.ts';
import { withMembers } from '../kit/warehouse/struct-members.ts';
import type { WarehouseColumn, WarehouseRelation, WarehouseRoutine } from '../kit/warehouse/warehouse.ts';
import { path, quote, shownLocation, storedAt, volumeName } from './names.ts';
import type { PolicyControl } from './policies.ts';
import type { ProcedureRow } from './rows.ts';
import type { ColumnItem, FunctionItem, TableItem, VolumeItem } from './shapes.ts';
import { typeNotes } from './type-json.ts';

const kinds: Readonly<Record<string, DatasetKind>> = {
  FOREIGN: 'foreign-table',
  MATERIALIZED_VIEW: 'materialized-view',
  METRIC_VIEW: 'view',
  VIEW: 'view',
};
/** Properties that say how long rows and versions are kept, and in which forms a table can be read. */
const keptProperties: readonly string[] = [
  'delta.deletedFileRetentionDuration',
  'delta.logRetentionDuration',
  'delta.enableChangeDataFeed',
  'delta.universalFormat.enabledFormats',
  'delta.columnMapping.mode',
];

/** What is known of a relation beside its own item. */
export interface RelationContext {
  readonly namespace: string;
  readonly region: string | null;
  readonly tags: readonly SourceTag[];
  readonly facet: Readonly<Record<string, Json>>;
  readonly filters: readonly PolicyControl[];
  /** What a view whose text is not shown is made from. */
  readonly inputs: readonly QualifiedName[];
}

/** What a name in a view's text starts from: Spark keeps where the view was made. */
function madeIn({ properties }: TableItem): { readonly database?: string; readonly schema?: string } {
  const count = Number(properties['view.catalogAndNamespace.numParts'] ?? 0);
  const database = properties['view.catalogAndNamespace.part.0'] ?? '';
  const schema = properties['view.catalogAndNamespace.part.1'] ?? '';
  return count === 2 && database !== '' && schema !== '' ? { database, schema } : {};
}

/** True for what has a query by nature: one that is not shown is a gap. */
export function isView({ table_type: type }: Pick<TableItem, 'table_type'>): boolean {
  return type === 'VIEW' || type === 'MATERIALIZED_VIEW';
}

/** Tables of their own are tagged by DDL; views, and what pipelines and other systems keep, through the REST interface. */
export function isTaggedByRest({ table_type: type }: Pick<TableItem, 'table_type'>): boolean {
  return type !== 'MANAGED' && type !== 'EXTERNAL';
}

/** True for a view whose text is not shown. */
export function isHidden(item: TableItem): boolean {
  return (isView(item) || item.table_type === 'METRIC_VIEW') && queryText(item) === null;
}

function queryText({ table_type: type, view_definition: text }: TableItem): string | null {
  return type === 'METRIC_VIEW' || text === null || text.trim() === '' ? null : text;
}

/** The query of a relation. One that Databricks keeps with its CREATE names its own target and columns. */
function queryOf(item: TableItem): Pick<WarehouseRelation, 'query' | 'queryIn'> {
  const text = queryText(item);
  if (text === null) return isView(item) ? { query: null } : {};
  const isWhole = /^\s*(?:--[^\n]*\n|\/\*[^]*?\*\/|\s)*create\b/iu.test(text);
  return { query: text, queryIn: { ...madeIn(item), ...(isWhole ? {} : { byOrder: true }) } };
}

/** A table or view of Unity Catalog. */
export function relationOf(item: TableItem, context: RelationContext): WarehouseRelation {
  const { namespace, region, tags, inputs } = context;
  const stored = item.storage_location === null ? null : storedAt(namespace, item.storage_location);
  return {
    name: item.name,
    kind: kinds[item.table_type ?? ''] ?? 'table',
    comment: item.comment,
    owner: item.owner,
    region,
    tags,
    ...queryOf(item),
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(stored === null ? {} : { aliases: [stored] }),
    facet: { ...facetOf(item, context.filters), ...context.facet },
  };
}

function facetOf(item: TableItem, byPolicy: readonly PolicyControl[]): Record<string, Json> {
  const { table_type: type, data_source_format: format, storage_location: location, pipeline_id: pipeline } = item;
  const keys = item.columns
    .filter((column) => column.partition_index !== null)
    .toSorted((a, b) => (a.partition_index ?? 0) - (b.partition_index ?? 0))
    .map(({ name }) => name);
  const own = item.row_filter?.function_name ?? null;
  const policies = [...(own === null ? [] : [{ kind: 'ROW_FILTER', name: own }]), ...byPolicy];
  const properties = keptProperties.flatMap((name) => {
    const value = item.properties[name] ?? null;
    return value === null ? [] : [[name, value] as const];
  });
  return {
    ...(type === null ? {} : { tableType: type }),
    ...(format === null ? {} : { format }),
    ...(location === null || location === '' ? {} : { location: shownLocation(location) }),
    ...(keys.length === 0 ? {} : { partitionKeys: keys }),
    ...(pipeline === null ? {} : { pipeline }),
    ...(item.browse_only ? { browseOnly: true } : {}),
    ...(isTaggedByRest(item) ? { taggedBy: 'rest' } : {}),
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(policies.length === 0 ? {} : { policies: policies.map((policy) => ({ ...policy })) }),
  };
}

/** What is known of a column beside its own item. */
export interface ColumnContext {
  readonly tags: readonly SourceTag[];
  /** Masks by policy; the one that is set on the column itself comes with the item. */
  readonly controls: readonly PolicyControl[];
  /** ALTER TABLE does not reach it. */
  readonly isTaggedByRest: boolean;
}

/** A column and the members of its structures. */
export function columnsOf(
  relation: string,
  item: ColumnItem,
  index: number,
  context: ColumnContext,
): readonly WarehouseColumn[] {
  const path = [item.name];
  const notes = typeNotes(path, item.type_json);
  const mask = item.mask?.function_name ?? null;
  const whole: WarehouseColumn = {
    relation,
    path,
    type: item.type_text,
    ordinal: (item.position ?? index) + 1,
    nullable: item.nullable,
    comment: item.comment,
    tags: context.tags,
    controls: [...(mask === null ? [] : [{ kind: 'COLUMN_MASK', name: mask }]), ...context.controls],
    generated: notes.generated,
    facet: {
      ...(context.isTaggedByRest ? { taggedBy: 'rest' } : {}),
      ...(item.partition_index === null ? {} : { partitionKey: true }),
      ...(notes.hasDefault ? { hasDefault: true } : {}),
      ...(notes.isIdentity ? { identity: true } : {}),
    },
  };
  return withMembers(whole).map((column) => {
    const note = column.path.length === 1 ? undefined : notes.members.get(printPath(column.path));
    // What masks a structure masks its members.
    return note === undefined && column.path.length === 1
      ? column
      : { ...column, nullable: note?.nullable ?? null, comment: note?.comment ?? null, controls: whole.controls ?? [] };
  });
}

/** A volume: files without columns. */
export function volumeOf(
  item: VolumeItem,
  {
    namespace,
    region,
    tags,
    catalog,
    schema,
  }: Pick<RelationContext, 'namespace' | 'region' | 'tags'> & {
    readonly catalog: string;
    readonly schema: string;
  },
): WarehouseRelation {
  const stored = item.storage_location === null ? null : storedAt(namespace, item.storage_location);
  return {
    name: volumeName(item.name),
    kind: 'file',
    comment: item.comment,
    owner: item.owner,
    region,
    tags,
    aliases: [{ namespace, name: `/Volumes/${catalog}/${schema}/${item.name}` }, ...(stored === null ? [] : [stored])],
    facet: {
      tableType: 'VOLUME',
      ...(item.volume_type === null ? {} : { volumeType: item.volume_type }),
      ...(item.storage_location === null ? {} : { location: shownLocation(item.storage_location) }),
    },
  };
}

/** A function in SQL; null for one in another language, whose text no reader of SQL understands. */
export function routineOf(catalog: string, schema: string, item: FunctionItem): WarehouseRoutine | null {
  if ((item.routine_body ?? 'SQL').toUpperCase() !== 'SQL') return null;
  const { routine_definition: body, comment } = item;
  const name = item.specific_name ?? item.name;
  const sql = body === null || body.trim() === '' ? null : functionText(path(catalog, schema, item.name), item, body);
  return { name, kind: 'function', sql, comment };
}

/** The statement that makes a function: Unity Catalog keeps its body alone, and that is an expression as a rule. Defaults are left out. */
function functionText(name: string, item: FunctionItem, body: string): string {
  if (/^\s*create\b/iu.test(body)) return body;
  const listed = (parameters: FunctionItem['input_params']): string =>
    parameters
      .toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))
      .map((one) => `${quote(one.name)} ${one.type_text ?? 'STRING'}`)
      .join(', ');
  const isTable = item.data_type === 'TABLE_TYPE';
  const returns = isTable
    ? `TABLE (${listed(item.return_params)})`
    : (item.full_data_type ?? item.data_type ?? 'STRING');
  const inner = body.replace(/^\s*return\b/iu, '').trim();
  return `CREATE FUNCTION ${name}(${listed(item.input_params)}) RETURNS ${returns} RETURN ${inner}`;
}

/** A procedure of the information schema, one row a parameter; null for one in another language. */
export function procedureOf(catalog: string, rows: readonly ProcedureRow[]): WarehouseRoutine | null {
  const [first] = rows;
  if (first === undefined || (first.routine_body ?? 'SQL').toUpperCase() !== 'SQL') return null;
  const { routine_schema: schema, routine_name: name, definition: body, comment } = first;
  const parameters = rows.flatMap(({ parameter_name: own, parameter_type: type, parameter_mode: mode }) =>
    own === null ? [] : [`${mode === null || mode === 'IN' ? '' : `${mode} `}${quote(own)} ${type ?? 'STRING'}`],
  );
  const head = `CREATE PROCEDURE ${path(catalog, schema, name)}(${parameters.join(', ')}) LANGUAGE SQL AS `;
  const isHidden = body === null || body.trim() === '';
  const sql = isHidden ? null : /^\s*create\b/iu.test(body) ? body : `${head}${body}`;
  return { name: first.specific_name, kind: 'procedure', sql, comment };
}
