import type { Expr } from '../ast/nodes.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from '../statement/session.ts';

/**
 * Snowflake: `TABLE(result_set)`, and `RESULT_SCAN(LAST_QUERY_ID())`, what the statement before showed; null for any other
 * function called in FROM.
 */
export function resultSet(name: string, args: readonly Expr[], session: Session): Rowset | null {
  const [first] = args;
  if (first === undefined || args.length > 1) return null;
  if (name === 'RESULT_SCAN' && first.kind === 'call' && first.name === 'LAST_QUERY_ID' && first.args.length === 0)
    return session.lastResult;
  if (name !== 'TABLE') return null;
  if (first.kind === 'variable') return session.variables.record(first.name);
  return first.kind === 'column' ? session.variables.record(first.parts.at(-1)?.text ?? '') : null;
}
