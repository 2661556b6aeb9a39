import { digestOf, type Json } from '../model/json.ts';
import { printPath } from '../model/ids.ts';
import type { JobStatement } from '../model/document.ts';
import type { SqlEngine, SqlLineage, SqlRequest } from '../sql/sql-lineage.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { KnownTables } from './known-tables.ts';

/** Answers are kept this long; then the text is read again once. */
const keepMs = 30 * 24 * 60 * 60 * 1000;
/** Tables whose columns are handed along with one text, at most; beyond it the text is machine-made and names match too much. */
const maxTables = 500;

/** Answers what a statement reads and writes, from the cache where text and known columns are the same as before. */
export interface StatementLineage {
  of(statement: JobStatement, namespace: string, signal?: AbortSignal): Promise<SqlLineage>;
}

/**
 * `cache` null: every text is parsed. The key is a hash over text, dialect, defaults and the columns of the tables that the
 * text could mean; text and literals are not kept, and an answer is kept only when it says that it is whole.
 */
export function createStatementLineage(options: {
  readonly engine: SqlEngine;
  readonly tables: KnownTables;
  readonly cache: Pick<StateStore, 'get' | 'put'> | null;
  readonly now: () => number;
  /** Part of every key: another release may answer differently for the same text. */
  readonly release: string;
}): StatementLineage {
  return {
    async of(statement, namespace, signal) {
      const schema = await schemaFor(statement, namespace, options.tables);
      const request: SqlRequest = {
        dialect: statement.dialect,
        sql: statement.sql,
        schema,
        keepTables: true,
        ...(statement.defaultDatabase === undefined ? {} : { defaultDatabase: statement.defaultDatabase }),
        ...(statement.defaultSchema === undefined ? {} : { defaultSchema: statement.defaultSchema }),
      };
      if (options.cache === null) return options.engine.lineage(request, signal);
      // Column order matters to a star, and a digest does not see the order of members.
      const columns = Object.entries(schema).map(([table, types]) => [table, Object.entries(types)]);
      const key = digestOf([options.release, { ...request, schema: columns }]);
      const kept = await options.cache.get('sql-lineage', key);
      if (kept !== null) return kept as unknown as SqlLineage;
      const answer = await options.engine.lineage(request, signal);
      if (answer.error === null) {
        const expires = new Date(options.now() + keepMs).toISOString();
        await options.cache.put('sql-lineage', key, answer as unknown as Json, expires);
      }
      return answer;
    },
  };
}

async function schemaFor(
  statement: JobStatement,
  namespace: string,
  tables: KnownTables,
): Promise<Record<string, Record<string, string>>> {
  const schema: Record<string, Record<string, string>> = {};
  const candidates = tables.candidates(statement.sql, namespace, statement.defaultSchema).slice(0, maxTables);
  for (const table of candidates) {
    const columns = tables.isPartial(table) ? null : await tables.columns(table);
    if (columns === null) continue;
    schema[table.name] = Object.fromEntries(columns.map(({ path, type }) => [printPath(path), type ?? '']));
  }
  return schema;
}
