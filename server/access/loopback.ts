import ipaddr from 'ipaddr.js';

/** Headers by which a proxy says whom it speaks for. */
const forwardedHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
] as const;

/** What a request says about where it comes from. */
export interface RequestOrigin {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Address of the other end of the connection. */
  readonly remoteAddress: string | undefined;
}

/** Whether an address or host name is this very machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/u, '$1').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
}

/**
 * Why a request may not be answered by a server without sign-in; null when it may. Such a server answers only those who are
 * on this machine and know it by a local name: a page of another site that has its name point here (DNS rebinding), another
 * site's script, or a proxy in between is refused. Pages of `origins` may ask: the configuration names them.
 */
export function refuseOnLoopback(
  { headers, remoteAddress }: RequestOrigin,
  origins: readonly string[] = [],
): string | null {
  if (remoteAddress !== undefined && !isLoopback(remoteAddress)) return 'it comes from another machine';
  const forwarded = forwardedHeaders.find((name) => headers[name] !== undefined);
  if (forwarded !== undefined) return `a proxy passed it on (header ${forwarded})`;
  const host = single(headers['host']);
  if (host === null || !isLoopback(nameOf(host))) return 'its Host header is not a local name';
  const origin = headers['origin'];
  if (origin === undefined) return null;
  const page = single(origin);
  return isLocalOrigin(page) || (page !== null && origins.includes(page))
    ? null
    : 'it comes from a page of another site';
}

function single(header: string | readonly string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}

/** The name in a Host header, its port taken off. */
function nameOf(host: string): string {
  return host.replace(/:\d{1,5}$/u, '');
}

function isLocalOrigin(origin: string | null): boolean {
  if (origin === null || !URL.canParse(origin)) return false;
  return isLoopback(new URL(origin).hostname);
}
