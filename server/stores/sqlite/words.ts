import type { FieldPath } from '../../model/ids.ts';
import type { Connection } from './prepared.ts';

/** Words of a name for full text: separators and humps split. */
export function searchWords(...texts: readonly (string | null | undefined)[]): string {
  const joined = texts.filter((text) => text !== null && text !== undefined && text !== '').join(' ');
  return `${joined} ${joined.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')}`;
}

/** Makes a thing findable by its name: a field by its path, anything else by its own name. */
export function indexName(connection: Connection, entity: number, name: string, path: FieldPath | null): void {
  connection
    .sql('INSERT INTO entity_text(rowid, text) VALUES (?, ?)')
    .run(entity, searchWords(path === null ? name : path.join(' ')));
}

/** Makes a thing findable by what a source says of it, wherever the fact row that opened at `from` is alive. */
export function indexDescription(
  connection: Connection,
  row: { readonly entity: number; readonly source: number; readonly from: number },
  name: string,
  path: FieldPath | null,
  description: string,
): void {
  const found = connection
    .sql('SELECT id FROM described WHERE entity = ? AND source = ? AND from_rev = ?')
    .get(row.entity, row.source, row.from);
  let id = Number(found?.['id']);
  if (found === undefined) {
    const { lastInsertRowid } = connection
      .sql('INSERT INTO described(entity, source, from_rev) VALUES (?, ?, ?)')
      .run(row.entity, row.source, row.from);
    id = Number(lastInsertRowid);
  } else connection.sql('DELETE FROM entity_text WHERE rowid = ?').run(-id);
  connection
    .sql('INSERT INTO entity_text(rowid, text) VALUES (?, ?)')
    .run(-id, searchWords(path === null ? name : path.join(' '), description));
}

/** Forgets the words of some descriptions; `which` selects their ids from `described d`. Returns how many. */
export function forgetDescriptions(connection: Connection, which: string, ...values: readonly number[]): number {
  const ids = connection
    .sql(`SELECT d.id FROM described d WHERE ${which} LIMIT 2000`)
    .all(...values)
    .map((row) => Number(row['id']));
  for (const id of ids) {
    connection.sql('DELETE FROM entity_text WHERE rowid = ?').run(-id);
    connection.sql('DELETE FROM described WHERE id = ?').run(id);
  }
  return ids.length;
}
