import { parseAssignments, parseOutput, parseReturning, parseTuple } from './parse-assignments.ts';
import { parseColumnNames } from './relation-parts.ts';
import { parseJoined } from './parse-joins.ts';
import { takeTop } from './parse-parts.ts';
import { parseRelation } from './parse-relation.ts';
import { call } from '../ast/make.ts';
import type { Expr, MergeClause, Name, Relation, Returning, Statement } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';
import type { Insert } from './parse-assignments.ts';

/** MERGE, with `UPDATE SET *`, `INSERT *`, `INSERT ROW` and Oracle's WHERE behind an action. */
export function parseMerge(cursor: Cursor): Statement {
  cursor.next();
  takeTop(cursor);
  cursor.take('WITH', 'SCHEMA', 'EVOLUTION');
  cursor.take('INTO');
  const target = parseRelation(cursor);
  cursor.take('WITH', 'SCHEMA', 'EVOLUTION');
  cursor.expect('USING');
  const source = parseJoined(cursor);
  const on = parseCondition(cursor, target, source);
  const clauses: MergeClause[] = [];
  let output: Insert['output'] = null;
  let returned: Returning = { returning: [] };
  for (;;) {
    if (cursor.is('WHEN')) clauses.push(...parseWhen(cursor));
    else if (cursor.take('REMOVE', 'DUPLICATES')) {
      // Redshift: rows of the source take the place of those they match.
      clauses.push(
        { kind: 'update', condition: null, assignments: 'all' },
        { kind: 'insert', condition: null, columns: [], values: 'all' },
      );
    } else if (cursor.take('ELSE', 'IGNORE')) continue;
    else if (cursor.is('OUTPUT')) output = parseOutput(cursor, output);
    else if (cursor.take('RETURNING')) returned = parseReturning(cursor);
    else if (cursor.is('OPTION') || cursor.is('LOG', 'ERRORS'))
      while (!cursor.atEnd && !cursor.isSymbol(')')) {
        if (cursor.isSymbol('(')) cursor.skipParens();
        else cursor.next();
      }
    else break;
  }
  return { kind: 'merge', with: [], target, source, on, clauses, ...returned, output };
}

/** `ON condition`; DuckDB also takes `USING (a, b)`. */
function parseCondition(cursor: Cursor, target: Relation, source: Relation): readonly Expr[] {
  if (!cursor.take('USING')) {
    cursor.expect('ON');
    return [cursor.grammar.expression(cursor)];
  }
  return parseColumnNames(cursor).map((name) =>
    call('=', [
      { kind: 'column', parts: [...qualifierOf(target), name] },
      { kind: 'column', parts: [...qualifierOf(source), name] },
    ]),
  );
}

function parseWhen(cursor: Cursor): readonly MergeClause[] {
  cursor.expect('WHEN');
  cursor.take('NOT');
  cursor.expect('MATCHED');
  if (cursor.take('BY')) cursor.next();
  let condition = cursor.take('AND') ? cursor.grammar.expression(cursor) : null;
  cursor.expect('THEN');
  if (cursor.take('DELETE')) return [{ kind: 'delete', condition }];
  if (cursor.take('DO', 'NOTHING')) return [];
  if (cursor.take('UPDATE')) {
    if (cursor.is('SET') && cursor.isSymbol('*', 1)) {
      cursor.next();
      cursor.next();
      return [{ kind: 'update', condition, assignments: 'all', except: parseExcept(cursor) }];
    }
    const isWhole = cursor.take('ALL', 'BY', 'NAME') || cursor.take('BY', 'NAME') || !cursor.is('SET');
    if (isWhole) return [{ kind: 'update', condition, assignments: 'all' }];
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
  if (cursor.takeSymbol('*'))
    return [{ kind: 'insert', condition, columns: [], values: 'all', except: parseExcept(cursor) }];
  // BigQuery: ROW stands for the source's columns in their order.
  if (cursor.take('ROW')) return [{ kind: 'insert', condition, columns: [], values: 'row' }];
  if (cursor.take('ALL', 'BY', 'NAME') || cursor.take('BY', 'NAME') || endsClause(cursor))
    return [{ kind: 'insert', condition, columns: [], values: 'all' }];
  const mark = cursor.mark();
  const columns = cursor.isSymbol('(') ? parseColumnNames(cursor) : [];
  if (columns.length > 0 && !cursor.is('VALUES') && !cursor.is('ROW') && !cursor.is('OVERRIDING')) {
    // Teradata: values without the word.
    cursor.reset(mark);
    return [{ kind: 'insert', condition, columns: [], values: parseTuple(cursor) }];
  }
  if (cursor.take('ROW')) return [{ kind: 'insert', condition, columns, values: 'row' }];
  if (cursor.take('OVERRIDING')) while (!cursor.atEnd && !cursor.is('VALUES')) cursor.next();
  if (cursor.take('DEFAULT', 'VALUES')) return [{ kind: 'insert', condition, columns, values: [] }];
  cursor.expect('VALUES');
  const values = parseTuple(cursor);
  if (cursor.take('WHERE')) condition = cursor.grammar.expression(cursor);
  return [{ kind: 'insert', condition, columns, values }];
}

/** The name that a relation's columns are qualified with. */
function qualifierOf(relation: Relation): readonly Name[] {
  if (relation.kind === 'join') return qualifierOf(relation.left);
  const name = relation.alias ?? (relation.kind === 'table' ? relation.name.at(-1) : undefined);
  return name === undefined ? [] : [name];
}

/** DuckDB: INSERT with nothing behind it. */
function endsClause(cursor: Cursor): boolean {
  return cursor.atEnd || cursor.isSymbol(')') || cursor.is('WHEN') || cursor.is('RETURNING');
}

/** Databricks: `* EXCEPT (a, b)`. */
function parseExcept(cursor: Cursor): readonly string[] {
  return cursor.take('EXCEPT') && cursor.isSymbol('(') ? parseColumnNames(cursor).map((name) => name.text) : [];
}
