import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import { HttpRefusal, isForbidden } from '../kit/http-failure.ts';
import type { Http } from '../kit/http.ts';
import { wait } from '../kit/retry.ts';
import { cancelledThere, statementFailure, timedOut, toFailure, warehouseRefused, type Asked } from './failure.ts';

/** A row by column names in lower case; every value is text, as the Statement Execution API sends it. */
export type Row = Readonly<Record<string, string | null>>;

/** What the connector asks of a workspace. */
export interface DatabricksPort {
  /** Who signs in, for messages. */
  readonly who: string;
  /** Statements can be run. */
  readonly hasWarehouse: boolean;
  /**
   * Pages of `member` of a listing of Unity Catalog (`tables`), followed to the end; a page may be empty. Fails with
   * CONNECTOR_MISSING_RIGHTS where the thing may not be seen.
   */
  list<T>(listing: Listing<T>, signal: AbortSignal): AsyncGenerator<readonly T[]>;
  /** One thing; null where there is none. Fails with CONNECTOR_MISSING_RIGHTS where it may not be seen. */
  get<T>(path: string, query: Query, shape: z.ZodType<T>, signal: AbortSignal): Promise<T | null>;
  /** Sends a change. */
  send(method: 'POST' | 'DELETE', path: string, body: unknown, signal: AbortSignal): Promise<void>;
  /** All rows of a statement. Fails with {@link StatementRefused} where the warehouse refuses it. */
  query(sql: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<readonly Row[]>;
  close(): Promise<void>;
}

type Query = Readonly<Record<string, string>>;

/** A listing of Unity Catalog, and how its things look. */
export interface Listing<T> {
  /** `/api/2.1/unity-catalog/tables`. */
  readonly path: string;
  readonly query: Query;
  /** What the answer calls its things. */
  readonly member: string;
  readonly item: z.ZodType<T>;
}

/** What a port asks through, and how long and how much at a time. */
export interface PortOptions {
  readonly http: Http;
  readonly asked: Asked;
  readonly warehouseId: string | undefined;
  readonly statementTimeoutSeconds: number;
  /** `max_results` of listings. */
  readonly pageSize: number;
  /** Before a statement is looked at for the first time; doubled after each look. Default 200. */
  readonly firstWaitMs?: number;
}

const pageShape = z.looseObject({ next_page_token: z.string().nullish() });
const statementShape = z.object({
  statement_id: z.string().regex(/^[A-Za-z0-9-]{1,100}$/u),
  status: z.object({
    state: z.string(),
    sql_state: z.string().nullish(),
    error: z.object({ error_code: z.string().nullish(), message: z.string().nullish() }).nullish(),
  }),
  manifest: z
    .object({
      schema: z.object({ columns: z.array(z.object({ name: z.string() })).nullish() }).nullish(),
      total_row_count: z.number().int().nonnegative().nullish(),
      truncated: z.boolean().nullish(),
    })
    .nullish(),
  result: z.looseObject({}).nullish(),
});
const chunkShape = z.object({
  data_array: z.array(z.array(z.string().nullable())).nullish(),
  next_chunk_index: z.number().int().positive().nullish(),
});
type Statement = z.output<typeof statementShape>;

const statements = '/api/2.0/sql/statements';
/** Waits between two looks at a statement that still runs. */
const firstWait = 200;
const longestWait = 5000;

/**
 * Unity Catalog's REST interface, and statements through the Statement Execution API. A statement is started without waiting, so
 * that its id is known whatever happens then; it is asked for until it ends, and cancelled when nobody waits for it any more.
 */
export function createPort(options: PortOptions): DatabricksPort {
  const { http, asked, warehouseId } = options;

  function parse<T>(shape: z.ZodType<T>, body: unknown, what: string): T {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    const at = parsed.error.issues[0]?.path.join('.') ?? '';
    throw unexpected(
      `the answer to ${what} is not as documented, at "${at}"`,
      'check that url is the workspace itself',
    );
  }

  function unexpected(says: string, remedy: string): LexlineError {
    const { source, origin } = asked;
    return new LexlineError(
      'CONNECTOR_UNEXPECTED',
      `[connectors/databricks] source "${source}" at ${origin}: ${says}`,
      {
        remedy,
      },
    );
  }

  async function* list<T>(
    { path, query, member, item }: Listing<T>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly T[]> {
    const seen = new Set<string>();
    let token: string | null = null;
    do {
      const asking: string = withQuery(path, {
        ...query,
        max_results: String(options.pageSize),
        ...(token === null ? {} : { page_token: token }),
      });
      let body: unknown;
      try {
        ({ body } = await http.ask({ method: 'GET', path: asking }, signal));
      } catch (error) {
        signal.throwIfAborted();
        throw toFailure(error, asked);
      }
      const page = parse(pageShape, body ?? {}, path);
      // An empty list is left out; an answer that holds something else instead is no answer to this question.
      if (page[member] === undefined && Object.keys(page).some((name) => name !== 'next_page_token'))
        throw unexpected(`the answer to ${path} holds no ${member}`, 'check that url is the workspace itself');
      token = (page.next_page_token ?? '') === '' ? null : (page.next_page_token ?? null);
      if (token !== null && seen.has(token)) throw unexpected(`the pages of ${path} go in circles`, 'sync again later');
      if (token !== null) seen.add(token);
      const items = parse(z.array(item), page[member] ?? [], path);
      if (items.length > 0) yield items;
    } while (token !== null);
  }

  async function run(
    sql: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Statement> {
    const body = {
      warehouse_id: warehouseId,
      statement: sql,
      wait_timeout: '0s',
      on_wait_timeout: 'CONTINUE',
      format: 'JSON_ARRAY',
      disposition: 'INLINE',
      ...(Object.keys(parameters).length === 0
        ? {}
        : { parameters: Object.entries(parameters).map(([name, value]) => ({ name, value, type: 'STRING' })) }),
    };
    let answer: Statement;
    try {
      answer = parse(
        statementShape,
        (await http.ask({ method: 'POST', path: statements, body }, signal)).body,
        statements,
      );
    } catch (error) {
      signal.throwIfAborted();
      throw warehouseRefused(error, warehouseId ?? '', asked);
    }
    const limit = AbortSignal.timeout(options.statementTimeoutSeconds * 1000);
    const both = AbortSignal.any([signal, limit]);
    const path = `${statements}/${answer.statement_id}`;
    for (let ms = options.firstWaitMs ?? firstWait; isUnderWay(answer); ms = Math.min(ms * 2, longestWait))
      try {
        await wait(ms, both);
        answer = parse(statementShape, (await http.ask({ method: 'GET', path }, both)).body, statements);
      } catch (error) {
        await cancel(path);
        signal.throwIfAborted();
        throw limit.aborted ? timedOut(asked) : toFailure(error, asked);
      }
    return answer;
  }

  async function cancel(path: string): Promise<void> {
    await http.ask({ method: 'POST', path: `${path}/cancel`, body: {} }, AbortSignal.timeout(10_000)).catch(() => {});
  }

  async function rowsOf(statement: Statement, signal: AbortSignal): Promise<readonly Row[]> {
    const { manifest } = statement;
    const names = (manifest?.schema?.columns ?? []).map(({ name }) => name.toLowerCase());
    const rows: Row[] = [];
    let chunk = parse(chunkShape, statement.result ?? {}, statements);
    for (let at = 0; ;) {
      for (const values of chunk.data_array ?? [])
        rows.push(Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])));
      const next = chunk.next_chunk_index ?? null;
      if (next === null) break;
      if (next <= at) throw unexpected('the chunks of a result go in circles', 'sync again later');
      at = next;
      const path = `${statements}/${statement.statement_id}/result/chunks/${next}`;
      chunk = parse(chunkShape, (await http.ask({ method: 'GET', path }, signal)).body, statements);
    }
    const total = manifest?.total_row_count ?? rows.length;
    if (manifest?.truncated === true || total !== rows.length)
      throw unexpected(
        'an answer holds another number of rows than it says',
        'sync again: what was read whole is kept',
      );
    return rows;
  }

