import { blockEnds, opensTransaction } from './read-control.ts';
import { readParameters } from './read-declarations.ts';
import { isBatchEnd, takeName } from './script-state.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';
import type { Step } from './steps.ts';

type Reader = (state: ScriptState) => boolean;
type Routine = Extract<Step, { kind: 'routine' }>;

const routineWords = new Set(['PROCEDURE', 'PROC', 'FUNCTION', 'TRIGGER', 'PACKAGE']);
const sqlLanguages = new Set(['sql', 'plpgsql', 'plsql', 'spl', 'sqlpl', 'tsql', 'nzplsql', 'plvsql']);
const bodyStarts = /^(?:BEGIN|SELECT|RETURN|WITH|INSERT|UPDATE|DELETE|MERGE)$/;

const foreignLanguages = new Set(
  'python javascript js java scala plpython3u plpythonu plperl plperlu pltcl plv8 c r rust go internal external cpp clr lua'.split(
    ' ',
  ),
);

/** A language's name for messages: what is not known as one may be anything. */
function spokenLanguage(language: string): string {
  return foreignLanguages.has(language) ? language : 'another language';
}

function isForeign(language: string): boolean {
  return !sqlLanguages.has(language.replaceAll(/['"]/g, ''));
}

/** What CREATE or ALTER makes here, when it is something with a body; null for anything else. */
function routineAhead(cursor: ScriptCursor): Routine['what'] | null {
  for (let ahead = 1; ahead < 9; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    // MySQL: DEFINER = `user`@`host`
    if (text === '=' || kind === 'name' || text === '@' || kind === 'string') continue;
    if (kind !== 'word') return null;
    if (text === 'TRIGGER') return 'trigger';
    if (text === 'FUNCTION') return 'function';
    if (text === 'PROCEDURE' || text === 'PROC' || text === 'PACKAGE') return 'procedure';
    if (text === 'TABLE' && cursor.peek(ahead + 1).text === 'FUNCTION') continue;
    if (text === 'TABLE' || text === 'VIEW' || text === 'INDEX' || text === 'SCHEMA' || text === 'TASK') return null;
  }
  return null;
}

function readCreate(state: ScriptState): boolean {
  const what = routineAhead(state.cursor);
  if (what === null) return false;
  state.steps.push(readRoutine(state, what));
  return true;
}

function readRoutine(state: ScriptState, what: Routine['what'], known?: string): Routine {
  const { cursor, dialect } = state;
  while (!cursor.isAny(routineWords)) cursor.next();
  const isPackage = cursor.next().text === 'PACKAGE';
  cursor.take('BODY');
  cursor.take('IF', 'NOT', 'EXISTS');
  const name = known ?? takeName(cursor);
  const params: Step[] = [];
  const fires = what === 'function' ? state.triggers.get(name.toLowerCase()) : undefined;
  if (fires !== undefined) params.push(...changedRows(fires));
  let table: string | null = null;
  if (what !== 'trigger' && cursor.isSymbol('(')) params.push(...readParameters(cursor));
  else if (dialect.looseStatements && cursor.peek().text.startsWith('@')) params.push(...readParameters(cursor));
  let language = 'sql';
  for (;;) {
    const { kind, text } = cursor.peek();
    if (kind === 'end' || text === ';') {
      cursor.next();
      return { kind: 'routine', name, what, body: [] };
    }
    if (what === 'trigger' && cursor.is('ON') && table === null) {
      cursor.next();
      table = takeName(cursor);
      params.push(...changedRows(table));
    } else if (table !== null && cursor.take('REFERENCING')) params.push(...readReferencing(cursor, table));
    else if (cursor.take('EXECUTE', 'AS')) cursor.next();
    else if (cursor.take('LANGUAGE')) language = cursor.next().text.toLowerCase();
    else if (kind === 'word' && (text === 'AS' || text === 'IS') && !cursor.is('AS', 'OWNER')) {
      cursor.next();
      if (cursor.peek().kind === 'string') return readStringBody(state, name, what, params, language);
      if (!isForeign(language)) return readOpenBody(state, name, what, params, true, isPackage);
    } else if (kind === 'word' && startsBody(cursor, what) && !isForeign(language))
      return readOpenBody(state, name, what, params, false);
    else if (cursor.isSymbol('(')) cursor.until((at) => at.last?.text === ')' || at.isSymbol(';'));
    else cursor.next();
  }
}

function startsBody(cursor: ScriptCursor, what: Routine['what']): boolean {
  if (cursor.is('BEGIN') || cursor.is('RETURN') || (cursor.is('DECLARE') && what === 'trigger')) return true;
  // MySQL and SQLite: a trigger's single statement stands behind FOR EACH ROW.
  return (
    what === 'trigger' &&
    /^(?:ROW|DB2SQL|STATEMENT)$/.test(cursor.last?.text ?? '') &&
    bodyStarts.test(cursor.peek().text)
  );
}

/** `REFERENCING NEW AS n OLD ROW AS o NEW TABLE AS added`: other names for the changed rows. */
function readReferencing(cursor: ScriptCursor, table: string): readonly Step[] {
  const steps: Step[] = [];
  while (/^(?:NEW|OLD|NEW_TABLE|OLD_TABLE|PARENT)$/.test(cursor.peek().text)) {
    cursor.next();
    if (!cursor.take('ROW')) cursor.take('TABLE');
    cursor.take('AS');
    steps.push({ kind: 'record', name: takeName(cursor), query: `SELECT * FROM ${table}` });
  }
  return steps;
}

/** A trigger's rows have the columns of its table. */
function changedRows(table: string): readonly Step[] {
  return ['new', 'old', 'inserted', 'deleted'].map((name): Step => ({
    kind: 'record',
    name,
    query: `SELECT * FROM ${table}`,
  }));
}

/** `AS $$ … $$`, `AS '…'`: the language may stand before or behind. */
function readStringBody(
  state: ScriptState,
  name: string,
  what: Routine['what'],
  params: readonly Step[],
  before: string,
): Routine {
  const { cursor } = state;
  const text = cursor.next().text;
  let language = before;
  const rest = cursor.until((at) => at.isSymbol(';') || (at.is('LANGUAGE') && at.peek(1).kind !== 'end'));
  if (cursor.take('LANGUAGE')) language = cursor.next().text.toLowerCase();
  cursor.toSemicolon();
  // Hive and Spark: the name of a class.
  if (isForeign(language) || !/\s/.test(text.trim()) || /\b(?:handler|imports|packages|jar)\b/i.test(rest))
    return { kind: 'routine', name, what, body: [{ kind: 'foreign', language: spokenLanguage(language) }] };
  return { kind: 'routine', name, what, body: [...params, ...state.readBody(text, false)] };
}

/** The body stands open in the script, to its END, to GO, or to the end of the text. */
function readOpenBody(
  state: ScriptState,
  name: string,
  what: Routine['what'],
  params: readonly Step[],
  section: boolean,
  isPackage = false,
): Routine {
  const { cursor, dialect } = state;
  const from = cursor.peek().start;
  const declaring = section && dialect.declareSection && !bodyStarts.test(cursor.peek().text);
  const body = cursor.sql.slice(from, bodyEnd(state, isPackage));
  return { kind: 'routine', name, what, body: [...params, ...state.readBody(body, declaring)] };
}

/** Takes the body's pieces; gives the place behind the last of them. */
function bodyEnd({ cursor, dialect }: ScriptState, isPackage: boolean): number {
  // A package is a block of its own around its routines.
  let depth = isPackage ? 1 : 0;
  let seenBegin = isPackage;
  let end = cursor.peek().start;
  while (!cursor.atEnd) {
    const token = cursor.peek();
    if (token.kind === 'word') {
      if (dialect.looseStatements && isBatchEnd(cursor)) break;
      if (token.text === 'BEGIN' && !opensTransaction(cursor, true)) {
        depth += 1;
        seenBegin = true;
      } else if (token.text === 'CASE' || (!dialect.looseStatements && opensBlock(cursor))) depth += 1;
      else if (token.text === 'END') {
        depth -= 1;
        cursor.next();
        end = token.end;
        if (cursor.isAny(blockEnds) && !cursor.peek().lineStart) cursor.next();
        if (depth > 0 || !seenBegin || dialect.looseStatements) continue;
        const { kind } = cursor.peek();
        if ((kind === 'word' || kind === 'name') && cursor.isSymbol(';', 1)) cursor.next();
        cursor.takeSymbol(';');
        return end;
      }
    }
    const isWhole = !seenBegin && depth === 0 && !dialect.declareSection && !dialect.looseStatements;
    end = cursor.next().end;
    if (isWhole && token.text === ';') return end;
  }
  return end;
}

const beforeStatement = /^(?:;|THEN|ELSE|BEGIN|LOOP|DO|REPEAT|IS|AS|>>|>)$/;

/** `IF … THEN`, `LOOP`, `REPEAT`, `WHILE … DO` end with `END IF`, `END LOOP` and so on, which close them. */
function opensBlock(cursor: ScriptCursor): boolean {
  const { text } = cursor.peek();
  const before = cursor.last?.text ?? ';';
  if (text === 'LOOP' || text === 'REPEAT') return before !== 'END' && !cursor.isSymbol('(', 1);
  if (text === 'IF') return beforeStatement.test(before);
  if (text !== 'DO' || before === ';' || before === 'CONFLICT') return false;
  return cursor.peek(1).text !== 'UPDATE' && cursor.peek(1).text !== 'NOTHING';
}

/** Procedures inside packages, blocks and other procedures. */
export function readNestedRoutine(state: ScriptState): boolean {
  const { cursor } = state;
  if (!state.procedural && !state.declaring) return false;
  cursor.next();
  takeName(cursor);
  if (cursor.isSymbol('(')) state.steps.push(...readParameters(cursor));
  cursor.until((at) => at.isSymbol(';') || at.is('IS') || at.is('AS'));
  if (cursor.takeSymbol(';')) return true;
  cursor.next();
  state.procedural = true;
  state.declaring = true;
  return true;
}

/** PostgreSQL: `DO $$ … $$`. */
function readAnonymous(state: ScriptState): boolean {
  const { cursor, steps } = state;
  if (cursor.peek(1).kind !== 'string' && !cursor.is('DO', 'LANGUAGE')) return false;
  cursor.next();
  let language = 'plpgsql';
  if (cursor.take('LANGUAGE')) language = cursor.next().text.toLowerCase();
  const { text } = cursor.next();
  if (/\blanguage\s+(\w+)/i.test(cursor.toSemicolon())) language = 'plpgsql';
  if (isForeign(language)) steps.push({ kind: 'foreign', language: spokenLanguage(language) });
  else steps.push({ kind: 'routine', name: '', what: 'block', body: state.readBody(text, false) });
  return true;
}

/** Snowflake: `WITH p AS PROCEDURE () … AS $$ … $$ CALL p()`. Oracle, Trino: `WITH FUNCTION f … SELECT …`. */
function readWith(state: ScriptState): boolean {
  const { cursor, steps } = state;
  if (cursor.peek(2).text === 'AS' && cursor.peek(3).text === 'PROCEDURE') {
    steps.push(readRoutine(state, 'procedure', cursor.textOf(cursor.peek(1))));
    return true;
  }
  if (!/^(?:FUNCTION|PROCEDURE)$/.test(cursor.peek(1).text)) return false;
  skipFunctions(cursor);
  const rest = cursor.toSemicolon();
  steps.push({ kind: 'statement', sql: /^\s*(?:SELECT|INSERT)\b/i.test(rest) ? rest : `WITH ${rest}` });
  return true;
}

/** Functions in front of a query: to the query itself, or to the first of its CTEs. */
function skipFunctions(cursor: ScriptCursor): void {
  cursor.next();
  let depth = 0;
  while (!cursor.atEnd) {
    const { kind, text } = cursor.peek();
    if (depth === 0 && (cursor.is('SELECT') || cursor.is('INSERT'))) return;
    const isCte = (kind === 'word' || kind === 'name') && cursor.peek(1).text === 'AS' && cursor.isSymbol('(', 2);
    if (depth === 0 && isCte) return;
    if (kind === 'word' && (text === 'BEGIN' || text === 'CASE')) depth += 1;
    else if (kind === 'word' && text === 'END' && !blockEnds.has(cursor.peek(1).text)) depth -= 1;
    cursor.next();
  }
}

/** Teradata: `REPLACE PROCEDURE p …`. */
function readReplace(state: ScriptState): boolean {
  return routineWords.has(state.cursor.peek(1).text) && readCreate(state);
}

/** First words of statements that define or open a body. */
export const routineReaders: Readonly<Record<string, Reader>> = {
  CREATE: readCreate,
  ALTER: readCreate,
  REPLACE: readReplace,
  WITH: readWith,
  DO: readAnonymous,
  PROCEDURE: readNestedRoutine,
  FUNCTION: readNestedRoutine,
};
