import { ansiDialect, findDialect } from './dialect/dialects.ts';
import { createCatalog } from './statement/catalog.ts';
import { fingerprint, normalise } from './text/normalise.ts';
import { perform } from './statement/perform.ts';
import { Session } from './statement/session.ts';
import { splitStatements } from './script/split-statements.ts';
import type { Dialect } from './dialect/dialects.ts';
import type { Parsed, Parser } from './ast/polyglot.ts';
import type { ColumnEdge, SqlLineage, SqlRequest, SqlStatement } from './sql-lineage.ts';

/** Resolves the lineage of one text, here and now, without a deadline: what a worker runs. */
export function analyseSql(request: SqlRequest, parse: Parser): SqlLineage {
  const dialect = findDialect(request.dialect) ?? ansiDialect;
  const defaults = { database: request.defaultDatabase ?? null, schema: request.defaultSchema ?? null };
  const catalog = createCatalog(request.schema ?? {}, dialect, defaults);
  const session = new Session(dialect, catalog, request.keepTables ?? false);
  if (findDialect(request.dialect) === null) session.warn('unknown dialect: read as ansi');
  const statements: SqlStatement[] = [];
  for (const text of splitStatements(request.sql, dialect))
    statements.push(analyseStatement(text, dialect, session, parse));
  return report(session, statements);
}

function analyseStatement(text: string, dialect: Dialect, session: Session, parse: Parser): SqlStatement {
  const normalised = normalise(text, dialect);
  const id = fingerprint(normalised);
  const parsed = parseIn(text, dialect, parse);
  if (!parsed.ok) {
    session.warn(parsed.error);
    return { id, normalised, parseStatus: 'failed', confidence: 0 };
  }
  for (const statement of parsed.statements) perform(statement, session);
  return { id, normalised, parseStatus: 'full', confidence: 1 };
}

function parseIn(text: string, dialect: Dialect, parse: Parser): Parsed {
  const first = parse(text, dialect.parser);
  if (first.ok) return first;
  for (const sibling of dialect.siblings) {
    const next = parse(text, sibling);
    if (next.ok) return next;
  }
  return first;
}

const maskingEffects = new Set(['hash', 'keyed-hash', 'encrypt', 'tokenise', 'mask', 'count']);

function report(session: Session, statements: readonly SqlStatement[]): SqlLineage {
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
  const failed = statements.filter((statement) => statement.parseStatus === 'failed').length;
  const parseStatus = failed === 0 ? 'full' : failed === statements.length ? 'failed' : 'tables';
  return {
    inTables: result.inTables,
    outTables: result.outTables,
    columns,
    indirect: result.indirect,
    unresolved: result.unresolved,
    events: session.events,
    created: [...session.created.values()],
    statements,
    parseStatus,
    warnings: result.warnings,
    error:
      parseStatus === 'failed' ? { code: 'SQL_FAILED', message: 'no statement of the text could be understood' } : null,
  };
}
