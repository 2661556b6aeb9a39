import { bodyEnd, skipFunctions } from './body-end.ts';
import { foreign, isForeign } from './foreign-language.ts';
import { readParameters } from './read-declarations.ts';
import { setsPath, takePath } from './read-place.ts';
import { takeName } from './script-state.ts';
import { readNestedRoutine } from './read-section.ts';
import { createdType } from './record-types.ts';
import { changedRows, firedBody, firedBy, readReferencing, returningNew, withRows } from './triggers.ts';
import { typeMembers } from '../resolve/type-members.ts';
import { splitAtCommas, unwrapped } from './read-arguments.ts';
import { routineAhead } from './routines.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';
import type { TriggerRows } from './triggers.ts';
import type { Parameter, Step } from './steps.ts';

type Reader = (state: ScriptState) => boolean;
type Routine = Extract<Step, { kind: 'routine' }>;

const routineWords = new Set(['PROCEDURE', 'PROC', 'FUNCTION', 'TRIGGER', 'PACKAGE', 'MACRO', 'EVENT']);
const bodyStarts = /^(?:BEGIN|SELECT|RETURN|WITH|INSERT|UPDATE|DELETE|MERGE)$/;

/** What stands before a routine's body. */
interface Head {
  readonly name: string;
  readonly what: Routine['what'];
  parameters: readonly Parameter[];
  /** A trigger's changed rows. */
  readonly rows: Step[];
  readonly trigger: TriggerRows;
  /** Names of the columns of the table that it returns. */
  columns: readonly string[];
  /** T-SQL: the table variable that it returns. */
  returned: string | null;
  place: ReturnType<typeof takePath>;
}

function routineOf({ returned, place, ...head }: Head, inside: readonly Step[]): Routine {
  const { name, what, parameters, columns } = head;
  const last: readonly Step[] =
    returned === null ? [] : [{ kind: 'return', value: `SELECT * FROM ${returned}`, isQuery: true }];
  const routine = { kind: 'routine', name, what, parameters, columns } as const;
  if (place?.kind === 'broken') return { ...routine, body: [place, ...inside, ...last] };
  return { ...routine, place, body: [...inside, ...last] };
}

/** `RETURNS TABLE (a INT, b TEXT)`, T-SQL's `RETURNS @rows TABLE (a INT)`; any other type is left where it stands. */
function readReturns({ cursor, dialect }: ScriptState, head: Head): void {
  const isVariable = cursor.peek().text.startsWith('@') && cursor.peek(1).text === 'TABLE';
  if (isVariable) head.returned = cursor.textOf(cursor.next());
  if (cursor.is('TABLE') && cursor.isSymbol('<', 1)) {
    // BigQuery: `RETURNS TABLE<a INT64, b STRING>`.
    cursor.next();
    const type = cursor.until((at) => at.is('AS') || at.is('OPTIONS') || at.isSymbol(';'));
    head.columns = (typeMembers(`STRUCT${type.trim()}`) ?? []).map((member) => member.name);
    return;
  }
  if (!cursor.is('TABLE') || !cursor.isSymbol('(', 1)) return;
  cursor.next();
  const from = cursor.peek().start;
  head.columns = readParameters(cursor, dialect).map((column) => column.name);
  const columns = cursor.sql.slice(from, cursor.last?.end ?? from);
  if (head.returned !== null) head.rows.push({ kind: 'table-variable', name: head.returned, columns });
}

function readCreate(state: ScriptState): boolean {
  const what = routineAhead(state.cursor);
  if (what === null) {
    state.steps.push(...createdType(state));
    return false;
  }
  state.steps.push(readRoutine(state, what));
  return true;
}

