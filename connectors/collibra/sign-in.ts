import { LexlineError } from '../../server/base/errors.ts';
import type { ConnectorContext } from '../connector.ts';
import { tokensByClientCredentials } from '../kit/client-credentials.ts';
import { mayCarrySecrets } from '../kit/loopback.ts';
import { fixedSignIn, heldToken, type SignIn } from '../kit/sign-in.ts';
import type { CollibraConfig } from './config.ts';

/** How requests say who asks: a password, a token, or tokens by client credentials. Fails with CONFIG_INVALID. */
export function signInOf(
  { url, username, password, token, oauth }: CollibraConfig,
  { source, clock }: ConnectorContext,
): SignIn {
  const who = `[connectors/collibra] source "${source}"`;
  const given = [token, oauth, username].filter((one) => one !== undefined);
  if (given.length !== 1 || (username === undefined) !== (password === undefined))
    throw new LexlineError(
      'CONFIG_INVALID',
      `${who}: set username and password, or token, or oauth, and only one of them`,
    );
  for (const place of [url, ...(oauth === undefined ? [] : [oauth.tokenUrl])]) {
    const { origin, username: name, password: secret } = new URL(place);
    if (name !== '' || secret !== '')
      throw new LexlineError('CONFIG_INVALID', `${who}: the address of ${origin} holds a user or a password`, {
        remedy: 'take them out of the address: username and password are settings of their own',
      });
    if (!mayCarrySecrets(place))
      throw new LexlineError('CONFIG_INVALID', `${who}: ${origin} is not encrypted: no secret is sent there`, {
        remedy: 'use its https address',
      });
  }
  if (token !== undefined) return fixedSignIn('the token', { authorization: `Bearer ${token}` });
  if (oauth === undefined) {
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    return fixedSignIn(username ?? '', { authorization: `Basic ${basic}` });
  }
  return heldToken({ who: oauth.clientId, clock, renew: tokensByClientCredentials({ ...oauth, by: 'basic' }, who) });
}
