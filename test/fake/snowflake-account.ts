import { splitName } from '../../server/model/dataset-name.ts';

type Value = string | number | boolean | null;
export type FakeRow = Readonly<Record<string, Value>>;

export interface FakeColumn {
  readonly name: string;
  readonly type?: string;
  readonly comment?: string | null;
}
export interface FakeRelation {
  readonly name: string;
  type: string;
  columns: readonly FakeColumn[];
  definition: string | null;
  comment: string | null;
  createdMs: number;
  /** Grows with each change, as LAST_DDL does. */
  ddl: number;
  readonly flags: Readonly<Record<string, string>>;
}
interface FakeTagReference {
  readonly tag: string;
  readonly value: string;
  readonly schema: string;
  readonly object: string;
  readonly column: string | null;
  readonly method: string;
  deletedMs: number | null;
}

/** What one statement gives; a refusal carries Snowflake's number. */
export type FakeAnswer = { readonly rows: readonly FakeRow[] } | { readonly refused: string; readonly state: string };

export const notThere: FakeAnswer = { refused: '002003', state: '42S02' };

/** An account in memory: one database, by the shapes that Snowflake documents. */
export interface FakeAccount {
  now: number;
  readonly database: string;
  readonly schemas: Map<string, Map<string, FakeRelation>>;
  /** Rows of `ACCOUNT_USAGE` views that tests set; a view that is missing is refused. */
  readonly usage: Map<string, FakeRow[]>;
  readonly tags: Set<string>;
  /** Tags as they are now, and those of tables that were dropped. */
  readonly references: FakeTagReference[];
  /** What TAG_REFERENCES of the account shows: late until `catchUp`. */
  catchUp(): void;
  table(
    schema: string,
    name: string,
    columns: readonly (string | FakeColumn)[],
    more?: Partial<FakeRelation>,
  ): FakeRelation;
  tag(tag: string, value: string, schema: string, object: string, column: string | null, method?: string): void;
  /** CREATE OR REPLACE TABLE without COPY TAGS. */
  rebuild(schema: string, name: string): void;
  /** Statements as they came. */
  readonly asked: string[];
  readonly warehouses: FakeRow[];
  readonly rows: Map<string, readonly (readonly Value[])[]>;
}

export function createFakeAccount(now = Date.UTC(2026, 10, 21, 12)): FakeAccount {
  const schemas: FakeAccount['schemas'] = new Map();
  const references: FakeTagReference[] = [];
  const usage: FakeAccount['usage'] = new Map(
    [
      'POLICY_REFERENCES',
      'MASKING_POLICIES',
      'OBJECT_DEPENDENCIES',
      'GRANTS_TO_ROLES',
      'GRANTS_TO_USERS',
      'QUERY_HISTORY',
      'ACCESS_HISTORY',
      'TAG_REFERENCES',
      'READS',
    ].map((name) => [name, []]),
  );
  let ddl = 1;
  const account: FakeAccount = {
    now,
    database: 'SHOP',
    schemas,
    usage,
    tags: new Set(),
    references,
    asked: [],
    warehouses: [
      { name: 'LEXLINE_WH', size: 'X-Small', type: 'STANDARD', auto_suspend: '60', resource_constraint: null },
    ],
    rows: new Map(),
    table(schema, name, columns, more = {}) {
      const relation: FakeRelation = {
        name,
        type: 'BASE TABLE',
        definition: null,
        comment: null,
        createdMs: account.now - 86_400_000,
        ddl: ddl++,
        flags: {},
        ...more,
        columns: columns.map((column) => (typeof column === 'string' ? { name: column } : column)),
      };
      schemas.set(schema, (schemas.get(schema) ?? new Map<string, FakeRelation>()).set(name, relation));
      return relation;
    },
    tag(tag, value, schema, object, column, method = 'MANUAL') {
      account.tags.add(tag);
      const at = references.findIndex(
        (one) =>
          one.deletedMs === null &&
          one.tag === tag &&
          one.schema === schema &&
          one.object === object &&
          one.column === column,
      );
      if (at >= 0) references.splice(at, 1);
      references.push({ tag, value, schema, object, column, method, deletedMs: null });
    },
    rebuild(schema, name) {
      const relation = schemas.get(schema)?.get(name);
      if (relation === undefined) throw new Error(`no table ${name}`);
      relation.createdMs = account.now;
      relation.ddl = ddl++;
      for (const one of references) if (one.schema === schema && one.object === name) one.deletedMs ??= account.now;
    },
    catchUp() {
      usage.set(
        'TAG_REFERENCES',
        references.map((one) => ({
          ...tagParts(one.tag),
          tag_value: one.value,
          object_schema: one.schema,
          object_name: one.object,
          domain: one.column === null ? 'TABLE' : 'COLUMN',
          column_name: one.column,
          apply_method: one.method,
          deleted_ms: one.deletedMs,
        })),
      );
    },
  };
  return account;
}

/** `DB.SCHEMA.TAG` in its three columns. */
export function tagParts(tag: string): {
  readonly tag_database: string;
  readonly tag_schema: string;
  readonly tag_name: string;
} {
  const [database = '', schema = '', name = ''] = splitName(tag);
  return { tag_database: database, tag_schema: schema, tag_name: name };
}
