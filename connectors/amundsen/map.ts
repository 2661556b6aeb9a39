import type {
  DatasetDocument,
  FieldDescription,
  JobDocument,
  SourceTag,
  StatedEdge,
} from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import { parseTableKey, tableName } from './names.ts';
import type { ColumnRow, EdgeRow, SchemaRow, TableRow } from './shapes.ts';

/** Badges and tags that we made begin so. */
export const ownPrefix = 'lexline_';

/** A table with its columns. Pure. */
export function mapTable(table: TableRow, schema: SchemaRow): DatasetDocument {
  const tags = [...table.badges.map(badgeTag), ...table.tags.map(({ key }) => plainTag(key))];
  const [description] = table.descriptions;
  return {
    type: 'dataset',
    kind: table.isView ? 'view' : 'table',
    platform: schema.database,
    ...tableName(schema, table.name),
    native: { id: table.key },
    ...(description === undefined ? {} : { description }),
    ...(table.owners.length === 0 ? {} : { owners: [...table.owners].sort() }),
    ...(tags.length === 0 ? {} : { tags: sorted(tags) }),
    fields: [...table.columns].sort(byPosition).map((column, i) => mapColumn(column, i + 1)),
  };
}

function mapColumn({ key, name, type, descriptions, badges }: ColumnRow, ordinal: number): FieldDescription {
  const [description] = descriptions;
  return {
    path: [name],
    type: type === '' ? null : type,
    ordinal,
    ...(description === undefined ? {} : { description }),
    ...(badges.length === 0 ? {} : { tags: sorted(badges.map(badgeTag)) }),
    facets: { 'amundsen.column': { key } },
  };
}

/** Badges are set by whoever loads the graph; people set tags in the user interface. */
function badgeTag({ key, category }: { readonly key: string; readonly category: string }): SourceTag {
  const setBy = key.toLowerCase().startsWith(ownPrefix) ? 'lexline' : 'source';
  return { name: key, ...(category === '' ? {} : { value: category }), setBy };
}

function plainTag(key: string): SourceTag {
  return { name: key, setBy: key.toLowerCase().startsWith(ownPrefix) ? 'lexline' : 'person' };
}

function sorted(tags: readonly SourceTag[]): readonly SourceTag[] {
  const unique = new Map(tags.map((tag) => [tag.name, tag]));
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function byPosition(a: ColumnRow, b: ColumnRow): number {
  return (
    (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER) || (a.name < b.name ? -1 : 1)
  );
}

/**
 * What flows into one table, as a job of its own: Amundsen knows edges and no jobs. Nothing is said about what is done to a
 * value on the way, so it counts as unchanged. `unknown` counts ends whose key cannot be read. Pure.
 */
export function mapLineage(
  table: TableRow,
  target: QualifiedName,
  edges: { readonly tables: readonly EdgeRow[]; readonly columns: readonly EdgeRow[] },
): { readonly document: JobDocument | null; readonly unknown: number } {
  const inputs = new Map<string, QualifiedName>();
  const stated: StatedEdge[] = [];
  const own = new Map(table.columns.map(({ key, name }) => [key, name]));
  let unknown = 0;
  const input = (key: string): QualifiedName | null => {
    const name = parseTableKey(key);
    if (name === null) unknown += 1;
    else inputs.set(`${name.namespace} ${name.name}`, name);
    return name;
  };
  for (const { from } of edges.tables) input(from);
  for (const { from, to } of edges.columns) {
    const at = from.lastIndexOf('/');
    const column = own.get(to);
    const dataset = at < 0 ? null : input(from.slice(0, at));
    if (dataset === null || column === undefined) {
      if (at < 0 || column === undefined) unknown += 1;
      continue;
    }
    stated.push({
      from: { dataset, field: [from.slice(at + 1)] },
      to: { dataset: target, field: [column] },
      kind: 'TRANSFORMATION',
      effect: 'unknown',
    });
  }
  if (inputs.size === 0) return { document: null, unknown };
  return {
    unknown,
    document: {
      type: 'job',
      kind: 'process',
      platform: 'amundsen',
      namespace: target.namespace,
      name: `amundsen lineage:${target.name}`,
      native: { id: `${table.key}#lineage` },
      inputs: [...inputs.values()],
      outputs: [target],
      ...(stated.length === 0 ? {} : { edges: stated }),
    },
  };
}
