import type { DatasetDocument, FieldDescription, JobDocument, SourceTag } from '../../server/model/document.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { CollibraConfig } from './config.ts';
import { attributeIds, type Inventory } from './inventory.ts';
import { flowsInto } from './map-flows.ts';
import { platformOf, shownName, tableName, type NamedTable } from './names.ts';
import type { Asset } from './shapes.ts';

/** Everything of one domain. */
export interface DomainDocuments {
  /** `Community > Domain`. */
  readonly scope: string;
  readonly documents: readonly (DatasetDocument | JobDocument)[];
  readonly gaps: readonly Gap[];
}

/** Tags that we made begin so. */
const ownPrefix = 'lexline_';
/** Longer values of an attribute are prose and no tag. */
const longestTagValue = 200;

/** The domains that are read, with tables and the flows into them, in the order of their names. Pure. */
export function mapInventory(inventory: Inventory, config: CollibraConfig): readonly DomainDocuments[] {
  const tables = namedTables(inventory, config);
  const columnsOf = columnsByTable(inventory);
  const jobs = flowsInto(inventory, tables);
  const domains = new Map<string, { readonly documents: (DatasetDocument | JobDocument)[]; readonly gaps: Gap[] }>();
  const taken = new Set<string>();
  const assets = [...inventory.assets.values()]
    .filter(({ role }) => role === 'table' || role === 'view')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const asset of assets) {
    const scope = scopeOf(asset, inventory, config);
    if (scope === null) continue;
    const own = domains.get(scope) ?? { documents: [], gaps: [] };
    domains.set(scope, own);
    const table = tables.get(asset.id);
    if (table === undefined) {
      own.gaps.push(namelessGap(shownName(asset)));
      continue;
    }
    const key = JSON.stringify([table.name.namespace, table.name.name]);
    if (taken.has(key)) {
      own.gaps.push(twiceGap(table.name.name));
      continue;
    }
    taken.add(key);
    const columns = columnsOf.get(asset.id) ?? [];
    const document = datasetOf(table, asset.role === 'view', columns, inventory, config);
    own.documents.push(document);
    if (document.fields.length < columns.length)
      own.gaps.push(columnsGap(table.name.name, columns.length - document.fields.length));
    const job = jobs.get(asset.id);
    if (job !== undefined) own.documents.push(job);
  }
  return [...domains]
    .map(([scope, { documents, gaps }]) => ({ scope, documents, gaps: listed(gaps) }))
    .sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

export function countColumns({ assets }: Inventory): number {
  return [...assets.values()].filter(({ role }) => role === 'column').length;
}

/** Columns that are part of no table; they are nowhere else. */
export function looseColumns({ assets, wholes }: Inventory): number {
  return [...assets.values()].filter(({ id, role }) => role === 'column' && (wholes.get(id) ?? []).length === 0).length;
}

function namedTables(inventory: Inventory, config: CollibraConfig): ReadonlyMap<string, NamedTable> {
  const tables = new Map<string, NamedTable>();
  for (const asset of inventory.assets.values()) {
    if (asset.role !== 'table' && asset.role !== 'view') continue;
    const name = tableName(asset, inventory, config);
    if (name !== null) tables.set(asset.id, { asset, name });
  }
  return tables;
}

function columnsByTable({ assets, wholes }: Inventory): ReadonlyMap<string, readonly Asset[]> {
  const columns = [...assets.values()].filter(({ role }) => role === 'column');
  const placed = columns.flatMap((column) => (wholes.get(column.id) ?? []).map((table) => ({ table, column })));
  return new Map(
    [...Map.groupBy(placed, ({ table }) => table)].map(([table, own]) => [table, own.map(({ column }) => column)]),
  );
}

/** Where a table stands; null: its community is not asked for. */
function scopeOf({ domain }: Asset, { domains, communities }: Inventory, config: CollibraConfig): string | null {
  const own = domains.get(domain.id);
  const names: string[] = [];
  const seen = new Set<string>();
  for (let at = own?.community.id; at !== undefined && !seen.has(at); at = communities.get(at)?.parent?.id) {
    seen.add(at);
    names.push(communities.get(at)?.name ?? at);
  }
  const { include, exclude } = config.communities;
  const [community = ''] = names;
  if (include?.includes(community) === false || exclude?.includes(community) === true) return null;
  return [...names.reverse(), own?.name ?? domain.id].join(' > ');
}

