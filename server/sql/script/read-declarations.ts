import type { ScriptCursor } from './script-cursor.ts';
import type { Step } from './steps.ts';

/** Parameters of a routine: `(a INT, INOUT b TEXT)`, or T-SQL's `@a INT = 1, @b …` without parentheses. */
export function readParameters(cursor: ScriptCursor): readonly Step[] {
  const parens = cursor.takeSymbol('(');
  const names: string[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (!parens && !cursor.peek().text.startsWith('@')) break;
    while (cursor.is('IN') || cursor.is('OUT') || cursor.is('INOUT') || cursor.is('VARIADIC')) cursor.next();
    const token = cursor.next();
    names.push(cursor.textOf(token));
    cursor.until(
      (at) => at.isSymbol(',') || at.isSymbol(')') || (!parens && (at.is('AS') || at.is('WITH') || at.is('FOR'))),
    );
    if (!cursor.takeSymbol(',')) break;
  }
  if (parens) cursor.takeSymbol(')');
  return names.length === 0 ? [] : [{ kind: 'declare', names }];
}

/** One declaration to its semicolon: a variable with or without a value, a cursor, a result set. */
export function readDeclaration(cursor: ScriptCursor): readonly Step[] {
  if (cursor.is('CURSOR')) {
    // Oracle: `CURSOR c (p NUMBER) IS SELECT …`.
    cursor.next();
    const name = cursor.textOf(cursor.next());
    cursor.until((at) => at.is('IS') || at.is('FOR') || at.isSymbol(';'));
    cursor.next();
    return [{ kind: 'record', name, query: cursor.toSemicolon() }];
  }
  if (cursor.is('TYPE') || cursor.is('SUBTYPE') || cursor.is('PRAGMA')) {
    cursor.toSemicolon();
    return [];
  }
  const names = [cursor.textOf(cursor.next())];
  while (cursor.takeSymbol(',')) names.push(cursor.textOf(cursor.next()));
  const type = cursor.until(
    (at) => at.isSymbol(';') || at.isSymbol(':=') || at.isSymbol('=') || at.is('DEFAULT') || at.is('FOR'),
  );
  const [name = ''] = names;
  if (cursor.takeSymbol(';') || cursor.atEnd) return [{ kind: 'declare', names }];
  const word = cursor.next().text;
  const value = cursor.toSemicolon();
  if (word === 'FOR' && /^\s*\w+\s*$/.test(value)) return [{ kind: 'record-of', name, cursor: value.trim() }];
  if (word === 'FOR') return [{ kind: 'record', name, query: value }];
  if (/resultset|cursor/i.test(type) && /^[\s(]*(?:select|with)\b/i.test(value))
    return [{ kind: 'record', name, query: value }];
  return [
    { kind: 'declare', names },
    ...names.map((item): Step => ({ kind: 'assign', names: [item], value, conditional: false })),
  ];
}

/** T-SQL: `DECLARE @a INT = 1, @b …`, `DECLARE @t TABLE (…)`, `DECLARE c CURSOR FOR SELECT …`. */
export function readTransactDeclare(cursor: ScriptCursor, rest: () => string): readonly Step[] {
  const steps: Step[] = [];
  do {
    const name = cursor.textOf(cursor.next());
    if (!name.startsWith('@')) {
      cursor.until((at) => at.is('FOR') || at.isSymbol(';'));
      if (cursor.take('FOR')) steps.push({ kind: 'record', name, query: rest() });
      return steps;
    }
    cursor.take('AS');
    if (cursor.take('TABLE')) {
      const columns = cursor.until(
        (at) => at.isSymbol(';') || at.isSymbol(',') || (at.last?.text === ')' && !at.isSymbol('(')),
      );
      steps.push({ kind: 'table-variable', name, columns });
      continue;
    }
    steps.push({ kind: 'declare', names: [name] });
    let type = 0;
    cursor.until((at) => {
      type += 1;
      return (
        at.isSymbol('=') ||
        at.isSymbol(',') ||
        at.isSymbol(';') ||
        (type > 1 && at.peek().kind === 'word' && startsStatement.test(at.peek().text))
      );
    });
    if (!cursor.takeSymbol('=')) continue;
    const value = cursor.until(
      (at) =>
        at.isSymbol(',') || at.isSymbol(';') || (at.peek().kind === 'word' && startsStatement.test(at.peek().text)),
    );
    steps.push({ kind: 'assign', names: [name], value, conditional: false });
  } while (cursor.takeSymbol(','));
  cursor.takeSymbol(';');
  return steps;
}

const startsStatement =
  /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|EXEC|EXECUTE|SET|IF|WHILE|BEGIN|DECLARE|PRINT|RETURN|DROP|CREATE|ALTER|TRUNCATE|WITH|OPEN|FETCH|CLOSE|GO|USE|RAISERROR|THROW|END|COMMIT|ROLLBACK)$/;
