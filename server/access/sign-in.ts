import type { Viewer } from './viewer.ts';

/** What a request shows of who sends it. */
export interface Credentials {
  /** The Authorization header. */
  readonly authorization: string | undefined;
}

/** Who it is, or why nobody that may ask. `detail` is for the log and never holds the credential. */
export type SignInResult =
  | { readonly viewer: Viewer; readonly mayExchange: boolean }
  | { readonly refused: 'missing' | 'unknown' | 'expired' | 'no-role' | 'unavailable'; readonly detail: string };

/** One way of proving who one is. Null: these credentials are not of its kind. */
export interface SignInMethod {
  readonly name: string;
  signIn(token: string): Promise<SignInResult | null>;
}

/** Asks who somebody is. */
export interface SignIn {
  (credentials: Credentials): Promise<SignInResult>;
}

/** Longest token that is looked at. */
const maxToken = 16_384;

/** Tries the methods one after the other; the first that knows the kind of token answers. Only `Authorization: Bearer`. */
export function createSignIn(methods: readonly SignInMethod[]): SignIn {
  return async ({ authorization }) => {
    if (authorization === undefined) return { refused: 'missing', detail: 'no Authorization header' };
    const token = /^Bearer ([\w.~+/=-]+)$/iu.exec(authorization)?.[1];
    if (token === undefined || token.length > maxToken)
      return { refused: 'unknown', detail: 'the Authorization header holds no bearer token' };
    for (const method of methods) {
      const result = await method.signIn(token);
      if (result !== null) return result;
    }
    return { refused: 'unknown', detail: 'nobody has this token' };
  };
}
