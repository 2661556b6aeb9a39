import type { StateStore } from '../stores/state/state-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { fromJson, toJson, type WriteBackChange } from './change.ts';

const kind = 'write-back';

/** The changes of all sources that were ever planned, in the state store. */
export interface ChangeBook {
  put(changes: readonly WriteBackChange[]): Promise<void>;
  get(source: string, id: string): Promise<WriteBackChange | null>;
  /** All of a source, or of every source, in the order of source and id. */
  all(source?: string): Promise<readonly WriteBackChange[]>;
}

export function createChangeBook(state: StateStore): ChangeBook {
  return {
    async put(changes) {
      const records = changes.map((change) => ({ key: keyOf(change.source, change.id), body: toJson(change) }));
      for (let at = 0; at < records.length; at += 1000) await state.putAll(kind, records.slice(at, at + 1000));
    },
    async get(source, id) {
      const body = await state.get(kind, keyOf(source, id));
      return body === null ? null : fromJson(body);
    },
    async all(source) {
      const found: WriteBackChange[] = [];
      const filter = source === undefined ? {} : { prefix: keyOf(source, '') };
      for await (const { body } of everyPage((page) => state.list(kind, { ...page, ...filter }), 1000))
        found.push(fromJson(body));
      return found;
    },
  };
}

function keyOf(source: string, id: string): string {
  return `${source}/${id}`;
}
