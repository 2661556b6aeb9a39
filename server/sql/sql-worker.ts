import { parentPort } from 'node:worker_threads';
import { analyseSql } from './analyse-sql.ts';
import { loadPolyglot } from './ast/polyglot.ts';
import { schemasKept } from './pool/schemas-kept.ts';
import type { SqlLineage, SqlRequest } from './sql-lineage.ts';

/** What the pool asks of a worker. A schema is sent once and named by its number from then on. */
export interface SqlJob {
  readonly id: number;
  readonly request: Omit<SqlRequest, 'schema'>;
  readonly schemaId: number | null;
  readonly schema: SqlRequest['schema'] | null;
}

export type SqlAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly lineage: SqlLineage };

const port = parentPort;
if (port !== null) {
  const parse = await loadPolyglot();
  const schemas = new Map<number, NonNullable<SqlRequest['schema']>>();
  port.on('message', ({ id, request, schemaId, schema }: SqlJob) => {
    if (schemaId !== null && schema !== null && schema !== undefined) {
      schemas.set(schemaId, schema);
      for (const old of schemas.keys()) if (schemas.size > schemasKept) schemas.delete(old);
    }
    const known = schemaId === null ? undefined : schemas.get(schemaId);
    const answer: SqlAnswer = {
      type: 'done',
      id,
      lineage: analyseSql(known === undefined ? request : { ...request, schema: known }, parse),
    };
    port.postMessage(answer);
  });
  const ready: SqlAnswer = { type: 'ready' };
  port.postMessage(ready);
}
