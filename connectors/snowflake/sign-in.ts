import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../server/base/clock.ts';
import { LexlineError } from '../../server/base/errors.ts';
import { parseJson } from '../../server/base/parse-json.ts';
import type { SnowflakeConfig } from './config.ts';

/** How requests say who asks. */
export interface SignIn {
  /** For messages: the user, or what stands for one. */
  readonly who: string;
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** The last token was refused: the next request gets a new one. */
  forget(): void;
}

/** Snowflake takes a JWT for at most an hour. */
const jwtSeconds = 3540;
/** A token is renewed this long before it ends. */
const early = 60_000;
const typeHeader = 'x-snowflake-authorization-token-type';

/**
 * Signs in by key pair (a JWT made anew every hour), by a given token, or by tokens of an OAuth server. Nothing is read or
 * fetched before the first request. Passwords are not taken: the SQL API knows none.
 */
export function createSignIn(
  config: SnowflakeConfig,
  {
    source,
    clock,
    fileAt,
  }: { readonly source: string; readonly clock: Clock; readonly fileAt: (path: string) => string },
): SignIn {
  const { token, oauth, user } = config;
  if (token !== undefined) {
    const type = config.tokenType === 'oauth' ? 'OAUTH' : 'PROGRAMMATIC_ACCESS_TOKEN';
    const headers = { authorization: `Bearer ${token}`, [typeHeader]: type };
    return { who: user ?? 'the token', headers: async () => headers, forget: () => {} };
  }
  const renew = oauth === undefined ? jwtBy(config, source, fileAt) : tokensOf(oauth, source);
  let current: { readonly token: string; readonly until: number } | null = null;
  return {
    who: user ?? oauth?.clientId ?? 'the key',
    async headers(signal) {
      const now = clock.now();
      if (current === null || now >= current.until - early) current = await renew(now, signal);
      const type = oauth === undefined ? 'KEYPAIR_JWT' : 'OAUTH';
      return { authorization: `Bearer ${current.token}`, [typeHeader]: type };
    },
    forget() {
      current = null;
    },
  };
}

type Renew = (now: number, signal: AbortSignal) => Promise<{ readonly token: string; readonly until: number }>;

function jwtBy(config: SnowflakeConfig, source: string, fileAt: (path: string) => string): Renew {
  let key: KeyObject | null = null;
  return async (now) => {
    key ??= keyOf(config, source, fileAt);
    const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
    const subject = `${accountOf(config.account)}.${(config.user ?? '').toUpperCase()}`;
    const issued = Math.floor(now / 1000);
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(`${subject}.SHA256:${createHash('sha256').update(der).digest('base64')}`)
      .setSubject(subject)
      .setIssuedAt(issued)
      .setExpirationTime(issued + jwtSeconds)
      .sign(key);
    return { token, until: (issued + jwtSeconds) * 1000 };
  };
}

/** The account as a JWT names it: upper case, a locator without its region. */
function accountOf(account: string): string {
  return (account.split('.')[0] ?? account).toUpperCase();
}

function keyOf(config: SnowflakeConfig, source: string, fileAt: (path: string) => string): KeyObject {
  const { privateKey, privateKeyFile, privateKeyPassphrase: passphrase } = config;
  try {
    const pem = privateKey ?? readFileSync(fileAt(privateKeyFile ?? ''), 'utf8');
    const key = createPrivateKey({ key: pem, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Whatever OpenSSL or the file system says may quote the key or its place.
  }
  throw new LexlineError(
    'CONFIG_INVALID',
    `[connectors/snowflake] source "${source}": the private key cannot be used`,
    {
      remedy:
        'give an RSA key in PKCS#8 as PEM (openssl genrsa 2048 | openssl pkcs8 -topk8 -out key.p8), and privateKeyPassphrase where it is encrypted',
    },
  );
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(600) });

function tokensOf(oauth: NonNullable<SnowflakeConfig['oauth']>, source: string): Renew {
  return async (now, signal) => {
    const where = `[connectors/snowflake] source "${source}": the OAuth server at ${new URL(oauth.tokenUrl).origin}`;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: oauth.clientId,
      client_secret: oauth.clientSecret,
      ...(oauth.scope === undefined ? {} : { scope: oauth.scope }),
    });
    let answer: { readonly status: number; readonly text: string };
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
      const got = await fetch(oauth.tokenUrl, { method: 'POST', body: form, redirect: 'error', signal: limit });
      answer = { status: got.status, text: await got.text() };
    } catch {
      signal.throwIfAborted();
      throw new LexlineError('CONNECTOR_UNAVAILABLE', `${where} does not answer`, { remedy: 'check oauth.tokenUrl' });
    }
    if (answer.status !== 200)
      throw new LexlineError('CONNECTOR_AUTH_FAILED', `${where} gave no token (${answer.status})`, {
        remedy: 'check oauth.clientId, oauth.clientSecret and oauth.scope',
      });
    const parsed = tokenAnswer.safeParse(parseAnswer(answer.text));
    if (!parsed.success) throw new LexlineError('CONNECTOR_UNEXPECTED', `${where} answered something that is no token`);
    return { token: parsed.data.access_token, until: now + parsed.data.expires_in * 1000 };
  };
}

function parseAnswer(text: string): unknown {
  try {
    return parseJson(text, 'answer', 1024 * 1024);
  } catch {
    return null;
  }
}
