import { LexlineError, messageOf } from '../../base/errors.ts';
import { documentLimits } from './document-limits.ts';

/** Where a text is downloaded from. */
export interface TextEndpoint {
  readonly url: string;
  readonly accept?: string | undefined;
  readonly language?: string | undefined;
}

const maxRedirects = 5;
const maxTime = 120_000;

/**
 * Downloads one document from a publisher: https only (http where the configured address itself is on this machine), few
 * redirects, none of them away from https, bounded size and time, no credentials. Fails with ARTEFACT_INVALID,
 * ARTEFACT_TOO_LARGE, CONNECTOR_UNAVAILABLE or CONNECTOR_TIMEOUT.
 */
export async function pullText(
  endpoint: TextEndpoint,
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly url: string }> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(maxTime)]);
  const isLocal = isLoopback(endpoint.url);
  let url = endpoint.url;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    refuseUnsafe(url, isLocal);
    const response = await ask(url, endpoint, deadline, signal);
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = new URL(location, url).href;
      continue;
    }
    if (!response.ok)
      throw new LexlineError('CONNECTOR_UNAVAILABLE', `[rulebook] ${hostOf(url)} answered ${response.status}`, {
        remedy:
          response.status === 503 || response.status === 429
            ? 'Try again later, or download it in a browser and use: lexline regulations add <file>.'
            : 'Download it in a browser and use: lexline regulations add <file>.',
      });
    return { bytes: await bodyOf(response, url, deadline, signal), url };
  }
  throw new LexlineError(
    'CONNECTOR_UNAVAILABLE',
    `[rulebook] ${hostOf(endpoint.url)} redirects more than ${maxRedirects} times`,
  );
}

async function ask(
  url: string,
  { accept, language }: TextEndpoint,
  deadline: AbortSignal,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: 'manual',
      signal: deadline,
      headers: {
        'user-agent': 'lexline',
        ...(accept === undefined ? {} : { accept }),
        ...(language === undefined ? {} : { 'accept-language': language }),
      },
    });
  } catch (error) {
    throw unreachable(url, error, signal);
  }
}

async function bodyOf(
  response: Response,
  url: string,
  deadline: AbortSignal,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      deadline.throwIfAborted();
      size += chunk.length;
      if (size > documentLimits.bytes)
        throw new LexlineError(
          'ARTEFACT_TOO_LARGE',
          `[rulebook] ${hostOf(url)} sends more than ${documentLimits.bytes} bytes`,
        );
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof LexlineError ? error : unreachable(url, error, signal);
  }
  return Buffer.concat(chunks);
}

function unreachable(url: string, error: unknown, signal: AbortSignal): LexlineError {
  if (signal.aborted) return new LexlineError('CANCELLED', '[rulebook] the download was stopped', { cause: error });
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  const remedy = 'Download it in a browser and use: lexline regulations add <file>.';
  return isLate
    ? new LexlineError('CONNECTOR_TIMEOUT', `[rulebook] ${hostOf(url)} did not finish within ${maxTime / 1000} s`, {
        remedy,
      })
    : new LexlineError('CONNECTOR_UNAVAILABLE', `[rulebook] ${hostOf(url)} cannot be reached: ${messageOf(error)}`, {
        cause: error,
        remedy,
      });
}

function refuseUnsafe(url: string, mayBeLocal: boolean): void {
  const { protocol, username, password } = new URL(url);
  const isFine =
    protocol === 'https:' ? !isLoopback(url) || mayBeLocal : protocol === 'http:' && mayBeLocal && isLoopback(url);
  if (isFine && username === '' && password === '') return;
  throw new LexlineError(
    'ARTEFACT_INVALID',
    `[rulebook] ${hostOf(url)} is not followed: only https, and no way back to this machine`,
    {
      remedy:
        'Set the address in rulebook.endpoints, or download it in a browser and use: lexline regulations add <file>.',
    },
  );
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
}
