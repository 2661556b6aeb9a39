import { listen, textOf, type FakeServer } from './replay-server.ts';

/** What a real coordinator answered: rows by statement, and what it knew of queries. */
export interface TrinoRecording {
  readonly version: string;
  readonly statements: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly queries: Readonly<Record<string, unknown>>;
}

/** A statement that fails, as Trino says it: with status 200. */
export interface TrinoError {
  readonly errorName: string;
  readonly errorType: string;
}

export interface FakeTrino extends FakeServer {
  /** Statements that were left before their last page. */
  readonly cancelled: readonly string[];
}

/** Rows on one page: few, so that there are several; more of a long answer. */
const pageSize = (rows: number): number => (rows > 100 ? 5000 : 3);

/**
 * Speaks Trino's statement interface over recorded answers. `answer` may give other rows, or an error, for a statement. The
 * address of the next page names a host that is none, as behind a proxy.
 */
export async function startFakeTrino(
  recording: TrinoRecording,
  answer: (sql: string) => TrinoError | readonly Readonly<Record<string, unknown>>[] | null = () => null,
): Promise<FakeTrino> {
  const running = new Map<string, string>();
  const cancelled: string[] = [];
  let last = 0;
  const server = await listen(async (request, response) => {
    const path = request.url ?? '';
    const body = await textOf(request);
    const say = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (path === '/v1/info') return say(200, { nodeVersion: { version: recording.version }, starting: false });
    const query = /^\/v1\/query\/([^?]+)/u.exec(path)?.[1];
    if (query !== undefined) return say(query in recording.queries ? 200 : 410, recording.queries[query] ?? {});
    if (request.method === 'POST') {
      const id = `q${++last}`;
      running.set(id, body);
      return say(200, { id, nextUri: `http://inside.example.com:9/v1/statement/queued/${id}/slug/0`, stats: {} });
    }
    const [, id = '', page = '0'] = /^\/v1\/statement\/\w+\/(\w+)\/slug\/(\d+)$/u.exec(path) ?? [];
    const sql = running.get(id);
    if (sql === undefined) return say(410, {});
    if (request.method === 'DELETE') {
      cancelled.push(sql);
      return say(204, {});
    }
    const said = answer(sql) ?? recording.statements[sql] ?? { errorName: 'SYNTAX_ERROR', errorType: 'USER_ERROR' };
    if ('errorName' in said)
      return say(200, { id, error: { ...said, message: 'value canary-7Q of a row' }, stats: {} });
    const pageRows = pageSize(said.length);
    const at = Number(page) * pageRows;
    const rows = said.slice(at, at + pageRows);
    const names = Object.keys(said[0] ?? {});
    const more = at + pageRows < said.length;
    return say(200, {
      id,
      stats: {},
      ...(names.length === 0 ? {} : { columns: names.map((name) => ({ name })) }),
      ...(rows.length === 0 ? {} : { data: rows.map((row) => names.map((name) => row[name])) }),
      ...(more ? { nextUri: `http://inside.example.com:9/v1/statement/executing/${id}/slug/${Number(page) + 1}` } : {}),
    });
  });
  return { ...server, cancelled };
}
