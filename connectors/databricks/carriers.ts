import type { Gap } from '../../server/model/provenance.ts';
import type { Part } from './gaps.ts';
import { schemaName } from './gaps.ts';
import type { GovernanceRows } from './governance.ts';
import { path, quote } from './names.ts';

/** What Unity Catalog shows by privilege, leaving out the rest without a word. */
const filtered = ['tags', 'keys', 'grants'] as const satisfies readonly Part[];
/** Tables that are remembered of a schema, at most: enough to tell a lost right from what was taken off. */
const remembered = 20;

/** Tables of a schema that carried something when they were read; the empty name stands for the schema itself. */
export interface Carriers {
  readonly part: (typeof filtered)[number];
  readonly catalog: string;
  readonly schema: string;
  readonly tables: readonly string[];
}

/** Which schemas carried tags, keys and grants in this answer. Names in lower case, as Unity Catalog compares them. Pure. */
export function carriersOf(catalog: string, rows: GovernanceRows): readonly Carriers[] {
  const found = {
    tags: rows.tags.flatMap(({ level, schema_name: schema, object_name: object }) =>
      schema === null ? [] : [{ schema, table: level === 'schema' || level === 'volume' ? '' : (object ?? '') }],
    ),
    keys: rows.keys.map((row) => ({ schema: row.table_schema, table: row.table_name })),
    grants: rows.grants.map((row) => ({ schema: row.table_schema, table: row.table_name })),
  };
  return filtered.flatMap((part) =>
    [...Map.groupBy(found[part], ({ schema }) => schema.toLowerCase())].map(([schema, carriers]) => ({
      part,
      catalog,
      schema,
      tables: [...new Set(carriers.map(({ table }) => table.toLowerCase()))].toSorted().slice(0, remembered),
    })),
  );
}

/** Those of before that carry nothing now. Pure. */
export function vanished(before: readonly Carriers[], now: readonly Carriers[]): readonly Carriers[] {
  const keyOf = ({ part, catalog, schema }: Carriers): string => JSON.stringify([part, catalog, schema]);
  const there = new Set(now.map(keyOf));
  return before.filter((one) => !there.has(keyOf(one)));
}

/**
 * True when everything that carried something is still shown, so that it was taken off. What is not shown may carry it still.
 * `shown`: names of tables by schema, in lower case. Pure.
 */
export function isTakenOff({ schema, tables }: Carriers, shown: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const there = shown.get(schema);
  return there !== undefined && tables.every((table) => table === '' || there.has(table));
}

const holds: Readonly<Record<Carriers['part'], string>> = {
  tags: 'tags',
  keys: 'primary and foreign keys',
  grants: 'grants',
};

/** A schema whose tags, keys or grants are out of sight: it is not read, so that they stay. */
export function outOfSight({ part, catalog, schema }: Carriers, who: string): Gap {
  return {
    what: `${holds[part]} of ${schemaName(catalog, schema)}`,
    reason: 'no-rights',
    detail: `an earlier read was shown some, this one none, and information_schema no longer shows the tables that carried them: it leaves out what "${who}" has no right on; nothing of the schema was read, so that they stay`,
    remedy: `GRANT USE SCHEMA, SELECT ON SCHEMA ${path(catalog, schema)} TO ${quote(who)}; or, where they are really gone, run the sync once with --full`,
  };
}
