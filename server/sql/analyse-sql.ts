import { ansiDialect, findDialect } from './dialect/dialects.ts';
import { createCatalog } from './statement/catalog.ts';
import { findTwins, tellTwins } from './text/twin-names.ts';
import { parseWith } from './parse-with.ts';
import { ScriptRun } from './script/run-script.ts';
import { Session } from './statement/session.ts';
import type { Parser } from './ast/polyglot.ts';
import type { ColumnEdge, SqlLineage, SqlRequest, SqlStatement } from './sql-lineage.ts';

/**
 * Resolves the lineage of one text, here and now, without a deadline: what a worker runs. `second` is asked about statements
 * that our own parser does not wholly understand. Never throws for a text.
 */
export function analyseSql(request: SqlRequest, second: Parser | null): SqlLineage {
  const known = findDialect(request.dialect);
  const plain = known ?? ansiDialect;
  const twins = findTwins(request.sql, plain, request.schema ?? {});
  const dialect = twins === null ? plain : { ...plain, twins };
  const defaults = { database: request.defaultDatabase ?? null, schema: request.defaultSchema ?? null };
  const catalog = createCatalog(request.schema ?? {}, dialect, defaults);
  const session = new Session(dialect, catalog, request);
  if (known === null) session.warn('unknown dialect: read as ansi');
  const run = new ScriptRun(session, (sql) => parseWith(sql, dialect, second));
  try {
    run.run(request.sql);
  } catch (error) {
    // Nesting beyond the stack is the one thing that a text can do to us. Messages of errors may quote the text.
    const why = error instanceof RangeError ? 'nested too deeply to be read' : 'not read to its end: a mistake of ours';
    session.warn(why);
    return told(session, run.statements, why);
  }
  return told(session, run.statements, null);
}

function told(session: Session, statements: readonly SqlStatement[], broken: string | null): SqlLineage {
  const lineage = report(session, statements, broken);
  return session.dialect.twins === null ? lineage : tellTwins(lineage, session.dialect);
}

const maskingEffects = new Set(['hash', 'keyed-hash', 'encrypt', 'tokenise', 'mask', 'count']);

function report(session: Session, statements: readonly SqlStatement[], broken: string | null): SqlLineage {
  const result = session.result();
  const columns: ColumnEdge[] = result.edges.flatMap(({ table, column, inputs }) =>
    inputs.map((input) => ({
      down: { table, column },
      up: { table: input.table, column: input.column },
      kind: input.kind,
      masking: maskingEffects.has(input.effect),
      fn: input.fn,
      effect: input.effect,
    })),
  );
  const parseStatus = broken === null ? statusOf(statements) : 'failed';
  const message = broken ?? 'no statement of the text could be understood';
  return {
    inTables: result.inTables,
    outTables: result.outTables,
    columns,
    indirect: result.indirect,
    resultColumns: result.edges.flatMap(({ table, column }) => (table === null ? [column] : [])),
    unresolved: result.unresolved,
    events: session.events,
    created: [...session.created.values()],
    statements,
    parseStatus,
    warnings: result.warnings,
    ...(session.usage === null ? {} : { usage: session.usage.signals }),
    error: parseStatus === 'failed' ? { code: 'SQL_FAILED', message } : null,
  };
}

/** The text as a whole: full when every statement is, failed when every one failed. */
function statusOf(statements: readonly SqlStatement[]): SqlLineage['parseStatus'] {
  if (statements.every((statement) => statement.parseStatus === 'full')) return 'full';
  return statements.every((statement) => statement.parseStatus === 'failed') ? 'failed' : 'tables';
}
