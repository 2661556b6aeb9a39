import { isControl, isQueryHere, takeName } from './script-state.ts';
import { collect, toEnd } from './read-block.ts';
import { readArguments, unwrapped } from './read-arguments.ts';
import { takeDynamic } from './take-dynamic.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';
import type { Step } from './steps.ts';

const isBody = (at: ScriptCursor): boolean => at.is('LOOP') || at.is('DO') || at.isSymbol(';');

/** FOR over a query, a cursor, dynamic SQL, an array or a range. */
export function readFor(state: ScriptState): boolean {
  const { cursor } = state;
  if (!state.procedural && !isControl(cursor)) return false;
  cursor.next();
  state.procedural = true;
  const names = [takeName(cursor)];
  while (cursor.takeSymbol(',')) names.push(takeName(cursor));
  // Db2 and MySQL-like: `FOR v AS c CURSOR FOR SELECT … DO`.
  if (cursor.take('AS')) cursor.until((at) => at.is('FOR') || at.is('SELECT') || at.is('DO'));
  if (!cursor.take('IN')) cursor.take('FOR');
  cursor.take('REVERSE');
  if (cursor.take('SLICE')) cursor.next();
  const head = collect(state, () => {
    readSource(state, names);
  });
  cursor.next();
  const over = names.length === 1 ? (names[0] ?? null) : null;
  const [first] = head;
  // Every turn begins with a row of its own.
  const again: readonly Step[] =
    first?.kind === 'record' ? [{ kind: 'record-of', name: first.name, cursor: first.name }] : [];
  const loop: Step = { kind: 'loop', condition: null, over, body: [...again, ...toEnd(state, 'FOR')] };
  state.steps.push({ kind: 'block', body: [...head, loop], handlers: [], isScope: names.length === 1 });
  return true;
}

/** What the loop goes through, up to LOOP or DO. */
function readSource(state: ScriptState, names: readonly string[]): void {
  const { cursor, dialect, steps } = state;
  const [name = ''] = names;
  if (cursor.take('EXECUTE')) {
    cursor.take('IMMEDIATE');
    steps.push({ kind: 'dynamic', ...takeDynamic(cursor), into: names, isResultSet: names.length === 1 });
    return;
  }
  cursor.take('ARRAY');
  const isQuery = isQueryHere(cursor);
  const value = cursor.until(isBody);
  const [, over, given] = /^\s*:?([\w.$]+)\s*(\(.*\))?\s*$/s.exec(value) ?? [];
  if (isQuery && names.length > 1) steps.push({ kind: 'assign', names, value: `(${value})` });
  else if (isQuery) steps.push({ kind: 'record', name, query: value });
  else if (over !== undefined) {
    const values = given === undefined ? [] : readArguments(unwrapped(given, dialect), dialect);
    steps.push({ kind: 'record-of', name, cursor: over, values });
  } else steps.push({ kind: 'declare', names: [name] });
}

/** Oracle: `FORALL i IN 1 .. n INSERT …`. */
export function readForAll({ cursor, procedural, steps }: ScriptState): boolean {
  if (!procedural) return false;
  cursor.next();
  steps.push({ kind: 'declare', names: [takeName(cursor)] });
  cursor.until(
    (at) =>
      at.is('INSERT') || at.is('UPDATE') || at.is('DELETE') || at.is('MERGE') || at.is('EXECUTE') || at.isSymbol(';'),
  );
  return true;
}
