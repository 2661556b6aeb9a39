import { controlReaders } from './read-control.ts';
import { dynamicReaders } from './read-dynamic.ts';
import { isAssignment, readAssignment, variableReaders } from './read-variables.ts';
import { readArguments, unwrapped } from './read-arguments.ts';
import { isClientLine, isRunLine, readClientLine, readExec, skipGivenRows } from './client-lines.ts';
import { missingEnd } from './block-words.ts';
import { placeHere, setsPath } from './read-place.ts';
import { readSection } from './read-section.ts';
import { routineReaders } from './read-routines.ts';
import { ScriptCursor } from './script-cursor.ts';
import { isBatchEnd, takeName, takeStatement } from './script-state.ts';
import { transactionMark } from '../statement/ways.ts';
import { triggersOf } from './triggers.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { ScriptState } from './script-state.ts';
import type { Step } from './steps.ts';

/**
 * Takes a script apart: statements at their semicolons (or without them in T-SQL, and at GO), blocks, loops, conditions and
 * handlers of procedural SQL taken off, the bodies of procedures and functions read as scripts of their own.
 */
export function readScript(sql: string, dialect: Dialect): readonly Step[] {
  const whole = dialect.executableComments ? withExecutable(sql) : sql;
  const plain = /^[ \t]*delimiter[ \t]/im.test(whole) ? withSemicolons(whole) : whole;
  return read(plain, dialect, false, false, triggersOf(plain));
}

/**
 * MySQL and MariaDB carry out what stands in `/*! … *&#47;`, with a version before it or without: their dumps write views and
 * triggers so. Texts, names and other comments are left as they are.
 */
