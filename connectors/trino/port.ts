import type { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import { HttpRefusal, typedFailure } from '../kit/http-failure.ts';
import type { Http, HttpRequest } from '../kit/http.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { queryInfo, serverInfo, statementAnswer, type QueryInfo } from './shapes.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What the connector asks of a coordinator. */
export interface TrinoPort {
  version(signal: AbortSignal): Promise<string>;
  /** All rows of a statement. `part`: what is not known when it fails in Trino; fails with {@link UnreadPart} then. */
  query(sql: string, part: string, signal: AbortSignal): Promise<readonly Row[]>;
  /** What is known of a query; null when it may not be seen, or is forgotten. */
  queryInfo(id: string, signal: AbortSignal): Promise<QueryInfo | null>;
  close(): void;
}

export interface TrinoPortOptions {
  readonly source: string;
  readonly http: Http;
  readonly statementTimeoutMs: number;
}

type Answer = z.output<typeof statementAnswer>;

/**
 * Trino's statement interface: a statement is posted, its rows are fetched page by page from the address that each answer
 * names, until one names none. A statement that is left early is cancelled.
 */
export function createTrinoPort({ source, http, statementTimeoutMs }: TrinoPortOptions): TrinoPort {
  const failure = (code: ConstructorParameters<typeof LexlineError>[0], says: string, remedy?: string): LexlineError =>
    new LexlineError(code, `[connectors/trino] source "${source}": ${says}`, remedy === undefined ? {} : { remedy });

  async function ask<S extends z.ZodType>(request: HttpRequest, shape: S, signal: AbortSignal): Promise<z.output<S>> {
    const { body } = await http.ask(request, signal).catch((error: unknown) => {
      throw typedFailure(error);
    });
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    const asked = request.path.replace(/\/v1\/(\w+).*/su, '/v1/$1');
    throw failure('CONNECTOR_UNEXPECTED', `the answer to ${asked} is not as Trino gives it, at "${where}"`);
  }

  async function* answers(sql: string, signal: AbortSignal): AsyncGenerator<Answer> {
    let next: string | null = null;
    const seen = new Set<string>();
    try {
      let answer = await ask({ method: 'POST', path: '/v1/statement', text: sql }, statementAnswer, signal);
      for (;;) {
        next = typeof answer.nextUri === 'string' ? pathOf(answer.nextUri) : null;
        yield answer;
        if (next === null || answer.error !== null) break;
        if (seen.has(next)) throw failure('CONNECTOR_UNEXPECTED', 'the pages of an answer go in circles');
        seen.add(next);
        answer = await ask({ method: 'GET', path: next }, statementAnswer, signal);
      }
      next = null;
    } finally {
      // What was not fetched to its end still runs there.
      if (next !== null)
        await http.ask({ method: 'DELETE', path: next, repeatable: false }, AbortSignal.timeout(5000)).catch(() => {});
    }
  }

  /** The address of a page without its host: the sign-in goes to the address in the configuration only. */
  function pathOf(uri: string): string {
    const { pathname, search } = URL.canParse(uri) ? new URL(uri) : { pathname: '', search: '' };
    const at = pathname.indexOf('/v1/statement/');
    if (at < 0) throw failure('CONNECTOR_UNEXPECTED', 'the next page of an answer is at an address that is none');
    return `${pathname.slice(at)}${search}`;
  }

  async function query(sql: string, part: string, signal: AbortSignal): Promise<readonly Row[]> {
    const limit = AbortSignal.timeout(statementTimeoutMs);
    const rows: Row[] = [];
    try {
      for await (const { columns, data, error } of answers(sql, AbortSignal.any([signal, limit]))) {
        if (error !== null) throw refusal(error, part);
        for (const values of data)
          rows.push(Object.fromEntries((columns ?? []).map(({ name }, i) => [name, values[i]])));
      }
      return rows;
    } catch (error) {
      signal.throwIfAborted();
      if (limit.aborted)
        throw failure(
          'CONNECTOR_TIMEOUT',
          `no answer in time for ${part}; the statement was cancelled`,
          'raise statementTimeoutMs',
        );
      throw error;
    }
  }

  /** By the names and types of Trino's errors: its text is left alone, because it can quote what was asked. */
  function refusal({ errorName, errorType }: { errorName: string; errorType: string }, part: string): Error {
    const name = errorName.slice(0, 80).replaceAll(/\W/gu, '');
    if (/^(PERMISSION_DENIED|ACCESS_DENIED)$/u.test(name))
      return failure('CONNECTOR_MISSING_RIGHTS', `${part} may not be read`);
    if (errorType === 'INSUFFICIENT_RESOURCES')
      return failure('CONNECTOR_UNAVAILABLE', `it has no resources left for ${part} (${name})`);
    return new UnreadPart({
      what: part,
      reason: 'source-failed',
      detail: `Trino fails with ${name === '' ? 'no name' : name}; what was known of it stays`,
      remedy:
        errorType === 'EXTERNAL'
          ? 'check that the system behind the catalog answers, or leave the catalog out with catalogs.exclude'
          : "look for the error in Trino's log; a catalog that does not work can be left out with catalogs.exclude",
    });
  }

  return {
    async version(signal) {
      return (await ask({ method: 'GET', path: '/v1/info' }, serverInfo, signal)).nodeVersion.version;
    },
    query,
    async queryInfo(id, signal) {
      try {
        const { body } = await http.ask(
          { method: 'GET', path: `/v1/query/${encodeURIComponent(id)}?pruned=true` },
          signal,
        );
        const parsed = queryInfo.safeParse(body);
        return parsed.success ? parsed.data : null;
      } catch (error) {
        if (error instanceof HttpRefusal && [403, 404, 410].includes(error.status)) return null;
        throw typedFailure(error);
      }
    },
    close: () => http.close(),
  };
}
