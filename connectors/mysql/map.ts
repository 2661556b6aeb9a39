import { typeWithoutValues } from '../../server/base/type-words.ts';
import type { DatasetKind } from '../../server/model/document.ts';
import type { WarehouseColumn, WarehouseKey, WarehouseRelation } from '../kit/warehouse/warehouse.ts';
import type { ColumnRow, KeyRow, RelationRow } from './rows.ts';

const kinds: Readonly<Record<string, DatasetKind>> = {
  'BASE TABLE': 'table',
  'SYSTEM VERSIONED': 'table',
  SEQUENCE: 'table',
  VIEW: 'view',
  'SYSTEM VIEW': 'view',
};
const keyKinds = { 'PRIMARY KEY': 'primary', UNIQUE: 'unique', 'FOREIGN KEY': 'foreign' } as const;

/** A row of `information_schema.tables`. */
export function relationOf({
  name,
  type,
  comment,
  engine,
  row_count: rows,
  definition,
}: RelationRow): WarehouseRelation {
  const kind = kinds[type] ?? 'table';
  return {
    name,
    kind,
    // The server puts the word into the comment of every view.
    comment: kind === 'view' && comment === 'VIEW' ? null : comment,
    ...(kind === 'view' ? { query: definition === '' ? null : definition } : { rows: rows ?? null }),
    facet: engine === null ? {} : { engine },
  };
}

/** A row of `information_schema.columns`. */
export function columnOf(row: ColumnRow): WarehouseColumn {
  const extra = (row.extra ?? '').toUpperCase();
  const isGenerated = /GENERATED/u.test(extra) && !/DEFAULT_GENERATED/u.test(extra);
  return {
    relation: row.relation,
    path: [row.name],
    type: typeWithoutValues(row.type),
    ordinal: row.ordinal,
    nullable: row.nullable === 'YES',
    comment: row.comment,
    generated: isGenerated && row.expression !== '' ? row.expression : null,
    facet: {
      ...(row.has_default > 0 ? { hasDefault: true } : {}),
      ...(extra.includes('AUTO_INCREMENT') ? { identity: 'auto_increment' } : {}),
      ...(extra.includes('INVISIBLE') ? { invisible: true } : {}),
    },
  };
}

/** The rows of one constraint. */
export function keyOf(rows: readonly KeyRow[]): readonly WarehouseKey[] {
  const [first] = rows;
  if (first === undefined || !Object.hasOwn(keyKinds, first.type)) return [];
  const kind = keyKinds[first.type as keyof typeof keyKinds];
  const { relation, name, referenced_schema: schema, referenced_relation: target } = first;
  const columns = rows.map((row) => row.column_name);
  if (kind !== 'foreign') return [{ relation, kind, name, columns }];
  if (schema === null || target === null) return [];
  const referenced = rows.flatMap((row) => (row.referenced_column === null ? [] : [row.referenced_column]));
  return [{ relation, kind, name, columns, references: { schema, relation: target, columns: referenced } }];
}
