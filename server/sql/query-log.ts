import { ansiDialect, findDialect } from './dialect/dialects.ts';
import { fingerprint, normalise } from './text/normalise.ts';
import { LogSessions } from './log/log-sessions.ts';
import { LogTally } from './log/log-tally.ts';
import type { Dialect } from './dialect/dialect.ts';
import type { ColumnEdge, SqlEngine, SqlRequest, TableColumn, TableEvent, UsageSignal } from './sql-lineage.ts';

/** One statement as a query log has it. */
export interface QueryLogEntry {
  readonly sql: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** Statements of one session see its temporary tables; entries of a session come in order of time. */
  readonly session?: string;
  /** It ended with an error: nothing flowed. */
  readonly failed?: boolean;
  /** How often it ran, where the log counts for itself (pg_stat_statements); default 1. */
  readonly count?: number;
  readonly defaultDatabase?: string;
  readonly defaultSchema?: string;
}

/** An edge that statements of the log stand behind. */
export interface LoggedEdge extends Omit<ColumnEdge, 'down'> {
  readonly down: TableColumn;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly count: number;
  /** Fingerprint of the statement behind it that ran most. */
  readonly statement: string;
}

/** A different statement of the log, without its literals. */
export interface LoggedStatement {
  readonly id: string;
  readonly normalised: string;
  readonly parseStatus: 'full' | 'tables' | 'failed';
  readonly confidence: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly count: number;
}

/** A drop, rename, swap, clone or change of columns that the log holds. */
export interface LoggedEvent {
  readonly event: TableEvent;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly count: number;
  /** Fingerprint of the statement. */
  readonly statement: string;
}

/** A query log boiled down. */
export interface QueryLogDigest {
  readonly edges: readonly LoggedEdge[];
  /** Tables read for tables written, also where no column could be told. */
  readonly flows: readonly {
    readonly from: string;
    readonly to: string;
    readonly lastSeen: number;
    readonly count: number;
  }[];
  readonly statements: readonly LoggedStatement[];
  /** What statements did to tables themselves, by the time they did it last; no comments, which are texts. */
  readonly events: readonly LoggedEvent[];
  readonly usage: readonly { readonly signal: UsageSignal; readonly count: number }[];
  readonly entries: number;
  /** Entries left out because their statement failed. */
  readonly failed: number;
  /** Entries left out because there were more different statements than `maxStatements`. */
  readonly beyondLimit: number;
}

export interface QueryLogOptions {
  readonly engine: SqlEngine;
  readonly dialect: string;
  readonly schema?: SqlRequest['schema'];
  /** Most different statements looked at, default 100,000; the log of a day has a few thousand. */
  readonly maxStatements?: number;
  readonly signal?: AbortSignal;
}

/**
 * Boils a query log down to edges with first and last seen, counts and a statement's fingerprint. Duplicates, by the text
 * without its literals, are looked at once; failed statements not at all; a session's temporary tables carry flows on to the
 * statements that read them. Memory grows with the different statements, not with the entries.
 */
export async function digestQueryLog(
  entries: AsyncIterable<QueryLogEntry> | Iterable<QueryLogEntry>,
  options: QueryLogOptions,
): Promise<QueryLogDigest> {
  const dialect = findDialect(options.dialect) ?? ansiDialect;
  const sessions = new LogSessions();
  const tally = new LogTally(options.maxStatements ?? 100_000);
  const prints = createFingerprints(dialect);
  let count = 0;
  let failed = 0;
  for await (const entry of entries) {
    options.signal?.throwIfAborted();
    const times = entry.count ?? 1;
    count += times;
    if (entry.failed === true) {
      failed += times;
      continue;
    }
    const print = prints(entry.sql);
    // What a session put into temporary tables belongs to the statement that reads them.
    const unit = sessions.unitOf(entry, print);
    if (unit === null) continue;
    if (tally.isNew(unit.id) && tally.hasRoom()) {
      const lineage = await options.engine.lineage(
        {
          dialect: options.dialect,
          sql: unit.sql,
          usage: true,
          ...(options.schema === undefined ? {} : { schema: options.schema }),
          ...(entry.defaultDatabase === undefined ? {} : { defaultDatabase: entry.defaultDatabase }),
          ...(entry.defaultSchema === undefined ? {} : { defaultSchema: entry.defaultSchema }),
        },
        options.signal,
      );
      tally.learn(unit.id, unit.normalised, lineage);
    }
    tally.saw(unit.id, entry.at, times);
  }
  return { ...tally.result(), entries: count, failed };
}

/** Fingerprint and literal-free form of a text; the same text is worked on once while it is remembered. */
function createFingerprints(dialect: Dialect): (sql: string) => { readonly id: string; readonly normalised: string } {
  const known = new Map<string, { readonly id: string; readonly normalised: string }>();
  return (sql) => {
    const before = known.get(sql);
    if (before !== undefined) return before;
    const normalised = normalise(sql, dialect);
    const print = { id: fingerprint(normalised), normalised };
    if (sql.length < 16_384) known.set(sql, print);
    if (known.size > 10_000) for (const old of known.keys()) if (known.size > 5_000) known.delete(old);
    return print;
  };
}
