/** What `import … from 'lexline/sql'` gives. */
export { createSqlEngine } from './create-sql-engine.ts';
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
