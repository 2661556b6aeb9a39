import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { answerOf } from './snowflake-answers.ts';
import type { FakeAccount, FakeRow } from './snowflake-account.ts';
import { listen, textOf, type FakeServer } from './replay-server.ts';

/** The SQL API over an account in memory, by Snowflake's reference: rows as text, in partitions, errors as 422 with a number. */
export async function startFakeSnowflake(
  account: FakeAccount,
  options: { readonly token?: string; readonly rowsPerPartition?: number; readonly apart?: boolean } = {},
): Promise<FakeServer> {
  const size = options.rowsPerPartition ?? 1000;
  const kept = new Map<string, readonly (readonly FakeRow[])[]>();
  return listen(async (request, response) => {
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const url = new URL(request.url ?? '', 'http://fake');
    const text = await textOf(request);
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`)
      return send(401, { code: '390318', message: 'token canary-7Q expired' });
    if (request.method === 'GET') {
      // Partitions come compressed, whatever was asked for.
      const parts = kept.get(url.pathname.split('/').at(-1) ?? '') ?? [];
      const data = dataOf(parts[Number(url.searchParams.get('partition') ?? 0)] ?? []);
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify({ data })));
      return;
    }
    const body = JSON.parse(text) as { statement: string; bindings?: Readonly<Record<string, { value: string }>> };
    const binds = Object.values(body.bindings ?? {}).map(({ value }) => value);
    const answer = answerOf(account, body.statement, binds);
    const statementHandle = randomUUID();
    if ('refused' in answer)
      return send(422, { code: answer.refused, sqlState: answer.state, message: 'canary-7Q', statementHandle });
    const { rows } = answer;
    const parts = Array.from({ length: Math.max(1, Math.ceil(rows.length / size)) }, (_, i) =>
      rows.slice(i * size, (i + 1) * size),
    );
    kept.set(statementHandle, parts);
    return send(200, {
      code: '090001',
      statementHandle,
      resultSetMetaData: {
        numRows: rows.length,
        format: 'jsonv2',
        partitionInfo: parts.map((part) => ({ rowCount: part.length })),
        rowType: Object.keys(rows[0] ?? {}).map((name) => ({ name: name.toUpperCase(), type: 'text' })),
      },
      ...(options.apart === true ? {} : { data: dataOf(parts[0] ?? []) }),
    });
  });
}

function dataOf(rows: readonly FakeRow[]): readonly (readonly (string | null)[])[] {
  return rows.map((row) => Object.values(row).map((value) => (value === null ? null : String(value))));
}
