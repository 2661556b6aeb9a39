import { z } from 'zod';
import type { Clock } from '../../server/base/clock.ts';
import { LexlineError } from '../../server/base/errors.ts';
import { parseJson } from '../../server/base/parse-json.ts';
import type { Http, HttpRequest } from '../kit/http.ts';
import { leastBytes, type Budget } from './budget.ts';
import type { BigQueryConfig } from './config.ts';
import { BigQueryRefused, toFailure, type Asked } from './failure.ts';

/** Google's services that are asked, each with an address of its own. */
export type Service = 'bigquery' | 'dataCatalog' | 'dataPolicy';

/** A value bound to a query by name. */
export type Parameter = string | number | readonly string[];

/** What a query needs beside its text. */
export interface QueryOptions {
  /** Where its tables lie: BigQuery runs a query in one location. */
  readonly location: string;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  /** Rows that come at a time. */
  readonly pageRows?: number;
}

/** What the connector asks of Google: REST calls, and queries whose rows each hold one text of JSON. */
export interface BigQueryPort {
  readonly who: string;
  get(service: Service, path: string, signal: AbortSignal): Promise<unknown>;
  send(
    service: Service,
    request: Pick<HttpRequest, 'method' | 'path' | 'body' | 'headers' | 'repeatable'>,
    signal: AbortSignal,
  ): Promise<unknown>;
  query(sql: string, options: QueryOptions, signal: AbortSignal): AsyncIterable<readonly unknown[]>;
  close(): void;
}

const row = z.object({ f: z.tuple([z.object({ v: z.string() })]) });
const answerShape = z.object({
  jobComplete: z.boolean(),
  jobReference: z
    .object({ projectId: z.string(), jobId: z.string().regex(/^[\w:.-]{1,1100}$/u), location: z.string().optional() })
    .optional(),
  rows: z.array(row).default([]),
  totalRows: z.string().regex(/^\d+$/u).transform(Number).optional(),
  pageToken: z.string().optional(),
  totalBytesBilled: z.string().regex(/^\d+$/u).transform(Number).optional(),
});
type Answer = z.output<typeof answerShape>;
const finishedShape = z.object({
  statistics: z.object({
    query: z.object({ totalBytesBilled: z.string().regex(/^\d+$/u).transform(Number).optional() }).default({}),
  }),
});

/** One answer waits this long for a query to end, in milliseconds. */
const waitMs = 10_000;

