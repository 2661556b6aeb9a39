import { readArguments, splitAtCommas, unwrapped } from './read-arguments.ts';
import type { Argument } from './steps.ts';
import type { ScriptCursor } from './script-cursor.ts';

/** The string expression of a dynamic statement, the variables behind INTO, and the values behind USING. */
export function takeDynamic(cursor: ScriptCursor): {
  readonly value: string;
  readonly into: readonly string[];
  readonly values: readonly Argument[];
} {
  const ends = (at: ScriptCursor): boolean => at.isSymbol(';') || at.is('LOOP') || at.is('DO');
  const stops = (at: ScriptCursor): boolean =>
    ends(at) || at.is('INTO') || at.is('USING') || at.is('BULK', 'COLLECT') || at.is('RETURNING') || at.is('RETURN');
  const value = cursor.until(stops);
  const into: string[] = [];
  const values: Argument[] = [];
  while (!cursor.atEnd && !ends(cursor)) {
    const isBack = cursor.take('RETURNING') || cursor.take('RETURN');
    cursor.take('BULK', 'COLLECT');
    if (cursor.take('USING'))
      values.push(...readArguments(unwrapped(cursor.until(stops), cursor.dialect), cursor.dialect));
    else if (cursor.take('INTO')) {
      const names = splitAtCommas(cursor.until(stops), cursor.dialect).map((name) =>
        name.replace(/^(?:strict\s+)?:?/i, ''),
      );
      if (isBack) values.push(...names.map((name) => ({ name: null, value: name, isOut: true })));
      else into.push(...names);
    } else if (!isBack) cursor.next();
  }
  return { value, into, values };
}
