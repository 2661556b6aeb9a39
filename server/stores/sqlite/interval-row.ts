import type { Connection } from './prepared.ts';
import type { intervalTables } from './revisions.ts';
import { INF } from './schema.ts';

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
  const name = `${table} ${key.join()} ${body.join()}`;
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

/**
 * Brings one key to what should stand there from revision `n` on. An equal row stays as it is; a row of an earlier revision is
 * closed at `n` and a new one opened; a row opened in `n` itself is replaced, or removed with what it closed opened again.
 */
export function applyIntervalChange(
  connection: Connection,
  n: number,
  change: IntervalChange,
): { opened: number; closed: number } {
  const keyColumns = Object.keys(change.key);
  const keyValues = Object.values(change.key);
  const bodyColumns = change.body === null ? [] : Object.keys(change.body);
  const bodyValues = change.body === null ? [] : Object.values(change.body);
  const text = textsOf(change.table, keyColumns, bodyColumns);
  const standing = connection.sql(text.select).get(...keyValues);
  if (change.body === null) {
    if (standing === undefined) return { opened: 0, closed: 0 };
    if (Number(standing['from_rev']) === n) {
      connection.sql(text.remove).run(...keyValues, n);
      return { opened: 0, closed: 1 };
    }
    connection.sql(text.close).run(n, ...keyValues);
    return { opened: 0, closed: 1 };
  }
  if (standing !== undefined) {
    if (bodyColumns.every((column, index) => standing[column] === bodyValues[index])) return { opened: 0, closed: 0 };
    if (Number(standing['from_rev']) === n) connection.sql(text.remove).run(...keyValues, n);
    else connection.sql(text.close).run(n, ...keyValues);
  }
  // A row that this very revision closed and that is asserted again unchanged was never gone: it is opened again.
  const { changes } = connection.sql(text.reopen).run(...keyValues, ...bodyValues, n);
  if (Number(changes) === 0) connection.sql(text.insert).run(...keyValues, ...bodyValues, n, INF);
  return { opened: 1, closed: standing === undefined ? 0 : 1 };
}