function readRoutine(state: ScriptState, what: Routine['what'], known?: string): Routine {
  const { cursor, dialect } = state;
  while (!cursor.isAny(routineWords)) cursor.next();
  const { text: made } = cursor.next();
  const isPackage = made === 'PACKAGE';
  cursor.take('BODY');
  cursor.take('IF', 'NOT', 'EXISTS');
  const trigger: TriggerRows = { table: null, isBefore: false, news: ['new'], condition: null };
  const name = known ?? takeName(cursor);
  const head: Head = { name, what, parameters: [], rows: [], trigger, columns: [], returned: null, place: null };
  if (what !== 'trigger' && cursor.isSymbol('(')) head.parameters = readParameters(cursor, dialect);
  else if (dialect.looseStatements && cursor.peek().text.startsWith('@'))
    head.parameters = readParameters(cursor, dialect);
  let language = 'sql';
  for (;;) {
    const { kind, text } = cursor.peek();
    if (kind === 'end' || text === ';') {
      cursor.next();
      return routineOf(head, language === 'sql' ? [] : foreign(language));
    }
    if (what === 'trigger' && cursor.take('BEFORE')) trigger.isBefore = true;
    else if (what === 'trigger' && cursor.is('ON') && trigger.table === null) {
      cursor.next();
      trigger.table = takeWritten(cursor);
      head.rows.push(...changedRows(trigger.table));
    } else if (trigger.table !== null && cursor.take('REFERENCING'))
      head.rows.push(...readReferencing(cursor, trigger.table, trigger));
    else if (trigger.table !== null && cursor.take('WHEN')) trigger.condition = takeCondition(cursor);
    else if (trigger.table !== null && cursor.isSymbol('(') && isChange.test(cursor.peek(1).text))
      return readListBody(state, head);
    else if (what === 'trigger' && cursor.take('COMPOUND', 'TRIGGER')) {
      // Oracle: one of its sections may run before each row.
      trigger.isBefore = true;
      return readOpenBody(state, head, true, true);
    } else if (cursor.take('RETURNS')) readReturns(state, head);
    else if (setsPath(cursor)) head.place = takePath(cursor);
    else if (cursor.take('EXECUTE', 'AS')) cursor.next();
    else if (cursor.take('LANGUAGE')) language = cursor.next().text.toLowerCase();
    else if (kind === 'word' && (text === 'AS' || text === 'IS') && !cursor.is('AS', 'OWNER')) {
      cursor.next();
      // DuckDB: a macro that gives rows.
      if (made === 'MACRO') cursor.take('TABLE');
      if (made === 'MACRO' && cursor.isSymbol('(') && isChange.test(cursor.peek(1).text))
        return readListBody(state, head);
      if (cursor.peek().kind === 'string') return readStringBody(state, head, language);
      if (!isForeign(language)) {
        if (what === 'function' && isExpressionHere(state)) return readExpressionBody(state, head);
        // Oracle: `IS LANGUAGE JAVA NAME '…'`.
        if (cursor.is('LANGUAGE') || cursor.is('EXTERNAL')) {
          cursor.toSemicolon();
          return routineOf(head, foreign(''));
        }
        return readOpenBody(state, head, true, isPackage);
      }
    } else if (kind === 'word' && startsBody(state, what) && !isForeign(language))
      return readOpenBody(state, head, false);
    else if (cursor.isSymbol('(')) cursor.parens();
    else cursor.next();
  }
}

function startsBody({ cursor, dialect }: ScriptState, what: Routine['what']): boolean {
  // Oracle: RETURN names the type; elsewhere it is the body.
  const isReturn = cursor.is('RETURN') && (!dialect.declareSection || dialect.dollarQuotes);
  if (cursor.is('BEGIN') || isReturn || (cursor.is('DECLARE') && what === 'trigger')) return true;
  // MySQL: an event's single statement.
  if (cursor.last?.text === 'DO' && dialect.conflictSeesSources) return bodyStarts.test(cursor.peek().text);
  // MySQL and SQLite: a trigger's single statement stands behind FOR EACH ROW.
  return (
    what === 'trigger' &&
    /^(?:ROW|DB2SQL|STATEMENT|\))$/.test(cursor.last?.text ?? '') &&
    (bodyStarts.test(cursor.peek().text) || /^(?:SET|IF|CALL|REPLACE)$/.test(cursor.peek().text))
  );
}

/** `WHEN (condition)`; SQLite's stands without parentheses. */
function takeCondition(cursor: ScriptCursor): string {
  return cursor.isSymbol('(') ? cursor.parens() : cursor.until((at) => at.is('BEGIN') || at.isSymbol(';'));
}

/** A name as it is written. */
function takeWritten(cursor: ScriptCursor): string {
  const { start } = cursor.peek();
  takeName(cursor);
  return cursor.sql.slice(start, cursor.last?.end ?? start);
}

