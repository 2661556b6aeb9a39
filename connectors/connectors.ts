import type { Connector } from './connector.ts';

/** Every connector there is, by name, loaded when first asked for. Adding one is a folder and a line here. */
export const connectors: Readonly<Record<string, () => Promise<Connector>>> = {
  amundsen: async () => (await import('./amundsen/connector.ts')).amundsen,
  atlas: async () => (await import('./atlas/connector.ts')).atlas,
  bigquery: async () => (await import('./bigquery/connector.ts')).bigquery,
  collibra: async () => (await import('./collibra/connector.ts')).collibra,
  databricks: async () => (await import('./databricks/connector.ts')).databricks,
  dbt: async () => (await import('./dbt/connector.ts')).dbt,
  duckdb: async () => (await import('./duckdb/connector.ts')).duckdb,
  glue: async () => (await import('./glue/connector.ts')).glue,
  openlineage: async () => (await import('./openlineage/connector.ts')).openlineage,
  mysql: async () => (await import('./mysql/connector.ts')).mysql,
  postgres: async () => (await import('./postgres/connector.ts')).postgres,
  snowflake: async () => (await import('./snowflake/connector.ts')).snowflake,
  'sql-files': async () => (await import('./sql-files/connector.ts')).sqlFiles,
  trino: async () => (await import('./trino/connector.ts')).trino,
};
