import type { SourceTag } from '../../server/model/document.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { WarehouseKey } from '../kit/warehouse/warehouse.ts';
import { filtersOf, masksOf, policyName, type Policy, type PolicyControl } from './policies.ts';
import type { GrantRow, KeyRow, ProcedureRow, TagRow } from './rows.ts';
import { inheritedTag, tagOf } from './tags.ts';

/** What the workspace said of a catalog beside its structure; a part that it does not tell is empty. */
export interface GovernanceRows {
  readonly tags: readonly TagRow[];
  readonly keys: readonly KeyRow[];
  readonly procedures: readonly ProcedureRow[];
  readonly grants: readonly GrantRow[];
  /** Of the catalog itself. */
  readonly policies: readonly Policy[];
  /** Schemas, in lower case, of which something that was shown before is out of sight now: not none, but not known. */
  readonly outOfSight: ReadonlyMap<string, Gap>;
}

/** What is known of the things of one catalog beside their structure. */
export interface Governance {
  /** Changes with anything that the other members tell of a schema. */
  fingerprint(schema: string): string;
  relation(
    schema: string,
    relation: string,
    policies: readonly Policy[],
  ): {
    readonly tags: readonly SourceTag[];
    readonly facet: Readonly<Record<string, Json>>;
    readonly filters: readonly PolicyControl[];
  };
  volume(schema: string, volume: string): readonly SourceTag[];
  /** `policies`: of the schema. Those of the catalog are looked at, too. */
  column(
    schema: string,
    relation: string,
    column: string,
    policies: readonly Policy[],
  ): {
    readonly tags: readonly SourceTag[];
    readonly controls: readonly PolicyControl[];
    readonly unknown: readonly string[];
  };
  keys(schema: string, relations: readonly string[]): readonly WarehouseKey[];
  /** Why nothing is to be read of a schema; null where nothing stands against it. */
  outOfSight(schema: string): Gap | null;
  /** Rows of the procedures of a schema. */
  procedures(schema: string): readonly ProcedureRow[];
}

/** Nothing was asked. */
export const noGovernance: GovernanceRows = {
  tags: [],
  keys: [],
  procedures: [],
  grants: [],
  policies: [],
  outOfSight: new Map(),
};

/** Brings rows to the things of a catalog. Names in tags and keys are compared as Unity Catalog does: without case. Pure. */
export function governanceOf(catalog: string, rows: GovernanceRows): Governance {
  const key = (...parts: readonly (string | null)[]): string =>
    JSON.stringify(parts.map((part) => part?.toLowerCase() ?? null));
  const tagsAt = Map.groupBy(rows.tags, (row) => key(row.level, row.schema_name, row.object_name, row.column_name));
  const at = (level: TagRow['level'], ...parts: readonly (string | null)[]): readonly SourceTag[] =>
    (tagsAt.get(key(level, ...[...parts, null, null, null].slice(0, 3))) ?? []).map((row) => tagOf(row));
  const above = (schema: string): readonly SourceTag[] => [
    ...at('schema', schema).map(inheritedTag),
    ...at('catalog').map(inheritedTag),
  ];
  const relationTags = (schema: string, relation: string): readonly SourceTag[] =>
    nearest([...at('table', schema, relation), ...above(schema)]);
  const columnsTagged = Map.groupBy(
    rows.tags.filter(({ level }) => level === 'column'),
    (row) => key(row.schema_name, row.object_name),
  );
  const keysAt = Map.groupBy(rows.keys, (row) => key(row.table_schema, row.table_name));
  const grantsAt = Map.groupBy(rows.grants, (row) => key(row.table_schema, row.table_name));
  const tagsIn = Map.groupBy(rows.tags, ({ schema_name: schema }) => key(schema));
  const keysIn = Map.groupBy(rows.keys, ({ table_schema: schema }) => key(schema));
  const grantsIn = Map.groupBy(rows.grants, ({ table_schema: schema }) => key(schema));
  const proceduresIn = Map.groupBy(rows.procedures, ({ routine_schema: schema }) => key(schema));
  const around = digestOf([rows.policies, tagsIn.get(key(null)) ?? []]);

  return {
    fingerprint: (schema) =>
      digestOf([
        around,
        tagsIn.get(key(schema)) ?? [],
        keysIn.get(key(schema)) ?? [],
        grantsIn.get(key(schema)) ?? [],
        proceduresIn.get(key(schema)) ?? [],
      ]),
    relation(schema, relation, policies) {
      const tags = relationTags(schema, relation);
      const tagged = [
        ...Map.groupBy(columnsTagged.get(key(schema, relation)) ?? [], (row) => row.column_name).values(),
      ];
      const columnTags = tagged.map((own) => own.map((row) => tagOf(row)));
      return {
        tags,
        facet: accessOf(grantsAt.get(key(schema, relation)) ?? []),
        filters: filtersOf([...rows.policies, ...policies], tags, columnTags),
      };
    },
    volume: (schema, volume) => nearest([...at('volume', schema, volume), ...above(schema)]),
    column(schema, relation, column, policies) {
      const tags = at('column', schema, relation, column);
      const { controls, unknown } = masksOf([...rows.policies, ...policies], relationTags(schema, relation), tags);
      return { tags, controls, unknown: unknown.map(policyName) };
    },
    outOfSight: (schema) => rows.outOfSight.get(schema.toLowerCase()) ?? null,
    procedures: (schema) => proceduresIn.get(key(schema)) ?? [],
    keys: (schema, relations) =>
      relations.flatMap((relation) => keysOf(catalog, keysAt.get(key(schema, relation)) ?? [], relation)),
  };
}

