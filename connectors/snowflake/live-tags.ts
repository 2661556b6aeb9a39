import { path } from './names.ts';
import { tagNowRow, type TagNowRow } from './account-rows.ts';
import type { StatementPort } from './port.ts';
import { parseRows } from './rows.ts';
import { tagsNowSql, tagsOfRelationNowSql } from './sql-account.ts';

/** The tags of a relation's columns as they are now, inherited ones among them (`level` says from where). */
export async function columnTagsNow(
  port: StatementPort,
  [database, schema, relation]: readonly [string, string, string],
  signal: AbortSignal,
): Promise<readonly TagNowRow[]> {
  const sql = tagsNowSql(database, path(database, schema, relation));
  return parseRows('tags of columns', tagNowRow, await port.query(sql, [], signal));
}

/** The tags of a relation itself as they are now. */
export async function relationTagsNow(
  port: StatementPort,
  [database, schema, relation]: readonly [string, string, string],
  signal: AbortSignal,
): Promise<readonly TagNowRow[]> {
  const sql = tagsOfRelationNowSql(database, path(database, schema, relation));
  return parseRows('tags', tagNowRow, await port.query(sql, [], signal));
}

/** True where the tag hangs on the very thing that was asked about. */
export function isOwn({ level }: TagNowRow, of: 'column' | 'relation'): boolean {
  return of === 'column' ? level === 'COLUMN' : !['SCHEMA', 'DATABASE', 'ACCOUNT'].includes(level ?? '');
}
