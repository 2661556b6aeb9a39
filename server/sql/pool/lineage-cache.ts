import { schemaNumber } from './schema-number.ts';
import type { SqlLineage, SqlRequest } from '../sql-lineage.ts';

const longestText = 64 * 1024;
const mostCharacters = 16 * 1024 * 1024;

/** Answers given before. */
export interface LineageCache {
  get(request: SqlRequest): SqlLineage | null;
  put(request: SqlRequest, lineage: SqlLineage): void;
}

/** Remembers answers by text and surroundings, at most 16 Mi characters of text; the least used go first. */
export function createLineageCache(): LineageCache {
  const answers = new Map<string, SqlLineage>();
  let characters = 0;
  return {
    get(request) {
      const key = keyOf(request);
      const found = answers.get(key);
      if (found === undefined) return null;
      answers.delete(key);
      answers.set(key, found);
      return found;
    },
    put(request, lineage) {
      if (request.sql.length > longestText || lineage.error?.code === 'DEADLINE_EXCEEDED') return;
      const key = keyOf(request);
      if (answers.has(key)) return;
      answers.set(key, lineage);
      characters += key.length;
      for (const old of answers.keys()) {
        if (characters <= mostCharacters) break;
        answers.delete(old);
        characters -= old.length;
      }
    },
  };
}

function keyOf(request: SqlRequest): string {
  const { dialect, defaultDatabase = '', defaultSchema = '', keepTables = false, usage = false, schema, sql } = request;
  return [dialect, defaultDatabase, defaultSchema, keepTables, usage, schemaNumber(schema) ?? '', sql].join('\u0000');
}