/** `AS $$ … $$`, `AS '…'`: the language may stand before or behind. */
function readStringBody(state: ScriptState, head: Head, before: string): Routine {
  const { cursor } = state;
  const { text } = cursor.next();
  let language = before;
  let rest = '';
  for (;;) {
    rest += cursor.until((at) => at.isSymbol(';') || setsPath(at) || (at.is('LANGUAGE') && at.peek(1).kind !== 'end'));
    if (cursor.take('LANGUAGE')) language = cursor.next().text.toLowerCase();
    else if (setsPath(cursor)) head.place = takePath(cursor);
    else break;
  }
  cursor.toSemicolon();
  const isCode = /\b(?:handler|imports|packages|jar)\b/i.test(rest);
  const isExpression = head.what === 'function' && !isStatement.test(text);
  // Hive and Spark: the name of a class.
  if (isForeign(language) || isCode || (!isExpression && !/\s/.test(text.trim())) || /^[\w.]+\.\w+$/.test(text.trim()))
    return routineOf(head, foreign(language));
  if (isExpression) return routineOf(head, [{ kind: 'return', value: text.replace(/[;\s]+$/, ''), isQuery: false }]);
  const fired = head.what === 'function' ? firedBy(head.name, state.triggers) : [];
  if (fired.length > 0) return routineOf(head, firedBody(fired, state.readBody(returningNew(text), false)));
  return routineOf(head, [...head.rows, ...state.readBody(text, false)]);
}

const isStatement =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:BEGIN|DECLARE|SELECT|WITH|RETURN|INSERT|UPDATE|DELETE|MERGE|CALL|VALUES|<<|\()/i;

/** A function's body that is one value: BigQuery's `AS (value)`, ClickHouse's `AS (x) -> value`, DuckDB's `AS value`. */
function isExpressionHere({ cursor, dialect }: ScriptState): boolean {
  if (dialect.declareSection || dialect.looseStatements) return false;
  let ahead = 0;
  while (cursor.isSymbol('(', ahead)) ahead += 1;
  const { kind, text } = cursor.peek(ahead);
  return kind !== 'word' || !notExpression.test(text);
}

const notExpression =
  /^(?:BEGIN|DECLARE|SELECT|WITH|RETURN|INSERT|UPDATE|DELETE|MERGE|TABLE|IS|LANGUAGE|EXTERNAL|PROCEDURE|FUNCTION|CALL)$/;

function readExpressionBody(state: ScriptState, head: Head): Routine {
  const { cursor, dialect } = state;
  const text = cursor.until((at) => at.isSymbol(';') || at.is('OPTIONS'));
  cursor.toSemicolon();
  const [, several, single, value] = /^\s*(?:\(([\w\s,]*)\)|(\w+))\s*->(.*)$/s.exec(text) ?? [];
  if (value !== undefined && head.parameters.length === 0)
    head.parameters = splitAtCommas(several ?? single ?? '', dialect).map((name) => ({
      name,
      type: '',
      isOut: false,
      byDefault: null,
    }));
  return routineOf(head, [{ kind: 'return', value: value ?? text, isQuery: false }]);
}

const isChange = /^(?:INSERT|UPDATE|DELETE|MERGE|EXEC|EXECUTE|INS|UPD|DEL|CALL|SET)$/;

/** Teradata: the statements of a macro, and of a trigger, stand in parentheses. */
function readListBody(state: ScriptState, head: Head): Routine {
  const { cursor, dialect } = state;
  const text = cursor.parens();
  cursor.toSemicolon();
  const body = withRows(head.rows, state.readBody(unwrapped(text, dialect), false), head.trigger);
  return routineOf(head.what === 'trigger' ? head : { ...head, what: 'procedure' }, body);
}

/** The body stands open in the script, to its END, to GO, or to the end of the text. */
function readOpenBody(state: ScriptState, head: Head, section: boolean, isPackage = false): Routine {
  const { cursor, dialect } = state;
  const from = cursor.peek().start;
  const declaring = section && dialect.declareSection && !bodyStarts.test(cursor.peek().text);
  const body = cursor.sql.slice(from, bodyEnd(state, isPackage));
  return routineOf(head, withRows(head.rows, state.readBody(body, declaring), head.trigger));
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
  if (isForeign(language)) steps.push(...foreign(language));
  else
    steps.push({
      kind: 'routine',
      name: '',
      what: 'block',
      parameters: [],
      columns: [],
      body: state.readBody(text, false),
    });
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
  const from = cursor.peek(1).start;
  skipFunctions(cursor);
  const functions = cursor.sql.slice(from, cursor.peek().start).replace(/[\s,]+$/, '');
  steps.push(...state.readBody(`CREATE ${functions}`, false));
  const rest = cursor.toSemicolon();
  steps.push({ kind: 'statement', sql: /^\s*(?:SELECT|INSERT)\b/i.test(rest) ? rest : `WITH ${rest}` });
  return true;
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
