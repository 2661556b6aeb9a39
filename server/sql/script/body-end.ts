import { blockWords } from './block-words.ts';
import { isBatchEnd } from './script-state.ts';
import { opensTransaction } from './read-control.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';

/** Takes the body's pieces; gives the place behind the last of them. */
export function bodyEnd({ cursor, dialect }: ScriptState, isPackage: boolean): number {
  // A package is a block of its own around its routines.
  let depth = isPackage ? 1 : 0;
  let seenBegin = isPackage;
  let end = cursor.peek().start;
  const isOneValue = cursor.is('RETURN');
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
        if (cursor.isAny(blockWords) && !cursor.peek().lineStart) cursor.next();
        if (depth > 0 || !seenBegin || dialect.looseStatements) continue;
        const { kind } = cursor.peek();
        if ((kind === 'word' || kind === 'name') && cursor.isSymbol(';', 1)) cursor.next();
        cursor.takeSymbol(';');
        return end;
      }
    }
    const isWhole = !seenBegin && depth === 0 && (isOneValue || !dialect.declareSection) && !dialect.looseStatements;
    end = cursor.next().end;
    if (isWhole && token.text === ';') return end;
  }
  return end;
}

const beforeStatement = /^(?:;|THEN|ELSE|BEGIN|LOOP|DO|REPEAT|IS|AS|ROW|>>|>)$/;

/** `IF … THEN`, `LOOP`, `REPEAT`, `WHILE … DO` end with `END IF`, `END LOOP` and so on, which close them. */
function opensBlock(cursor: ScriptCursor): boolean {
  const { text } = cursor.peek();
  const before = cursor.last?.text ?? ';';
  if (text === 'LOOP' || text === 'REPEAT') return before !== 'END' && !cursor.isSymbol('(', 1);
  if (text === 'IF') return beforeStatement.test(before);
  if (text !== 'DO' || before === ';' || before === 'CONFLICT') return false;
  return cursor.peek(1).text !== 'UPDATE' && cursor.peek(1).text !== 'NOTHING';
}

/** Functions in front of a query: to the query itself, or to the first of its CTEs. */
export function skipFunctions(cursor: ScriptCursor): void {
  cursor.next();
  let depth = 0;
  while (!cursor.atEnd) {
    const { kind, text } = cursor.peek();
    if (depth === 0 && (cursor.is('SELECT') || cursor.is('INSERT'))) return;
    const isCte = (kind === 'word' || kind === 'name') && cursor.peek(1).text === 'AS' && cursor.isSymbol('(', 2);
    if (depth === 0 && isCte) return;
    if (kind === 'word' && (text === 'BEGIN' || text === 'CASE')) depth += 1;
    else if (kind === 'word' && text === 'END' && !blockWords.has(cursor.peek(1).text)) depth -= 1;
    cursor.next();
  }
}
