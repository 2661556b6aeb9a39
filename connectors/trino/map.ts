import type { Json } from '../../server/model/json.ts';
import { withMembers } from '../kit/warehouse/struct-members.ts';
import type { WarehouseColumn, WarehouseRelation } from '../kit/warehouse/warehouse.ts';
import type { ColumnRow, PrivilegeRow, RelationRow } from './shapes.ts';

/** What is known of a schema's relations beside their list. */
export interface SchemaNotes {
  readonly comments: ReadonlyMap<string, string | null>;
  readonly materialized: ReadonlyMap<string, { readonly definition: string | null; readonly freshness: string | null }>;
  /** By relation, then column. */
  readonly columnComments: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
  readonly privileges: ReadonlyMap<string, readonly PrivilegeRow[]>;
}

/** A view keeps the names of its columns beside its query. */
const queryIn = { byOrder: true } as const;

/** A table, view or materialised view. */
export function relationOf(
  { name, kind, definition }: RelationRow,
  connector: string | null,
  notes: SchemaNotes,
): WarehouseRelation {
  const materialized = notes.materialized.get(name);
  const grants = grantsOf(notes.privileges.get(name) ?? []);
  const facet: Record<string, Json> = {
    ...(connector === null ? {} : { connector }),
    ...(grants.length === 0 ? {} : { grants }),
  };
  const comment = notes.comments.get(name) ?? null;
  if (materialized !== undefined)
    return { name, kind: 'materialized-view', comment, query: materialized.definition, queryIn, facet };
  return kind === 'VIEW'
    ? { name, kind: 'view', comment, query: definition, queryIn, facet }
    : { name, kind: 'table', comment, facet };
}

/** Who may do what, one entry a grantee. */
function grantsOf(rows: readonly PrivilegeRow[]): readonly Json[] {
  const groups = Map.groupBy(rows, ({ grantee, grantee_type: kind }) => JSON.stringify([kind, grantee]));
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, granted]) => {
      const [first] = granted;
      if (first === undefined) return [];
      const { grantee, grantee_type: kind } = first;
      const privileges = [...new Set(granted.map(({ privilege }) => privilege.toLowerCase()))].toSorted();
      return [{ grantee, ...(kind === null ? {} : { kind: kind.toLowerCase() }), privileges }];
    });
}

/** A column with the members of its rows. */
export function columnsOf(row: ColumnRow, notes: SchemaNotes): readonly WarehouseColumn[] {
  const { relation, ordinal, type } = row;
  return withMembers({
    relation,
    path: [row.name],
    type,
    ordinal,
    nullable: row.nullable.toUpperCase() === 'YES',
    comment: notes.columnComments.get(relation)?.get(row.name) ?? null,
    facet: row.has_default ? { hasDefault: true } : {},
  });
}
