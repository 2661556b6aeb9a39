import type { DatasetKind, SourceTag } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import type { WarehouseColumn, WarehouseKey, WarehouseRelation, WarehouseRoutine } from '../kit/warehouse/warehouse.ts';
import type { ColumnRow, ImportedKeyRow, OwnKeyRow, RelationRow, RoutineRow } from './rows.ts';
import { queryOf } from './view-query.ts';

const kinds: Readonly<Record<string, DatasetKind>> = {
  'BASE TABLE': 'table',
  'EVENT TABLE': 'table',
  'EXTERNAL TABLE': 'foreign-table',
  'MATERIALIZED VIEW': 'materialized-view',
  VIEW: 'view',
};
/** Tables of one session: gone before anybody asks about them. */
const temporary: ReadonlySet<string> = new Set(['LOCAL TEMPORARY', 'TEMPORARY TABLE']);
/** The length that a text has when nobody says one; the largest that older and newer accounts know. */
const longest: ReadonlySet<number> = new Set([16_777_216, 134_217_728]);

/** What is known of a relation beside its own row. */
export interface RelationContext {
  readonly region: string | null;
  /** The text of a dynamic table or materialised view, which only SHOW tells; null: not shown. */
  readonly text: string | null;
  readonly tags: readonly SourceTag[];
  readonly facet: Readonly<Record<string, Json>>;
}

export function isTemporary({ type }: RelationRow): boolean {
  return temporary.has(type ?? '');
}

/** True for what has a query that neither TABLES nor VIEWS holds. */
export function hasShownText({ type, is_dynamic: isDynamic }: RelationRow): boolean {
  return isDynamic || type === 'MATERIALIZED VIEW';
}

/** A row of TABLES and VIEWS. */
export function relationOf(row: RelationRow, context: RelationContext): WarehouseRelation {
  const kind = row.is_dynamic
    ? 'materialized-view'
    : (kinds[row.type ?? (row.view_name === null ? '' : 'VIEW')] ?? 'table');
  const isView = kind === 'view' || kind === 'materialized-view';
  const text = context.text ?? row.definition;
  const { retention_days: retentionDays } = row;
  return {
    name: row.name,
    kind,
    comment: row.comment,
    owner: row.owner,
    region: context.region,
    tags: context.tags,
    ...(isView
      ? { query: text === null || text.trim() === '' ? null : (queryOf(text) ?? text) }
      : { rows: row.row_count }),
    facet: {
      ...alteredAs(row),
      ...(retentionDays === null ? {} : { timeTravelDays: retentionDays }),
      ...(row.is_transient ? { transient: true } : {}),
      ...(row.is_dynamic ? { dynamic: true } : {}),
      ...(row.is_iceberg ? { iceberg: true } : {}),
      ...(row.is_secure ? { secure: true } : {}),
      ...context.facet,
    },
  };
}

/** What ALTER calls it, where that is not TABLE. */
export function alteredAs(row: RelationRow): { readonly alteredAs?: string } {
  if (row.is_dynamic) return { alteredAs: 'DYNAMIC TABLE' };
  if (row.type === 'MATERIALIZED VIEW' || row.type === 'EXTERNAL TABLE') return { alteredAs: row.type };
  return row.view_name === null ? {} : { alteredAs: 'VIEW' };
}

/** What is known of a column beside its own row. */
export interface ColumnContext {
  readonly alteredAs: { readonly alteredAs?: string };
  readonly tags: readonly SourceTag[];
  readonly controls: readonly { readonly kind: string; readonly name: string }[];
}

/** A row of COLUMNS. That there is a default is said, the default is not. */
export function columnOf(row: ColumnRow, { tags, controls, alteredAs: of }: ColumnContext): WarehouseColumn {
  return {
    relation: row.relation,
    path: [row.name],
    type: typeOf(row),
    ordinal: row.ordinal,
    nullable: row.nullable,
    comment: row.comment,
    tags,
    controls,
    facet: { ...of, ...(row.has_default ? { hasDefault: true } : {}), ...(row.is_identity ? { identity: true } : {}) },
  };
}

/** The type as DDL spells it: the catalog says TEXT and NUMBER with their sizes beside them. */
export function typeOf({
  type,
  length,
  digits,
  scale,
}: Pick<ColumnRow, 'type' | 'length' | 'digits' | 'scale'>): string | null {
  if (type === 'TEXT') return length === null || longest.has(length) ? 'VARCHAR' : `VARCHAR(${length})`;
  if (type === 'NUMBER' && digits !== null) return `NUMBER(${digits},${scale ?? 0})`;
  return type;
}

/** Rows of SHOW PRIMARY KEYS or SHOW UNIQUE KEYS, by constraint. */
export function ownKeysOf(kind: 'primary' | 'unique', rows: readonly OwnKeyRow[]): readonly WarehouseKey[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.table_name, row.constraint_name]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ relation: first.table_name, kind, name: first.constraint_name, columns: columnsOf(group) }];
  });
}

function columnsOf(rows: readonly OwnKeyRow[]): readonly string[] {
  const inOrder = rows.toSorted((a, b) => a.key_sequence - b.key_sequence);
  return [...new Set(inOrder.map((row) => row.column_name))];
}

/** Rows of SHOW IMPORTED KEYS, by constraint. One that names no table, or a table of another database, is left out: the kit names within one. */
export function importedKeysOf(rows: readonly ImportedKeyRow[], database: string): readonly WarehouseKey[] {
  const whole = rows.filter((row) => row.pk_table_name !== '' && row.pk_database_name === database);
  const groups = Map.groupBy(whole, (row) =>
    JSON.stringify([row.fk_table_name, row.fk_name, row.pk_schema_name, row.pk_table_name]),
  );
  return [...groups.values()].flatMap((group) => {
    const inOrder = group.toSorted((a, b) => a.key_sequence - b.key_sequence);
    const [first] = inOrder;
    if (first === undefined) return [];
    return [
      {
        relation: first.fk_table_name,
        kind: 'foreign',
        name: first.fk_name,
        columns: inOrder.map((row) => row.fk_column_name),
        references: {
          schema: first.pk_schema_name,
          relation: first.pk_table_name,
          columns: inOrder.map((row) => row.pk_column_name),
        },
      } as const,
    ];
  });
}

/** A procedure or function in SQL; null for one in another language, whose text no reader of SQL understands. */
export function routineOf(kind: 'procedure' | 'function', row: RoutineRow): WarehouseRoutine | null {
  if ((row.language ?? 'SQL').toUpperCase() !== 'SQL') return null;
  return { name: `${row.name}${row.signature ?? ''}`, kind, sql: row.definition, comment: row.comment };
}
