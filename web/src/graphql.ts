import { keyOfTab } from './key.ts';
import { documentOf, type queries } from './queries.ts';

/** An answer of the API that is a mistake, with its stable code. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly remedy: string | null;

  constructor(code: string, message: string, remedy: string | null) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/** Event of the window: the server answers nobody that it does not know. Its detail is what the server said. */
export const signInNeeded = 'lexline-sign-in-needed';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly remedy?: string | null };
  }[];
}

/** Asks the API of the server that the pages come from. Fails with {@link ApiError}; the caller knows the shape of the answer. */
export async function ask<T>(
  name: keyof typeof queries,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<T> {
  const key = keyOfTab();
  const response = await fetch('./graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query: documentOf(name), variables }),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ApiError('SERVER_UNREACHABLE', 'The server does not answer.', 'Is lexline serve still running?');
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  const [error] = answer.errors ?? [];
  if (response.status === 401 && !signal.aborted)
    window.dispatchEvent(new CustomEvent(signInNeeded, { detail: error?.message ?? '' }));
  if (error !== undefined)
    throw new ApiError(error.extensions?.code ?? 'ERROR', error.message, error.extensions?.remedy ?? null);
  if (answer.data === undefined || answer.data === null)
    throw new ApiError('NO_ANSWER', `The server answered with status ${String(response.status)}.`, null);
  return answer.data as T;
}
