import { lazily } from '../base/lazily.ts';
import { isOutsideHipaa } from '../model/arrived-classes.ts';
import type { ReviewDesk } from '../sync/review-desk.ts';
import type { Ground } from './ground.ts';
import { propagationRules } from './propagation-rules.ts';

/** Where people settle what machines could not or may not. */
export async function buildReview(ground: Ground): Promise<ReviewDesk> {
  const { clock, stores, taxonomy } = ground;
  const { createReviewDesk } = await import('../sync/create-review-desk.ts');
  const applies = new Map(ground.config.sources.map((source) => [source.name, source.applies]));
  const writeBack = lazily(async () => (await import('./build-write-back.ts')).buildWriteBack(ground));
  return createReviewDesk({
    graph: stores.graph,
    state: stores.state,
    ledger: stores.ledger,
    taxonomy: await taxonomy(),
    rules: await propagationRules(ground),
    clock,
    isOutside: (of) => isOutsideHipaa(of, (source) => applies.get(source)),
    retags: async (worlds, seen, signal) => (await writeBack()).retags(worlds, seen, signal),
  });
}
