import type { SqlStatement } from '../sql-lineage.ts';

/** How much sure an answer is that lacks one of its names. */
const withoutName = 0.8;

/** A statement that was read, and a part of what it does cannot be told. */
export function inPart(statement: SqlStatement): SqlStatement {
  if (statement.parseStatus !== 'full') return statement;
  return { ...statement, parseStatus: 'tables', confidence: statement.confidence * 0.5 };
}

/** A statement with a name that could not be told: where no column of it has a source either, only its tables are known. */
export function withoutNames(statement: SqlStatement, hasEdges: boolean): SqlStatement {
  if (statement.parseStatus !== 'full') return statement;
  return hasEdges ? { ...statement, confidence: statement.confidence * withoutName } : inPart(statement);
}
