import { collect } from './read-block.ts';
import { isCursorAhead, readDeclaration, readTransactDeclare } from './read-declarations.ts';
import { readDeclarations } from './read-section.ts';
import { takeStatement, takeValue } from './script-state.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';

type Reader = (state: ScriptState) => boolean;

function assign(state: ScriptState, names: readonly string[], value: string): void {
  state.steps.push({ kind: 'assign', names, value });
}

function readDeclare(state: ScriptState): boolean {
  const { cursor, dialect, steps } = state;
  cursor.next();
  if (cursor.is('GLOBAL', 'TEMPORARY')) {
    // Db2: a temporary table for the session.
    steps.push({ kind: 'statement', sql: `CREATE ${cursor.toSemicolon()}` });
    return true;
  }
  if (dialect.looseStatements) {
    steps.push(...readTransactDeclare(cursor, () => takeStatement(state)));
    return true;
  }
  if (dialect.declareSection && !state.procedural && isPlainCursor(cursor)) {
    steps.push(...readDeclaration(cursor, dialect));
    return true;
  }
  state.procedural = true;
  if (dialect.declareSection) {
    steps.push({ kind: 'block', body: readDeclarations(state), handlers: [], isScope: true });
    return true;
  }
  if ((cursor.is('CONTINUE') || cursor.is('EXIT') || cursor.is('UNDO')) && cursor.peek(1).text === 'HANDLER') {
    readHandler(state);
    return true;
  }
  steps.push(...readDeclaration(cursor, dialect));
  return true;
}

/** PostgreSQL outside of routines: `DECLARE c CURSOR FOR SELECT …;`, behind which other statements stand and no block. */
function isPlainCursor(cursor: ScriptCursor): boolean {
  if (!isCursorAhead(cursor, 1)) return false;
  for (let ahead = 2; ahead < 400; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind === 'end') return true;
    if (text === ';') return cursor.peek(ahead + 1).kind === 'end' || afterCursor.has(cursor.peek(ahead + 1).text);
  }
  return false;
}

const afterCursor: ReadonlySet<string> = new Set(
  'FETCH MOVE CLOSE SELECT INSERT UPDATE DELETE MERGE WITH CREATE DROP COMMIT ROLLBACK END DO'.split(' '),
);

/** MySQL: `DECLARE CONTINUE HANDLER FOR NOT FOUND, SQLEXCEPTION statement`: it may run anywhere in its block. */
function readHandler(state: ScriptState): void {
  const { cursor, steps } = state;
  const goesOn = cursor.is('CONTINUE');
  const condition = cursor.until((at) => at.isAny(handled) || at.isSymbol(';'));
  if (cursor.isSymbol(';') || cursor.atEnd) return;
  if (goesOn && mayFail(condition)) steps.push({ kind: 'goes-on' });
  const body = collect(state, () => {
    if (!cursor.atEnd) state.readStep();
  });
  state.handlers.push(body);
  // What it sets is seen by what comes after.
  if (goesOn) steps.push({ kind: 'branch', arms: [{ condition: null, body }], isWhole: false });
}

/** It is for more than rows that are not found (SQLSTATE 02…) and warnings (01…). */
function mayFail(condition: string): boolean {
  const [, conditions = ''] = /\bfor\b(.*)$/is.exec(condition) ?? [];
  return conditions
    .split(',')
    .some((item) => !/^\s*(?:not\s+found|sqlwarning|sqlstate\s+(?:value\s+)?'0[12]\w*')\s*$/i.test(item));
}

const handled: ReadonlySet<string> = new Set(
  'BEGIN SET INSERT UPDATE DELETE REPLACE SELECT CALL ROLLBACK COMMIT RESIGNAL SIGNAL LEAVE ITERATE CLOSE IF'.split(
    ' ',
  ),
);

/** Snowflake: `LET x NUMBER := 1`, `LET c CURSOR FOR SELECT …`, `LET rs RESULTSET := (SELECT …)`. */
function readLet(state: ScriptState): boolean {
  state.cursor.next();
  state.procedural = true;
  state.steps.push(...readDeclaration(state.cursor, state.dialect));
  return true;
}