/** Of each tag the one that stands nearest to the thing: its value counts. */
function nearest(tags: readonly SourceTag[]): readonly SourceTag[] {
  const found = new Map<string, SourceTag>();
  for (const tag of tags) if (!found.has(tag.name)) found.set(tag.name, tag);
  return [...found.values()];
}

const kinds: Readonly<Record<string, WarehouseKey['kind']>> = {
  'PRIMARY KEY': 'primary',
  UNIQUE: 'unique',
  'FOREIGN KEY': 'foreign',
};

/** Constraints of one table. A foreign key into another catalog, or that names no columns there, is left out: the kit names within one. */
function keysOf(catalog: string, rows: readonly KeyRow[], relation: string): readonly WarehouseKey[] {
  const constraints = Map.groupBy(rows, (row) => row.constraint_name);
  return [...constraints].flatMap(([name, found]): readonly WarehouseKey[] => {
    const group = found.toSorted((a, b) => a.ordinal - b.ordinal);
    const [first] = group;
    const kind = kinds[first?.constraint_type ?? ''];
    if (first === undefined || kind === undefined) return [];
    const own = { relation, kind, name, columns: group.map((row) => row.column_name) };
    if (kind !== 'foreign') return [own];
    const { to_schema: schema, to_table: table, to_catalog: to } = first;
    const columns = group.flatMap((row) => (row.to_column === null ? [] : [row.to_column]));
    if (
      schema === null ||
      table === null ||
      to?.toLowerCase() !== catalog.toLowerCase() ||
      columns.length !== group.length
    )
      return [];
    return [{ ...own, references: { schema, relation: table, columns } }];
  });
}

/** Principals listed by name at one relation; beyond it they are counted. */
const maxPrincipals = 200;
const reading: ReadonlySet<string> = new Set([
  'SELECT',
  'ALL PRIVILEGES',
  'ALL_PRIVILEGES',
  'OWNERSHIP',
  'OWN',
  'MANAGE',
]);
const changing: ReadonlySet<string> = new Set([
  'MODIFY',
  'ALL PRIVILEGES',
  'ALL_PRIVILEGES',
  'OWNERSHIP',
  'OWN',
  'MANAGE',
]);

/** Who may read and change a table: groups and service principals by name; users, who sign in by address, are counted. */
function accessOf(rows: readonly GrantRow[]): Readonly<Record<string, Json>> {
  if (rows.length === 0) return {};
  const holders = (privileges: ReadonlySet<string>): readonly string[] =>
    [...new Set(rows.filter((row) => privileges.has(row.privilege_type)).map(({ grantee }) => grantee))].toSorted();
  const readers = holders(reading);
  const isUser = (name: string): boolean => name.includes('@');
  const listed = (names: readonly string[]): Json => {
    const shown = names.filter((name) => !isUser(name));
    return shown.length > maxPrincipals
      ? [...shown.slice(0, maxPrincipals), `${shown.length - maxPrincipals} more`]
      : [...shown];
  };
  return {
    access: { read: listed(readers), change: listed(holders(changing)), usersWhoRead: readers.filter(isUser).length },
  };
}
