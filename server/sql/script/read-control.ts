import { LooseStatement } from './statement-end.ts';
import { isQueryHere, takeName, takeStatement } from './script-state.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';

type Reader = (state: ScriptState) => boolean;

/** Words that may follow END and tell what ended. */
export const blockEnds: ReadonlySet<string> = new Set(['IF', 'LOOP', 'WHILE', 'CASE', 'REPEAT', 'FOR', 'TRY', 'CATCH']);

const transactionWords =
  /^(?:TRAN|TRANSACTION|WORK|DISTRIBUTED|ISOLATION|READ|DEFERRED|IMMEDIATE|EXCLUSIVE|CONCURRENT)$/;

/** `BEGIN` of a transaction, not of a block. */
export function opensTransaction(cursor: ScriptCursor, procedural: boolean): boolean {
  const next = cursor.peek(1);
  if (next.kind === 'end' || next.text === ';') return !procedural;
  return transactionWords.test(next.text);
}

function readBegin(state: ScriptState): boolean {
  const { cursor } = state;
  if (opensTransaction(cursor, state.procedural)) {
    takeStatement(state);
    return true;
  }
  cursor.next();
  if (cursor.is('TRY') || cursor.is('CATCH') || cursor.is('ATOMIC') || cursor.is('NOT', 'ATOMIC')) cursor.next();
  state.procedural = true;
  return true;
}

/** `END`, `END IF`, `END name;`. */
export function readEnd(state: ScriptState): boolean {
  const { cursor, dialect } = state;
  cursor.next();
  state.branches = Math.max(0, state.branches - 1);
  if (cursor.isAny(blockEnds)) cursor.next();
  const { kind } = cursor.peek();
  const isNamed = (kind === 'word' || kind === 'name') && (cursor.isSymbol(';', 1) || cursor.peek(1).kind === 'end');
  if (isNamed && !dialect.looseStatements) cursor.next();
  cursor.takeSymbol(';');
  return true;
}

/** IF, ELSIF and WHILE: the condition is taken off, what it guards counts. */
function readCondition(state: ScriptState): boolean {
  const { cursor, dialect } = state;
  if (!state.procedural && !dialect.looseStatements && !isControl(cursor)) return false;
  cursor.next();
  state.procedural = true;
  state.branches += 1;
  if (dialect.looseStatements) {
    const loose = new LooseStatement('IF');
    // `IF UPDATE(column)` asks a trigger's question and is no UPDATE.
    const isQuestion = (at: ScriptCursor): boolean => at.is('UPDATE') && at.isSymbol('(', 1);
    cursor.until((at) => (loose.endsBefore(at) && !isQuestion(at)) || at.isSymbol(';'));
    return true;
  }
  cursor.until((at) => at.is('THEN') || at.is('LOOP') || at.is('DO') || at.isSymbol(';'));
  cursor.next();
  return true;
}

/** Outside of a body, IF opens a block only where THEN follows (BigQuery, Snowflake scripts). */
function isControl(cursor: ScriptCursor): boolean {
  for (let ahead = 1; ahead < 400; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind === 'end' || text === ';') return false;
    if (kind === 'word' && (text === 'THEN' || text === 'LOOP' || text === 'DO')) return true;
  }
  return false;
}

/** WHEN of a CASE statement or of an exception handler. */
function readWhen({ cursor, procedural }: ScriptState): boolean {
  if (!procedural) return false;
  cursor.next();
  cursor.until((at) => at.is('THEN') || at.isSymbol(';'));
  cursor.next();
  return true;
}

function readCase({ cursor, procedural }: ScriptState): boolean {
  if (!procedural) return false;
  cursor.next();
  cursor.until((at) => at.is('WHEN') || at.isSymbol(';'));
  return true;
}

/** FOR over a query, a cursor, dynamic SQL, an array or a range. */
function readFor(state: ScriptState): boolean {
  const { cursor, steps } = state;
  if (!state.procedural && !isControl(cursor)) return false;
  cursor.next();
  state.procedural = true;
  state.branches += 1;
  const name = takeName(cursor);
  while (cursor.takeSymbol(',')) takeName(cursor);
  // Db2 and MySQL-like: `FOR v AS c CURSOR FOR SELECT … DO`.
  if (cursor.take('AS')) cursor.until((at) => at.is('FOR') || at.is('SELECT') || at.is('DO'));
  if (!cursor.take('IN')) cursor.take('FOR');
  cursor.take('REVERSE');
  if (cursor.take('SLICE')) cursor.next();
  if (cursor.take('EXECUTE')) {
    cursor.take('IMMEDIATE');
    steps.push(
      { kind: 'declare', names: [name] },
      { kind: 'dynamic', ...cursor.dynamic(), into: [name], isResultSet: true },
    );
    cursor.next();
    return true;
  }
  cursor.take('ARRAY');
  const isQuery = isQueryHere(cursor);
  const value = cursor.until((at) => at.is('LOOP') || at.is('DO') || at.isSymbol(';'));
  cursor.next();
  const over = /^\s*:?([\w.$]+)\s*(?:\(.*\))?\s*$/s.exec(value)?.[1];
  if (isQuery) steps.push({ kind: 'record', name, query: value });
  else if (over !== undefined) steps.push({ kind: 'record-of', name, cursor: over });
  else steps.push({ kind: 'declare', names: [name] });
  return true;
}

/** Oracle: `FORALL i IN 1 .. n INSERT …`. */
function readForAll({ cursor, procedural, steps }: ScriptState): boolean {
  if (!procedural) return false;
  cursor.next();
  steps.push({ kind: 'declare', names: [takeName(cursor)] });
  cursor.until(
    (at) =>
      at.is('INSERT') || at.is('UPDATE') || at.is('DELETE') || at.is('MERGE') || at.is('EXECUTE') || at.isSymbol(';'),
  );
  return true;
}

/** First words of control statements. */
export const controlReaders: Readonly<Record<string, Reader>> = {
  BEGIN: readBegin,
  END: readEnd,
  IF: readCondition,
  ELSIF: readCondition,
  ELSEIF: readCondition,
  WHILE: readCondition,
  ELSE: ({ cursor }) => {
    cursor.next();
    return true;
  },
  WHEN: readWhen,
  CASE: readCase,
  FOR: readFor,
  FOREACH: readFor,
  FORALL: readForAll,
};
