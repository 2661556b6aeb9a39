import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LexlineError } from '../../server/base/errors.ts';
import { parseJson } from '../../server/base/parse-json.ts';
import { failureOf, HttpRefusal, isTransient } from './http-failure.ts';
import type { SignIn } from './sign-in.ts';
import { retryAfterMs, retrying, TransientFailure, usualRetry, type RetryPolicy } from './retry.ts';

const unzip = promisify(gunzip);

/** Where and how a source's REST interface is asked. */
export interface HttpOptions {
  /** The connector and the source, for messages: `connectors/atlas] source "atlas"`. */
  readonly connector: string;
  readonly source: string;
  /** Ends without a slash; paths are put behind it. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Further headers, asked for at each try: tokens that end. A request that is refused (401) is sent once more with others. */
  readonly signIn?: SignIn;
  /** The name that signs in, for messages. */
  readonly user: string;
  readonly timeoutMs: number;
  readonly retry?: RetryPolicy;
  /** Certificate authority to trust, as PEM. */
  readonly ca?: string;
  /** Answers longer than this are refused. Default 64 MiB. */
  readonly maxBytes?: number;
  /** The source's own code of an error in the text of an answer, letters, digits and hyphens alone. Default: `errorCode` or `code`. */
  readonly codeIn?: (text: string) => string;
  /** True for a refusal that the source lifts by itself: too many requests at a time, told with another status than 429. */
  readonly isBusy?: (status: number, errorCode: string) => boolean;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Beside those of every request: `if-match`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`: SQL. */
  readonly text?: string;
  /** False: what broke off on the way may have been done and is not sent again. Default: true. */
  readonly repeatable?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** Parsed JSON; null for an empty answer. */
  readonly body: unknown;
  /** The server's own clock, from its `Date` header; null when it sends none. */
  readonly date: number | null;
}

/** What a sign-in puts beside the headers of every request. */
type Tokens = Readonly<Record<string, string>>;

/** A REST client with time limits, retries and typed errors. Redirects are refused: credentials go nowhere else. */
export interface Http {
  /** Fails with {@link HttpRefusal} for 4xx, otherwise with a typed error. Waits and tries again on 429, 5xx and resets. */
  ask(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** Requests sent so far, repeats included. */
  readonly sent: number;
  close(): void;
}

/** Makes a client. Nothing is opened before the first request. */
export function createHttp(options: HttpOptions): Http {
  const base = new URL(options.baseUrl);
  const secure = base.protocol === 'https:';
  const agent = secure
    ? new HttpsAgent({ keepAlive: true, maxSockets: 8 })
    : new HttpAgent({ keepAlive: true, maxSockets: 8 });
  const send = secure ? httpsRequest : httpRequest;
  const maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
  let sent = 0;

  async function once(request: HttpRequest, tokens: Tokens, signal: AbortSignal): Promise<HttpAnswer> {
    sent += 1;
    const body = request.text ?? (request.body === undefined ? null : JSON.stringify(request.body));
    const type = request.text === undefined ? 'application/json' : 'text/plain; charset=utf-8';
    const limit = AbortSignal.timeout(options.timeoutMs);
    try {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const outgoing = send(`${options.baseUrl}${request.path}`, {
          method: request.method,
          agent,
          signal: AbortSignal.any([signal, limit]),
          headers: {
            accept: 'application/json',
            ...options.headers,
            ...tokens,
            ...request.headers,
            ...(body === null ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
          },
          ...(options.ca === undefined ? {} : { ca: options.ca }),
        });
        outgoing.once('response', resolve);
        outgoing.once('error', reject);
        outgoing.end(body ?? undefined);
      });
      return await answerOf(answer, request);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof HttpRefusal || error instanceof TransientFailure || error instanceof LexlineError)
        throw error;
      const final = failureOf(limit.aborted ? 'timeout' : error, options);
      if (request.repeatable === false || !isTransient(error, limit.aborted)) throw final;
      throw new TransientFailure(final, null);
    }
  }

  async function answerOf(answer: IncomingMessage, request: HttpRequest): Promise<HttpAnswer> {
    const status = answer.statusCode ?? 0;
    const text = await textOf(answer, maxBytes, () => tooLarge(options, request, maxBytes));
    const date = Date.parse(answer.headers.date ?? '');
    if (status === 429 || status === 503 || (status >= 500 && request.repeatable !== false))
      throw new TransientFailure(
        failureOf({ status }, options),
        retryAfterMs(answer.headers['retry-after'], answer.headers.date),
      );
    if (status < 200 || status >= 300) {
      const errorCode = (options.codeIn ?? codeIn)(text);
      const failure = failureOf({ status }, options);
      if (options.isBusy?.(status, errorCode) === true)
        throw new TransientFailure(failure, retryAfterMs(answer.headers['retry-after'], answer.headers.date));
      throw new HttpRefusal(status, errorCode, failure);
    }
    if (text === '') return { status, body: null, date: Number.isNaN(date) ? null : date };
    return { status, body: bodyOf(text, request), date: Number.isNaN(date) ? null : date };
  }

  /** Something that is not JSON may come from a proxy in between: it is asked again before it is an error. */
  function bodyOf(text: string, request: HttpRequest): unknown {
    try {
      return parseJson(text, 'answer', maxBytes);
    } catch {
      throw new TransientFailure(failureOf('not-json', options, request.path), null);
    }
  }

  async function ask(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    let used: Tokens = {};
    const tried = async (): Promise<HttpAnswer> => {
      used = (await options.signIn?.headers(signal)) ?? {};
      return once(request, used, signal);
    };
    const policy = options.retry ?? usualRetry;
    try {
      return await retrying(tried, policy, signal);
    } catch (error) {
      const isRefused = error instanceof HttpRefusal && error.status === 401;
      if (!isRefused || options.signIn?.forget(used) !== true) throw error;
      return retrying(tried, policy, signal);
    }
  }

  return {
    ask,
    get sent() {
      return sent;
    },
    close: () => agent.destroy(),
  };
}

async function textOf(answer: IncomingMessage, maxBytes: number, tooMuch: () => LexlineError): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > maxBytes) {
      answer.destroy();
      throw tooMuch();
    }
    parts.push(bytes);
  }
  // A connection that ends early leaves a message that is not complete.
  if (!answer.complete) throw Object.assign(new Error('the answer ended early'), { code: 'ECONNRESET' });
  const whole = Buffer.concat(parts);
  // Asked for or not: some sources compress what is long.
  if (!/gzip/iu.test(answer.headers['content-encoding'] ?? '')) return whole.toString('utf8');
  try {
    return (await unzip(whole, { maxOutputLength: maxBytes })).toString('utf8');
  } catch (error) {
    if (error instanceof RangeError) throw tooMuch();
    throw Object.assign(new Error('the answer is not whole'), { code: 'ECONNRESET' });
  }
}

/** The source's own code of an error (`ATLAS-404-00-005`, `002003`, `PERMISSION_DENIED`); its text is left alone, because it can quote what was asked. */
function codeIn(text: string): string {
  return /"(?:errorCode|error_code|code)"\s*:\s*"([A-Z0-9_-]{1,60})"/.exec(text)?.[1] ?? '';
}

function tooLarge({ connector, source }: HttpOptions, { path }: HttpRequest, maxBytes: number): LexlineError {
  const message = `[connectors/${connector}] source "${source}": the answer to ${path.split('?')[0]} is larger than ${maxBytes} bytes`;
  return new LexlineError('CONNECTOR_UNEXPECTED', message, { remedy: 'lower pageSize' });
}
