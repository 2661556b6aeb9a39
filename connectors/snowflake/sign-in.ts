import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import type { Clock } from '../../server/base/clock.ts';
import { LexlineError } from '../../server/base/errors.ts';
import { tokensByClientCredentials, type FetchedToken } from '../kit/client-credentials.ts';
import { fixedSignIn, heldToken, type SignIn } from '../kit/sign-in.ts';
import type { SnowflakeConfig } from './config.ts';

/** Snowflake takes a JWT for at most an hour. */
const jwtSeconds = 3540;
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
    return fixedSignIn(user ?? 'the token', { authorization: `Bearer ${token}`, [typeHeader]: type });
  }
  const renew =
    oauth === undefined
      ? jwtBy(config, source, fileAt)
      : tokensByClientCredentials({ ...oauth, by: 'form' }, `[connectors/snowflake] source "${source}"`);
  const beside = { [typeHeader]: oauth === undefined ? 'KEYPAIR_JWT' : 'OAUTH' };
  return heldToken({ who: user ?? oauth?.clientId ?? 'the key', clock, renew, beside });
}

type Renew = (now: number, signal: AbortSignal) => Promise<FetchedToken>;

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
