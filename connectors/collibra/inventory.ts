import type { CollibraClient, Query } from './client.ts';
import type { CollibraConfig } from './config.ts';
import * as shapes from './shapes.ts';

/** Relations of Collibra's own operating model by which things are part of others, with the end that is the whole. */
const parts = [
  // Column is part of / contains Table
  { relation: '00000000-0000-0000-0000-000000007042', whole: 'target' },
  // Schema contains / is part of Table
  { relation: '00000000-0000-0000-0000-000000007043', whole: 'source' },
  // Technology Asset has / belongs to Schema
  { relation: '00000000-0000-0000-0000-000000007024', whole: 'source' },
  // System groups / is grouped by Database
  { relation: '00000000-0000-0000-0000-000000007054', whole: 'source' },
] as const;

/** Attribute types of Collibra's own operating model. */
export const attributeIds = {
  description: '00000000-0000-0000-0000-000000003114',
  dataType: '00000000-0000-0000-0000-000000000219',
  position: '00000000-0000-0000-0001-000500000020',
  primaryKey: '00000000-0000-0000-0001-000500000015',
} as const;

/** The kinds of assets that are read. */
export const roles = ['system', 'database', 'schema', 'table', 'view', 'column'] as const;
/** What an asset is here. */
export type AssetRole = (typeof roles)[number];

/** Everything that is read of Collibra, by ids. */
export interface Inventory {
  readonly assets: ReadonlyMap<string, shapes.Asset & { readonly role: AssetRole }>;
  /** Part → whole. */
  readonly wholes: ReadonlyMap<string, readonly string[]>;
  /** Asset → its attributes. */
  readonly attributes: ReadonlyMap<string, readonly shapes.Attribute[]>;
  /** Attribute types that are read as tags, with their names. */
  readonly tagTypes: ReadonlyMap<string, string>;
  /** Asset → names of its tags. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** Flows between assets. */
  readonly flows: readonly { readonly from: string; readonly to: string }[];
  /** Asset, domain or community → who answers for it, by name. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  readonly domains: ReadonlyMap<string, shapes.Domain>;
  readonly communities: ReadonlyMap<string, shapes.Community>;
  /** Attribute types that the configuration names and Collibra does not know. */
  readonly unknownAttributes: readonly string[];
}

/**
 * Reads Collibra by whole listings, a thousand things a request, and joins them by id. It says of no relation, tag or
 * responsibility when it changed, so each sync lists all.
 */
export async function readInventory(
  client: CollibraClient,
  config: CollibraConfig,
  signal: AbortSignal,
): Promise<Inventory> {
  const domains = byId(await client.list('/domains', { excludeMeta: 'false' }, shapes.domain, signal));
  const communities = byId(await client.list('/communities', { excludeMeta: 'false' }, shapes.community, signal));
  const roleOf = await typeRoles(client, config, signal);
  const assets = new Map<string, shapes.Asset & { readonly role: AssetRole }>();
  for (const role of roles)
    for (const asset of await client.list('/assets', typeQuery(config.types[role]), shapes.asset, signal)) {
      const own = roleOf.get(asset.type.id);
      if (own !== undefined) assets.set(asset.id, { ...asset, role: own });
    }

  const wholes = new Map<string, string[]>();
  for (const { relation, whole } of parts)
    for (const { source, target } of await relations(client, relation, signal)) {
      const [part, of] = whole === 'target' ? [source.id, target.id] : [target.id, source.id];
      if (assets.has(part) && assets.has(of)) push(wholes, part, of);
    }
  const flows = [];
  for (const { relation, flow } of config.lineage)
    for (const { source, target } of await relations(client, relation, signal)) {
      const [from, to] = flow === 'head-to-tail' ? [source.id, target.id] : [target.id, source.id];
      flows.push({ from, to });
    }

  const { known: tagTypes, unknown: unknownAttributes } = await tagAttributeTypes(client, config, signal);
  const attributes = new Map<string, shapes.Attribute[]>();
  const wanted = {
    typeIds: [...Object.values(attributeIds), ...tagTypes.keys()],
    sortField: 'LAST_MODIFIED',
    sortOrder: 'ASC',
  };
  for (const attribute of await client.list('/attributes', wanted, shapes.attribute, signal))
    if (assets.has(attribute.asset.id)) push(attributes, attribute.asset.id, attribute);

  const tags = new Map<string, string[]>();
  for (const { name, assetsCount } of await client.list('/tags', {}, shapes.tag, signal)) {
    if (assetsCount === 0) continue;
    const query = {
      tagNames: name,
      ...typeQuery([...config.types.table, ...config.types.view, ...config.types.column]),
    };
    for (const { id } of await client.list('/assets', query, shapes.asset, signal))
      if (assets.has(id)) push(tags, id, name);
  }
  const owners =
    config.ownerRoles.length === 0 ? new Map<string, string[]>() : await readOwners(client, config, signal);
  return { assets, wholes, attributes, tagTypes, tags, flows, owners, domains, communities, unknownAttributes };
}

