import { parseAssignments, parseOutput, parseTuple } from './parse-assignments.ts';
import { parseColumnNames } from './relation-parts.ts';
import { parseJoined } from './parse-joins.ts';
import { parseRelation } from './parse-relation.ts';
import type { MergeClause, Statement } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';
import type { Insert } from './parse-assignments.ts';

/** MERGE, with `UPDATE SET *`, `INSERT *`, `INSERT ROW` and Oracle's WHERE behind an action. */
export function parseMerge(cursor: Cursor): Statement {
  cursor.next();
  if (cursor.is('TOP') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
  }
  cursor.take('WITH', 'SCHEMA', 'EVOLUTION');
  cursor.take('INTO');
  const target = parseRelation(cursor);
  cursor.take('WITH', 'SCHEMA', 'EVOLUTION');
  cursor.expect('USING');
  const source = parseJoined(cursor);
  cursor.expect('ON');
  const on = [cursor.grammar.expression(cursor)];
  const clauses: MergeClause[] = [];
  let output: Insert['output'] = null;
  for (;;) {
    if (cursor.is('WHEN')) clauses.push(...parseWhen(cursor));
    else if (cursor.take('REMOVE', 'DUPLICATES')) {
      // Redshift: rows of the source take the place of those they match.
      clauses.push(
        { kind: 'update', condition: null, assignments: 'all' },
        { kind: 'insert', condition: null, columns: [], values: 'all' },
      );
    } else if (cursor.take('ELSE', 'IGNORE')) continue;
    else if (cursor.is('OUTPUT')) output = parseOutput(cursor);
    else if (cursor.is('OPTION') || cursor.is('RETURNING') || cursor.is('LOG', 'ERRORS'))
      while (!cursor.atEnd) cursor.next();
    else break;
  }
  return { kind: 'merge', with: [], target, source, on, clauses, output };
}

function parseWhen(cursor: Cursor): readonly MergeClause[] {
  cursor.expect('WHEN');
  cursor.take('NOT');
  cursor.expect('MATCHED');
  if (cursor.take('BY')) cursor.next();
  let condition = cursor.take('AND') ? cursor.grammar.expression(cursor) : null;
  cursor.expect('THEN');
  if (cursor.take('DELETE')) return [{ kind: 'delete', condition }];
  // Snowflake's, DuckDB's and others' words for all columns by their names.
  if (cursor.take('UPDATE', 'BY', 'NAME') || cursor.take('UPDATE', 'BY', 'POSITION'))
    return [{ kind: 'update', condition, assignments: 'all' }];
  if (cursor.take('DO', 'NOTHING')) return [];
  if (cursor.take('UPDATE')) {
    if (cursor.is('SET') && cursor.isSymbol('*', 1)) {
      cursor.next();
      cursor.next();
      skipExcept(cursor);
      return [{ kind: 'update', condition, assignments: 'all' }];
    }
    if (cursor.take('ALL', 'BY', 'NAME')) return [{ kind: 'update', condition, assignments: 'all' }];
    const assignments = parseAssignments(cursor);
    if (cursor.take('WHERE')) condition = cursor.grammar.expression(cursor);
    if (cursor.take('DELETE')) {
      cursor.take('WHERE');
      const when = cursor.grammar.expression(cursor);
      return [
        { kind: 'update', condition, assignments },
        { kind: 'delete', condition: when },
      ];
    }
    return [{ kind: 'update', condition, assignments }];
  }
  cursor.expect('INSERT');
  if (cursor.takeSymbol('*')) {
    skipExcept(cursor);
    return [{ kind: 'insert', condition, columns: [], values: 'all' }];
  }
  if (cursor.take('ROW') || cursor.take('ALL', 'BY', 'NAME'))
    return [{ kind: 'insert', condition, columns: [], values: 'all' }];
  const mark = cursor.mark();
  const columns = cursor.isSymbol('(') ? parseColumnNames(cursor) : [];
  if (columns.length > 0 && !cursor.is('VALUES') && !cursor.is('ROW')) {
    // Teradata: values without the word.
    cursor.reset(mark);
    return [{ kind: 'insert', condition, columns: [], values: parseTuple(cursor) }];
  }
  if (cursor.take('ROW')) return [{ kind: 'insert', condition, columns, values: 'all' }];
  cursor.expect('VALUES');
  const values = parseTuple(cursor);
  if (cursor.take('WHERE')) condition = cursor.grammar.expression(cursor);
  return [{ kind: 'insert', condition, columns, values }];
}

function skipExcept(cursor: Cursor): void {
  if (cursor.take('EXCEPT') && cursor.isSymbol('(')) cursor.skipParens();
}
