import { LexlineError } from '../../server/base/errors.ts';

/** Where a server listens and how to talk to it, taken out of its URL. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** `encrypt` does not check who answers, `verify` checks certificate and host name. */
  readonly tls: 'off' | 'encrypt' | 'verify';
  readonly caFile: string | null;
}

const loopback = /^(localhost|127(\.\d+){3}|::1)$/;
const modes: Readonly<Record<string, Address['tls']>> = {
  disable: 'off',
  require: 'encrypt',
  'verify-ca': 'verify',
  'verify-full': 'verify',
};

/** Reads a source's URL. Fails with CONFIG_INVALID; the message never holds the URL, because it holds a password. */
export function parseAddress(source: string, url: string): Address {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['mysql:', 'mariadb:'].includes(parsed.protocol))
    throw invalid(source, 'the url is not of the form mysql://user:password@host:port');
  const host = decode(source, parsed.hostname).replace(/^\[(.*)\]$/u, '$1');
  const user = decode(source, parsed.username);
  if (host === '') throw invalid(source, 'the url names no host');
  if (user === '') throw invalid(source, 'the url names no user');
  const mode = parsed.searchParams.get('sslmode') ?? (loopback.test(host) ? 'disable' : 'verify-full');
  const tls = Object.hasOwn(modes, mode) ? modes[mode] : undefined;
  if (tls === undefined)
    throw invalid(source, `sslmode "${mode.slice(0, 20)}" is not known: use ${Object.keys(modes).join(', ')}`);
  return {
    host,
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    user,
    password: decode(source, parsed.password),
    tls,
    caFile: parsed.searchParams.get('sslrootcert'),
  };
}

/** The OpenLineage namespace of a server. */
export function namespaceOf({ host, port }: Address): string {
  return `mysql://${host.includes(':') ? `[${host.toLowerCase()}]` : host.toLowerCase()}:${port}`;
}

function decode(source: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(source, 'the url holds a % that is not followed by two hex digits: write % as %25');
  }
}

function invalid(source: string, problem: string): LexlineError {
  return new LexlineError('CONFIG_INVALID', `[connectors/mysql] source "${source}": ${problem}`);
}
