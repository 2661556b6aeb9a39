import { joinName } from '../../server/model/dataset-name.ts';
import type { DatasetKind, SourceTag } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import type { WarehouseColumn, WarehouseKey, WarehouseRelation } from '../kit/warehouse/warehouse.ts';
import { locationOf } from './locations.ts';
import { pairsOf, textOf, textsOf } from './literals.ts';
import { splitDescription } from './markers.ts';
import { foldShard, path } from './names.ts';
import { ownPrefix, sourceTagOf, type PolicyTags } from './policy-tags.ts';
import type { FieldRow, KeyRow, RelationRow } from './rows.ts';
import { queryOf } from './view-query.ts';

const kinds: Readonly<Record<string, DatasetKind>> = {
  'BASE TABLE': 'table',
  CLONE: 'table',
  SNAPSHOT: 'table',
  EXTERNAL: 'foreign-table',
  VIEW: 'view',
  'MATERIALIZED VIEW': 'materialized-view',
};
/** A type of many members is kept by its outline: the members are fields of their own. */
const longestType = 500;
const maxLocations = 20;

/** What is known of a relation beside its own row. */
export interface RelationContext {
  readonly namespace: string;
  readonly location: string;
  /** What the dataset as a whole says: access, lifetime, labels. */
  readonly dataset: Readonly<Record<string, Json>>;
  /** Row access policies by name. */
  readonly policies: readonly string[];
  readonly rows: number | null;
}

/** A row of TABLES with its options and its query. */
export function relationOf(row: RelationRow, context: RelationContext): WarehouseRelation {
  const option = (name: string): string | null => row.options.find((one) => one.name === name)?.value ?? null;
  const kind = kinds[row.type] ?? 'table';
  const described = splitDescription(textOf(option('description')));
  const base = baseOf(row, context.namespace);
  return {
    name: row.name,
    kind,
    comment: described.text,
    region: context.location,
    tags: [...labelsOf(option('labels'), option('tags')), ...described.tags.map(ourTag)],
    ...queryPart(row, kind),
    ...(base === null ? {} : { inputs: [base] }),
    ...(kind === 'table' ? { rows: context.rows } : {}),
    facet: {
      ...optionFacet(option),
      ...(row.is_sharded ? { sharded: true } : {}),
      ...(row.type === 'SNAPSHOT' || row.type === 'CLONE' ? { copy: row.type.toLowerCase() } : {}),
      ...(base === null ? {} : { copyOf: base.name }),
      ...(row.has_connection ? { bigLake: true } : {}),
      ...(context.policies.length === 0
        ? {}
        : { policies: context.policies.map((name) => ({ kind: 'ROW_ACCESS_POLICY', name })) }),
      ...context.dataset,
    },
  };
}

/** The query of a view. One in legacy SQL has none that can be read; a snapshot or clone is its base, column by column. */
function queryPart(row: RelationRow, kind: DatasetKind): Pick<WarehouseRelation, 'query' | 'queryIn'> {
  const byOrder = { queryIn: { byOrder: true } } as const;
  if (kind === 'materialized-view') return { query: row.ddl === null ? null : queryOf(row.ddl), ...byOrder };
  if (kind === 'view') {
    if (isLegacy(row)) return {};
    return { query: row.query === null || row.query.trim() === '' ? null : row.query, ...byOrder };
  }
  const { base_project: project, base_dataset: dataset, base_table: table } = row;
  if (project === null || dataset === null || table === null) return {};
  return { query: `SELECT * FROM ${path(project, dataset, foldShard(table))}` };
}

/** True for a view in the old dialect. */
export function isLegacy({ type, is_standard: isStandard }: RelationRow): boolean {
  return type === 'VIEW' && isStandard === false;
}

/** What a snapshot or clone was made from. */
function baseOf({ base_project: project, base_dataset: dataset, base_table: table }: RelationRow, namespace: string) {
  if (project === null || dataset === null || table === null) return null;
  return { namespace, name: joinName([project, dataset, foldShard(table)]) };
}

function labelsOf(labels: string | null, tags: string | null): readonly SourceTag[] {
  return [...pairsOf(labels), ...pairsOf(tags)].map(([name, value]) => ({
    name,
    ...(value === '' ? {} : { value }),
    setBy: name.startsWith(ownPrefix) ? ('lexline' as const) : ('person' as const),
  }));
}

