import { parentPort } from 'node:worker_threads';
import { analyseSql } from './analyse-sql.ts';
import { loadPolyglot } from './ast/polyglot.ts';
import { schemasKept } from './pool/schemas-kept.ts';
import type { Parser, ParserCode } from './ast/polyglot.ts';
import type { SqlLineage, SqlRequest } from './sql-lineage.ts';

/** What the pool asks of a worker. A schema is sent once and named by its number from then on. */
export interface SqlJob {
  readonly id: number;
  readonly request: Omit<SqlRequest, 'schema'>;
  readonly schemaId: number | null;
  readonly schema: SqlRequest['schema'] | null;
}

/** The second parser's code, sent once to a worker that asked for it. */
export interface SqlParserCode {
  readonly parser: ParserCode;
}

/**
 * What a worker says: once that it is ready, at most once that it wants the second parser, then each answer; always with the
 * processor time that its thread has used since it began, in milliseconds.
 */
export type SqlAnswer = { readonly used: number } & (
  | { readonly type: 'ready' }
  | { readonly type: 'parser-wanted'; readonly id: number }
  | { readonly type: 'done'; readonly id: number; readonly lineage: SqlLineage }
);

/** Longest text that the second parser is asked about: it copies its tree out of WebAssembly. */
const longestForSecond = 256 * 1024;

/** Answers, asking for the second parser when there is first a text for it. */
function createAnswerer(
  want: (id: number) => Promise<Parser>,
): (request: SqlRequest, id: number) => Promise<SqlLineage> {
  let second: Parser | null = null;
  return async (request, id) => {
    const lineage = analyseSql(request, request.sql.length > longestForSecond ? null : second);
    if (second !== null || request.sql.length > longestForSecond || lineage.parseStatus === 'full') return lineage;
    second = await want(id);
    return analyseSql(request, second);
  };
}

function used(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const port = parentPort;
if (port !== null) {
  let sent: ((code: ParserCode) => void) | undefined;
  const answer = createAnswerer(async (id) => {
    const code = new Promise<ParserCode>((resolve) => (sent = resolve));
    const wanted: SqlAnswer = { type: 'parser-wanted', id, used: used() };
    port.postMessage(wanted);
    return loadPolyglot(await code);
  });
  const reply = async (id: number, request: SqlRequest): Promise<void> => {
    const lineage = await answer(request, id);
    const done: SqlAnswer = { type: 'done', id, lineage, used: used() };
    port.postMessage(done);
  };
  const schemas = new Map<number, NonNullable<SqlRequest['schema']>>();
  port.on('message', (message: SqlJob | SqlParserCode) => {
    if ('parser' in message) return sent?.(message.parser);
    const { id, request, schemaId, schema } = message;
    if (schemaId !== null && schema !== null && schema !== undefined) {
      schemas.set(schemaId, schema);
      for (const old of schemas.keys()) if (schemas.size > schemasKept) schemas.delete(old);
    }
    const known = schemaId === null ? undefined : schemas.get(schemaId);
    void reply(id, known === undefined ? request : { ...request, schema: known });
  });
  const ready: SqlAnswer = { type: 'ready', used: used() };
  port.postMessage(ready);
}
