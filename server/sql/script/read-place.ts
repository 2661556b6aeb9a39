import type { ScriptCursor } from './script-cursor.ts';
import type { Step } from './steps.ts';

type Use = Extract<Step, { kind: 'use' }>;

/** Where names without their first parts are looked up from here on, when a statement that says so begins here; it is not taken. */
export function placeHere(cursor: ScriptCursor): Use | Extract<Step, { kind: 'broken' }> | null {
  const { kind, text } = cursor.peek();
  if (kind !== 'word') return null;
  if (text === 'COMMIT' || text === 'ABORT' || (text === 'ROLLBACK' && !isToSavepoint(cursor)))
    return { ...whence, isEnd: true };
  if (text === 'SELECT' || text === 'PERFORM') return configured(cursor);
  if (text === 'USE') return used(cursor);
  if (text === 'DATABASE') return toDatabase(cursor, 1, true);
  if (text === 'OPEN' && cursor.peek(1).text === 'SCHEMA') return toSchema(cursor, 2);
  if (text === 'CLOSE' && cursor.peek(1).text === 'SCHEMA') return whence;
  if (text === 'RESET' && cursor.peek(1).text === 'SEARCH_PATH') return whence;
  if (text === 'ALTER' && cursor.is('ALTER', 'SESSION', 'SET', 'CURRENT_SCHEMA')) return toSchema(cursor, 4);
  return text === 'SET' ? set(cursor) : null;
}

/** `ROLLBACK [WORK | TRANSACTION] TO s`. */
function isToSavepoint(cursor: ScriptCursor): boolean {
  return cursor.peek(1).text === 'TO' || cursor.peek(2).text === 'TO';
}

/** True for `SET search_path = a, b`, which is no variable. */
export function setsPath(cursor: ScriptCursor): boolean {
  return cursor.is('SET', 'SEARCH_PATH');
}

/** PostgreSQL: `SET search_path = a, b` among a routine's options holds while it runs; its first words are taken. Null: as before. */
export function takePath(cursor: ScriptCursor): ReturnType<typeof placeHere> {
  const isAsBefore = cursor.peek(2).text === 'FROM';
  const place = isAsBefore ? null : placeHere(cursor);
  for (let word = 0; word < 2; word++) cursor.next();
  return place;
}

/** PostgreSQL: `SELECT set_config('search_path', 'a, b', false)`; true: for the transaction alone. */
function configured(cursor: ScriptCursor): ReturnType<typeof placeHere> {
  const at = cursor.isSymbol('.', 2) ? 3 : 1;
  const isCalled = cursor.peek(at).text === 'SET_CONFIG' && cursor.isSymbol('(', at + 1);
  const setting = cursor.peek(at + 2);
  if (!isCalled || setting.kind !== 'string' || setting.text.toLowerCase() !== 'search_path') return null;
  const value = cursor.peek(at + 4);
  if (value.kind !== 'string' || !cursor.isSymbol(',', at + 5)) return untold;
  const names = value.text.split(',').map((name) => name.trim().replaceAll(/^"|"$/g, ''));
  return alongPath(names, cursor.peek(at + 6).text === 'TRUE');
}

/** Back to what was asked for. */
const whence: Use = { kind: 'use', database: null, schema: null, bare: null };
const untold = {
  kind: 'broken',
  what: 'a schema or database is chosen by a value: names behind it are taken as before',
} as const;

/** `USE a`, `USE a.b`, `USE DATABASE a`, `USE SCHEMA b`, `USE CATALOG c`; `USE ROLE r` and `USE WAREHOUSE w` choose neither. */
function used(cursor: ScriptCursor): ReturnType<typeof placeHere> {
  const { text } = cursor.peek(1);
  const isNamed = cursor.peek(2).kind === 'word' || cursor.peek(2).kind === 'name';
  if (isNamed && /^(?:ROLE|WAREHOUSE|SECONDARY)$/u.test(text)) return null;
  if (isNamed && /^(?:DATABASE|CATALOG)$/u.test(text)) return toDatabase(cursor, 2, false);
  if (isNamed && /^(?:SCHEMA|NAMESPACE)$/u.test(text)) return toSchema(cursor, 2);
  const [first, second] = partsAt(cursor, 1);
  if (first === undefined || cursor.isSymbol('(', 2)) return untold;
  if (second !== undefined) return { kind: 'use', database: first, schema: second, bare: null };
  return { kind: 'use', database: null, schema: null, bare: first };
}

