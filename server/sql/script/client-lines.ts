import type { Dialect } from '../dialect/dialect.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';

/**
 * Commands of SQL*Plus, as short as they may be written and in full (SQL*Plus User's Guide and Reference, "SQL*Plus Command
 * Summary"), without those of one letter. They end with their line, or go on behind a hyphen.
 */
const sqlPlus: readonly (readonly [shortest: string, full: string])[] = (
  'ACC:ACCEPT ARCHIVE:ARCHIVE ATTR:ATTRIBUTE BRE:BREAK BTI:BTITLE CL:CLEAR COL:COLUMN COMP:COMPUTE CONN:CONNECT DEF:DEFINE DEL:DEL ' +
  'DESC:DESCRIBE DISC:DISCONNECT ED:EDIT EXIT:EXIT QUIT:QUIT GET:GET HELP:HELP HIST:HISTORY HO:HOST PASSW:PASSWORD PAU:PAUSE PRI:PRINT ' +
  'PRO:PROMPT RECOVER:RECOVER REM:REMARK REPF:REPFOOTER REPH:REPHEADER RUN:RUN SAV:SAVE SET:SET SHO:SHOW SHUTDOWN:SHUTDOWN SPO:SPOOL ' +
  'STA:START STARTUP:STARTUP STORE:STORE TIMI:TIMING TTI:TTITLE UNDEF:UNDEFINE VAR:VARIABLE WHENEVER:WHENEVER'
)
  .split(' ')
  .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)] as const);

/** What SET says to the database and not to the client. */
const ofDatabase = /^(?:TRANSACTION|ROLE|CONSTRAINTS?)$/;

/** A line for the client and not for the database begins with the piece that stands here. */
export function isClientLine(cursor: ScriptCursor): boolean {
  const { kind, text, lineStart } = cursor.peek();
  const { clientSigns, clientWords } = cursor.dialect;
  if (!lineStart) return false;
  if (kind === 'symbol') return clientSigns.has(text);
  if (kind !== 'word' || !clientWords) return false;
  if (text.startsWith('@')) return true;
  if (!sqlPlus.some(([shortest, full]) => text.startsWith(shortest) && full.startsWith(text))) return false;
  return text !== 'SET' || !ofDatabase.test(cursor.peek(1).text);
}

/** Leaves such a line, but for what it does to tables: psql's `\copy`. */
export function readClientLine(state: ScriptState): void {
  const line = state.cursor.takeLine();
  const copied = /^\\(copy\b.*)$/is.exec(line)?.[1];
  if (copied !== undefined) state.steps.push({ kind: 'statement', sql: copied.replace(/;\s*$/, '') });
}

/** SQL*Plus: `EXEC pkg.load(1)` is the block `BEGIN pkg.load(1); END;`, on one line. */
export function readExec(state: ScriptState): boolean {
  const { cursor } = state;
  if (!cursor.dialect.clientWords || state.procedural || !cursor.peek().lineStart) return false;
  if (!/^EXEC(?:UTE)?$/.test(cursor.peek().text) || cursor.peek(1).text === 'IMMEDIATE') return false;
  const call = cursor.takeLine().replace(/^\w+\s*/, '');
  state.steps.push(...state.readBody(call.trimEnd().endsWith(';') ? call : `${call};`, false));
  return true;
}

/** A slash alone on its line ends a statement, and runs it (SQL*Plus). */
export function isRunLine(cursor: ScriptCursor): boolean {
  if (!cursor.dialect.clientWords || !cursor.isSymbol('/') || !cursor.peek().lineStart) return false;
  const next = cursor.peek(1);
  return next.lineStart || next.kind === 'end';
}

/** psql and its dumps: behind `COPY … FROM STDIN` the rows themselves follow, up to a line `\.`. */
export function skipGivenRows(
  sql: string,
  { cursor, dialect }: { readonly cursor: ScriptCursor; readonly dialect: Dialect },
): void {
  if (!dialect.clientSigns.has('\\') || !/^\s*copy\b[^;]*\bfrom\s+stdin\b/i.test(sql)) return;
  const end = /^\\\.[ \t]*\r?$/gmu;
  end.lastIndex = cursor.last?.end ?? 0;
  if (end.test(cursor.sql)) cursor.jump(end.lastIndex);
}
