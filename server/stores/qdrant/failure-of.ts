import { LexlineError, messageOf } from '../../base/errors.ts';

/** The status of an answer, where the client tells one. */
function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : null;
}

/** What the client threw, as an error that a user can act on. Never holds the key. */
export function failureOf(error: unknown, what: string, url: string): LexlineError {
  if (error instanceof LexlineError) return error;
  const { host } = new URL(url);
  const status = statusOf(error);
  if (status === 404)
    return new LexlineError('NOT_FOUND', `[stores/vectors] there is no collection "${what}"`, { cause: error });
  if (status === 401 || status === 403)
    return new LexlineError('STORE_AUTH_FAILED', `[stores/qdrant] ${host} refused the key`, {
      cause: error,
      remedy: 'Set stores.vectors.apiKey to a key that may write.',
    });
  if (status === null)
    return new LexlineError(
      'STORE_UNAVAILABLE',
      `[stores/qdrant] ${host} cannot be reached: ${messageOf(error).slice(0, 200)}`,
      {
        cause: error,
        remedy: 'Start it, or set stores.vectors.url.',
      },
    );
  return new LexlineError('STORE_UNAVAILABLE', `[stores/qdrant] ${host} answered ${status} for ${what}`, {
    cause: error,
  });
}
