import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hash } from 'node:crypto';

/** Recorded answers of a REST interface: by method, path and digest of the body, in the order in which they came. */
export type HttpRecording = Readonly<Record<string, readonly RecordedAnswer[]>>;

export interface RecordedAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A server on a loopback port. */
export interface FakeServer {
  readonly url: string;
  /** Requests answered so far. */
  readonly requests: number;
  close(): Promise<void>;
}

/** The clock of a recorded source, while it is recorded and after: its answers always carry this date. */
export const recordedAt = 'Sat, 21 Nov 2026 12:00:00 GMT';

export function requestKey(method: string, path: string, body: string): string {
  return `${method} ${path}${body === '' ? '' : ` ${hash('sha256', body, 'hex').slice(0, 12)}`}`;
}

/** Answers as recorded, the last answer to a question again and again; anything else is a 404 that names the question. */
export async function startReplay(
  recording: HttpRecording,
  headers: Readonly<Record<string, string>> = {},
): Promise<FakeServer> {
  const asked = new Map<string, number>();
  return listen(async (request, response) => {
    const key = requestKey(request.method ?? '', request.url ?? '', await textOf(request));
    const answers = recording[key] ?? [];
    const nth = asked.get(key) ?? 0;
    asked.set(key, nth + 1);
    const answer = answers[Math.min(nth, answers.length - 1)];
    const body = answer === undefined ? { errorCode: 'NOT-RECORDED', key } : answer.body;
    response.writeHead(answer?.status ?? 404, { 'content-type': 'application/json', date: recordedAt, ...headers });
    response.end(body === null ? undefined : JSON.stringify(body));
  });
}

/**
 * Passes every request on to a real server and keeps what it answered, once where it answered the same again. `cut` takes
 * out what is not ours to keep, for the recording and for whoever asks.
 */
export async function startRecorder(
  target: string,
  cut: (path: string, body: unknown) => unknown = (_, body) => body,
): Promise<FakeServer & { readonly recording: HttpRecording }> {
  const recording: Record<string, RecordedAnswer[]> = {};
  const server = await listen(async (request, response) => {
    const text = await textOf(request);
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
    const answer = await fetch(`${target}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      headers: { authorization, 'content-type': type, accept: 'application/json' },
      ...(text === '' || request.method === 'GET' ? {} : { body: text }),
    });
    const raw = await answer.text();
    const body = raw === '' ? null : cut(request.url ?? '', JSON.parse(raw));
    const answers = (recording[requestKey(request.method ?? '', request.url ?? '', text)] ??= []);
    const now = { status: answer.status, body };
    if (JSON.stringify(answers.at(-1)) !== JSON.stringify(now)) answers.push(now);
    response.writeHead(answer.status, { 'content-type': 'application/json', date: recordedAt });
    response.end(body === null ? undefined : JSON.stringify(body));
  });
  return { url: server.url, requests: 0, close: () => server.close(), recording };
}

/** Serves on a free loopback port; a handler that throws answers 500. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<FakeServer> {
  let requests = 0;
  const server: Server = createServer((request, response) => {
    requests += 1;
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: String(error) }));
    });
  });
  // No connection is closed while its client may still mean to use it.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
