import type { Clock } from '../../server/base/clock.ts';
import { LexlineError } from '../../server/base/errors.ts';
import { tokensByClientCredentials, type FetchedToken } from '../kit/client-credentials.ts';
import { mayCarrySecrets } from '../kit/loopback.ts';
import { baseOf } from './names.ts';
import type { DatabricksConfig } from './config.ts';

/** How requests say who asks. */
export interface SignIn {
  /** For messages. */
  readonly who: string;
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** The last token was refused: the next request fetches another. False: there is no other. */
  forget(): boolean;
}

/** A token is renewed this long before it ends. */
const early = 60_000;

/**
 * Signs in by a personal access token, or as a service principal by OAuth client credentials; a fetched token is used until it
 * is about to end. Fails with CONFIG_INVALID where a secret would go over the network in the clear.
 */
export function createSignIn(
  { url, token, oauth }: Pick<DatabricksConfig, 'url' | 'token' | 'oauth'>,
  { source, clock }: { readonly source: string; readonly clock: Clock },
): SignIn {
  const who = `[connectors/databricks] source "${source}"`;
  const tokenUrl = oauth?.tokenUrl ?? `${baseOf(url)}/oidc/v1/token`;
  for (const [setting, address] of [
    ['url', url],
    ['oauth.tokenUrl', tokenUrl],
  ] as const)
    if (!mayCarrySecrets(address))
      throw new LexlineError('CONFIG_INVALID', `${who}: tokens go over https only: write https:// in ${setting}`);
  if (oauth === undefined) {
    const headers = { authorization: `Bearer ${token ?? ''}` };
    return { who: 'the token', headers: async () => headers, forget: () => false };
  }
  const { clientId, clientSecret, scope } = oauth;
  const renew = tokensByClientCredentials({ tokenUrl, clientId, clientSecret, scope, by: 'basic' }, who);
  let current: FetchedToken | null = null;
  return {
    who: clientId,
    async headers(signal) {
      const now = clock.now();
      if (current === null || now >= current.until - early) current = await renew(now, signal);
      return { authorization: `Bearer ${current.token}` };
    },
    forget() {
      current = null;
      return true;
    },
  };
}
