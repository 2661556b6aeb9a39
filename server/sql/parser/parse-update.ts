import { parseAssignments, parseOutput, parseReturning } from './parse-assignments.ts';
import { crossJoin } from './relation-parts.ts';
import { parseFrom, parseJoined } from './parse-joins.ts';
import { parseRelation } from './parse-relation.ts';
import type { Expr, Relation, Statement } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';
import type { Insert } from './parse-assignments.ts';

/** UPDATE of one table, of several joined ones, with FROM before or behind SET. */
export function parseUpdate(cursor: Cursor): Statement {
  cursor.next();
  const manners = new Set(['LOW_PRIORITY', 'IGNORE', 'ONLY']);
  while (cursor.isAny(manners) && !cursor.is(cursor.peek().text, 'SET')) cursor.next();
  if (cursor.is('TOP') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
  }
  if (cursor.take('OR')) cursor.next();
  const target = parseTargets(cursor);
  let from: Relation | null = cursor.take('FROM') ? parseFrom(cursor) : null;
  const assignments = parseAssignments(cursor);
  let where: readonly Expr[] = [];
  let returned: ReturnType<typeof parseReturning> = { returning: [], returningInto: [] };
  let output: Insert['output'] = null;
  for (;;) {
    if (cursor.is('OUTPUT')) output = parseOutput(cursor, output);
    else if (cursor.take('FROM')) from = parseFrom(cursor);
    else if (cursor.take('WHERE'))
      where = cursor.is('CURRENT', 'OF') ? skipCurrent(cursor) : [cursor.grammar.expression(cursor)];
    else if (cursor.take('RETURNING')) returned = parseReturning(cursor);
    else if (cursor.is('ORDER', 'BY') || cursor.is('LIMIT') || cursor.is('OPTION') || cursor.is('ELSE'))
      while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
    else break;
  }
  return { kind: 'update', with: [], target, from, assignments, where, ...returned, output };
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
  const manners = new Set(['LOW_PRIORITY', 'QUICK', 'IGNORE']);
  while (cursor.isAny(manners)) cursor.next();
  if (cursor.is('TOP') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
  }
  cursor.take('FROM');
  let target = parseJoined(cursor);
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
  let returned: ReturnType<typeof parseReturning> = { returning: [], returningInto: [] };
  for (;;) {
    if (cursor.take('FROM') || cursor.take('USING')) from = parseFrom(cursor);
    else if (cursor.is('OUTPUT')) output = parseOutput(cursor, output);
    else if (cursor.take('WHERE'))
      where = cursor.is('CURRENT', 'OF') ? skipCurrent(cursor) : [cursor.grammar.expression(cursor)];
    else if (cursor.take('RETURNING')) returned = parseReturning(cursor);
    else if (cursor.is('ORDER', 'BY') || cursor.is('LIMIT') || cursor.is('OPTION') || cursor.is('ALL'))
      while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
    else break;
  }
  return { kind: 'delete', with: [], target, from, where, ...returned, output };
}

function leftmost(relation: Relation): Relation {
  let first = relation;
  while (first.kind === 'join') first = first.left;
  return first;
}
