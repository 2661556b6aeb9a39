import type { intervalTables } from './revisions.ts';
import { INF } from './schema.ts';
import type { Write } from './write.ts';

type Value = string | number | null;

/** What should stand under a key from the open revision on; `body` null: nothing. */
export interface IntervalChange {
  readonly table: (typeof intervalTables)[number];
  readonly key: Readonly<Record<string, string | number>>;
  readonly body: Readonly<Record<string, Value>> | null;
}

interface Texts {
  readonly select: string;
  readonly insert: string;
  readonly reopen: string;
  readonly close: string;
  readonly remove: string;
}

const texts = new Map<string, Texts>();

function textsOf(table: string, key: readonly string[], body: readonly string[]): Texts {
  // The columns of a table are always the same; an ending row names none but its key.
  const name = body.length === 0 ? `${table} ends` : table;
  const known = texts.get(name);
  if (known !== undefined) return known;
  const where = key.map((column) => `${column} = ?`).join(' AND ');
  const columns = [...key, ...body, 'from_rev', 'to_rev'];
  const marks = columns.map(() => '?').join(', ');
  const made: Texts = {
    select: `SELECT ${['from_rev', ...body].join(', ')} FROM ${table} WHERE ${where} AND to_rev = ${INF} ORDER BY from_rev DESC LIMIT 1`,
    insert: `INSERT INTO ${table}(${columns.join(', ')}) VALUES (${marks}) ON CONFLICT DO NOTHING`,
    reopen: `UPDATE ${table} SET to_rev = ${INF} WHERE ${[...key, ...body].map((column) => `${column} IS ?`).join(' AND ')} AND to_rev = ?`,
    close: `UPDATE ${table} SET to_rev = ? WHERE ${where} AND to_rev = ${INF}`,
    remove: `DELETE FROM ${table} WHERE ${where} AND from_rev = ?`,
  };
  texts.set(name, made);
  return made;
}

/** Opens a row under a key that never had one. An equal key in the same revision is left as it is. */
export function insertInterval({ connection, n, counts }: Write, { table, key, body }: IntervalChange): void {
  const text = textsOf(table, Object.keys(key), Object.keys(body ?? {}));
  const { changes } = connection.sql(text.insert).run(...Object.values(key), ...Object.values(body ?? {}), n, INF);
  counts.opened += Number(changes);
}

/**
 * Brings one key to what should stand there from the open revision on. An equal row stays as it is; a row of an earlier
 * revision is closed and a new one opened; a row opened in this very revision is replaced, or removed.
 */
export function applyIntervalChange({ connection, n, counts }: Write, { table, key, body }: IntervalChange): void {
  const keyValues = Object.values(key);
  const bodyColumns = body === null ? [] : Object.keys(body);
  const text = textsOf(table, Object.keys(key), bodyColumns);
  const standing = connection.sql(text.select).get(...keyValues);
  const isSame = standing !== undefined && bodyColumns.every((column) => standing[column] === body?.[column]);
  if (body === null ? standing === undefined : isSame) return;
  if (standing !== undefined) {
    const isOfThisRevision = Number(standing['from_rev']) === n;
    if (isOfThisRevision) connection.sql(text.remove).run(...keyValues, n);
    else connection.sql(text.close).run(n, ...keyValues);
    counts.closed += 1;
  }
  if (body === null) return;
  // A row that this very revision closed and that is asserted again unchanged was never gone: it is opened again.
  const bodyValues = Object.values(body);
  const { changes } = connection.sql(text.reopen).run(...keyValues, ...bodyValues, n);
  if (Number(changes) === 0) connection.sql(text.insert).run(...keyValues, ...bodyValues, n, INF);
  counts.opened += 1;
}