/** Assets of types and of those below them. Older versions call the filter `typeId`, newer ones `typeIds`; neither minds the other. */
export function typeQuery(types: readonly string[]): Query {
  return { typeIds: types, typeId: types, typeInheritance: 'true', excludeMeta: 'false' };
}

function relations(
  client: CollibraClient,
  relationTypeId: string,
  signal: AbortSignal,
): Promise<readonly shapes.Relation[]> {
  return client.list('/relations', { relationTypeId }, shapes.relation, signal);
}

/** What each asset type is here, by the nearest type above it that the configuration names. */
async function typeRoles(
  client: CollibraClient,
  { types }: CollibraConfig,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, AssetRole>> {
  const all = byId(await client.list('/assetTypes', { excludeMeta: 'false' }, shapes.assetType, signal));
  const named = new Map(roles.flatMap((role) => types[role].map((id) => [id, role] as const)));
  const found = new Map<string, AssetRole>(named);
  for (const id of all.keys()) {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = all.get(at)?.parent?.id) {
      seen.add(at);
      const role = named.get(at);
      if (role === undefined) continue;
      found.set(id, role);
      break;
    }
  }
  return found;
}

async function tagAttributeTypes(
  client: CollibraClient,
  { tagAttributes }: CollibraConfig,
  signal: AbortSignal,
): Promise<{ readonly known: ReadonlyMap<string, string>; readonly unknown: readonly string[] }> {
  if (tagAttributes.length === 0) return { known: new Map(), unknown: [] };
  const all = await client.list('/attributeTypes', {}, shapes.attributeType, signal);
  const known = new Map(
    all.flatMap(({ id, name }) => (name !== null && tagAttributes.includes(name) ? [[id, name] as const] : [])),
  );
  const names = new Set(known.values());
  return { known, unknown: tagAttributes.filter((name) => !names.has(name)) };
}

/** Who holds one of the roles, by what they hold it for: people by their user name, groups by theirs. */
async function readOwners(
  client: CollibraClient,
  { ownerRoles }: CollibraConfig,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const named = (await client.list('/roles', {}, shapes.role, signal)).filter(
    ({ name }) => name !== null && ownerRoles.includes(name),
  );
  if (named.length === 0) return new Map();
  const held = await client.list(
    '/responsibilities',
    { roleIds: named.map(({ id }) => id), includeInherited: 'false' },
    shapes.responsibility,
    signal,
  );
  if (held.length === 0) return new Map();
  const names = new Map<string, string | null>();
  for (const { id, name } of await client.list('/userGroups', {}, shapes.group, signal)) names.set(id, name);
  for (const { id, userName } of await client.list('/users', { includeDisabled: 'true' }, shapes.user, signal))
    names.set(id, userName);
  const owners = new Map<string, string[]>();
  for (const { owner, baseResource } of held) {
    const name = names.get(owner.id);
    if (baseResource !== null && baseResource !== undefined && name !== null && name !== undefined)
      push(owners, baseResource.id, name);
  }
  return owners;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
