import { LexlineError } from './errors.ts';

/** The value of a short foreign text; null where it is not valid JSON. Leaves `__proto__` members out. */
export function jsonOrNull(text: string): unknown {
  try {
    return parseJson(text, 'text');
  } catch {
    return null;
  }
}

/**
 * Parses foreign JSON text. Refuses `__proto__` members and texts above `maxBytes` characters (default 64 MiB); the error
 * names `what` and never quotes the text.
 */
export function parseJson(text: string, what: string, maxBytes = 64 * 1024 * 1024): unknown {
  if (text.length > maxBytes)
    throw new LexlineError('ARTEFACT_TOO_LARGE', `${what}: ${text.length} characters, the limit is ${maxBytes}`);
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `${what}: not valid JSON${at === undefined ? '' : ` (at character ${at})`}`,
    );
  }
}
