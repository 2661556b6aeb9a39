import { createHash } from 'node:crypto';
import { isLexlineError, LexlineError } from '../base/errors.ts';
import { digestOf, type Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { UserErrorCode } from './generated.ts';
import type { RequestMemory } from './sync-requests.ts';

const kind = 'mutation-done';
const keptMs = 31 * 24 * 60 * 60 * 1000;

/** Does work once for each key of a caller. The same key again answers what the first did; with another input it is refused. */
export type Once = <T>(
  order: { readonly mutation: string; readonly actor: Actor; readonly key: string; readonly input: unknown },
  work: () => Promise<T>,
) => Promise<T>;

/** Thrown where a key was used before for something else. */
class KeyReused extends Error {
  override readonly name = 'KeyReused';
}

/** Remembers what was done beyond this process; two calls with one key at once are one. */
export function createOnce(memory: RequestMemory, now: () => number): Once {
  const running = new Map<string, Promise<unknown>>();
  return async ({ mutation, actor, key, input }, work) => {
    if (key === '' || key.length > 200)
      throw new LexlineError('INPUT_INVALID', '[graphql] an idempotency key has 1 to 200 characters');
    const id = createHash('sha256')
      .update(JSON.stringify([mutation, actor.kind, actor.id, key]))
      .digest('hex');
    const asked = digestOf(input);
    const doIt = async (): Promise<unknown> => {
      const before = (await memory.get(kind, id)) as { readonly asked: string; readonly result: Json } | null;
      if (before !== null) {
        if (before.asked !== asked) throw new KeyReused('the idempotency key was used before with another input');
        return before.result;
      }
      const result = await work();
      await memory.put(kind, id, { asked, result: result as Json }, new Date(now() + keptMs).toISOString());
      return result;
    };
    const turn = (running.get(id) ?? Promise.resolve()).catch(() => {}).then(doIt);
    running.set(id, turn);
    try {
      return (await turn) as Awaited<ReturnType<typeof work>>;
    } finally {
      if (running.get(id) === turn) running.delete(id);
    }
  };
}

const mendable: Readonly<Record<string, UserErrorCode>> = {
  ASOF_BEFORE_FIRST_REVISION: 'INPUT_INVALID',
  ASOF_BELOW_RETENTION: 'INPUT_INVALID',
  INPUT_INVALID: 'INPUT_INVALID',
  NOT_FOUND: 'NOT_FOUND',
  REVIEW_CHANGED: 'CHANGED_SINCE_READ',
  REVIEW_OWN_PROPOSAL: 'OWN_PROPOSAL',
};

/** A payload: the result, or what the caller can mend. What nobody can mend by another input is thrown on. */
export async function payloadOf<T>(work: () => Promise<T>): Promise<{
  readonly result: T | null;
  readonly userErrors: readonly {
    readonly code: UserErrorCode;
    readonly field: string | null;
    readonly message: string;
  }[];
}> {
  try {
    return { result: await work(), userErrors: [] };
  } catch (error) {
    if (error instanceof KeyReused)
      return { result: null, userErrors: [{ code: 'KEY_REUSED', field: 'idempotencyKey', message: error.message }] };
    const code = isLexlineError(error) ? mendable[error.code] : undefined;
    if (code === undefined || !(error instanceof Error)) throw error;
    const message = error.message.replace(/^\[[\w/-]+\] /u, '');
    return {
      result: null,
      userErrors: [{ code, field: code === 'CHANGED_SINCE_READ' ? 'expectedRevision' : null, message }],
    };
  }
}
