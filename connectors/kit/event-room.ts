import type { EventRoom } from '../connector.ts';
import type { Json } from '../../server/model/json.ts';

/** An event room that remembers nothing beyond itself, for reads without stores: a check, a dry look, a test. */
export function forgetfulEventRoom(): EventRoom {
  const memory = new Map<string, string>();
  return {
    clean: { sql: (text) => text, text: (text) => text },
    memory: {
      getAll: async (keys) => keys.map((key) => JSON.parse(memory.get(key) ?? 'null') as Json),
      putAll: async (entries) => {
        for (const { key, body } of entries) memory.set(key, JSON.stringify(body));
      },
      async *keys() {
        yield [...memory.keys()].sort();
      },
    },
    async *pushed() {},
    bury: async () => {},
  };
}