/** `name := value`, `record.member := value`, `list(i).member := value`, PL/pgSQL's `name = value` ("=" can be used instead of PL/SQL-compliant ":="). */
export function isAssignment({ cursor, dialect }: ScriptState): boolean {
  const { kind } = cursor.peek();
  if (kind !== 'word' && kind !== 'name' && !cursor.isSymbol(':')) return false;
  for (let ahead = cursor.isSymbol(':') ? 2 : 1; ahead < 12; ahead++) {
    if (dialect.declareSection && cursor.isSymbol('(', ahead)) ahead = behindParens(cursor, ahead);
    const { text, kind: next } = cursor.peek(ahead);
    if (text === ':=') return true;
    if (text === '=' && dialect.declareSection) return true;
    if (next === 'end' || text === ';' || text === '(') return false;
    if (text !== '.' && text !== '[' && text !== ']' && next !== 'word' && next !== 'name' && next !== 'number')
      return false;
    if (next === 'word' && cursor.peek(ahead - 1).kind === 'word') return false;
  }
  return false;
}

/** The place behind the parentheses that open at a place. */
function behindParens(cursor: ScriptCursor, from: number): number {
  let depth = 0;
  for (let ahead = from; ahead < from + 100; ahead++) {
    if (cursor.isSymbol('(', ahead)) depth += 1;
    if (cursor.isSymbol(')', ahead)) depth -= 1;
    if (depth === 0) return ahead + 1;
    if (cursor.peek(ahead).kind === 'end') break;
  }
  return from;
}

/** Reads what {@link isAssignment} saw. */
export function readAssignment(state: ScriptState): void {
  const { cursor } = state;
  const name = cursor.until((at) => at.isSymbol(':=') || at.isSymbol('='));
  cursor.next();
  assign(state, [name.trim().replace(/^:/, '')], cursor.toSemicolon());
}

/** SET of variables; of options nothing is known. */
function readSet(state: ScriptState): boolean {
  const { cursor, dialect } = state;
  // Databricks: `SET VAR name = value`.
  const isWord =
    /^(?:VAR|VARIABLE)$/.test(cursor.peek(1).text) && !cursor.isSymbol('=', 2) && cursor.peek(1).kind === 'word';
  if (isWord) cursor.next();
  const next = cursor.peek(1);
  if (cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.next();
    const names = cursor
      .until((at) => at.isSymbol(')'))
      .split(',')
      .map((name) => name.trim());
    cursor.next();
    cursor.next();
    assign(state, names, takeValue(state));
    return true;
  }
  const isVariable =
    next.kind === 'word' && (next.text.startsWith('@') || cursor.isSymbol('=', 2) || cursor.isSymbol(':=', 2));
  if (!isVariable && !isMember(state)) {
    const count = dialect.looseStatements ? /^\s*set\s+rowcount\s+(\S+)/i.exec(takeStatement(state))?.[1] : undefined;
    if (count !== undefined) state.steps.push({ kind: 'row-count', isLimited: count !== '0' });
    else if (!dialect.looseStatements) takeStatement(state);
    return true;
  }
  cursor.next();
  do {
    if (cursor.is('GLOBAL') || cursor.is('SESSION') || cursor.is('LOCAL')) cursor.next();
    const name = takeMember(cursor);
    // `SET @a += 1`: the old value stays in it.
    let operator = '';
    while (!cursor.atEnd && /^[-+*/%.]$/.test(cursor.peek().text)) operator = cursor.next().text;
    if (!cursor.takeSymbol('=') && !cursor.takeSymbol(':=')) {
      takeStatement(state);
      return true;
    }
    const value = dialect.looseStatements
      ? takeValue(state)
      : cursor.until((at) => at.isSymbol(';') || at.isSymbol(','));
    const query = /^\s*CURSOR\b.*?\bFOR\b(.*)$/is.exec(value)?.[1];
    if (query !== undefined && dialect.looseStatements) {
      state.steps.push({ kind: 'record', name, query });
      continue;
    }
    assign(state, [name], operator === '' ? value : `${name} ${operator} ${value}`);
  } while (cursor.takeSymbol(','));
  cursor.takeSymbol(';');
  return true;
}

/** `SET NEW.name = value` in a body; outside of one it is an option. */
function isMember({ cursor, dialect, procedural }: ScriptState): boolean {
  if (!procedural || dialect.declareSection || dialect.looseStatements) return false;
  const sign = cursor.peek(4).text;
  return cursor.isSymbol('.', 2) && (sign === '=' || sign === ':=');
}

/** A variable, or a record's member. */
function takeMember(cursor: ScriptCursor): string {
  let name = cursor.textOf(cursor.next());
  while (cursor.takeSymbol('.')) name += `.${cursor.textOf(cursor.next())}`;
  return name;
}

/** First words of statements about variables. */
export const variableReaders: Readonly<Record<string, Reader>> = {
  DECLARE: readDeclare,
  LET: readLet,
  SET: readSet,
};