function withExecutable(sql: string): string {
  if (!/\/\*M?!/.test(sql)) return sql;
  const piece =
    /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|(?:--[ \t]|#)[^\n]*|\/\*(?:M?!\d*(?<code>[\s\S]*?)|[\s\S]*?)\*\//g;
  return sql.replaceAll(piece, (text, ...rest) => {
    const { code } = rest.at(-1) as { readonly code?: string };
    return code === undefined ? text : ` ${code} `;
  });
}

/** MySQL's client takes other signs than the semicolon: `DELIMITER $$`. */
function withSemicolons(sql: string): string {
  let sign = ';';
  return sql
    .split('\n')
    .map((line) => {
      const next = /^[ \t]*delimiter[ \t]+(\S+)/i.exec(line)?.[1];
      if (next !== undefined) {
        sign = next;
        return '';
      }
      return sign === ';' ? line : line.replaceAll(sign, ';');
    })
    .join('\n');
}

function read(
  sql: string,
  dialect: Dialect,
  procedural: boolean,
  declaring: boolean,
  triggers: ScriptState['triggers'],
): readonly Step[] {
  const state: ScriptState = {
    cursor: new ScriptCursor(sql, dialect),
    dialect,
    steps: [],
    procedural,
    declaring,
    handlers: [],
    open: [],
    triggers,
    readBody: (body, section) => read(body, dialect, true, section, triggers),
    readStep: () => readStep(state),
  };
  while (!state.cursor.atEnd) readStep(state);
  if (declaring && state.declaring) state.steps.push(missingEnd);
  if (state.cursor.isCut) state.steps.push({ kind: 'cut' });
  return state.steps;
}

/** How a statement's first word is read; false: it was no more than that. */
type Reader = (state: ScriptState) => boolean;

const readers: Readonly<Record<string, Reader>> = {
  ...controlReaders,
  ...dynamicReaders,
  ...routineReaders,
  ...variableReaders,
};

const skippedWords = new Set(['THEN', 'EXCEPTION', 'DO', 'TRY', 'CATCH', 'ATOMIC']);
/** Statements that only steer or report. */
const controls = new Set(
  (
    'LEAVE ITERATE BREAK NULL RAISE RAISERROR THROW PRINT CLOSE DEALLOCATE COMMIT ROLLBACK SAVE SAVEPOINT SIGNAL RESIGNAL ' +
    'ASSERT GET PRAGMA WAITFOR USE GO DELIMITER UNTIL AWAIT CANCEL'
  ).split(' '),
);

function readStep(state: ScriptState): void {
  const { cursor } = state;
  const token = cursor.peek();
  if (token.kind === 'symbol' && (token.text === ';' || token.text === '/')) {
    // Behind a block that was run another kind of statement may stand.
    if (isRunLine(cursor) && state.open.length === 0) state.procedural = false;
    cursor.next();
    return;
  }
  if (!state.procedural && isClientLine(cursor)) return readClientLine(state);
  if (readExec(state)) return;
  if (cursor.isSymbol('<<') || (cursor.isSymbol('<') && cursor.isSymbol('<', 1))) return readAngleLabel(state);
  if (state.dialect.looseStatements && isBatchEnd(cursor)) return skipBatchEnd(cursor);
  if (isLabel(state)) {
    state.steps.push({ kind: 'label', name: cursor.next().text });
    cursor.next();
    return;
  }
  if (state.declaring) return readSection(state);
  const place = placeHere(cursor);
  if (place !== null) state.steps.push(place);
  if (setsPath(cursor)) return void takeStatement(state);
  if (token.kind === 'word') {
    const reader = Object.hasOwn(readers, token.text) ? readers[token.text] : undefined;
    if (reader?.(state) === true) return;
    // A procedure may be called GET or CLOSE.
    const isCalled = state.dialect.declareSection && cursor.isSymbol('(', 1);
    if (state.procedural && controls.has(token.text) && !isCalled) {
      const sql = takeStatement(state);
      const mark = transactionMark(sql);
      if (mark !== null) state.steps.push({ kind: 'transaction', mark });
      else if (leaves.test(sql)) state.steps.push({ kind: 'leave' });
      return;
    }
    if (state.procedural && skippedWords.has(token.text)) return void cursor.next();
  }
  if (state.procedural && isAssignment(state)) return readAssignment(state);
  if (state.procedural && isBareCall(state)) return readBareCall(state);
  const sql = takeStatement(state);
  if (sql.trim() === '') cursor.next();
  else {
    state.steps.push({ kind: 'statement', sql });
    skipGivenRows(sql, state);
  }
}

/** Nothing behind it is done; RAISE of less than an error goes on. */
const leaves = /^\s*(?:throw|signal|resignal|raise(?!\s+(?:debug|log|info|notice|warning)\b))\b/i;

/** `GO`, `GO 5`. */
function skipBatchEnd(cursor: ScriptCursor): void {
  cursor.next();
  if (cursor.peek().kind === 'number' && !cursor.peek().lineStart) cursor.next();
}

/** PL/SQL calls a procedure by its name alone: `pkg.load(1);`. */
function isBareCall({ cursor, dialect }: ScriptState): boolean {
  const { kind, text } = cursor.peek();
  if (!dialect.declareSection || (kind !== 'word' && kind !== 'name') || statementWords.has(text)) return false;
  let ahead = 1;
  while (cursor.isSymbol('.', ahead)) ahead += 2;
  return cursor.isSymbol('(', ahead) || cursor.isSymbol(';', ahead);
}

const statementWords = new Set(
  'SELECT INSERT UPDATE DELETE MERGE WITH VALUES COPY UNLOAD TRUNCATE DROP CREATE ALTER'.split(' '),
);

function readBareCall({ cursor, dialect, steps }: ScriptState): void {
  const name = takeName(cursor);
  const values = readArguments(unwrapped(cursor.toSemicolon(), dialect), dialect);
  steps.push({ kind: 'call', name, values });
}

/** `name:` before a statement. */
function isLabel({ cursor, dialect, procedural }: ScriptState): boolean {
  if (cursor.peek().kind !== 'word' || !cursor.isSymbol(':', 1) || cursor.peek(1).spaced) return false;
  return procedural || dialect.looseStatements || labelled.has(cursor.peek(2).text);
}

const labelled: ReadonlySet<string> = new Set(['LOOP', 'BEGIN', 'WHILE', 'REPEAT', 'FOR']);

/** `<<name>>`. */
function readAngleLabel({ cursor, steps }: ScriptState): void {
  while (cursor.isSymbol('<') || cursor.isSymbol('<<')) cursor.next();
  steps.push({ kind: 'label', name: cursor.next().text });
  while (cursor.isSymbol('>') || cursor.isSymbol('>>')) cursor.next();
}
