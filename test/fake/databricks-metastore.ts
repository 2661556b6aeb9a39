/** A metastore in memory, in the shapes of the Unity Catalog REST reference and of the system tables. */
export type FakeItem = { readonly name: string } & Readonly<Record<string, unknown>>;
export type FakeRow = Readonly<Record<string, string | number | null>>;

export interface FakeSchema {
  readonly item: FakeItem;
  tables: FakeItem[];
  volumes: FakeItem[];
  functions: FakeItem[];
  /** Listing what is in it answers 403. */
  forbidden?: boolean;
}

export interface FakeCatalogItem {
  readonly item: FakeItem;
  readonly schemas: FakeSchema[];
}

export interface FakeTag {
  readonly catalog: string;
  readonly level: 'catalog' | 'schema' | 'table' | 'column' | 'volume';
  readonly schema_name: string | null;
  readonly object_name: string | null;
  readonly column_name: string | null;
  readonly tag_name: string;
  readonly tag_value: string;
}

export interface FakeMetastore {
  readonly catalogs: FakeCatalogItem[];
  tags: FakeTag[];
  /** By catalog. */
  readonly keys: Record<string, FakeRow[]>;
  readonly procedures: Record<string, FakeRow[]>;
  readonly grants: Record<string, FakeRow[]>;
  /** By `CATALOG main`, `SCHEMA main.sales`. */
  readonly policies: Record<string, FakeItem[]>;
  /** Tables that information_schema does not show: who asks has no right on them. */
  readonly unseen: Set<string>;
  legacySchemas: string[];
  /** What statements about lineage, history and rows give, by a part of their text; the first that fits. */
  answers: { readonly holds: RegExp; readonly rows: readonly FakeRow[] }[];
  /** Statements that are refused, by a part of their text. */
  refusals: {
    readonly holds: RegExp;
    readonly error: { error_code: string; message: string };
    readonly sql_state?: string;
  }[];
  now: number;
}

let stamp = Date.UTC(2026, 10, 1);

/** A table as it is listed. Each call is a later moment, so that a changed table has another `updated_at`. */
export function fakeTable(
  name: string,
  columns: readonly (string | (Readonly<Record<string, unknown>> & { readonly name: string }))[],
  more: Readonly<Record<string, unknown>> = {},
): FakeItem {
  stamp += 1000;
  return {
    name,
    table_type: 'MANAGED',
    data_source_format: 'DELTA',
    owner: 'data-platform',
    created_at: 1,
    updated_at: stamp,
    columns: columns.map((column, position) => {
      const own = typeof column === 'string' ? { name: column } : column;
      return { type_text: 'string', type_name: 'STRING', nullable: true, position, ...own };
    }),
    ...more,
  };
}

export function fakeView(
  name: string,
  columns: readonly string[],
  definition: string | null,
  more: object = {},
): FakeItem {
  return fakeTable(name, columns, {
    table_type: 'VIEW',
    data_source_format: 'UNITY_CATALOG',
    ...(definition === null ? {} : { view_definition: definition }),
    properties: {
      'view.catalogAndNamespace.numParts': '2',
      'view.catalogAndNamespace.part.0': 'main',
      'view.catalogAndNamespace.part.1': 'sales',
    },
    ...more,
  });
}

export function createFakeMetastore(): FakeMetastore {
  return {
    catalogs: [
      { item: { name: 'system', catalog_type: 'SYSTEM_CATALOG' }, schemas: [] },
      { item: { name: 'samples', catalog_type: 'DELTASHARING_CATALOG' }, schemas: [] },
    ],
    tags: [],
    keys: {},
    procedures: {},
    grants: {},
    policies: {},
    unseen: new Set(),
    legacySchemas: ['default'],
    answers: [],
    refusals: [],
    now: Date.UTC(2026, 10, 21, 12),
  };
}

export function schemaOf(metastore: FakeMetastore, catalog: string, schema: string): FakeSchema {
  let own = metastore.catalogs.find(({ item }) => item.name === catalog);
  if (own === undefined) {
    own = { item: { name: catalog, catalog_type: 'MANAGED_CATALOG', owner: 'data-platform' }, schemas: [] };
    metastore.catalogs.push(own);
  }
  let found = own.schemas.find(({ item }) => item.name === schema);
  if (found === undefined) {
    found = { item: { name: schema, owner: 'data-platform', updated_at: 1 }, tables: [], volumes: [], functions: [] };
    own.schemas.push(found);
  }
  return found;
}

/** `main.sales.customers.email`, `main.sales` and so on, by how many parts there are. */
export function tagged(on: string, tag_name: string, tag_value = '', isVolume = false): FakeTag {
  const [catalog = '', schema_name = null, object_name = null, column_name = null] = on.split('.');
  const level =
    column_name !== null
      ? 'column'
      : object_name !== null
        ? isVolume
          ? 'volume'
          : 'table'
        : schema_name !== null
          ? 'schema'
          : 'catalog';
  return { catalog, level, schema_name, object_name, column_name, tag_name, tag_value };
}
