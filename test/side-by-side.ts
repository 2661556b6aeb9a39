import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { DatasetDocument } from '../server/model/document.ts';
import { printPath } from '../server/model/ids.ts';

/** What is there, by name: tables and views, and their columns as `table.column`. */
export interface Lists {
  readonly tables: readonly string[];
  readonly columns: readonly string[];
}

/** What a connector found, by name; members of structures are left out unless `members` says otherwise. */
export function listsOf(datasets: Iterable<DatasetDocument>, { members = false } = {}): Lists {
  const all = [...datasets];
  return {
    tables: all.map(({ name }) => name),
    columns: all.flatMap(({ name, fields }) =>
      fields.filter(({ path }) => members || path.length === 1).map(({ path }) => `${name}.${printPath(path)}`),
    ),
  };
}

/**
 * Both lists hold the same names, as often, and there is something in them. Both are kept as JSON in the folder that
 * LEXLINE_SIDE_BY_SIDE names, whatever the outcome: `npm run side-by-side` shows them.
 */
export function expectSameLists(system: string, client: string, ours: Lists, theirs: Lists): void {
  const sorted = ({ tables, columns }: Lists): Lists => ({ tables: tables.toSorted(), columns: columns.toSorted() });
  const record = { system, client, lexline: sorted(ours), listed: sorted(theirs) };
  const folder = process.env['LEXLINE_SIDE_BY_SIDE'] ?? '';
  if (folder !== '') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${system.replaceAll(/\W+/gu, '-')}.json`), JSON.stringify(record, null, 1));
  }
  expect(theirs.tables.length, `tables that ${client} lists`).toBeGreaterThan(0);
  expect(theirs.columns.length, `columns that ${client} lists`).toBeGreaterThan(0);
  expect(record.lexline).toEqual(record.listed);
}
