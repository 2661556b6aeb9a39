import { parseStatement } from './parser/parse-statement.ts';
import { breaksOff } from './parser/find-break.ts';
import { endsOpen } from './text/lexer.ts';
import { scanTables } from './parser/scan-tables.ts';
import { heldNames } from './ast/held-names.ts';
import { SqlSyntaxError } from './parser/cursor.ts';
import type { Dialect } from './dialect/dialect.ts';
import type { OwnParse } from './parser/parse-statement.ts';
import type { Parser } from './ast/polyglot.ts';
import type { ParsedStatement } from './script/parsed-statement.ts';

/**
 * Reads one statement: our own parser first; where it had to skip something, the second parser in the statement's dialect and
 * then in its siblings; at last the names of tables alone. The result says how far it was understood.
 */
export function parseWith(sql: string, dialect: Dialect, second: Parser | null): ParsedStatement {
  const own = tryOwn(sql, dialect);
  const broken = 'statements' in own && own.isBroken ? own : null;
  if (broken !== null)
    return inPart(
      broken.statements,
      'a statement breaks off, has a comma or a word too many, or lacks a part that its dialect wants',
    );
  if ('statements' in own && own.skipped === 0)
    return { statements: own.statements, parseStatus: 'full', confidence: 1, warning: null };
  // The second parser may close for itself what the text leaves open.
  if (second !== null && !endsOpen(sql, dialect) && !('error' in own && breaksOff(sql, dialect))) {
    const [nearest, ...siblings] = [dialect.parser, ...dialect.siblings];
    const found = second(sql, nearest ?? 'generic');
    if (found.ok && isUseful(found.statements))
      return { statements: heldNames(found.statements, dialect), parseStatus: 'full', confidence: 1, warning: null };
    for (const sibling of siblings) {
      const read = second(sql, sibling);
      if (read.ok && isUseful(read.statements))
        return {
          statements: heldNames(read.statements, dialect),
          parseStatus: 'full',
          confidence: 0.9,
          warning: `read as ${sibling}`,
        };
    }
  }
  if ('statements' in own) return inPart(own.statements, 'a part of a statement was not understood');
  const scanned = tryScan(sql, dialect);
  if (scanned !== null) return { statements: scanned, parseStatus: 'tables', confidence: 0.2, warning: own.error };
  return { statements: [], parseStatus: 'failed', confidence: 0, warning: own.error };
}

function inPart(statements: ParsedStatement['statements'], warning: string): ParsedStatement {
  return { statements, parseStatus: 'tables', confidence: 0.5, warning };
}

/** The second parser hands text that it does not understand on as a command. */
function isUseful(statements: readonly { readonly kind: string }[]): boolean {
  return statements.length > 0 && statements.every((statement) => statement.kind !== 'opaque');
}

function tryScan(sql: string, dialect: Dialect): ReturnType<typeof scanTables> {
  try {
    return scanTables(sql, dialect);
  } catch (error) {
    if (error instanceof SqlSyntaxError) return null;
    throw error;
  }
}

function tryOwn(sql: string, dialect: Dialect): OwnParse | { readonly error: string } {
  try {
    return parseStatement(sql, dialect);
  } catch (error) {
    if (error instanceof SqlSyntaxError) return { error: error.message };
    throw error;
  }
}
