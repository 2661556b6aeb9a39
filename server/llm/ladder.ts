import { rungs, type Rung } from './chat-model.ts';

/** Remembers how far an endpoint's understanding of answer forms goes, so that each process need not find out anew. */
export interface RungMemory {
  recall(key: string): Promise<Rung | null>;
  keep(key: string, rung: Rung): Promise<void>;
}

/** For when nothing outlives the process. */
export function rungsInMemory(): RungMemory {
  const kept = new Map<string, Rung>();
  return {
    recall: (key) => Promise.resolve(kept.get(key) ?? null),
    async keep(key, rung) {
      kept.set(key, rung);
    },
  };
}

/** The next less demanding form, or null below the last. */
export function below(rung: Rung): Rung | null {
  return rungs[rungs.indexOf(rung) + 1] ?? null;
}
