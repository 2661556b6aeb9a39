import { isConstraint, parseColumn, parseColumns, parseComments } from './parse-columns.ts';
import { parseType } from './parse-parts.ts';
import type { ColumnChange, ColumnDefinition, ComputedChange } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

type Change = ColumnChange | ComputedChange;

/**
 * One action of ALTER TABLE on columns, as the dialects write it: ADD, DROP, RENAME, CHANGE, MODIFY, ALTER COLUMN, REPLACE
 * COLUMNS and comments. Null, with nothing taken, when the action is about something else.
 */
export function parseColumnChange(cursor: Cursor): readonly Change[] | null {
  const mark = cursor.mark();
  const changes = readChange(cursor);
  if (changes === null) cursor.reset(mark);
  return changes;
}

function readChange(cursor: Cursor): readonly Change[] | null {
  if (cursor.take('ADD')) return readAdded(cursor);
  if (cursor.take('DROP')) return readDropped(cursor);
  if (cursor.take('RENAME')) return readRenamed(cursor);
  if (cursor.is('REPLACE', 'COLUMNS')) {
    cursor.next();
    cursor.next();
    return [{ type: 'replace', columns: parseColumns(cursor).columns }];
  }
  if (cursor.take('CHANGE')) return readChanged(cursor);
  if (cursor.take('MODIFY') || cursor.take('ALTER')) return readModified(cursor);
  if (cursor.take('COMMENT', 'COLUMN')) {
    cursor.take('IF', 'EXISTS');
    const { text: column } = cursor.name();
    return commentHere(cursor, column);
  }
  if (cursor.is('COMMENT') || cursor.is('SET', 'COMMENT') || cursor.is('SET', 'OPTIONS')) {
    cursor.take('SET');
    return described(cursor, null);
  }
  return null;
}

const noColumn =
  /^(?:PARTITION|PARTITIONS|PRIMARY|FOREIGN|UNIQUE|CHECK|INDEX|KEY|FULLTEXT|SPATIAL|CONSTRAINT|ROW|SEARCH|TAG|PROJECTION|FILES|VALUE|PERIOD|SUPPLEMENTAL|DATAFILE)$/;

/** `ADD [COLUMN] a INT, b INT`, `ADD COLUMNS (a INT, …)`, `ADD (a INT, …)`. */
function readAdded(cursor: Cursor): readonly ColumnChange[] | null {
  const named = cursor.take('COLUMN') || cursor.take('COLUMNS');
  const how = cursor.take('IF', 'NOT', 'EXISTS')
    ? ({ type: 'add', mayExist: true } as const)
    : ({ type: 'add' } as const);
  if (cursor.isSymbol('(')) return parseColumns(cursor).columns.map((column): ColumnChange => ({ ...how, column }));
  if (!named && (isConstraint(cursor) || noColumn.test(cursor.peek().text))) return null;
  const added: ColumnChange[] = [{ ...how, column: parseColumn(cursor) }];
  // Snowflake and T-SQL: `ADD a INT, b INT` goes on without the word.
  while (cursor.isSymbol(',') && isPlainColumn(cursor)) {
    cursor.next();
    added.push({ ...how, column: parseColumn(cursor) });
  }
  return added;
}

/** After a comma: a name and a type, and no action. */
function isPlainColumn(cursor: Cursor): boolean {
  const [first, second] = [cursor.peek(1), cursor.peek(2)];
  const isAction =
    /^(?:ADD|DROP|ALTER|MODIFY|CHANGE|RENAME|COMMENT|SET|CONSTRAINT|PRIMARY|FOREIGN|UNIQUE|CHECK|INDEX)$/;
  return (
    (first.kind === 'name' || (first.kind === 'word' && !isAction.test(first.text))) &&
    (second.kind === 'word' || second.kind === 'name')
  );
}

/** `DROP [COLUMN] [IF EXISTS] a, b`, `DROP COLUMNS (a, b)`, `DROP (a, b)`. */
function readDropped(cursor: Cursor): readonly ColumnChange[] | null {
  const named = cursor.take('COLUMN') || cursor.take('COLUMNS');
  cursor.take('IF', 'EXISTS');
  if (!named && noColumn.test(cursor.peek().text)) return null;
  const parens = cursor.takeSymbol('(');
  const dropped: ColumnChange[] = [];
  for (;;) {
    cursor.take('COLUMN');
    dropped.push({ type: 'drop', column: cursor.name().text });
    if (!cursor.isSymbol(',') || (!parens && !isListed(cursor))) break;
    cursor.next();
  }
  if (parens) cursor.takeSymbol(')');
  return dropped;
}

