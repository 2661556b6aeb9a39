import type { Cursor } from './cursor.ts';

/** What stands before a place between the parentheses of a call. */
export type ArgumentPlace = 'open' | 'comma' | 'separator' | 'operand';

/** Words that stand between arguments in place of a comma. */
export const separators = new Set([
  'FROM',
  'FOR',
  'PLACING',
  'USING',
  'SEPARATOR',
  'VALUE',
  'PASSING',
  'BY',
  'TO',
  'STYLE',
]);

/** Words before or behind an argument that say how, not what. */
export const manners = new Set(
  'BOTH LEADING TRAILING KEY IGNORE RESPECT NULLS ABSENT WITHOUT WRAPPER CONDITIONAL UNCONDITIONAL KEEP OMIT QUOTES'.split(
    ' ',
  ),
);

/** What follows the last argument and holds no column. */
export const trailers = new Set([
  'RETURNING',
  'ON',
  'LIMIT',
  'NULL',
  'ERROR',
  'EMPTY',
  'WITH',
  'FORMAT',
  'DEFAULT',
  'STRICT',
  'UNIQUE',
  'COLLATE',
  'PARTITION',
  'COPY',
  'PRUNE',
  // Teradata's older window functions: `RANK(a DESC)`.
  'ASC',
  'DESC',
]);

/** Words that go on with the operand before them. */
const goingOn = new Set(
  'AND OR NOT XOR IN IS LIKE ILIKE RLIKE REGEXP SIMILAR GLOB BETWEEN DIV MOD COLLATE AT ESCAPE AS ORDER SEPARATOR OVER'.split(
    ' ',
  ),
);

/** `concat(x, value)` has a column of this name: a word separates only what stands on both its sides. */
export function takeSeparator(cursor: Cursor, behind: ArgumentPlace): boolean {
  if (behind === 'separator') return cursor.take('BY', 'VALUE') || cursor.take('BY', 'REF') || cursor.take('FROM');
  if (!cursor.is('FROM') && !(behind === 'operand' && cursor.isAny(separators))) return false;
  cursor.next();
  return true;
}

export function takeManner(cursor: Cursor, behind: ArgumentPlace): boolean {
  if (behind === 'separator' || !cursor.isAny(manners)) return false;
  if (behind !== 'operand' && !cursor.isSymbol('(', 1) && !isBeforeOperand(cursor)) return false;
  cursor.next();
  return true;
}

export function isTrailer(cursor: Cursor, behind: ArgumentPlace): boolean {
  return cursor.isAny(trailers) && (behind === 'operand' || (behind === 'comma' && isBeforeOperand(cursor)));
}

/** An operand of its own stands behind the word here, which is none then: `KEY name`, not `key || name`, `key IN (…)`, `key VALUE 1`. */
function isBeforeOperand(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek(1);
  if (kind === 'symbol') return text === '?';
  if (kind === 'word' && text === 'VALUE')
    return cursor.isSymbol(':', 2) || (cursor.peek(2).text === 'VALUE' && cursor.peek(3).kind !== 'symbol');
  return kind !== 'end' && !(kind === 'word' && goingOn.has(text));
}
