import { parentPort } from 'node:worker_threads';
import { analyseSql } from './analyse-sql.ts';
import { loadPolyglot } from './ast/polyglot.ts';
import { schemasKept } from './pool/schemas-kept.ts';
import type { Parser } from './ast/polyglot.ts';
import type { SqlLineage, SqlRequest } from './sql-lineage.ts';

/** What the pool asks of a worker. A schema is sent once and named by its number from then on. */
export interface SqlJob {
  readonly id: number;
  readonly request: Omit<SqlRequest, 'schema'>;
  readonly schemaId: number | null;
  readonly schema: SqlRequest['schema'] | null;
}

/** What a worker says: once that it is ready, then each answer. */
export type SqlAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly lineage: SqlLineage };

/** Longest text that the second parser is asked about: it copies its tree out of WebAssembly. */
const longestForSecond = 256 * 1024;

/** Answers, loading the second parser when there is first a text for it. */
function createAnswerer(): (request: SqlRequest) => Promise<SqlLineage> {
  let second: Parser | null = null;
  return async (request) => {
    const lineage = analyseSql(request, request.sql.length > longestForSecond ? null : second);
    if (second !== null || request.sql.length > longestForSecond || lineage.parseStatus === 'full') return lineage;
    second = await loadPolyglot();
    return analyseSql(request, second);
  };
}

const port = parentPort;
if (port !== null) {
  const answer = createAnswerer();
  const reply = async (id: number, request: SqlRequest): Promise<void> => {
    const done: SqlAnswer = { type: 'done', id, lineage: await answer(request) };
    port.postMessage(done);
  };
  const schemas = new Map<number, NonNullable<SqlRequest['schema']>>();
  port.on('message', ({ id, request, schemaId, schema }: SqlJob) => {
    if (schemaId !== null && schema !== null && schema !== undefined) {
      schemas.set(schemaId, schema);
      for (const old of schemas.keys()) if (schemas.size > schemasKept) schemas.delete(old);
    }
    const known = schemaId === null ? undefined : schemas.get(schemaId);
    void reply(id, known === undefined ? request : { ...request, schema: known });
  });
  const ready: SqlAnswer = { type: 'ready' };
  port.postMessage(ready);
}
