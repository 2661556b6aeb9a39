import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import { parseJson } from '../../server/base/parse-json.ts';
import { retryAfterMs, TransientFailure } from './retry.ts';

/** A token, and when it ends (milliseconds since 1970). */
export interface FetchedToken {
  readonly token: string;
  readonly until: number;
}

/** An OAuth server that gives tokens by client credentials. */
export interface ClientCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string | undefined;
  /** How the client says who it is: in the form, or in an `Authorization` header. */
  readonly by: 'form' | 'basic';
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(600) });

/**
 * Fetches tokens by OAuth client credentials (RFC 6749, section 4.4). Redirects are refused: the secret goes nowhere else.
 * Fails with a typed error that holds neither the secret nor the answer; 429 and 5xx as what may be gone at the next try. `who`: `[connectors/x] source "y"`.
 */
export function tokensByClientCredentials(
  { tokenUrl, clientId, clientSecret, scope, by }: ClientCredentials,
  who: string,
): (now: number, signal: AbortSignal) => Promise<FetchedToken> {
  return async (now, signal) => {
    const where = `${who}: the OAuth server at ${new URL(tokenUrl).origin}`;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      ...(by === 'form' ? { client_id: clientId, client_secret: clientSecret } : {}),
      ...(scope === undefined ? {} : { scope }),
    });
    const headers = by === 'form' ? {} : { authorization: `Basic ${basicOf(clientId, clientSecret)}` };
    let answer: { readonly status: number; readonly text: string; readonly afterMs: number | null };
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
      const got = await fetch(tokenUrl, { method: 'POST', body: form, headers, redirect: 'error', signal: limit });
      const afterMs = retryAfterMs(got.headers.get('retry-after') ?? undefined, got.headers.get('date') ?? undefined);
      answer = { status: got.status, text: await got.text(), afterMs };
    } catch {
      signal.throwIfAborted();
      throw new LexlineError('CONNECTOR_UNAVAILABLE', `${where} does not answer`, { remedy: 'check oauth.tokenUrl' });
    }
    if (answer.status === 429 || answer.status >= 500)
      throw new TransientFailure(
        new LexlineError('CONNECTOR_UNAVAILABLE', `${where} gave no token (${answer.status})`, {
          remedy: 'sync again later',
        }),
        answer.afterMs,
      );
    if (answer.status !== 200)
      throw new LexlineError('CONNECTOR_AUTH_FAILED', `${where} gave no token (${answer.status})`, {
        remedy: 'check oauth.clientId, oauth.clientSecret and oauth.scope',
      });
    const parsed = tokenAnswer.safeParse(parseAnswer(answer.text));
    if (!parsed.success) throw new LexlineError('CONNECTOR_UNEXPECTED', `${where} answered something that is no token`);
    return { token: parsed.data.access_token, until: now + parsed.data.expires_in * 1000 };
  };
}

/** Both parts are form-encoded first, as RFC 6749, section 2.3.1 asks. */
function basicOf(clientId: string, clientSecret: string): string {
  const encoded = [clientId, clientSecret].map((part) => new URLSearchParams({ x: part }).toString().slice(2));
  return Buffer.from(encoded.join(':')).toString('base64');
}

function parseAnswer(text: string): unknown {
  try {
    return parseJson(text, 'answer', 1024 * 1024);
  } catch {
    return null;
  }
}
