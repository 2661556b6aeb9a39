/** What `import … from 'lexline/sql'` gives. */
export { createSqlEngine } from './create-sql-engine.ts';
export { digestQueryLog } from './query-log.ts';
export type { LoggedEdge, LoggedEvent, LoggedStatement, QueryLogDigest, QueryLogEntry } from './query-log.ts';
export type {
  ColumnEdge,
  ColumnRef,
  ChangedColumn,
  CreatedColumn,
  CreatedTable,
  IndirectUse,
  SqlEngine,
  SqlEngineOptions,
  SqlLineage,
  SqlRequest,
  SqlStatement,
  TableChange,
  TableColumn,
  TableEvent,
  UsageSignal,
} from './sql-lineage.ts';
