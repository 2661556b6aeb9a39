import type { FieldPath } from '../../model/ids.ts';
import { indexedWords } from '../words.ts';
import type { Connection } from './prepared.ts';

/**
 * Words to be: gathered and written in the order of their rows, because the full text index makes a segment of its own of
 * whatever comes before the row that was written last.
 */
export interface WordWriter {
  /** Makes a thing findable by its name: a field by its path, anything else by its own name. */
  name(entity: number, name: string, path: FieldPath | null): void;
  /** Makes a thing findable by what a source says of it, wherever the fact row that opened at `from` is alive. */
  description(row: DescribedRow, name: string, path: FieldPath | null, description: string): void;
  /** Writes what was gathered: before each transaction ends. */
  write(): void;
}

interface DescribedRow {
  readonly entity: number;
  readonly source: number;
  readonly from: number;
}

export function createWordWriter(connection: Connection): WordWriter {
  const gathered = new Map<number, string>();
  const write = (): void => {
    if (gathered.size === 0) return;
    const insert = connection.sql('INSERT INTO entity_text(rowid, text) VALUES (?, ?)');
    for (const [row, text] of [...gathered].sort(([a], [b]) => a - b)) insert.run(row, text);
    gathered.clear();
  };
  return {
    name(entity, name, path) {
      gathered.set(entity, indexedWords(name, path));
    },
    description({ entity, source, from }, name, path, description) {
      const found = connection
        .sql('SELECT id FROM described WHERE entity = ? AND source = ? AND from_rev = ?')
        .get(entity, source, from);
      let id = Number(found?.['id']);
      if (found === undefined) {
        const { lastInsertRowid } = connection
          .sql('INSERT INTO described(entity, source, from_rev) VALUES (?, ?, ?)')
          .run(entity, source, from);
        id = Number(lastInsertRowid);
      } else if (!gathered.has(-id)) connection.sql('DELETE FROM entity_text WHERE rowid = ?').run(-id);
      gathered.set(-id, indexedWords(name, path, description));
    },
    write,
  };
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
