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

const mostParsed = 1_000;

/** The same parser, which reads a text only once: loops and calls ask for it turn after turn. */
export function remembering(parser: StatementParser): StatementParser {
  const parsed = new Map<string, ParsedStatement>();
  return (sql) => {
    const known = parsed.get(sql);
    if (known !== undefined) return known;
    const fresh = parser(sql);
    if (parsed.size >= mostParsed) parsed.clear();
    parsed.set(sql, fresh);
    return fresh;
  };
}
