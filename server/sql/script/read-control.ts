import { LooseStatement } from './statement-end.ts';
import { blockWords } from './block-words.ts';
import { collect, opened, stepsUntil, takeEnd, toEnd } from './read-block.ts';
import { readFor, readForAll } from './read-for.ts';
import { isControl, takeStatement } from './script-state.ts';
import type { Arm, Step } from './steps.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';

type Reader = (state: ScriptState) => boolean;

const transactionWords =
  /^(?:TRAN|TRANSACTION|WORK|STATEMENT|DISTRIBUTED|ISOLATION|READ|DEFERRED|IMMEDIATE|EXCLUSIVE|CONCURRENT)$/;

/** `BEGIN` of a transaction, or of a set of statements (Flink: `BEGIN STATEMENT SET;`), not of a block. */
export function opensTransaction(cursor: ScriptCursor, procedural: boolean): boolean {
  const next = cursor.peek(1);
  if (next.kind === 'end' || next.text === ';') return !procedural;
  return transactionWords.test(next.text);
}

/** BEGIN … EXCEPTION WHEN … END, T-SQL's BEGIN TRY … END TRY BEGIN CATCH … END CATCH. */
export function readBegin(state: ScriptState): boolean {
  const { cursor, dialect } = state;
  if (opensTransaction(cursor, state.procedural)) {
    const isSet = cursor.peek(1).text === 'STATEMENT';
    takeStatement(state);
    if (!isSet) state.steps.push({ kind: 'transaction', mark: 'begin' });
    return true;
  }
  cursor.next();
  const word = cursor.is('TRY') || cursor.is('CATCH') ? cursor.next().text : 'BEGIN';
  if (!cursor.take('ATOMIC')) cursor.take('NOT', 'ATOMIC');
  state.procedural = true;
  const handlers: (readonly Step[])[] = [];
  const around = state.handlers;
  state.handlers = handlers;
  const before: Step[] = [];
  const inner = opened(state, word, () => [
    ...stepsUntil(state, (at) => at.is('EXCEPTION')),
    ...collect(state, () => {
      if (cursor.take('EXCEPTION')) handlers.push(...readHandlers(state, () => before.push({ kind: 'goes-on' })));
      takeEnd(state, word);
    }),
  ]);
  state.handlers = around;
  const body = [...before, ...inner];
  if (word === 'TRY' && cursor.take('BEGIN', 'CATCH')) handlers.push(toEnd(state, 'CATCH'));
  state.steps.push({ kind: 'block', body, handlers, isScope: !dialect.looseStatements });
  return true;
}

/** `WHEN name THEN …` behind EXCEPTION; each is one handler. `goesOn`: behind one of them the block goes on. */
function readHandlers(state: ScriptState, goesOn: () => void): readonly (readonly Step[])[] {
  const { cursor } = state;
  const handlers: (readonly Step[])[] = [];
  const isWhen = (at: ScriptCursor): boolean => at.is('WHEN');
  if (!isWhen(cursor)) handlers.push(stepsUntil(state, isWhen));
  while (cursor.take('WHEN')) {
    // Snowflake: `WHEN OTHER CONTINUE THEN`.
    const condition = cursor.until((at) => at.is('THEN') || at.isSymbol(';'));
    if (/\bcontinue\s*$/i.test(condition)) goesOn();
    cursor.next();
    handlers.push(stepsUntil(state, isWhen));
  }
  return handlers;
}

/** An END that nothing here opened. */
function readStrayEnd(state: ScriptState): boolean {
  const { cursor, dialect } = state;
  cursor.next();
  if (cursor.isAny(blockWords)) cursor.next();
  const { kind } = cursor.peek();
  const isNamed = (kind === 'word' || kind === 'name') && (cursor.isSymbol(';', 1) || cursor.peek(1).kind === 'end');
  if (isNamed && !dialect.looseStatements) cursor.next();
  cursor.takeSymbol(';');
  return true;
}

/** T-SQL's condition, up to the statement that it guards. */
function looseCondition({ cursor }: ScriptState): string {
  const loose = new LooseStatement('IF');
  // `IF UPDATE(column)` asks a trigger's question and is no UPDATE.
  const isQuestion = (at: ScriptCursor): boolean => at.is('UPDATE') && at.isSymbol('(', 1);
  return cursor.until((at) => (loose.endsBefore(at) && !isQuestion(at)) || at.isSymbol(';'));
}

/** T-SQL: one statement or block. */
function looseBody(state: ScriptState): readonly Step[] {
  return collect(state, () => {
    if (!state.cursor.atEnd) state.readStep();
  });
}

function readLooseIf(state: ScriptState): void {
  const { cursor, steps } = state;
  const arms: Arm[] = [];
  let isWhole = false;
  do {
    const condition = looseCondition(state);
    arms.push({ condition, body: looseBody(state) });
    isWhole = cursor.take('ELSE');
  } while (isWhole && cursor.take('IF'));
  if (isWhole) arms.push({ condition: null, body: looseBody(state) });
  steps.push({ kind: 'branch', arms, isWhole });
}

