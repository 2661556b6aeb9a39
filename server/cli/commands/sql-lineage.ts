import { LexlineError } from '../../base/errors.ts';
import { createSqlEngine } from '../../sql/create-sql-engine.ts';
import { lineOf, requestOf } from '../../sql/lineage-line.ts';
import { answerJsonLines } from '../json-lines.ts';
import type { SqlEngine } from '../../sql/sql-lineage.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';

/** Answers one line of `lexline sql lineage`. Fails with INPUT_INVALID when the line holds no SQL. */
export async function answerSqlLine(
  row: Readonly<Record<string, unknown>>,
  engine: SqlEngine,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const request = requestOf(row);
  if (request === null)
    throw new LexlineError('INPUT_INVALID', 'the line has no member "sql" with a text in it', {
      remedy: '{"id": 1, "dialect": "postgres", "sql": "select a from t"}',
    });
  return lineOf(row['id'], await engine.lineage(request, signal));
}

/** `lexline sql lineage`: JSON Lines in, one line of lineage out for each, in order. */
export async function run(_invocation: Invocation, context: CommandContext): Promise<ExitStatus> {
  const engine = createSqlEngine();
  try {
    await answerJsonLines({
      io: context.io,
      signal: context.signal,
      concurrency: 2,
      answer: (row) => answerSqlLine(row, engine, context.signal),
    });
  } finally {
    await engine.close();
  }
  return 0;
}
