import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import { checkedLookup, RefusedAddress, refusedAddress, type ExtraAddresses } from './addresses.ts';

/** Time for one answer, connecting included. */
const timeoutMs = 30_000;
/** Nobody is waited for longer than this because they asked for it. */
const longestWaitMs = 3_600_000;

/** How one attempt ended. The reason names neither the address nor what the receiver wrote. */
export type Posted =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: string; readonly gone: boolean; readonly waitMs: number | null };

/** Sends one body to a receiver. */
export type Post = (
  to: { readonly url: string; readonly addresses: ExtraAddresses },
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<Posted>;

/**
 * Posts JSON once. No redirect is followed, no proxy asked, nothing of the answer's body read. Never fails: how it ended is the
 * answer.
 */
export const post: Post = (to, headers, body, signal) =>
  new Promise((resolve) => {
    const url = new URL(to.url);
    const host = url.hostname.replace(/^\[(.*)\]$/u, '$1');
    // A name is looked at when it is resolved; an address that stands in the URL is not resolved at all.
    const refused = isIP(host) === 0 ? null : refusedAddress(host, to.addresses);
    if (refused !== null) return resolve(failed(refused));
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'lexline',
        },
        agent: false,
        lookup: checkedLookup(to.addresses),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      },
      (response) => {
        response.destroy();
        resolve(ending(response.statusCode ?? 0, response.headers['retry-after']));
      },
    );
    request.once('error', (error) => resolve(failed(wordsFor(error))));
    request.end(body);
    return undefined;
  });

function ending(status: number, retryAfter: string | undefined): Posted {
  if (status >= 200 && status < 300) return { ok: true };
  if (status >= 300 && status < 400) return failed('it redirects, and redirects are not followed');
  const seconds = Number(retryAfter);
  const waitMs = retryAfter !== undefined && seconds >= 0 ? Math.min(seconds * 1000, longestWaitMs) : null;
  return { ok: false, why: `it answered ${status}`, gone: status === 410, waitMs };
}

function failed(why: string): Posted {
  return { ok: false, why, gone: false, waitMs: null };
}

function wordsFor(error: Error & { readonly code?: string }): string {
  if (error instanceof RefusedAddress) return error.message;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'it did not answer in time';
  return `it cannot be reached (${error.code ?? error.name})`;
}
