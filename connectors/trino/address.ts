import { LexlineError } from '../../server/base/errors.ts';
import { mayCarrySecrets } from '../kit/loopback.ts';
import type { TrinoConfig } from './config.ts';

/** The OpenLineage namespace of a coordinator. */
export function namespaceOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return `trino://${hostname.toLowerCase()}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}

/** Headers that sign in. Fails with CONFIG_INVALID where a secret would go over the network in the clear. */
export function headersOf(
  { url, username, password, token }: TrinoConfig,
  source: string,
): Readonly<Record<string, string>> {
  if ((password !== undefined || token !== undefined) && !mayCarrySecrets(url))
    throw new LexlineError(
      'CONFIG_INVALID',
      `[connectors/trino] source "${source}": password and token go over https only: write https:// in url`,
    );
  if (password !== undefined && token !== undefined)
    throw new LexlineError(
      'CONFIG_INVALID',
      `[connectors/trino] source "${source}": password and token are both set: leave one out`,
    );
  const signIn =
    token === undefined
      ? password === undefined
        ? null
        : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
      : `Bearer ${token}`;
  return {
    'x-trino-user': username,
    'x-trino-source': 'lexline',
    ...(signIn === null ? {} : { authorization: signIn }),
  };
}
