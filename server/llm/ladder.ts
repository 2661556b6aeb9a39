import type { RequestForm } from './request-form.ts';

/** Remembers which form of request an endpoint takes for a model, so that each process need not find out anew. */
export interface FormMemory {
  recall(key: string): Promise<RequestForm | null>;
  keep(key: string, form: RequestForm): Promise<void>;
}

/** For when nothing outlives the process. */
export function formsInMemory(): FormMemory {
  const kept = new Map<string, RequestForm>();
  return {
    recall: (key) => Promise.resolve(kept.get(key) ?? null),
    async keep(key, form) {
      kept.set(key, form);
    },
  };
}
