import { joinName } from '../../server/model/dataset-name.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import type { GrantRow, RoleRow, UserRow } from './account-rows.ts';

/** Roles listed by name at one relation; beyond it they are counted. */
const maxRoles = 200;
const changing: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'OWNERSHIP']);

/** Who may read and change the relations of one database. */
export interface Access {
  /** Members of a facet; none where no grant is known. */
  of(schema: string, relation: string): Readonly<Record<string, Json>>;
  /** Changes with anything that `of` says of a schema. */
  digest(schema: string): string;
}

/** Nothing is known. */
export const noAccess: Access = { of: () => ({}), digest: () => '' };

/**
 * Effective grants: a role holds what is granted to it and to every role that stands in it, and a relation is reached only by
 * a role that may also use its schema and its database. Users are counted, never named. Pure.
 */
export function accessOf(
  database: string,
  grants: readonly GrantRow[],
  roles: readonly RoleRow[],
  users: readonly UserRow[],
): Access {
  const holders = holdersOf(database, roles);
  const usersBy = Map.groupBy(users, ({ role }) => roleKey('ROLE', role, database));
  const direct = (rows: readonly GrantRow[]): ReadonlySet<string> =>
    new Set(rows.map((row) => roleKey(row.granted_to, row.grantee_name, database)));
  const all = (keys: Iterable<string>): ReadonlySet<string> => new Set([...keys].flatMap((key) => [...holders(key)]));

  const mayUseDatabase = all(
    direct(grants.filter(({ granted_on: on, name }) => on === 'DATABASE' && name === database)),
  );
  const schemaGrants = Map.groupBy(
    grants.filter(({ granted_on: on }) => on === 'SCHEMA'),
    ({ name }) => name,
  );
  const mayUse = new Map([...schemaGrants].map(([schema, rows]) => [schema, all(direct(rows))]));
  const relationGrants = Map.groupBy(
    grants.filter(({ granted_on: on }) => on !== 'SCHEMA' && on !== 'DATABASE'),
    ({ table_schema: schema, name }) => JSON.stringify([schema, name]),
  );

  const around = digestOf([roles, users, grants.filter(({ granted_on: on }) => on === 'DATABASE')]);
  const bySchema = Map.groupBy(grants, ({ granted_on: on, name, table_schema: schema }) =>
    on === 'SCHEMA' ? name : schema,
  );

  const of: Access['of'] = (schema, relation) => {
    const rows = relationGrants.get(JSON.stringify([schema, relation]));
    if (rows === undefined) return {};
    const reachable = (granted: ReadonlySet<string>): readonly string[] =>
      [...all(granted)].filter((role) => mayUseDatabase.has(role) && mayUse.get(schema)?.has(role) === true).toSorted();
    const read = reachable(direct(rows.filter(({ privilege }) => privilege === 'SELECT' || privilege === 'OWNERSHIP')));
    const change = reachable(direct(rows.filter(({ privilege }) => changing.has(privilege))));
    const readers = new Set(read.flatMap((role) => (usersBy.get(role) ?? []).map((row) => row.grantee_name)));
    return { access: { read: listed(read), change: listed(change), usersWhoRead: readers.size } };
  };
  return { of, digest: (schema) => digestOf([around, bySchema.get(schema) ?? []]) };
}

function listed(roles: readonly string[]): Json {
  const names = roles.slice(0, maxRoles);
  return roles.length > maxRoles ? [...names, `${roles.length - maxRoles} more`] : names;
}

/** All roles that hold what a role holds: itself, and those into which it is granted, however far up. */
function holdersOf(database: string, roles: readonly RoleRow[]): (role: string) => ReadonlySet<string> {
  const above = Map.groupBy(roles, (row) => roleKey(row.granted_on, row.name, row.table_catalog ?? database));
  const known = new Map<string, ReadonlySet<string>>();
  return (role) => {
    const before = known.get(role);
    if (before !== undefined) return before;
    const found = new Set([role]);
    for (const one of found)
      for (const row of above.get(one) ?? [])
        found.add(roleKey(row.granted_to, row.grantee_name, row.table_catalog ?? database));
    known.set(role, found);
    return found;
  };
}

/** Account roles by their name, database roles as `DB.ROLE`. */
function roleKey(kind: string, name: string, database: string): string {
  return kind === 'DATABASE_ROLE' && !name.includes('.') ? joinName([database, name]) : name;
}
