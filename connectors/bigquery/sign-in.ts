import { GoogleAuth, Impersonated, type AuthClient } from 'google-auth-library';
import { isLexlineError, LexlineError } from '../../server/base/errors.ts';
import { parseJson } from '../../server/base/parse-json.ts';
import { fixedSignIn, type SignIn } from '../kit/sign-in.ts';
import type { BigQueryConfig } from './config.ts';

/** Policy tags are asked of an API that knows no narrower scope. What may be done is decided by IAM. */
const scopes = ['https://www.googleapis.com/auth/cloud-platform'];

/**
 * Signs in by a given token, or as Google's own library does: a key, workload identity federation, the credentials of the
 * machine. Nothing is read or fetched before the first request. Google's texts go no further: they can quote what was sent.
 */
export function createSignIn(
  config: BigQueryConfig,
  { source, fileAt }: { readonly source: string; readonly fileAt: (path: string) => string },
): SignIn {
  const { token, keyFile, key, impersonate } = config;
  const where = `[connectors/bigquery] source "${source}"`;
  if (token !== undefined) return fixedSignIn('the token', { authorization: `Bearer ${token}` });
  let client: Promise<AuthClient> | null = null;
  async function open(): Promise<AuthClient> {
    const auth = new GoogleAuth({
      scopes,
      ...(keyFile === undefined ? {} : { keyFile: fileAt(keyFile) }),
      ...(key === undefined ? {} : { credentials: credentialsIn(key, where) }),
    });
    const own = await auth.getClient();
    if (impersonate === undefined) return own;
    return new Impersonated({ sourceClient: own, targetPrincipal: impersonate, targetScopes: scopes, lifetime: 3600 });
  }
  return {
    who: impersonate ?? (keyFile === undefined && key === undefined ? 'the default credentials' : 'the key'),
    async headers(signal) {
      signal.throwIfAborted();
      try {
        client ??= open();
        const limit = AbortSignal.any([signal, AbortSignal.timeout(config.timeoutMs)]);
        const headers = await before(
          client.then((own) => own.getRequestHeaders()),
          limit,
        );
        return Object.fromEntries(headers.entries());
      } catch (error) {
        client = null;
        signal.throwIfAborted();
        throw isLexlineError(error) ? error : refused(where, error, config);
      }
    },
    // The library holds the token: a client of its own begins without one.
    forget() {
      client = null;
      return true;
    },
  };
}

/** Google's library takes no signal: what it does is left alone when nobody waits for it any more. */
async function before<T>(work: Promise<T>, limit: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>();
  const stop = (): void => late.reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
  limit.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    limit.removeEventListener('abort', stop);
    late.promise.catch(() => {});
    work.catch(() => {});
  }
}

function credentialsIn(key: string, where: string): object {
  try {
    const parsed = parseJson(key, 'key', 1024 * 1024);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // What the parser says may quote the key.
  }
  throw new LexlineError('CONFIG_INVALID', `${where}: key is not the JSON of a credential`, {
    remedy: 'give the whole file that "gcloud iam service-accounts keys create" wrote',
  });
}

/** Nobody answered: the machine has no network, or the token's server is down. */
const unreachable = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/u;

function refused(where: string, error: unknown, { keyFile, key, impersonate }: BigQueryConfig): LexlineError {
  const codes = [error, error instanceof Error ? error.cause : null].map((each) =>
    typeof each === 'object' && each !== null && 'code' in each ? String(each.code) : '',
  );
  if (codes.some((code) => unreachable.test(code)))
    return new LexlineError('CONNECTOR_UNAVAILABLE', `${where}: the server that gives tokens does not answer`, {
      remedy: 'check that this machine reaches oauth2.googleapis.com, or token_uri of the key',
    });
  if (keyFile === undefined && key === undefined)
    return new LexlineError('CONNECTOR_AUTH_FAILED', `${where}: no default credentials give a token`, {
      remedy:
        'run "gcloud auth application-default login", set GOOGLE_APPLICATION_CREDENTIALS, give the machine a service account, or set keyFile',
    });
  return new LexlineError('CONNECTOR_AUTH_FAILED', `${where}: the credentials give no token`, {
    remedy:
      impersonate === undefined
        ? 'check that keyFile is there, is the JSON of a credential, and that the key was not deleted'
        : `grant roles/iam.serviceAccountTokenCreator on ${impersonate} to the account of the credentials`,
  });
}
