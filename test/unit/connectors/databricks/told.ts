import type { SourceMessage } from '../../../../server/model/document.ts';
import type { FakeMetastore, FakeRow } from '../../../fake/databricks-metastore.ts';
import { jobsByName } from '../../../connector-messages.ts';
import { now, smallMetastore } from './session.ts';

/** What the system tables tell of the small metastore, for the tests of history and lineage. */
export const day = 86_400_000;
export const last = now - 3 * 3_600_000;
export const dayNumber = Math.floor(last / day);
export const lastDay = new Date(last).toISOString().slice(0, 10);
export const isStatements = /^SELECT statement_id, text, day, ended_ms, runs FROM/u;
export const isUntold = /^SELECT count\(\*\) AS n FROM/u;
export const isStatementEdges = /^SELECT entity_type, entity_id, statement_id, source_name/u;
export const isEntityEdges = /^SELECT entity_type, entity_id, CAST\(NULL AS STRING\) AS statement_id/u;
export const isRuns = /AS runs, max\(unix_millis\(event_time\)\)/u;
export const isReads = /AS reads, count/u;

export function statement(statement_id: string, text: string, more: FakeRow = {}): FakeRow {
  return { statement_id, text, day: dayNumber, ended_ms: last, runs: 1, ...more };
}

export function way(
  source: string,
  target: string,
  columns: readonly [string, string] | null,
  more: FakeRow = {},
): FakeRow {
  return {
    entity_type: null,
    entity_id: null,
    statement_id: null,
    source_name: source,
    source_path: null,
    source_column: columns?.[0] ?? null,
    target_name: target,
    target_path: null,
    target_column: columns?.[1] ?? null,
    first_ms: last - day,
    last_ms: last,
    ...more,
  };
}

export interface Told {
  readonly statements?: readonly FakeRow[];
  readonly untold?: number;
  readonly statementEdges?: readonly FakeRow[];
  readonly entityEdges?: readonly FakeRow[];
  readonly runs?: readonly FakeRow[];
  readonly reads?: readonly FakeRow[];
}

export function withHistory(told: Told): FakeMetastore {
  const metastore = smallMetastore();
  metastore.answers = [
    { holds: isStatements, rows: told.statements ?? [] },
    { holds: isUntold, rows: [{ n: told.untold ?? 0 }] },
    { holds: isStatementEdges, rows: told.statementEdges ?? [] },
    { holds: isEntityEdges, rows: told.entityEdges ?? [] },
    { holds: isRuns, rows: told.runs ?? [] },
    { holds: isReads, rows: told.reads ?? [] },
  ];
  return metastore;
}

export const observations = (messages: readonly SourceMessage[], measure: string) =>
  messages.flatMap((message) => (message.type === 'observation' && message.measure === measure ? [message] : []));
export const queries = (messages: readonly SourceMessage[]) =>
  [...jobsByName(messages).values()].filter(({ kind }) => kind === 'query');
