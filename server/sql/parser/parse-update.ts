import { parseAssignments, parseOutput, parseReturning } from './parse-assignments.ts';
import { takeTop } from './parse-parts.ts';
import { crossJoin } from './relation-parts.ts';
import { parseFrom, parseJoined } from './parse-joins.ts';
import { parseRelation } from './parse-relation.ts';
import type { Expr, Relation, Returning, Statement } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';
import type { Insert } from './parse-assignments.ts';
import type { Token } from '../text/lexer.ts';

/** UPDATE of one table, of several joined ones, with FROM before or behind SET. */
export function parseUpdate(cursor: Cursor): Statement {
  cursor.next();
  const { skipped } = cursor;
  let isWhole = true;
  const manners = new Set(['LOW_PRIORITY', 'IGNORE', 'ONLY']);
  while (cursor.isAny(manners) && !cursor.is(cursor.peek().text, 'SET'))
    if (cursor.next().text !== 'LOW_PRIORITY') isWhole = false;
  if (takeTop(cursor)) isWhole = false;
  // SQLite: `UPDATE OR IGNORE`, `OR FAIL` leave rows as they were.
  if (cursor.take('OR')) {
    cursor.next();
    isWhole = false;
  }
  const start = cursor.mark();
  const target = parseTargets(cursor);
  isWhole &&= !cursor.tokens.slice(start, cursor.mark()).some(isPartOfTable);
  let from: Relation | null = cursor.take('FROM') ? parseFrom(cursor) : null;
  const assignments = parseAssignments(cursor);
  let where: readonly Expr[] = [];
  let returned: Returning = { returning: [] };
  let output: Insert['output'] = null;
  for (;;) {
    if (cursor.is('OUTPUT')) output = parseOutput(cursor, output);
    else if (cursor.take('FROM')) from = parseFrom(cursor);
    else if (cursor.take('WHERE')) {
      isWhole &&= isAlwaysTrue(cursor);
      where = cursor.is('CURRENT', 'OF') ? skipCurrent(cursor) : [cursor.grammar.expression(cursor)];
    } else if (cursor.take('RETURNING')) returned = parseReturning(cursor);
    else if (cursor.is('OPTION') && cursor.isSymbol('(', 1)) skipHints(cursor);
    else if (cursor.is('ORDER', 'BY') || cursor.is('LIMIT') || cursor.is('ELSE')) {
      isWhole = false;
      while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
    } else break;
  }
  isWhole &&= cursor.skipped === skipped && (cursor.atEnd || cursor.isSymbol(')'));
  return { kind: 'update', with: [], target, from, assignments, where, isWhole, ...returned, output };
}

/** `WHERE TRUE`, `WHERE 1 = 1`: what BigQuery wants where all rows are meant. */
function isAlwaysTrue(cursor: Cursor): boolean {
  const words: string[] = [];
  for (let ahead = 0; ahead < 4; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind === 'end' || text === ')' || text === 'RETURNING') break;
    words.push(kind === 'word' || kind === 'number' || kind === 'symbol' ? text : '?');
  }
  return /^(?:TRUE|1|1 = 1)$/.test(words.join(' '));
}

/** `t PARTITION (p0)`, `FOR PORTION OF`, `WITH (READPAST)`: not every row of the table. */
function isPartOfTable({ kind, text }: Token): boolean {
  return kind === 'word' && /^(?:ONLY|(?:SUB)?PARTITION|PORTION|TABLESAMPLE|SAMPLE|READPAST)$/.test(text);
}

/** T-SQL: `OPTION (RECOMPILE)` says how, not what. */
function skipHints(cursor: Cursor): void {
  cursor.next();
  cursor.skipParens();
}

function skipCurrent(cursor: Cursor): readonly Expr[] {
  cursor.next();
  cursor.next();
  cursor.name();
  return [];
}

function parseTargets(cursor: Cursor): Relation {
  let target = parseJoined(cursor);
  while (cursor.takeSymbol(',')) target = crossJoin(target, parseJoined(cursor));
  return target;
}

/** DELETE in all dialects: FROM may be left out or come twice, USING, joins. */
export function parseDelete(cursor: Cursor): Statement {
  cursor.next();
  const { skipped } = cursor;
  const manners = new Set(['LOW_PRIORITY', 'QUICK', 'IGNORE']);
  while (cursor.isAny(manners)) cursor.next();
  let isWhole = !takeTop(cursor);
  cursor.take('FROM');
  const start = cursor.mark();
  let target = parseJoined(cursor);
  isWhole &&= !cursor.tokens.slice(start, cursor.mark()).some(isPartOfTable);
  // MySQL: `DELETE a, b FROM …`.
  const several = cursor.isSymbol(',');
  while (cursor.takeSymbol(',')) target = crossJoin(target, parseRelation(cursor));
  let output: Insert['output'] = null;
  if (cursor.is('OUTPUT')) output = parseOutput(cursor);
  let from: Relation | null = null;
  if (target.kind === 'join' && !several) {
    from = target;
    target = leftmost(target);
  }
  let where: readonly Expr[] = [];
  let returned: Returning = { returning: [] };
  for (;;) {
    if (cursor.take('FROM') || cursor.take('USING')) from = parseFrom(cursor);
    else if (cursor.is('OUTPUT')) output = parseOutput(cursor, output);
    else if (cursor.take('WHERE')) {
      isWhole &&= isAlwaysTrue(cursor);
      where = cursor.is('CURRENT', 'OF') ? skipCurrent(cursor) : [cursor.grammar.expression(cursor)];
    } else if (cursor.take('RETURNING')) returned = parseReturning(cursor);
    else if (cursor.is('OPTION') && cursor.isSymbol('(', 1)) skipHints(cursor);
    else if (cursor.is('ORDER', 'BY') || cursor.is('LIMIT') || cursor.is('ALL')) {
      isWhole &&= cursor.is('ALL');
      while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
    } else break;
  }
  isWhole &&= cursor.skipped === skipped && (cursor.atEnd || cursor.isSymbol(')'));
  return { kind: 'delete', with: [], target, from, where, isWhole, ...returned, output };
}

function leftmost(relation: Relation): Relation {
  let first = relation;
  while (first.kind === 'join') first = first.left;
  return first;
}