/** Google's REST interfaces over one HTTP client each. A query that nobody waits for any more is cancelled, because it costs. */
export function createPort(options: {
  readonly http: Readonly<Record<Service, Http>>;
  readonly config: BigQueryConfig;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly asked: (service: Service) => Asked;
  /** A fresh id for a request: sent again after a broken connection, a query runs once. */
  readonly requestId: () => string;
}): BigQueryPort {
  const { http, config, budget, clock } = options;
  const jobs = `/bigquery/v2/projects/${encodeURIComponent(config.project)}`;

  async function ask(service: Service, request: HttpRequest, signal: AbortSignal): Promise<unknown> {
    try {
      return (await http[service].ask(request, signal)).body;
    } catch (error) {
      signal.throwIfAborted();
      throw toFailure(error, options.asked(service));
    }
  }

  function parse<T>(shape: z.ZodType<T>, body: unknown): T {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    throw strange('an answer to a query is not as documented');
  }

  function strange(says: string): LexlineError {
    const { source, origin } = options.asked('bigquery');
    return new LexlineError('CONNECTOR_UNEXPECTED', `[connectors/bigquery] source "${source}" at ${origin}: ${says}`, {
      remedy: 'check that endpoint is BigQuery itself and no proxy; sync again: what was read whole is kept',
    });
  }

  /** Asks until the query ended. */
  async function ended(first: Answer, pageRows: number, signal: AbortSignal): Promise<Answer> {
    let answer = first;
    const until = clock.now() + config.queryTimeoutMs;
    while (!answer.jobComplete) {
      const job = first.jobReference;
      if (job === undefined) throw strange('a query that still runs has no job');
      const { location } = job;
      try {
        if (clock.now() > until) throw tooSlow(options.asked('bigquery'));
        const query = new URLSearchParams({
          ...(location === undefined ? {} : { location }),
          maxResults: String(pageRows),
          timeoutMs: String(waitMs),
        });
        const path = `${jobs}/queries/${encodeURIComponent(job.jobId)}?${query.toString()}`;
        answer = { ...parse(answerShape, await ask('bigquery', { method: 'GET', path }, signal)), jobReference: job };
      } catch (error) {
        await cancel(job.jobId, location);
        throw error;
      }
    }
    return answer;
  }

  async function cancel(jobId: string, location: string | undefined): Promise<void> {
    const where = location === undefined ? '' : `?location=${encodeURIComponent(location)}`;
    const request = { method: 'POST', path: `${jobs}/jobs/${encodeURIComponent(jobId)}/cancel${where}` } as const;
    await http.bigquery.ask(request, AbortSignal.timeout(10_000)).catch(() => {});
  }

  /** What an answer that came late does not tell, the job does. */
  async function billedFor(first: Answer, last: Answer, signal: AbortSignal): Promise<number | null> {
    const job = last.jobReference;
    if (first.jobComplete || job === undefined) return first.totalBytesBilled ?? null;
    const where = job.location === undefined ? '' : `?location=${encodeURIComponent(job.location)}`;
    const path = `${jobs}/jobs/${encodeURIComponent(job.jobId)}${where}`;
    return (
      parse(finishedShape, await ask('bigquery', { method: 'GET', path }, signal)).statistics.query.totalBytesBilled ??
      null
    );
  }

  return {
    who: options.asked('bigquery').who,
    get: (service, path, signal) => ask(service, { method: 'GET', path }, signal),
    send: (service, request, signal) => ask(service, request, signal),
    async *query(sql, { location, parameters = {}, pageRows = 5000 }, signal) {
      signal.throwIfAborted();
      const most = budget.admit();
      const body = {
        query: sql,
        useLegacySql: false,
        location,
        maximumBytesBilled: String(most),
        maxResults: pageRows,
        timeoutMs: waitMs,
        jobTimeoutMs: String(config.queryTimeoutMs),
        labels: { [config.jobLabel]: 'sync' },
        requestId: options.requestId(),
        ...(Object.keys(parameters).length === 0
          ? {}
          : {
              parameterMode: 'NAMED',
              queryParameters: Object.entries(parameters).map(([name, value]) => bound(name, value)),
            }),
      };
      const first = parse(
        answerShape,
        await ask('bigquery', { method: 'POST', path: `${jobs}/queries`, body }, signal),
      );
      let answer = await ended(first, pageRows, signal);
      const billed = await billedFor(first, answer, signal);
      budget.spend(billed === null || billed === 0 ? billed : Math.max(billed, leastBytes));
      const total = answer.totalRows;
      const job = answer.jobReference;
      let seen = 0;
      const tokens = new Set<string>();
      for (;;) {
        seen += answer.rows.length;
        if (answer.rows.length > 0) yield answer.rows.map(({ f: [{ v }] }) => valueOf(v));
        const { pageToken } = answer;
        if (pageToken === undefined || pageToken === '') break;
        if (tokens.has(pageToken)) throw strange('the pages of an answer go in circles');
        if (job === undefined) throw strange('an answer in pages has no job');
        tokens.add(pageToken);
        const query = new URLSearchParams({
          ...(job.location === undefined ? {} : { location: job.location }),
          maxResults: String(pageRows),
          pageToken,
        });
        const path = `${jobs}/queries/${encodeURIComponent(job.jobId)}?${query.toString()}`;
        answer = parse(answerShape, await ask('bigquery', { method: 'GET', path }, signal));
      }
      if (total !== undefined && total !== seen) throw strange('an answer holds another number of rows than it says');
    },
    close() {
      for (const each of Object.values(http)) each.close();
    },
  };

  function valueOf(text: string): unknown {
    try {
      return parseJson(text, 'row', 100 * 1024 * 1024);
    } catch {
      throw strange('a row is not the JSON that was asked for');
    }
  }
}

function bound(name: string, value: Parameter): object {
  if (typeof value === 'number')
    return { name, parameterType: { type: 'INT64' }, parameterValue: { value: String(value) } };
  if (typeof value === 'string') return { name, parameterType: { type: 'STRING' }, parameterValue: { value } };
  return {
    name,
    parameterType: { type: 'ARRAY', arrayType: { type: 'STRING' } },
    parameterValue: { arrayValues: value.map((one) => ({ value: one })) },
  };
}

function tooSlow({ source, origin }: Asked): BigQueryRefused {
  const message = `[connectors/bigquery] source "${source}" at ${origin}: a query did not end in time and was cancelled`;
  return new BigQueryRefused('CONNECTOR_TIMEOUT', message, 'timeout', 200, 'raise queryTimeoutMs');
}
