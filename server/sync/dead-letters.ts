import { instant, type Clock } from '../base/clock.ts';
import { everyPage } from '../stores/every-page.ts';
import type { Json } from '../model/json.ts';
import type { StateStore } from '../stores/state/state-store.ts';

/** Dead letters of one source that are kept, at most: the newest. */
const kept = 10_000;
const kind = 'dead-letter';

/** An event that could not be taken: its remains hold no literal and no free text. */
export interface DeadLetter {
  readonly id: string;
  readonly source: string;
  readonly at: string;
  /** Where it stood: a line of a file, an offset of a topic, a place in the inbox. */
  readonly position: string;
  readonly problem: string;
  readonly remains: Json;
}

export interface DeadLetters {
  put(source: string, letters: readonly Omit<DeadLetter, 'id' | 'source' | 'at'>[]): Promise<void>;
  /** Oldest first. `source` undefined: of all. */
  list(source: string | undefined): AsyncIterable<DeadLetter>;
  count(source: string): Promise<number>;
  remove(ids: readonly string[]): Promise<void>;
}

/** Dead letters in the state store. `nonce` tells the ids of this process from those of others. */
export function createDeadLetters(options: {
  readonly state: Pick<StateStore, 'putAll' | 'list' | 'removeAll'>;
  readonly clock: Clock;
  readonly nonce: string;
}): DeadLetters {
  const { state, clock, nonce } = options;
  let serial = 0;
  const prefixOf = (source: string): string => `${source}@`;
  const keys = async (source: string): Promise<string[]> => {
    const found: string[] = [];
    const pages = everyPage((page) => state.list(kind, { ...page, prefix: prefixOf(source) }), 1000);
    for await (const { key } of pages) found.push(key);
    return found;
  };
  return {
    async put(source, letters) {
      const at = instant(clock);
      const entries = letters.map((letter) => {
        serial += 1;
        const id = `${prefixOf(source)}${at}#${nonce}${String(serial).padStart(6, '0')}`;
        return { key: id, body: { ...letter, id, source, at } };
      });
      await state.putAll(kind, entries);
      // Looked at once in a hundred letters: a few too many hurt nobody.
      if (serial % 100 >= letters.length) return;
      const all = await keys(source);
      if (all.length > kept) await state.removeAll(kind, all.slice(0, all.length - kept));
    },
    async *list(source) {
      const prefix = source === undefined ? {} : { prefix: prefixOf(source) };
      for await (const { body } of everyPage((page) => state.list(kind, { ...page, ...prefix }), 500))
        yield body as unknown as DeadLetter;
    },
    count: async (source) => (await keys(source)).length,
    remove: (ids) => state.removeAll(kind, ids),
  };
}
