import { blockWords, missingEnd } from './block-words.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';
import type { Step } from './steps.ts';

/** The steps that some reading adds, by themselves. */
export function collect(state: ScriptState, work: () => void): readonly Step[] {
  const before = state.steps;
  const own: Step[] = [];
  state.steps = own;
  work();
  state.steps = before;
  return own;
}

/** Reads steps up to the words that `stops` tells, or to the END of what was opened last. */
export function stepsUntil(state: ScriptState, stops: (cursor: ScriptCursor) => boolean): readonly Step[] {
  const { cursor } = state;
  return collect(state, () => {
    while (!cursor.atEnd && !stops(cursor)) {
      if (cursor.is('END') && endsHere(state)) return;
      state.readStep();
    }
  });
}

/** Something is open from here on: `LOOP`, `IF`, `BEGIN` …, as its END will say. */
export function opened<T>(state: ScriptState, word: string, work: () => T): T {
  state.open.push(word);
  try {
    return work();
  } finally {
    state.open.pop();
  }
}

/** What END here closes is open, so it ends what is read now, or something around it whose own END is missing. */
function endsHere({ cursor, dialect, open }: ScriptState): boolean {
  const word = endWord(cursor, dialect.looseStatements);
  if (word === null) return true;
  return open.some((item) => closes(word, item));
}

function endWord(cursor: ScriptCursor, isLoose: boolean): string | null {
  const next = cursor.peek(1);
  if (next.kind !== 'word') return null;
  if (isLoose) return next.text === 'TRY' || next.text === 'CATCH' ? next.text : null;
  return blockWords.has(next.text) ? next.text : null;
}

/** WHILE and FOR may end as loops do. */
function closes(word: string, open: string): boolean {
  if (word === open) return true;
  const loops = /^(?:LOOP|WHILE|FOR|REPEAT)$/;
  return loops.test(word) && loops.test(open);
}

/**
 * Takes the END of what `word` opened, with the word and the label behind it. Where another END or the end of the text stands,
 * that is said in a step, and an END that belongs to something around is left to it.
 */
export function takeEnd(state: ScriptState, word: string): void {
  const { cursor, dialect, open } = state;
  if (!cursor.is('END')) {
    state.steps.push(missingEnd);
    return;
  }
  const found = endWord(cursor, dialect.looseStatements);
  const isBare = word === 'BEGIN' || word === 'CASE';
  const isMine = found === null ? isBare || !open.includes('BEGIN') : closes(found, word);
  if (!isMine) {
    state.steps.push(missingEnd);
    return;
  }
  if (found === null && !isBare) state.steps.push(missingEnd);
  cursor.next();
  if (found !== null) cursor.next();
  const { kind } = cursor.peek();
  const isNamed = (kind === 'word' || kind === 'name') && (cursor.isSymbol(';', 1) || cursor.peek(1).kind === 'end');
  if (isNamed && !dialect.looseStatements) cursor.next();
  cursor.takeSymbol(';');
}

/** The steps of something that was opened with `word`, to its END. */
export function toEnd(state: ScriptState, word: string): readonly Step[] {
  return opened(state, word, () => [
    ...stepsUntil(state, () => false),
    ...collect(state, () => {
      takeEnd(state, word);
    }),
  ]);
}
