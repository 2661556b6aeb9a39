import { isRunLine } from './client-lines.ts';
import { LooseStatement } from './statement-end.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { ScriptCursor } from './script-cursor.ts';
import type { Fired } from './triggers.ts';
import type { Step } from './steps.ts';

/** How the reading of a script stands. */
export interface ScriptState {
  readonly cursor: ScriptCursor;
  readonly dialect: Dialect;
  /** Where steps are put: the innermost list that is being read. */
  steps: Step[];
  /** Handlers that the innermost block declares. */
  handlers: (readonly Step[])[];
  /** What is open around this place, outermost first: `BEGIN`, `IF`, `LOOP` … */
  readonly open: string[];
  /** Inside a routine's body or a block: control words mean control. */
  procedural: boolean;
  /** In a section of declarations, up to its BEGIN. */
  declaring: boolean;
  /** PostgreSQL: a trigger's function → the triggers that run it. */
  readonly triggers: ReadonlyMap<string, readonly Fired[]>;
  /** Reads a body inside the script as a script of its own. */
  readonly readBody: (sql: string, declaring: boolean) => readonly Step[];
  /** Reads what begins here, whatever it is. */
  readonly readStep: () => void;
}

/** Text of one statement, from here to its end, which is taken but not given. */
export function takeStatement({ cursor, dialect }: ScriptState): string {
  if (!dialect.looseStatements) return takePlain(cursor);
  const first = cursor.peek();
  return takeLoose(cursor, new LooseStatement(first.kind === 'word' ? first.text : ''), true);
}

/** To the semicolon, or to what the client's programs end a statement with. */
function takePlain(cursor: ScriptCursor): string {
  const text = cursor.until((at) => at.isSymbol(';') || isRunLine(at));
  if (!cursor.takeSymbol(';')) cursor.takeSymbol('/');
  return text;
}

/** Text of a value that ends the statement it stands in. */
export function takeValue({ cursor, dialect }: ScriptState): string {
  return dialect.looseStatements ? takeLoose(cursor, new LooseStatement(''), false) : cursor.toSemicolon();
}

function takeLoose(cursor: ScriptCursor, loose: LooseStatement, keepFirst: boolean): string {
  let isFirst = keepFirst;
  const text = cursor.until((at) => {
    const token = at.peek();
    if (isFirst) {
      isFirst = false;
      return false;
    }
    if (at.isSymbol(';') || isBatchEnd(at) || loose.endsBefore(at)) return true;
    loose.took(token.kind === 'word' || token.text === ',' ? token.text : '');
    return false;
  });
  cursor.takeSymbol(';');
  return text;
}

/** T-SQL's GO stands alone at the beginning of a line. */
export function isBatchEnd(cursor: ScriptCursor): boolean {
  const token = cursor.peek();
  return token.kind === 'word' && token.text === 'GO' && token.lineStart;
}

/** A name of one or more parts. */
export function takeName(cursor: ScriptCursor): string {
  const { kind } = cursor.peek();
  // A literal where a name should be is no name.
  if (kind !== 'word' && kind !== 'name' && !cursor.isSymbol('@')) {
    cursor.next();
    return 'something';
  }
  let name = cursor.textOf(cursor.next());
  while (cursor.isSymbol('.') || cursor.isSymbol('-')) {
    const sign = cursor.next().text;
    name += `${sign}${cursor.textOf(cursor.next())}`;
  }
  return name;
}

/** True when a query stands here, behind however many parentheses. */
export function isQueryHere(cursor: ScriptCursor): boolean {
  let ahead = 0;
  while (cursor.isSymbol('(', ahead)) ahead += 1;
  const { kind, text } = cursor.peek(ahead);
  return kind === 'word' && (text === 'SELECT' || text === 'WITH' || text === 'VALUES');
}

/** Outside of a body, a word opens a block only where THEN, LOOP or DO follows (BigQuery, Snowflake scripts). */
export function isControl(cursor: ScriptCursor): boolean {
  for (let ahead = 1; ahead < 400; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind === 'end' || text === ';') return false;
    if (kind === 'word' && (text === 'THEN' || text === 'LOOP' || text === 'DO')) return true;
  }
  return false;
}