function datasetOf(
  { asset, name }: NamedTable,
  isView: boolean,
  columns: readonly Asset[],
  inventory: Inventory,
  { url }: CollibraConfig,
): DatasetDocument {
  const description = textOf(asset.id, attributeIds.description, inventory);
  const tags = tagsOf(asset.id, inventory);
  const owners = ownersOf(asset, inventory);
  const ordered = inOrder(columns, inventory);
  const key = ordered.filter(({ id }) => valueOf(id, attributeIds.primaryKey, inventory) === true);
  return {
    type: 'dataset',
    kind: isView ? 'view' : 'table',
    platform: platformOf(name.namespace),
    ...name,
    native: { id: asset.id, url: `${url.replace(/\/+$/u, '')}/asset/${encodeURIComponent(asset.id)}` },
    ...(description === null ? {} : { description }),
    ...(owners.length === 0 ? {} : { owners }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(key.length === 0 ? {} : { keys: [{ kind: 'primary', fields: key.map((column) => [shownName(column)]) }] }),
    fields: ordered.map((column, i) => fieldOf(column, i + 1, inventory)),
  };
}

/** By position, then by name; of two columns of one name the first. */
function inOrder(columns: readonly Asset[], inventory: Inventory): readonly Asset[] {
  const position = ({ id }: Asset): number => {
    const value = Number(valueOf(id, attributeIds.position, inventory) ?? Number.NaN);
    return Number.isFinite(value) ? value : Number.MAX_SAFE_INTEGER;
  };
  const sorted = [...columns].sort(
    (a, b) => position(a) - position(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1),
  );
  return [...new Map(sorted.toReversed().map((column) => [shownName(column), column])).values()].toReversed();
}

function fieldOf(column: Asset, ordinal: number, inventory: Inventory): FieldDescription {
  const description = textOf(column.id, attributeIds.description, inventory);
  const tags = tagsOf(column.id, inventory);
  return {
    path: [shownName(column)],
    type: typeOf(column.id, inventory),
    ordinal,
    ...(description === null ? {} : { description }),
    ...(tags.length === 0 ? {} : { tags }),
    facets: { 'collibra.asset': { id: column.id } },
  };
}

/** Tags, and attributes that stand for tags. Collibra does not say whether a person or a program put them. */
function tagsOf(id: string, { tags, attributes, tagTypes }: Inventory): readonly SourceTag[] {
  const found = new Map<string, SourceTag>();
  for (const name of tags.get(id) ?? [])
    found.set(name, { name, setBy: name.toLowerCase().startsWith(ownPrefix) ? 'lexline' : 'unknown' });
  for (const { type, value } of attributes.get(id) ?? []) {
    const name = tagTypes.get(type.id);
    if (name === undefined || value === null || value === undefined || value === false || value === '') continue;
    const text = value === true ? null : Array.isArray(value) ? [...value].sort().join(', ') : String(value).trim();
    if (text !== null && text.length > longestTagValue) continue;
    found.set(name, { name, ...(text === null ? {} : { value: text }), setBy: 'unknown' });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of the table, else of its domain, else of the nearest community above it. */
function ownersOf({ id, domain }: Asset, { owners, domains, communities }: Inventory): readonly string[] {
  const places = [id, domain.id];
  for (
    let at = domains.get(domain.id)?.community.id;
    at !== undefined && !places.includes(at);
    at = communities.get(at)?.parent?.id
  )
    places.push(at);
  const held = places.map((place) => owners.get(place) ?? []).find((names) => names.length > 0);
  return [...new Set(held)].sort();
}

function valueOf(id: string, type: string, { attributes }: Inventory) {
  return attributes.get(id)?.find((attribute) => attribute.type.id === type)?.value ?? null;
}

/** As it is written: `ARRAY<STRING>` is no HTML. */
function typeOf(id: string, inventory: Inventory): string | null {
  const value = valueOf(id, attributeIds.dataType, inventory);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function textOf(id: string, type: string, inventory: Inventory): string | null {
  const value = valueOf(id, type, inventory);
  const text = typeof value === 'string' ? plain(value) : '';
  return text === '' ? null : text;
}

/** What Collibra's editor of texts makes; anything else in angle brackets was written by somebody. */
const markup =
  /<\/?(?:a|b|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>]+))*\s*\/?>/giu;

/** Collibra keeps descriptions as HTML. */
function plain(text: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };
  return text
    .replaceAll(/<br\s*\/?>|<\/(?:p|div|li|h\d)>/giu, '\n')
    .replaceAll(markup, '')
    .replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/gu, (_, name: string) => entities[name] ?? '')
    .replaceAll(/[ \t]*\n\s*/gu, '\n')
    .trim();
}

function namelessGap(table: string): Gap {
  return {
    what: `table ${table}`,
    reason: 'unresolved-name',
    detail: 'it is part of no schema and no database: what it is in the world outside is not known',
    remedy: 'relate it to its Schema in Collibra, or remove what stands for no table',
  };
}

function twiceGap(table: string): Gap {
  return {
    what: `table ${table}`,
    reason: 'source-failed',
    detail: 'another asset has the same name in the same schema; that one is read',
    remedy: 'remove one of the two in Collibra, or tell their databases apart with namespaces',
  };
}

function columnsGap(table: string, count: number): Gap {
  return {
    what: `${count} ${count === 1 ? 'column' : 'columns'} of ${table}`,
    reason: 'source-failed',
    detail: 'another column of the table has the same name; that one is read',
    remedy: 'remove one of each two in Collibra, or give them names of their own',
  };
}

/** As many gaps as a person reads; the others counted. */
function listed(gaps: readonly Gap[], most = 50): readonly Gap[] {
  const first = gaps[most];
  if (first === undefined) return gaps;
  return [...gaps.slice(0, most), { ...first, what: `${gaps.length - most} more tables` }];
}
