/** What `import … from 'lexline/sql'` gives. */
export { createSqlEngine } from './create-sql-engine.ts';
export { digestQueryLog } from './query-log.ts';
export type { LoggedEdge, LoggedStatement, QueryLogDigest, QueryLogEntry } from './query-log.ts';
export type {
  ColumnEdge,
  ColumnRef,
  CreatedTable,
  IndirectUse,
  SqlEngine,
  SqlEngineOptions,
  SqlLineage,
  SqlRequest,
  SqlStatement,
  TableColumn,
  TableEvent,
  UsageSignal,
} from './sql-lineage.ts';
