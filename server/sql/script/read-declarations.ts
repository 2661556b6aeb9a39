import { readRecordType } from './record-types.ts';
import { ScriptCursor } from './script-cursor.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Parameter, Step } from './steps.ts';

/** Parameters of a routine: `(a INT, INOUT b TEXT)`, or T-SQL's `@a INT = 1, @b …` without parentheses. */
export function readParameters(cursor: ScriptCursor, dialect: Dialect): readonly Parameter[] {
  const parens = cursor.takeSymbol('(');
  const parameters: Parameter[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (!parens && !cursor.peek().text.startsWith('@')) break;
    const text = cursor.until(
      (at) => at.isSymbol(',') || at.isSymbol(')') || (!parens && (at.is('AS') || at.is('WITH') || at.is('FOR'))),
    );
    // T-SQL: `@a AS INT`.
    const type = !parens && cursor.is('AS') && cursor.last?.text.startsWith('@') === true ? takeType(cursor) : '';
    parameters.push(parameterOf(text + type, dialect));
    if (!cursor.takeSymbol(',')) break;
  }
  if (parens) cursor.takeSymbol(')');
  return parameters;
}

function takeType(cursor: ScriptCursor): string {
  cursor.next();
  return ` ${cursor.until((at) => at.isSymbol(',') || at.is('AS') || at.is('WITH') || at.is('FOR'))}`;
}

const modes = /^(?:IN|OUT|INOUT|VARIADIC|NOCOPY)$/;

/** `INOUT a TEXT := 'x'`: the mode may stand before or behind the name, or be missing, and so may the name. */
function parameterOf(text: string, dialect: Dialect): Parameter {
  const cursor = new ScriptCursor(text, dialect);
  let isOut = false;
  while (modes.test(cursor.peek().text) && cursor.peek(1).kind !== 'end')
    isOut = /OUT/.test(cursor.next().text) || isOut;
  const name = cursor.textOf(cursor.next());
  const type = cursor.until((at) => at.isSymbol(':=') || at.isSymbol('=') || at.is('DEFAULT'));
  const hasDefault = !cursor.atEnd;
  if (hasDefault) cursor.next();
  const rest = hasDefault ? cursor.sql.slice(cursor.peek().start) : '';
  const byDefault = rest.replace(/\s+(?:OUTPUT|OUT|READONLY)\s*$/i, '');
  isOut ||= /^\s*(?:IN\s+)?OUT\b|\bOUT(?:PUT)?\s*$/i.test(`${type} ${rest}`);
  return { name, type: type.trim().toLowerCase(), isOut, byDefault: hasDefault ? byDefault : null };
}

/** One declaration to its semicolon: a variable with or without a value, a cursor, a result set. */
export function readDeclaration(cursor: ScriptCursor, dialect: Dialect): readonly Step[] {
  if (cursor.is('CURSOR')) {
    // Oracle: `CURSOR c (p NUMBER) IS SELECT …`.
    cursor.next();
    const name = cursor.textOf(cursor.next());
    const parameters = cursor.isSymbol('(') ? readParameters(cursor, dialect) : [];
    cursor.until((at) => at.is('IS') || at.is('FOR') || at.isSymbol(';'));
    // A cursor's head without its query.
    if (cursor.takeSymbol(';')) return [];
    cursor.next();
    return [{ kind: 'record', name, query: cursor.toSemicolon(), parameters }];
  }
  if ((cursor.is('TYPE') || cursor.is('SUBTYPE')) && cursor.peek(1).kind !== 'symbol') {
    cursor.next();
    return readRecordType(cursor.toSemicolon(), dialect);
  }
  if (cursor.is('PRAGMA')) {
    cursor.toSemicolon();
    return [];
  }
  const names = [cursor.textOf(cursor.next())];
  while (cursor.takeSymbol(',')) names.push(cursor.textOf(cursor.next()));
  const [name = ''] = names;
  if (isCursorAhead(cursor)) {
    // PL/pgSQL: `c [NO SCROLL] CURSOR (p int) FOR SELECT …`.
    while (!cursor.take('CURSOR')) cursor.next();
    const parameters = cursor.isSymbol('(') ? readParameters(cursor, dialect) : [];
    cursor.until((at) => at.is('FOR') || at.is('IS') || at.isSymbol(';'));
    if (cursor.takeSymbol(';') || cursor.atEnd) return [{ kind: 'declare', names }];
    cursor.next();
    const query = cursor.toSemicolon();
    if (/^\s*\w+\s*$/.test(query)) return [{ kind: 'record-of', name, cursor: query.trim() }];
    return [{ kind: 'record', name, query, parameters }];
  }
  const type = cursor.until(
    (at) => at.isSymbol(';') || at.isSymbol(':=') || at.isSymbol('=') || at.is('DEFAULT') || at.is('FOR'),
  );
  const declared: Step = { kind: 'declare', names, type };
  if (cursor.takeSymbol(';') || cursor.atEnd) return [declared];
  const word = cursor.next().text;
  const value = cursor.toSemicolon();
  if (word === 'FOR' && /^\s*\w+\s*$/.test(value)) return [{ kind: 'record-of', name, cursor: value.trim() }];
  if (word === 'FOR') return [{ kind: 'record', name, query: value }];
  if (/resultset|cursor/i.test(type) && /^[\s(]*(?:select|with)\b/i.test(value))
    return [{ kind: 'record', name, query: value }];
  return [declared, ...names.map((item): Step => ({ kind: 'assign', names: [item], value }))];
}

/** `NO SCROLL CURSOR …`, from a place on. */
export function isCursorAhead(cursor: ScriptCursor, from = 0): boolean {
  let ahead = from;
  while (cursor.isAny(beforeCursor, ahead)) ahead += 1;
  return cursor.peek(ahead).kind === 'word' && cursor.peek(ahead).text === 'CURSOR';
}

const beforeCursor: ReadonlySet<string> = new Set(['NO', 'SCROLL', 'INSENSITIVE', 'ASENSITIVE', 'SENSITIVE', 'BINARY']);

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
    let pieces = 0;
    const type = cursor.until((at) => {
      pieces += 1;
      return (
        at.isSymbol('=') ||
        at.isSymbol(',') ||
        at.isSymbol(';') ||
        (pieces > 1 && at.peek().kind === 'word' && startsStatement.test(at.peek().text))
      );
    });
    steps.push({ kind: 'declare', names: [name], type });
    if (!cursor.takeSymbol('=')) continue;
    const value = cursor.until(
      (at) =>
        at.isSymbol(',') || at.isSymbol(';') || (at.peek().kind === 'word' && startsStatement.test(at.peek().text)),
    );
    steps.push({ kind: 'assign', names: [name], value });
  } while (cursor.takeSymbol(','));
  cursor.takeSymbol(';');
  return steps;
}

const startsStatement =
  /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|EXEC|EXECUTE|SET|IF|WHILE|BEGIN|DECLARE|PRINT|RETURN|DROP|CREATE|ALTER|TRUNCATE|WITH|OPEN|FETCH|CLOSE|GO|USE|RAISERROR|THROW|END|COMMIT|ROLLBACK)$/;
