import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { Http, HttpAnswer } from '../kit/http.ts';
import { wait } from '../kit/retry.ts';
import type { SnowflakeConfig } from './config.ts';
import { toFailure, type Asked } from './failure.ts';

/** A row by column names in lower case; every value is text, as the SQL API sends it. */
export type Row = Readonly<Record<string, string | null>>;

/** What the connector asks of an account: one statement at a time, with bound values. */
export interface StatementPort {
  /** Who signs in, for messages. */
  readonly who: string;
  query(sql: string, binds: readonly string[], signal: AbortSignal): Promise<readonly Row[]>;
  close(): Promise<void>;
}

const answerShape = z.object({
  statementHandle: z.string().optional(),
  resultSetMetaData: z.object({
    numRows: z.number().int().nonnegative().optional(),
    rowType: z.array(z.object({ name: z.string() })),
    partitionInfo: z.array(z.object({ rowCount: z.number().int().nonnegative() })).optional(),
  }),
  data: z.array(z.array(z.string().nullable())).nullish(),
});
const partitionShape = z.object({ data: z.array(z.array(z.string().nullable())) });
const runningShape = z.object({ statementHandle: z.string().regex(/^[A-Za-z0-9-]{1,100}$/u) });

/** Waits between two looks at a statement that still runs. */
const firstWait = 500;
const longestWait = 5000;

/**
 * Statements through the SQL API (`/api/v2/statements`). A statement that outlives its request is asked for until it ends; one
 * that nobody waits for any more is cancelled, because it costs. Sent again after a broken connection under the same id, a
 * statement runs once.
 */
export function createStatementPort(options: {
  readonly http: Http;
  readonly config: SnowflakeConfig;
  readonly asked: Asked;
  /** A fresh id for a request. */
  readonly requestId: () => string;
}): StatementPort {
  const { http, config, asked } = options;
  const { role, warehouse, statementTimeoutSeconds, queryTag } = config;

  async function ended(first: HttpAnswer, signal: AbortSignal): Promise<unknown> {
    let answer = first;
    for (let ms = firstWait; answer.status === 202; ms = Math.min(ms * 2, longestWait)) {
      const { statementHandle } = parse(runningShape, answer.body);
      const path = `/api/v2/statements/${statementHandle}`;
      try {
        await wait(ms, signal);
        answer = await http.ask({ method: 'GET', path }, signal);
      } catch (error) {
        if (signal.aborted) await cancel(path);
        throw error;
      }
    }
    return answer.body;
  }

  async function cancel(path: string): Promise<void> {
    await http.ask({ method: 'POST', path: `${path}/cancel` }, AbortSignal.timeout(10_000)).catch(() => {});
  }

  function parse<T>(shape: z.ZodType<T>, body: unknown): T {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    const { source, origin } = asked;
    const message = `[connectors/snowflake] source "${source}" at ${origin}: an answer of the SQL API is not as documented`;
    throw new LexlineError('CONNECTOR_UNEXPECTED', message, {
      remedy: 'check that url is the account itself and no proxy or sign-in page',
    });
  }

  return {
    who: asked.who,
    async query(sql, binds, signal) {
      signal.throwIfAborted();
      const bindings = Object.fromEntries(binds.map((value, i) => [String(i + 1), { type: 'TEXT', value }]));
      const body = {
        statement: sql,
        timeout: statementTimeoutSeconds,
        warehouse,
        ...(role === undefined ? {} : { role }),
        ...(binds.length === 0 ? {} : { bindings }),
        parameters: { query_tag: queryTag, timezone: 'UTC' },
      };
      const path = `/api/v2/statements?requestId=${options.requestId()}&retry=true`;
      try {
        const whole = parse(answerShape, await ended(await http.ask({ method: 'POST', path, body }, signal), signal));
        const { rowType, partitionInfo = [], numRows } = whole.resultSetMetaData;
        const names = rowType.map(({ name }) => name.toLowerCase());
        const rows = (whole.data ?? []).map((values) => rowOf(names, values));
        // A result that is large comes without its first rows, too (391908).
        const isApart = (whole.data ?? null) === null && (numRows ?? 0) > 0;
        for (let n = isApart ? 0 : 1; n < partitionInfo.length; n++) {
          const { statementHandle } = parse(runningShape, whole);
          const next = await http.ask(
            { method: 'GET', path: `/api/v2/statements/${statementHandle}?partition=${n}` },
            signal,
          );
          for (const values of parse(partitionShape, next.body).data) rows.push(rowOf(names, values));
        }
        if (numRows !== undefined && numRows !== rows.length) throw fewer(asked);
        return rows;
      } catch (error) {
        signal.throwIfAborted();
        throw toFailure(error, asked);
      }
    },
    close: async () => http.close(),
  };
}

function rowOf(names: readonly string[], values: readonly (string | null)[]): Row {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]));
}

function fewer({ source, origin }: Asked): LexlineError {
  return new LexlineError(
    'CONNECTOR_UNEXPECTED',
    `[connectors/snowflake] source "${source}" at ${origin}: an answer holds another number of rows than it says`,
    { remedy: 'sync again: what was read whole is kept' },
  );
}
