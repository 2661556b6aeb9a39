import type { Clock } from '../../server/base/clock.ts';
import type { FetchedToken } from './client-credentials.ts';

type Headers = Readonly<Record<string, string>>;

/** How the requests of a connector say who asks. The HTTP client asks for the headers at each try. */
export interface SignIn {
  /** For messages: the user, or what stands for one. Never a secret. */
  readonly who: string;
  headers(signal: AbortSignal): Promise<Headers>;
  /** A request with these headers was refused (401). True: others may be had, so that it is worth asking once more. */
  forget(refused: Headers): boolean;
}

/** A token is renewed this long before it ends, for requests on the way. */
const early = 60_000;

/** Signs in by what never changes: a password, a token that was given. Once refused, it stays refused. */
export function fixedSignIn(who: string, headers: Headers): SignIn {
  return { who, headers: async () => headers, forget: () => false };
}

/**
 * Signs in by tokens that end. One is held until a minute before its end, or until it is refused; nothing is fetched before the
 * first request. Of several requests that are refused with one token, only the first lets go of it: the others find its
 * successor.
 */
export function heldToken(options: {
  readonly who: string;
  readonly clock: Clock;
  /** Fetches or makes a token. `now` in milliseconds since 1970. */
  readonly renew: (now: number, signal: AbortSignal) => Promise<FetchedToken>;
  /** What goes beside `authorization`. */
  readonly beside?: Headers;
}): SignIn {
  let held: FetchedToken | null = null;
  const bearer = ({ token }: FetchedToken): string => `Bearer ${token}`;
  return {
    who: options.who,
    async headers(signal) {
      const now = options.clock.now();
      if (held === null || now >= held.until - early) held = await options.renew(now, signal);
      return { authorization: bearer(held), ...options.beside };
    },
    forget({ authorization }) {
      if (held !== null && bearer(held) === authorization) held = null;
      return true;
    },
  };
}
