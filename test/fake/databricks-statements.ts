import { randomUUID } from 'node:crypto';
import type { FakeMetastore, FakeRow } from './databricks-metastore.ts';
import { answerOf, parametersOf, type FakeAnswer } from './databricks-sql.ts';

export interface FakeWorkspace {
  readonly token: string;
  readonly warehouseId: string;
  readonly client?: { readonly id: string; readonly secret: string };
  /** Things on a page, whatever is asked for. */
  readonly pageSize?: number;
  readonly rowsPerChunk?: number;
  /** How often a statement is still running when it is looked at; infinite: it never ends. */
  readonly looks?: number;
}

/** What a workspace answers. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export const wrong = (message: string): Reply => ({
  status: 400,
  body: { error_code: 'INVALID_PARAMETER_VALUE', message },
});
export const missing = (message: string): Reply => ({
  status: 404,
  body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message },
});
/** Members of a statement's request by the REST reference. */
const statementMembers: ReadonlySet<string> = new Set([
  'byte_limit',
  'catalog',
  'disposition',
  'format',
  'on_wait_timeout',
  'parameters',
  'row_limit',
  'schema',
  'statement',
  'wait_timeout',
  'warehouse_id',
]);

/** The Statement Execution API 2.0 of a workspace: strict about order, members and parameters. */
export function fakeStatements(metastore: FakeMetastore, workspace: FakeWorkspace) {
  const started: string[] = [];
  const cancelled: string[] = [];
  const running = new Map<string, { readonly sql: string; readonly answer: FakeAnswer; looks: number }>();

  function answer(
    method: string,
    [id = '', what = '', sub = '', chunk = '']: readonly string[],
    query: URLSearchParams,
    text: string,
  ): Reply {
    if (query.size > 0) return wrong('no parameters');
    if (id === '') return method === 'POST' ? start(text) : { status: 405, body: { error_code: 'METHOD_NOT_ALLOWED' } };
    const one = running.get(id);
    if (one === undefined) return missing('no such statement');
    if (what === 'cancel' && method === 'POST') {
      cancelled.push(one.sql);
      running.delete(id);
      return { status: 200, body: {} };
    }
    if (method !== 'GET') return { status: 405, body: { error_code: 'METHOD_NOT_ALLOWED' } };
    if (what === '') {
      if (one.looks > 0) {
        one.looks -= 1;
        return { status: 200, body: { statement_id: id, status: { state: 'RUNNING' } } };
      }
      return { status: 200, body: ended(id, one.answer) };
    }
    if (what !== 'result' || sub !== 'chunks' || !('rows' in one.answer) || one.looks > 0)
      return wrong('no result yet');
    const part = partOf(one.answer.rows, Number(chunk));
    return part === null ? missing('no such chunk') : { status: 200, body: part };
  }

  function start(text: string): Reply {
    const body = JSON.parse(text) as Record<string, unknown> & {
      readonly wait_timeout?: string;
      readonly statement: string;
    };
    for (const name of Object.keys(body)) if (!statementMembers.has(name)) return wrong(`unknown member ${name}`);
    if (body['warehouse_id'] !== workspace.warehouseId) return missing('warehouse canary-7Q');
    const wait = /^(\d+)s$/u.exec(body.wait_timeout ?? '10s')?.[1];
    if (wait === undefined || !(Number(wait) === 0 || (Number(wait) >= 5 && Number(wait) <= 50)))
      return wrong('wait_timeout');
    if (body['format'] !== 'JSON_ARRAY' || body['disposition'] !== 'INLINE') return wrong('format');
    const sql = body.statement;
    const given = (body['parameters'] ?? []) as readonly { name: string; value: string; type: string }[];
    const names = parametersOf(sql);
    for (const { name, type } of given) if (!names.has(name) || type !== 'STRING') return wrong(`parameter ${name}`);
    for (const name of names) if (!given.some((one) => one.name === name)) return wrong(`unbound parameter ${name}`);
    started.push(sql);
    const id = randomUUID();
    const values = Object.fromEntries(given.map(({ name, value }) => [name, value]));
    running.set(id, { sql, answer: answerOf(metastore, sql, values), looks: workspace.looks ?? 0 });
    return { status: 200, body: { statement_id: id, status: { state: 'PENDING' } } };
  }

  function ended(id: string, answer: FakeAnswer): unknown {
    if ('error' in answer)
      return {
        statement_id: id,
        status: {
          state: 'FAILED',
          error: answer.error,
          ...(answer.sql_state === undefined ? {} : { sql_state: answer.sql_state }),
        },
      };
    const { rows } = answer;
    const names = Object.keys(rows[0] ?? {});
    return {
      statement_id: id,
      status: { state: 'SUCCEEDED' },
      manifest: {
        format: 'JSON_ARRAY',
        schema: {
          column_count: names.length,
          columns: names.map((name, position) => ({ name, position, type_name: 'STRING' })),
        },
        total_row_count: rows.length,
        truncated: false,
      },
      result: partOf(rows, 0) ?? { chunk_index: 0, row_offset: 0, row_count: 0 },
    };
  }

  function partOf(rows: readonly FakeRow[], index: number): unknown {
    const size = workspace.rowsPerChunk ?? 1000;
    const some = rows.slice(index * size, (index + 1) * size);
    if (some.length === 0) return null;
    const more = (index + 1) * size < rows.length;
    return {
      chunk_index: index,
      row_offset: index * size,
      row_count: some.length,
      data_array: some.map((row) => Object.values(row).map((value) => (value === null ? null : String(value)))),
      ...(more ? { next_chunk_index: index + 1 } : {}),
    };
  }

  return { answer, started, cancelled };
}
