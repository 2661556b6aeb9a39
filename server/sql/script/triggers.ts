import { takeName } from './script-state.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { Step } from './steps.ts';

/** A trigger that runs a function: on which table, and whether before the row is written. */
export interface Fired {
  readonly table: string;
  readonly isBefore: boolean;
  /** Which rows it runs for. */
  readonly condition: string | null;
  /** Names that REFERENCING gives to all the changed rows. */
  readonly transitions: readonly string[];
}

/** What the head of a trigger says of the rows that its body sees. */
export interface TriggerRows {
  /** As it is written, quotes included. */
  table: string | null;
  /** The body may set columns of the new row: what it leaves there goes into the table. */
  isBefore: boolean;
  /** Names of the new row. */
  readonly news: string[];
  /** What WHEN asks. */
  condition: string | null;
}

const trigger =
  /\bcreate\s[^;]{0,60}?\btrigger\s+(?:"[^"]+"|[^\s;]+)\s+(before|after|instead\s+of)\b[^;]{0,400}?\son\s+([\w."]+)[^;]{0,400}?\bexecute\s+(?:function|procedure)\s+([\w."]+)/gi;

/** PostgreSQL: the triggers of a text by the functions that they run. */
export function triggersOf(sql: string): ReadonlyMap<string, readonly Fired[]> {
  const found = new Map<string, Fired[]>();
  if (!/\bexecute\s+(?:function|procedure)\b/i.test(sql)) return found;
  for (const [text, timing = '', table = '', name = ''] of sql.replaceAll(/--[^\n]*/g, '').matchAll(trigger)) {
    const condition = /\bwhen\s*(\(.*\))\s*execute\b/is.exec(text)?.[1] ?? null;
    const key = functionKey(name);
    const fired = found.get(key) ?? [];
    const at = fired.findIndex((item) => item.table === table);
    const before = fired[at];
    // The same function may run for several triggers of one table, each with names of its own.
    const transitions = [...(before?.transitions ?? []), ...transitionNames(text)];
    if (before === undefined) fired.push({ table, isBefore: /^before$/i.test(timing), condition, transitions });
    else fired[at] = { ...before, transitions };
    found.set(key, fired);
  }
  return found;
}

/** `REFERENCING OLD TABLE AS o NEW TABLE AS n`. */
function transitionNames(text: string): readonly string[] {
  const named = /\b(?:old|new)\s+table\s+(?:as\s+)?("[^"]+"|\w+)/gi;
  return /\breferencing\b/i.test(text)
    ? [...text.matchAll(named)].map(([, name = '']) => name.replaceAll('"', ''))
    : [];
}

/** The triggers that run a function; a schema counts where both name one. */
export function firedBy(name: string, triggers: ReadonlyMap<string, readonly Fired[]>): readonly Fired[] {
  const key = functionKey(name);
  const bare = key.slice(key.lastIndexOf('.') + 1);
  return [...triggers].flatMap(([known, fired]) => {
    const isSame = known === key || known === bare || (key === bare && known.endsWith(`.${bare}`));
    return isSame ? fired : [];
  });
}

function functionKey(name: string): string {
  return name.toLowerCase().replaceAll('"', '');
}

/** A trigger's rows have the columns of its table. */
export function changedRows(table: string): readonly Step[] {
  return [
    ...['new', 'old'].map((name): Step => rowOf(name, table)),
    // T-SQL's names for all of the changed rows.
    ...['inserted', 'deleted'].map((name): Step => rowOf(name, table, true)),
  ];
}

/** `isTable`: all of the changed rows, which stand behind FROM. */
function rowOf(name: string, table: string, isTable = false): Step {
  return { kind: 'record', name, query: `SELECT * FROM ${table}`, ...(isTable ? { isTable } : {}) };
}

/** `REFERENCING NEW AS n OLD ROW AS o NEW TABLE AS added`: other names for the changed rows. */
export function readReferencing(cursor: ScriptCursor, table: string, rows: TriggerRows): readonly Step[] {
  const steps: Step[] = [];
  while (/^(?:NEW|OLD|NEW_TABLE|OLD_TABLE|PARENT)$/.test(cursor.peek().text)) {
    const { text } = cursor.next();
    const isTable = !cursor.take('ROW') && (cursor.take('TABLE') || text.endsWith('_TABLE'));
    cursor.take('AS');
    const name = takeName(cursor);
    if (text === 'NEW' && !isTable) rows.news.push(name);
    steps.push(rowOf(name, table, isTable));
  }
  return steps;
}

/** The body of a trigger between the rows that it is given and what becomes of the new one. */
export function withRows(
  rows: readonly Step[],
  body: readonly Step[],
  { table, isBefore, news, condition }: TriggerRows,
): readonly Step[] {
  const last: Step | null = table !== null && isBefore ? { kind: 'new-row', table, names: news } : null;
  const guarded: readonly Step[] =
    condition === null ? body : [{ kind: 'branch', arms: [{ condition, body }], isWhole: false }];
  return [...rows, ...guarded, ...(last === null ? [] : [last])];
}

/** PL/pgSQL: the row that a trigger's function returns is what is written, whichever record it is. */
export function returningNew(text: string): string {
  return text.replaceAll(/\breturn\s+(?!(?:new|old|null)\b)(\w+)\s*;/gi, 'new := $1; return new;');
}

/** PL/pgSQL: the body of a trigger's function, for each table that a trigger runs it on. */
export function firedBody(fired: readonly Fired[], body: readonly Step[]): readonly Step[] {
  return fired.flatMap((item) => {
    const transitions = item.transitions.map((name) => rowOf(name, item.table, true));
    return withRows([...changedRows(item.table), ...transitions], body, { ...item, news: ['new'] });
  });
}
