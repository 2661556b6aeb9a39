import { isQueryHere, takeName, takeStatement, takeValue } from './script-state.ts';
import { readArguments, unwrapped } from './read-arguments.ts';
import { takeDynamic } from './take-dynamic.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { ScriptState } from './script-state.ts';

type Reader = (state: ScriptState) => boolean;

/** EXECUTE IMMEDIATE, EXEC (…), sp_executesql, EXECUTE of a prepared statement, EXEC of a procedure. */
function readExecute(state: ScriptState): boolean {
  const { cursor, dialect, steps } = state;
  cursor.next();
  // Flink: `EXECUTE STATEMENT SET BEGIN INSERT …; INSERT …; END`, `EXECUTE INSERT …`: the statements follow as they are.
  if (!dialect.looseStatements && cursor.take('STATEMENT', 'SET')) {
    cursor.take('BEGIN');
    return true;
  }
  if (!dialect.looseStatements && cursor.is('INSERT')) return true;
  const isImmediate = cursor.take('IMMEDIATE');
  if (
    isImmediate ||
    (state.procedural && !dialect.looseStatements && (dialect.declareSection || !isPrepared(cursor)))
  ) {
    steps.push({ kind: 'dynamic', ...takeDynamic(cursor) });
    cursor.takeSymbol(';');
    return true;
  }
  if (cursor.isSymbol('(')) {
    // `EXEC (text) AT linked_server`
    const value = cursor.parens();
    const [, server] = /^AT\s+(?:DATA_SOURCE\s+)?(\[[^\]]+\]|"[^"]+"|\w+)/i.exec(takeValue(state)) ?? [];
    const where = server === undefined ? {} : { server: server.replaceAll(/^[["]|[\]"]$/g, '') };
    steps.push({ kind: 'dynamic', value, into: [], ...where });
    return true;
  }
  const text = takeValue(state);
  const dynamic = /^(?:@\w+\s*=\s*)?(?:\w+\.)*\[?sp_executesql\]?\s+(.*)$/is.exec(text)?.[1];
  if (dynamic !== undefined) {
    // The text, the declaration of its parameters, and their values.
    const [first, second, ...values] = readArguments(dynamic, dialect);
    const declared = second === undefined ? {} : { declared: second.value, values };
    steps.push({ kind: 'dynamic', value: first?.value ?? '', into: [], ...declared });
    return true;
  }
  const renamed = renameOf(text);
  if (renamed !== null) {
    steps.push({ kind: 'statement', sql: renamed });
    return true;
  }
  const [, name = '', rest = ''] = /^(?:@\w+\s*=\s*)?([\w.@#$[\]"]+)(.*)$/s.exec(text) ?? [];
  if (dialect.looseStatements) steps.push({ kind: 'call', name, values: readArguments(rest, dialect) });
  else {
    const values = readArguments(unwrapped(rest.replace(/^\s*using\b/i, ''), dialect), dialect);
    steps.push({ kind: 'execute', name, values });
  }
  return true;
}

const renameCall =
  /^(?:\w+\.)*\[?sp_rename\]?\s+(?:@objname\s*=\s*)?N?'([^']+)'\s*,\s*(?:@newname\s*=\s*)?N?'([^']+)'(?:\s*,\s*(?:@objtype\s*=\s*)?N?'(\w+)')?/i;

/** T-SQL: `sp_rename 'dbo.old', 'new'`, `sp_rename 'dbo.t.old', 'new', 'COLUMN'`, as the ALTER TABLE it stands for. */
function renameOf(text: string): string | null {
  const [, object, name = '', type = 'OBJECT'] = renameCall.exec(text) ?? [];
  if (object === undefined || /^(?:INDEX|DATABASE|STATISTICS|USERDATATYPE)$/i.test(type)) return null;
  const fresh = `[${name.replaceAll(/^\[|\]$/g, '').replaceAll(']', ']]')}]`;
  const dot = object.lastIndexOf('.');
  if (type.toUpperCase() !== 'COLUMN') return `ALTER TABLE ${object} RENAME TO ${fresh}`;
  return dot < 0 ? null : `ALTER TABLE ${object.slice(0, dot)} RENAME COLUMN ${object.slice(dot + 1)} TO ${fresh}`;
}

/** `EXECUTE name` and `EXECUTE name (values)` run a prepared statement. */
function isPrepared(cursor: ScriptCursor): boolean {
  const { kind, text } = cursor.peek();
  if (kind !== 'word' && kind !== 'name') return false;
  if (text === 'FORMAT' || text === 'CONCAT') return false;
  return cursor.isSymbol(';', 1) || cursor.peek(1).kind === 'end' || cursor.isSymbol('(', 1);
}

function readPrepare({ cursor, steps }: ScriptState): boolean {
  cursor.next();
  const name = takeName(cursor);
  if (cursor.isSymbol('(')) cursor.parens();
  // PostgreSQL: `PREPARE name AS statement`, Trino: `PREPARE name FROM statement`; elsewhere FROM names a text.
  if (cursor.take('AS')) steps.push({ kind: 'prepare', name, value: cursor.toSemicolon(), isSql: true });
  else if (cursor.take('FROM')) {
    const isSql = cursor.peek().kind === 'word' && cursor.isAny(statementWords) && !cursor.isSymbol('(', 1);
    steps.push({ kind: 'prepare', name, value: cursor.toSemicolon(), isSql });
  } else cursor.toSemicolon();
  return true;
}

const statementWords: ReadonlySet<string> = new Set(
  'SELECT WITH VALUES INSERT UPDATE DELETE MERGE CREATE TRUNCATE'.split(' '),
);

function readPerform({ cursor, procedural, steps }: ScriptState): boolean {
  if (!procedural) return false;
  cursor.next();
  steps.push({ kind: 'statement', sql: `SELECT ${cursor.toSemicolon()}`, isSilent: true });
  return true;
}

function readCall({ cursor, dialect, steps }: ScriptState): boolean {
  cursor.next();
  const name = takeName(cursor);
  const [rest = ''] = cursor.toSemicolon().split(/\bINTO\s+:\w+\s*$/i);
  const values = readArguments(unwrapped(rest, dialect), dialect);
  // Teradata: `CALL DBC.SysExecSQL('…')`.
  if (/^(?:dbc\.)?sysexecsql$/i.test(name)) steps.push({ kind: 'dynamic', value: values[0]?.value ?? '', into: [] });
  else steps.push({ kind: 'call', name, values });
  return true;
}

/** RETURN of a query: PL/pgSQL's RETURN QUERY, Snowflake's RETURN TABLE (…), T-SQL's RETURN (SELECT …). */
function readReturn(state: ScriptState): boolean {
  const { cursor, steps } = state;
  if (!state.procedural) return false;
  cursor.next();
  if (cursor.take('QUERY')) {
    if (cursor.take('EXECUTE')) {
      steps.push({ kind: 'dynamic', ...takeDynamic(cursor) });
      cursor.takeSymbol(';');
    } else steps.push({ kind: 'return', value: takeStatement(state), isQuery: true });
    return true;
  }
  const isRow = cursor.take('NEXT');
  if (cursor.is('TABLE') && cursor.isSymbol('(', 1)) cursor.next();
  const isQuery = isQueryHere(cursor);
  const value = isQuery ? takeStatement(state) : takeValue(state);
  if (value.trim() !== '') steps.push({ kind: 'return', value, isQuery });
  else steps.push({ kind: isRow ? 'return-row' : 'leave' });
  return true;
}

/** `OPEN c FOR query`, `OPEN c FOR text`. */
function readOpen({ cursor, dialect, procedural, steps }: ScriptState): boolean {
  if (!procedural || (dialect.looseStatements && /^(?:SYMMETRIC|MASTER)$/.test(cursor.peek(1).text))) return false;
  cursor.next();
  if (dialect.looseStatements) {
    // T-SQL: the cursor's query stands in its declaration, and no semicolon need follow.
    cursor.take('GLOBAL');
    const opened = takeName(cursor);
    steps.push({ kind: 'record-of', name: opened, cursor: opened, values: [] });
    return true;
  }
  const name = takeName(cursor);
  const given = cursor.until((at) => at.is('FOR') || at.isSymbol(';'));
  const values = readArguments(unwrapped(given.replace(/^\s*using\b/i, ''), dialect), dialect);
  if (!cursor.is('FOR')) steps.push({ kind: 'record-of', name, cursor: name, values });
  if (cursor.take('FOR')) {
    if (isQueryHere(cursor)) {
      steps.push({ kind: 'record', name, query: cursor.toSemicolon() });
      return true;
    }
    cursor.take('EXECUTE');
    steps.push({ kind: 'dynamic', ...takeDynamic(cursor), into: [name], isResultSet: true });
  }
  cursor.takeSymbol(';');
  return true;
}

const fetchWords = new Set([
  'NEXT',
  'PRIOR',
  'FIRST',
  'LAST',
  'FROM',
  'IN',
  'ALL',
  'FORWARD',
  'BACKWARD',
  'ABSOLUTE',
  'RELATIVE',
]);

/** `FETCH NEXT FROM c INTO a, b`; without INTO the rows are shown: `FETCH FORWARD 10 FROM c`. */
function readFetch(state: ScriptState): boolean {
  const { cursor, steps, dialect } = state;
  if (!state.procedural && !dialect.looseStatements && !dialect.declareSection) return false;
  cursor.next();
  while (cursor.isAny(fetchWords) || cursor.peek().kind === 'number' || cursor.isSymbol('-')) cursor.next();
  const name = takeName(cursor);
  const into = /\binto\b(.*)$/is.exec(takeValue(state))?.[1] ?? null;
  steps.push({
    kind: 'fetch',
    cursor: name,
    into: into?.split(',').map((item) => item.trim().replace(/^:/, '').replace(/\s.*$/s, '')) ?? null,
  });
  return true;
}

/** Snowflake: `ASYNC (statement)` runs beside the others. */
function readAsync(state: ScriptState): boolean {
  const { cursor, dialect } = state;
  if (!state.procedural || !cursor.isSymbol('(', 1)) return false;
  cursor.next();
  state.steps.push(...state.readBody(unwrapped(cursor.toSemicolon(), dialect), false));
  return true;
}

/** Oracle: `PIPE ROW (value)`, a row of a pipelined function. */
function readPipeRow({ cursor, procedural, steps }: ScriptState): boolean {
  if (!procedural || !cursor.take('PIPE', 'ROW')) return false;
  steps.push({ kind: 'return', value: cursor.toSemicolon(), isQuery: false });
  return true;
}

/** First words of statements that run other statements, and of cursors. */
export const dynamicReaders: Readonly<Record<string, Reader>> = {
  EXECUTE: readExecute,
  EXEC: readExecute,
  PREPARE: readPrepare,
  PERFORM: readPerform,
  CALL: readCall,
  RETURN: readReturn,
  OPEN: readOpen,
  FETCH: readFetch,
  ASYNC: readAsync,
  PIPE: readPipeRow,
};