/** After a comma: one more column of the same DROP. */
function isListed(cursor: Cursor): boolean {
  const second = cursor.peek(2);
  return cursor.peek(1).text === 'COLUMN' || second.text === ',' || second.text === ';' || second.kind === 'end';
}

/** `RENAME COLUMN a TO b`, `RENAME a TO b`; `RENAME TO t` is about the table. */
function readRenamed(cursor: Cursor): readonly ColumnChange[] | null {
  const named = cursor.take('COLUMN');
  if (!named && cursor.peek(1).text !== 'TO') return null;
  cursor.take('IF', 'EXISTS');
  const from = cursor.name().text;
  cursor.take('TO');
  return [{ type: 'rename', from, to: cursor.name().text }];
}

/** Hive, Spark, MySQL: `CHANGE [COLUMN] old new type`. */
function readChanged(cursor: Cursor): readonly Change[] {
  cursor.take('COLUMN');
  const from = cursor.name().text;
  if (cursor.is('COMMENT') || cursor.is('TYPE')) return described(cursor, from);
  const column = parseColumn(cursor);
  return [{ type: 'rename', from, to: column.name }, ...redefined(column)];
}

/** What a column's new definition says of it. */
function redefined(column: ColumnDefinition): readonly Change[] {
  const { name, type, comment, computed } = column;
  const changes: Change[] = [];
  if (type !== null) changes.push({ type: 'retype', column: name, to: type });
  if (comment !== null) changes.push({ type: 'comment', column: name, text: comment });
  if (computed !== null) changes.push({ type: 'compute', column });
  return changes;
}

/** `MODIFY a INT`, `MODIFY (a INT, b INT)`, `ALTER COLUMN a TYPE INT`, `ALTER COLUMN a INT`, `ALTER a SET DATA TYPE INT`. */
function readModified(cursor: Cursor): readonly Change[] | null {
  const named = cursor.take('COLUMN');
  cursor.take('IF', 'EXISTS');
  if (cursor.takeSymbol('(')) {
    const changes: Change[] = [];
    do changes.push(...retyped(cursor));
    while (cursor.takeSymbol(','));
    cursor.takeSymbol(')');
    return changes;
  }
  if (!named && noColumn.test(cursor.peek().text)) return null;
  return retyped(cursor);
}

function retyped(cursor: Cursor): readonly Change[] {
  const mark = cursor.mark();
  const column = cursor.name().text;
  if (cursor.take('SET', 'DATA', 'TYPE') || cursor.take('TYPE')) {
    const changes: ColumnChange[] = [{ type: 'retype', column, to: parseType(cursor) }];
    skipAction(cursor);
    return changes;
  }
  if (cursor.is('COMMENT') || cursor.is('SET', 'OPTIONS') || cursor.is('SET', 'COMMENT')) {
    cursor.take('SET');
    return described(cursor, column);
  }
  // PostgreSQL: "SET EXPRESSION AS ( expression )" ("ALTER TABLE").
  if (cursor.take('SET', 'EXPRESSION', 'AS')) {
    const computed = cursor.grammar.expression(cursor);
    return [{ type: 'compute', column: { name: column, type: null, comment: null, computed } }];
  }
  const { kind, text } = cursor.peek();
  if (
    kind !== 'word' ||
    /^(?:SET|DROP|ADD|NOT|NULL|DEFAULT|RESTART|RESET|REMOVE|UNSET|VISIBLE|INVISIBLE|CODEC|FIRST|AFTER)$/.test(text)
  ) {
    skipAction(cursor);
    return [];
  }
  cursor.reset(mark);
  return redefined(parseColumn(cursor));
}

function described(cursor: Cursor, column: string | null): readonly ColumnChange[] {
  const text = parseComments(cursor);
  return text === null ? [] : [{ type: 'comment', column, text }];
}

function commentHere(cursor: Cursor, column: string): readonly ColumnChange[] {
  return cursor.peek().kind === 'string' ? [{ type: 'comment', column, text: cursor.next().text }] : [];
}

/** To the next action. */
function skipAction(cursor: Cursor): void {
  while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}
