import { RequestFailed } from '../failure.ts';

/** Largest body taken from an endpoint: 2 MiB. A judgement of forty columns is a few KiB, a batch of vectors about one MiB. */
const maxBytes = 2 * 1024 * 1024;

/** What the client asks of a transport; `globalThis.fetch` is one. */
export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A fetch that only speaks to one endpoint, follows no redirect, takes a bounded body and reads it whole before it answers,
 * so that a deadline also ends a body that drips. Headers that describe this machine are left out.
 */
export function guardFetch(baseUrl: string, authorised: boolean, inner: Fetch = globalThis.fetch): Fetch {
  const base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname))
      throw new RequestFailed({
        kind: 'refused',
        what: 'a request would have left for elsewhere',
        again: false,
        waitMs: null,
      });
    const headers = new Headers([...new Headers(init?.headers)].filter(([name]) => !name.startsWith('x-stainless')));
    headers.set('user-agent', 'lexline');
    if (!authorised) headers.delete('authorization');
    const response = await send(inner, url, { ...init, headers, redirect: 'error' });
    const body = await bounded(response);
    const kept = new Headers(response.headers);
    kept.delete('content-encoding');
    kept.delete('content-length');
    // Read leniently by the client: whatever the label says, the content is checked by us.
    kept.set('content-type', 'text/plain');
    const refusal = response.status >= 400 ? refusalText(body) : null;
    if (refusal !== null) return new Response(refusal, { status: response.status, headers: kept });
    const empty = response.status === 204 || response.status === 205 || response.status === 304;
    return new Response(empty ? null : body, { status: response.status, headers: kept });
  };
}

/**
 * The vendor's client reads of a refusal only the member `error`; many endpoints write `detail` or `message` beside it
 * instead. Those are handed on as plain text, which it does read. Null: nothing needs to be done.
 */
function refusalText(body: Uint8Array): string | null {
  const text = new TextDecoder().decode(body);
  if (!text.trimStart().startsWith('{') || /"error"\s*:/u.test(text)) return null;
  return `refused: ${text}`;
}

async function send(inner: Fetch, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await inner(url, init);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    if (reason.includes('redirect'))
      throw new RequestFailed({
        kind: 'unreachable',
        what: 'the endpoint redirects; redirects are not followed',
        again: false,
        waitMs: null,
        cause: error,
      });
    throw new RequestFailed({
      kind: 'unreachable',
      what: 'cannot be reached',
      again: true,
      waitMs: null,
      cause: error,
    });
  }
}

async function bounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > maxBytes) {
        await reader.cancel();
        throw new RequestFailed({
          kind: 'invalid',
          what: `the answer is larger than ${maxBytes} bytes`,
          again: false,
          waitMs: null,
        });
      }
      parts.push(next.value);
    }
  } catch (error) {
    if (error instanceof RequestFailed || (error instanceof Error && error.name === 'AbortError')) throw error;
    throw new RequestFailed({
      kind: 'unreachable',
      what: 'broke off amid its answer',
      again: true,
      waitMs: null,
      cause: error,
    });
  }
  return new Uint8Array(Buffer.concat(parts));
}
