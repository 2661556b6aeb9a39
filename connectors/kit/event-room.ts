import type { EventRoom } from '../connector.ts';
import type { Json } from '../../server/model/json.ts';

/** An event room that remembers nothing beyond itself, for reads without stores: a check, a dry look, a test. */
export function forgetfulEventRoom(): EventRoom {
  const memory = new Map<string, Json>();
  return {
    clean: { sql: (text) => text, text: (text) => text },
    memory: {
      getAll: async (keys) => keys.map((key) => memory.get(key) ?? null),
      putAll: async (entries) => {
        for (const { key, body } of entries) memory.set(key, body);
      },
      async *keys() {
        yield [...memory.keys()].sort();
      },
    },
    async *pushed() {},
    bury: async () => {},
  };
}