/** A tag that our mark in a description names: `pii`, or `gdpr=yes`. */
export function ourTag(tag: string): SourceTag {
  const [name = tag, value] = tag.split('=', 2);
  return { name, ...(value === undefined || value === '' ? {} : { value }), setBy: 'lexline' };
}

function optionFacet(option: (name: string) => string | null): Record<string, Json> {
  const expires = textOf(option('expiration_timestamp'));
  const partitionDays = Number(textOf(option('partition_expiration_days')) ?? Number.NaN);
  const key = textOf(option('kms_key_name'));
  const format = textOf(option('format'));
  const uris = [...textsOf(option('uris')), textOf(option('storage_uri')) ?? ''].filter((uri) => uri !== '');
  const places = [...new Set(uris.map((uri) => locationOf(uri)))].toSorted();
  return {
    ...(expires === null ? {} : { expires }),
    ...(Number.isFinite(partitionDays) ? { partitionExpirationDays: partitionDays } : {}),
    ...(textOf(option('require_partition_filter'))?.toLowerCase() === 'true' ? { requirePartitionFilter: true } : {}),
    ...(key === null ? {} : { kmsKey: key }),
    ...(format === null ? {} : { format }),
    ...(places.length === 0 ? {} : { locations: places.slice(0, maxLocations) }),
  };
}

/** A row of COLUMN_FIELD_PATHS: a column or a member of one, at any depth. */
export function columnOf(relation: RelationRow, row: FieldRow, policyTags: PolicyTags): WarehouseColumn {
  const members = row.path.split('.');
  const isTop = members.length === 1;
  const described = splitDescription(row.comment);
  const tags = row.policy_tags.map((resource) => ({ resource, tag: policyTags.tag(resource) }));
  const controls = [
    ...tags.flatMap(({ resource, tag }) => tag?.controls ?? [{ kind: 'POLICY_TAG', name: resource }]),
    ...dataPoliciesIn(row.data_policies).flatMap((name) => policyTags.control(name) ?? []),
  ];
  return {
    relation: relation.name,
    path: members,
    type: typeOf(row.type),
    ordinal: row.ordinal,
    nullable: isTop && row.nullable !== null ? row.nullable.toUpperCase() === 'YES' : null,
    comment: described.text,
    tags: [...tags.map(({ resource, tag }) => sourceTagOf(resource, tag)), ...described.tags.map(ourTag)],
    controls: [...new Map(controls.map((control) => [`${control.kind} ${control.name}`, control])).values()],
    generated: row.generated === null || row.generated.trim() === '' ? null : row.generated,
    facet: {
      ...(isTop && row.is_partitioning ? { partitionKey: true } : {}),
      ...(isTop && row.clustering !== null ? { clusterKey: row.clustering } : {}),
      ...(isTop && row.has_default ? { hasDefault: true } : {}),
    },
  };
}

/** The data policies named in the JSON of a column: a list of structures, or of names. */
export function dataPoliciesIn(json: string | null): readonly string[] {
  return [...new Set((json ?? '').match(/projects\/[^"/]+\/locations\/[^"/]+\/dataPolicies\/[^"/]+/gu) ?? [])];
}

function typeOf(type: string | null): string | null {
  if (type === null || type.length <= longestType) return type;
  return /^ARRAY</iu.test(type) ? 'ARRAY<STRUCT>' : 'STRUCT';
}

/** Rows of KEY_COLUMN_USAGE, by constraint. A reference whose columns cannot be told is left out. */
export function keysOf(relation: string, rows: readonly KeyRow[]): readonly WarehouseKey[] {
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, own]): readonly WarehouseKey[] => {
    const [first] = own;
    if (first === undefined) return [];
    const columns = own.map((row) => row.own);
    const key = { relation, name: name.split('.').at(-1) ?? name, columns };
    if (first.type === 'PRIMARY KEY') return [{ ...key, kind: 'primary' }];
    const others = own.flatMap(({ other }) => other ?? []);
    if (first.dataset === null || first.relation === null || others.length !== columns.length) return [];
    return [
      { ...key, kind: 'foreign', references: { schema: first.dataset, relation: first.relation, columns: others } },
    ];
  });
}