function readIf(state: ScriptState): boolean {
  const { cursor, dialect } = state;
  if (!state.procedural && !dialect.looseStatements && !isControl(cursor)) return false;
  cursor.next();
  state.procedural = true;
  if (dialect.looseStatements) readLooseIf(state);
  else
    readArms(state, 'IF', () => {
      const condition = cursor.until((at) => at.is('THEN') || at.isSymbol(';'));
      cursor.next();
      return condition;
    });
  return true;
}

const armWords: ReadonlySet<string> = new Set(['ELSIF', 'ELSEIF', 'ELSE', 'WHEN']);

/** The arms of IF or CASE, from the first condition to END. */
function readArms(state: ScriptState, word: 'IF' | 'CASE', condition: () => string): void {
  const { cursor } = state;
  const arms: Arm[] = [];
  let isWhole = false;
  const isNext = (at: ScriptCursor): boolean => at.isAny(armWords);
  const broken = opened(state, word, () => {
    arms.push({ condition: condition(), body: stepsUntil(state, isNext) });
    while (isNext(cursor)) {
      const isElse = cursor.next().text === 'ELSE';
      isWhole ||= isElse;
      arms.push({ condition: isElse ? null : condition(), body: stepsUntil(state, isNext) });
    }
    return collect(state, () => {
      takeEnd(state, word);
    });
  });
  state.steps.push({ kind: 'branch', arms, isWhole }, ...broken);
}

/** CASE as a statement: what stands before WHEN is compared with each. */
function readCase(state: ScriptState): boolean {
  const { cursor } = state;
  if (!state.procedural && !isControl(cursor)) return false;
  cursor.next();
  state.procedural = true;
  const value = cursor.until((at) => at.is('WHEN') || at.isSymbol(';'));
  cursor.take('WHEN');
  readArms(state, 'CASE', () => {
    const condition = cursor.until((at) => at.is('THEN') || at.isSymbol(';'));
    cursor.next();
    return value.trim() === '' ? condition : `(${value}) = (${condition})`;
  });
  return true;
}

function readWhile(state: ScriptState): boolean {
  const { cursor, dialect } = state;
  if (!state.procedural && !dialect.looseStatements && !isControl(cursor)) return false;
  cursor.next();
  state.procedural = true;
  if (dialect.looseStatements) {
    const condition = looseCondition(state);
    state.steps.push({ kind: 'loop', condition, over: null, body: looseBody(state) });
    return true;
  }
  const condition = cursor.until((at) => at.is('LOOP') || at.is('DO') || at.isSymbol(';'));
  cursor.next();
  state.steps.push({ kind: 'loop', condition, over: null, body: toEnd(state, 'WHILE') });
  return true;
}

/** LOOP … END LOOP; REPEAT … UNTIL condition END REPEAT. */
function readLoop(state: ScriptState): boolean {
  const { cursor } = state;
  // A function of that name.
  if (cursor.isSymbol('(', 1)) return false;
  const word = cursor.next().text;
  state.procedural = true;
  let condition: string | null = null;
  const body = opened(state, word, () => [
    ...stepsUntil(state, (at) => word === 'REPEAT' && at.is('UNTIL')),
    ...collect(state, () => {
      if (cursor.take('UNTIL')) condition = cursor.until((at) => at.is('END') || at.isSymbol(';'));
      if (condition !== null) cursor.takeSymbol(';');
      takeEnd(state, word);
    }),
  ]);
  state.steps.push({ kind: 'loop', condition, over: null, body });
  return true;
}

/** EXIT WHEN condition, CONTINUE label WHEN condition: what follows depends on it. */
function readExit(state: ScriptState): boolean {
  if (!state.procedural) return false;
  const condition = /^\s*\w+\s+(?:\w+\s+)?WHEN\b(.*)$/is.exec(takeStatement(state))?.[1];
  if (condition !== undefined) state.steps.push({ kind: 'condition', value: condition });
  return true;
}

function readGoto(state: ScriptState): boolean {
  if (!state.procedural && !state.dialect.looseStatements) return false;
  const name = /^\s*goto\s+(\w+)/i.exec(takeStatement(state))?.[1];
  if (name !== undefined) state.steps.push({ kind: 'goto', name: name.toUpperCase() });
  return true;
}

/** A WHEN outside of CASE and EXCEPTION. */
function readStrayWhen({ cursor, procedural }: ScriptState): boolean {
  if (!procedural) return false;
  cursor.next();
  cursor.until((at) => at.is('THEN') || at.isSymbol(';'));
  cursor.next();
  return true;
}

/** First words of control statements. */
export const controlReaders: Readonly<Record<string, Reader>> = {
  BEGIN: readBegin,
  END: readStrayEnd,
  IF: readIf,
  WHILE: readWhile,
  LOOP: readLoop,
  REPEAT: readLoop,
  EXIT: readExit,
  CONTINUE: readExit,
  GOTO: readGoto,
  ELSE: ({ cursor }) => {
    cursor.next();
    return true;
  },
  WHEN: readStrayWhen,
  CASE: readCase,
  FOR: readFor,
  FOREACH: readFor,
  FORALL: readForAll,
};