function toDatabase(cursor: ScriptCursor, at: number, mustEnd: boolean): ReturnType<typeof placeHere> {
  const [database] = partsAt(cursor, at);
  if (mustEnd && !cursor.isSymbol(';', at + 1) && cursor.peek(at + 1).kind !== 'end') return null;
  return database === undefined ? untold : { kind: 'use', database, schema: null, bare: null };
}

function toSchema(cursor: ScriptCursor, from: number): ReturnType<typeof placeHere> {
  const at = cursor.isSymbol('=', from) ? from + 1 : from;
  const [first, second] = partsAt(cursor, at);
  if (first === undefined) return untold;
  if (second === undefined) return { kind: 'use', database: null, schema: first, bare: null };
  return { kind: 'use', database: first, schema: second, bare: null };
}

/** What SET has for it, by dialect: SCHEMA, CURRENT SCHEMA, CATALOG, SESSION DATABASE, search_path, BigQuery's `@@dataset_id`. */
function set(cursor: ScriptCursor): ReturnType<typeof placeHere> {
  const scope = /^(?:SESSION|LOCAL|CURRENT)$/u.test(cursor.peek(1).text) ? 1 : 0;
  const [what, at] = [cursor.peek(1 + scope).text, 2 + scope];
  const isEqual = cursor.isSymbol('=', at);
  if (what === 'SEARCH_PATH')
    return searched(cursor, isEqual || cursor.peek(at).text === 'TO' ? at + 1 : at, cursor.peek(1).text === 'LOCAL');
  if (what === '@@DATASET_ID' && isEqual) return toSchema(cursor, at);
  if (what === '@@DATASET_PROJECT_ID' && isEqual) return toDatabase(cursor, at + 1, false);
  if (what === 'CURRENT_SCHEMA') return toSchema(cursor, at);
  // A variable may bear the name: `SET schema = …` is one where no name follows.
  if (what === 'SCHEMA') return partsAt(cursor, isEqual ? at + 1 : at).length === 0 ? null : toSchema(cursor, at);
  if (what === 'CATALOG' || (what === 'DATABASE' && scope === 1)) return toDatabase(cursor, at, false);
  return null;
}

/** The schemas that SET names, one after the other. */
function searched(cursor: ScriptCursor, from: number, isLocal: boolean): ReturnType<typeof placeHere> {
  const names: string[] = [];
  for (let at = from; ; at += 2) {
    const [name] = partsAt(cursor, at);
    if (name === undefined) return untold;
    names.push(name);
    if (!cursor.isSymbol(',', at + 1)) return alongPath(names, isLocal);
  }
}

/** The user's own, the one that everybody has, and the one of temporary tables. */
const systemSchemas = new Set(['$user', 'pg_catalog', 'pg_temp']);

/** A path of schemas, but for those and, in dumps, the one of no name. */
function alongPath(names: readonly string[], isLocal: boolean): Use {
  const [first, ...others] = names.filter((name) => name !== '' && !systemSchemas.has(name));
  const how = isLocal ? { isLocal } : {};
  if (first === undefined || first.toUpperCase() === 'DEFAULT') return { ...whence, ...how };
  return { kind: 'use', database: null, schema: first, bare: null, path: [first, ...others], ...how };
}

/** The parts of a name that stands at a place, or of a text that is one; none where a value does. */
function partsAt(cursor: ScriptCursor, from: number): readonly string[] {
  const parts: string[] = [];
  for (let at = from; ; at += 2) {
    const token = cursor.peek(at);
    if (token.kind === 'string') return token.text.split('.');
    if (token.kind !== 'name' && (token.kind !== 'word' || /^[@#:]/u.test(token.text))) return parts;
    parts.push(cursor.textOf(token));
    if (!cursor.isSymbol('.', at + 1)) return parts;
  }
}
