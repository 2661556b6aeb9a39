import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { SourceTag } from '../../server/model/document.ts';
import { rowText as text } from '../kit/parse-rows.ts';
import type { DatabricksPort } from './port.ts';
import { parseRows } from './rows.ts';
import { path } from './names.ts';
import { inheritedTag, tagOf } from './tags.ts';

/** A relation or column by the names of Unity Catalog. */
export interface Place {
  readonly catalog: string;
  readonly schema: string;
  readonly relation: string;
  readonly column: string | null;
}

const columnTagRow = z.object({ column_name: text, tag_name: z.string(), tag_value: text });
const relationTagRow = z.object({ level: z.enum(['own', 'above']), tag_name: z.string(), tag_value: text });
const assignment = z.object({
  tag_key: z.string(),
  tag_value: text,
  inherited: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
});

/** The tags of all columns of a relation as they are now, by the information schema. */
export async function columnTagsNow(
  port: DatabricksPort,
  { catalog, schema, relation }: Place,
  signal: AbortSignal,
): Promise<readonly { readonly column: string; readonly tag: SourceTag }[]> {
  const sql = `SELECT column_name, tag_name, tag_value FROM ${path(catalog, 'information_schema', 'column_tags')}
    WHERE catalog_name = :catalog AND schema_name = :schema AND table_name = :relation ORDER BY column_name, tag_name`;
  const rows = parseRows('tags', columnTagRow, await port.query(sql, { catalog, schema, relation }, signal));
  return rows.map((row) => ({ column: row.column_name ?? '', tag: tagOf(row) }));
}

/** The tags of a relation or column, by the information schema; those that a relation has from above as inherited. */
export async function tagsBySql(
  port: DatabricksPort,
  place: Place,
  signal: AbortSignal,
): Promise<readonly SourceTag[]> {
  if (place.column !== null) {
    const own = place.column.toLowerCase();
    const tags = await columnTagsNow(port, place, signal);
    return tags.flatMap(({ column, tag }) => (column.toLowerCase() === own ? [tag] : []));
  }
  const { catalog, schema, relation } = place;
  const view = (name: string): string => path(catalog, 'information_schema', name);
  const sql = `SELECT 'own' AS level, tag_name, tag_value FROM ${view('table_tags')}
      WHERE catalog_name = :catalog AND schema_name = :schema AND table_name = :relation
    UNION ALL SELECT 'above', tag_name, tag_value FROM ${view('schema_tags')} WHERE catalog_name = :catalog AND schema_name = :schema
    UNION ALL SELECT 'above', tag_name, tag_value FROM ${view('catalog_tags')} WHERE catalog_name = :catalog
    ORDER BY level DESC, tag_name`;
  const rows = parseRows('tags', relationTagRow, await port.query(sql, { catalog, schema, relation }, signal));
  const own = new Set(rows.flatMap(({ level, tag_name: name }) => (level === 'own' ? [name] : [])));
  return rows.flatMap((row) =>
    row.level === 'own' ? [tagOf(row)] : own.has(row.tag_name) ? [] : [inheritedTag(tagOf(row))],
  );
}

/** The tags of a relation or column, by the interface for tag assignments; those from above as inherited. */
export async function tagsByRest(
  port: DatabricksPort,
  place: Place,
  source: string,
  signal: AbortSignal,
): Promise<readonly SourceTag[]> {
  const listing = {
    path: `${assignmentsOf(place, source)}/tags`,
    query: { include_inherited: 'true' },
    member: 'tag_assignments',
    item: assignment,
  };
  const found: SourceTag[] = [];
  for await (const page of port.list(listing, signal))
    for (const { tag_key, tag_value, inherited } of page) {
      const tag = tagOf({ tag_name: tag_key, tag_value });
      found.push(inherited ? inheritedTag(tag) : tag);
    }
  return found;
}

/** Where tags are asked for, set and taken off by REST: of what SQL does not tag, and of everything without a warehouse. */
export const assignments = '/api/2.1/unity-catalog/entity-tag-assignments';

/** How the interface for tag assignments calls a thing. Fails with INPUT_INVALID where a name holds a dot: it would mean another. */
export function entityOf(
  { catalog, schema, relation, column }: Place,
  source: string,
): {
  readonly type: string;
  readonly name: string;
} {
  const names = [catalog, schema, relation, ...(column === null ? [] : [column])];
  const dotted = names.find((name) => name.includes('.'));
  if (dotted !== undefined)
    throw new LexlineError(
      'INPUT_INVALID',
      `[connectors/databricks] source "${source}": "${dotted}" holds a dot, and tag assignments cannot name it`,
      { remedy: 'tag it by hand, or set warehouseId where it is a column of a table' },
    );
  return { type: column === null ? 'tables' : 'columns', name: names.join('.') };
}

function assignmentsOf(place: Place, source: string): string {
  const { type, name } = entityOf(place, source);
  return `${assignments}/${type}/${encodeURIComponent(name)}`;
}

/** The assignment of one tag. */
export function assignmentOf(place: Place, key: string, source: string): string {
  return `${assignmentsOf(place, source)}/tags/${encodeURIComponent(key)}`;
}
