import type { Clock } from '../../server/base/clock.ts';
import { LexlineError } from '../../server/base/errors.ts';
import { tokensByClientCredentials } from '../kit/client-credentials.ts';
import { mayCarrySecrets } from '../kit/loopback.ts';
import { fixedSignIn, heldToken, type SignIn } from '../kit/sign-in.ts';
import { baseOf } from './names.ts';
import type { DatabricksConfig } from './config.ts';

/**
 * Signs in by a personal access token, or as a service principal by OAuth client credentials. Fails with CONFIG_INVALID where a secret would go over the network in the clear.
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
  if (oauth === undefined) return fixedSignIn('the token', { authorization: `Bearer ${token ?? ''}` });
  const { clientId, clientSecret, scope } = oauth;
  const renew = tokensByClientCredentials({ tokenUrl, clientId, clientSecret, scope, by: 'basic' }, who);
  return heldToken({ who: clientId, clock, renew });
}
