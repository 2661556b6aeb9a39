import type { JoinedNames } from '../../connectors/connector.ts';

/** Pairs kept, at most: the newest. What is forgotten is met again when it is brought into the graph. */
const kept = 100_000;

/** Which names the events of one source say are one, while they wait and are not remembered yet. */
export interface WaitingNames {
  add(joined: readonly JoinedNames[]): void;
  /** Nothing waits any more: all is remembered. */
  clear(): void;
  all(): readonly JoinedNames[];
}

export function createWaitingNames(): WaitingNames {
  const pairs = new Map<string, JoinedNames>();
  return {
    add(joined) {
      for (const pair of joined) {
        const key = JSON.stringify(pair);
        pairs.delete(key);
        pairs.set(key, pair);
      }
      for (const key of pairs.keys()) {
        if (pairs.size <= kept) break;
        pairs.delete(key);
      }
    },
    clear: () => pairs.clear(),
    all: () => [...pairs.values()],
  };
}
