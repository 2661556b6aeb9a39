import { instant, type Clock } from '../base/clock.ts';
import { everyPage } from '../stores/every-page.ts';
import type { Json } from '../model/json.ts';
import type { StateStore } from '../stores/state/state-store.ts';

/** Dead letters of one source that are kept, at most: the newest. */
const kept = 10_000;

/** An event that could not be taken: its remains hold no literal and no free text. */
export interface DeadLetter {
  readonly id: string;
  readonly source: string;
  readonly at: string;
  /** Where it stood: a line of a file, an offset of a topic, a place in the inbox. */
  readonly position: string;
  readonly problem: string;
  readonly remains: Json;
  /** The namespaces that its sender was bound to; left out: none. */
  readonly boundTo?: readonly string[];
}

/** The kind of state record under which a source's dead letters stand. */
function kindOf(source: string): string {
  return `dead-letter:${source}`;
}

export interface DeadLetters {
  put(source: string, letters: readonly Omit<DeadLetter, 'id' | 'source' | 'at'>[]): Promise<void>;
  /** Oldest first. `source` undefined: of all that are configured. */
  list(source: string | undefined): AsyncIterable<DeadLetter>;
  count(source: string): Promise<number>;
  remove(source: string, ids: readonly string[]): Promise<void>;
}

/** Dead letters in the state store. `nonce` tells the ids of this process from those of others. */
export function createDeadLetters(options: {
  readonly state: Pick<StateStore, 'putAll' | 'list' | 'count' | 'removeAll'>;
  /** Whose letters are listed when nobody names a source. */
  readonly sources: readonly string[];
  readonly clock: Clock;
  readonly nonce: string;
}): DeadLetters {
  const { state, clock, nonce, sources } = options;
  let serial = 0;
  const prefixOf = (source: string): string => `${source}@`;
  const forgetOldest = async (source: string): Promise<void> => {
    const surplus = (await state.count(kindOf(source))) - kept;
    if (surplus <= 0) return;
    const { items } = await state.list(kindOf(source), { first: Math.min(surplus, 1000) });
    await state.removeAll(
      kindOf(source),
      items.map(({ key }) => key),
    );
  };
  return {
    async put(source, letters) {
      const at = instant(clock);
      const entries = letters.map((letter) => {
        serial += 1;
        const id = `${prefixOf(source)}${at}#${nonce}${String(serial).padStart(6, '0')}`;
        return { key: id, body: { ...letter, id, source, at } };
      });
      await state.putAll(kindOf(source), entries);
      await forgetOldest(source);
    },
    async *list(source) {
      for (const one of source === undefined ? sources : [source])
        for await (const { body } of everyPage((page) => state.list(kindOf(one), page), 500))
          yield body as unknown as DeadLetter;
    },
    count: (source) => state.count(kindOf(source)),
    remove: (source, ids) => state.removeAll(kindOf(source), ids),
  };
}