  return {
    who: asked.who,
    hasWarehouse: warehouseId !== undefined,
    list,
    async get(path, query, shape, signal) {
      try {
        const { body } = await http.ask({ method: 'GET', path: withQuery(path, query) }, signal);
        return parse(shape, body ?? {}, path.replace(/^(\/api\/[\d.]+\/[\w-]+\/[\w-]+).*/u, '$1'));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof HttpRefusal && error.status === 404) return null;
        throw toFailure(error, asked);
      }
    },
    async send(method, path, body, signal) {
      try {
        await http.ask({ method, path, ...(body === null ? {} : { body }) }, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw toFailure(error, asked);
      }
    },
    async query(sql, parameters, signal) {
      signal.throwIfAborted();
      if (warehouseId === undefined)
        throw new LexlineError(
          'CONFIG_INVALID',
          `[connectors/databricks] source "${asked.source}": no warehouse is set`,
          {
            remedy: 'set warehouseId to the id of a SQL warehouse',
          },
        );
      const ended = await run(sql, parameters, signal);
      const { state, error, sql_state: sqlState } = ended.status;
      if (state === 'FAILED')
        throw statementFailure(
          { errorCode: error?.error_code ?? '', message: error?.message ?? '', sqlState: sqlState ?? '' },
          asked,
        );
      if (state !== 'SUCCEEDED') throw cancelledThere(asked);
      try {
        return await rowsOf(ended, signal);
      } catch (failure) {
        signal.throwIfAborted();
        throw toFailure(failure, asked);
      }
    },
    close: async () => http.close(),
  };
}

/** One thing, or null where it may not be seen. */
export async function ifShown<T>(asked: Promise<T | null>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

function isUnderWay({ status }: Statement): boolean {
  return status.state === 'PENDING' || status.state === 'RUNNING';
}

function withQuery(path: string, query: Query): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}
