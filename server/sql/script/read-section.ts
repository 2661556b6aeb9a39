import { collect } from './read-block.ts';
import { readBegin } from './read-control.ts';
import { readDeclaration, readParameters } from './read-declarations.ts';
import { missingEnd } from './block-words.ts';
import { takeName } from './script-state.ts';
import type { ScriptState } from './script-state.ts';
import type { Step } from './steps.ts';

/** One declaration of a section that BEGIN ends, or the block that BEGIN opens. */
export function readSection(state: ScriptState): void {
  const { cursor } = state;
  if (cursor.is('BEGIN')) {
    state.declaring = false;
    state.procedural = true;
    readBegin(state);
  } else if (cursor.is('PROCEDURE') || cursor.is('FUNCTION')) readNestedRoutine(state);
  else if (cursor.is('END')) {
    // A package without a part of its own to run.
    state.declaring = false;
    cursor.toSemicolon();
  } else if (cursor.is('BEFORE') || cursor.is('AFTER') || cursor.is('INSTEAD')) readTiming(state);
  else if (!cursor.take('DECLARE')) state.steps.push(...readDeclaration(cursor, state.dialect));
}

/** Oracle's compound trigger: `AFTER EACH ROW IS BEGIN … END AFTER EACH ROW;`. */
function readTiming(state: ScriptState): void {
  const { cursor } = state;
  cursor.until((at) => at.is('IS') || at.is('AS') || at.isSymbol(';'));
  if (cursor.takeSymbol(';') || cursor.atEnd) return;
  cursor.next();
  state.steps.push(...readDeclarations(state));
  if (cursor.is('BEFORE') || cursor.is('AFTER') || cursor.is('INSTEAD')) cursor.toSemicolon();
}

/** Declarations from here to the BEGIN they belong to, and its block. */
export function readDeclarations(state: ScriptState): readonly Step[] {
  const { cursor } = state;
  const before = state.declaring;
  state.declaring = true;
  const steps = collect(state, () => {
    while (state.declaring && !cursor.atEnd) readSection(state);
    if (state.declaring) state.steps.push(missingEnd);
  });
  state.declaring = before;
  return steps;
}

/** Procedures and functions inside packages, blocks and other procedures. */
export function readNestedRoutine(state: ScriptState): boolean {
  const { cursor, dialect, steps } = state;
  if (!state.procedural && !state.declaring) return false;
  const what = cursor.next().text === 'FUNCTION' ? 'function' : 'procedure';
  const name = takeName(cursor);
  const parameters = cursor.isSymbol('(') ? readParameters(cursor, dialect) : [];
  cursor.until((at) => at.isSymbol(';') || at.is('IS') || at.is('AS'));
  if (cursor.takeSymbol(';') || cursor.atEnd) return true;
  cursor.next();
  if (cursor.is('LANGUAGE') || cursor.is('EXTERNAL')) {
    cursor.toSemicolon();
    steps.push({
      kind: 'routine',
      name,
      what,
      parameters,
      columns: [],
      body: [{ kind: 'foreign', language: 'another language' }],
    });
  } else steps.push({ kind: 'routine', name, what, parameters, columns: [], body: readDeclarations(state) });
  return true;
}
