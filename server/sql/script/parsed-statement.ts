import type { SqlStatement } from '../sql-lineage.ts';
import type { Statement } from '../ast/nodes.ts';

/** What parsing one statement gave. */
export interface ParsedStatement {
  readonly statements: readonly Statement[];
  readonly parseStatus: SqlStatement['parseStatus'];
  readonly confidence: number;
  readonly warning: string | null;
}

/** Parses one statement, by whatever parsers there are. */
export type StatementParser = (sql: string) => ParsedStatement;
