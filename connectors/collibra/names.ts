import { joinName } from '../../server/model/dataset-name.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { CollibraConfig } from './config.ts';
import type { AssetRole, Inventory } from './inventory.ts';
import type { Asset } from './shapes.ts';

/** A table or view with its name in the world outside. */
export interface NamedTable {
  readonly asset: Asset;
  readonly name: QualifiedName;
}

/** A name for people. Full names hold the whole way (`SALES>PUBLIC>ORDERS(table)`): without a display name their last part counts. */
export function shownName({ displayName, name }: Pick<Asset, 'name' | 'displayName'>): string {
  if (displayName !== null && displayName !== '') return displayName;
  const last = name.slice(name.lastIndexOf('>') + 1).trim();
  return last.replace(/\((?:column|table|schema|database|system)\)$/iu, '').trim() || name;
}

/** The name of a table by the schema, the database and the system that it is part of; null where no schema is known. */
export function tableName(
  table: Asset,
  { assets, wholes }: Inventory,
  { url, namespaces }: Pick<CollibraConfig, 'url' | 'namespaces'>,
): QualifiedName | null {
  const above = new Map<AssetRole, string>();
  const seen = new Set<string>();
  const open = [table.id];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const whole of [...(wholes.get(id) ?? [])].sort()) {
      const asset = assets.get(whole);
      if (asset === undefined || seen.has(whole)) continue;
      seen.add(whole);
      if (!above.has(asset.role)) above.set(asset.role, shownName(asset));
      open.push(whole);
    }
  const schema = above.get('schema');
  const database = above.get('database');
  const system = above.get('system');
  if (schema === undefined && database === undefined) return null;
  const mapped = namespaces[database ?? ''] ?? namespaces[system ?? ''];
  const own = `collibra://${new URL(url).host}${system === undefined ? '' : `/${encodeURIComponent(system)}`}`;
  return { namespace: mapped ?? own, name: joinName([database, schema, shownName(table)]) };
}

/** What a dataset of that namespace lives on: `snowflake` of `snowflake://acme`. */
export function platformOf(namespace: string): string {
  return /^([a-z][a-z0-9+.-]*):\/\//iu.exec(namespace)?.[1]?.toLowerCase() ?? 'collibra';
}
