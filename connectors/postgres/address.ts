import { LexlineError } from '../../server/base/errors.ts';

/** Where a PostgreSQL listens and how to talk to it, taken out of its URL. */
export interface Address {
  readonly kind: 'server' | 'embedded';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | null;
  readonly tls: TlsMode;
  /** Certificate authority file of `sslrootcert`. */
  readonly caFile: string | null;
  /** The folder of an embedded database; `memory://` keeps nothing. */
  readonly folder: string | null;
}

/** As libpq's `sslmode`: `encrypt` does not check who answers, `verify` checks certificate and host name. */
export type TlsMode = 'off' | 'encrypt' | 'verify';

const loopback = /^(localhost|127(\.\d+){3}|::1|\/.*)$/;

/** Reads a source's URL. Fails with CONFIG_INVALID; the message never holds the URL, because it holds a password. */
export function parseAddress(source: string, url: string): Address {
  if (url.startsWith('pglite:')) return embedded(source, url.slice('pglite:'.length));
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['postgres:', 'postgresql:'].includes(parsed.protocol))
    throw invalid(source, 'the url is not of the form postgres://user:password@host:port/database');
  const socket = parsed.searchParams.get('host');
  const host = socket ?? unbracketed(decode(source, parsed.hostname));
  const user = decode(source, parsed.username) || (parsed.searchParams.get('user') ?? '');
  const database = decode(source, parsed.pathname.slice(1)) || user;
  if (host === '') throw invalid(source, 'the url names no host');
  if (user === '') throw invalid(source, 'the url names no user');
  const password = decode(source, parsed.password);
  return {
    kind: 'server',
    host,
    port: parsed.port === '' ? Number(parsed.searchParams.get('port') ?? 5432) : Number(parsed.port),
    database,
    user,
    password: password === '' ? null : password,
    tls: tlsMode(source, parsed.searchParams.get('sslmode'), host),
    caFile: parsed.searchParams.get('sslrootcert'),
    folder: null,
  };
}

/** The default OpenLineage namespace of a server. */
export function namespaceOf(address: Address): string {
  const host = address.host.startsWith('/') ? 'localhost' : address.host.toLowerCase();
  return `postgres://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

function embedded(source: string, folder: string): Address {
  const [path = '', query = ''] = folder.split('?', 2);
  if (path === '') throw invalid(source, 'pglite: needs a folder, for example pglite:./data/warehouse');
  const base = { host: 'embedded', port: 0, user: 'postgres', password: null, tls: 'off', caFile: null } as const;
  return {
    kind: 'embedded',
    ...base,
    database: new URLSearchParams(query).get('database') ?? 'postgres',
    folder: path,
  };
}

function tlsMode(source: string, mode: string | null, host: string): TlsMode {
  switch (mode) {
    case null:
      return loopback.test(host) ? 'off' : 'verify';
    case 'disable':
      return 'off';
    case 'require':
    case 'no-verify':
      return 'encrypt';
    case 'verify-ca':
    case 'verify-full':
      return 'verify';
    default:
      throw invalid(
        source,
        `sslmode "${mode.slice(0, 20)}" is not known: use disable, require, verify-ca or verify-full`,
      );
  }
}

function unbracketed(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

function decode(source: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(source, 'the url holds a % that is not followed by two hex digits: write % as %25');
  }
}

function invalid(source: string, problem: string): LexlineError {
  return new LexlineError('CONFIG_INVALID', `[connectors/postgres] source "${source}": ${problem}`);
}
