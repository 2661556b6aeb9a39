import { systemClock } from '../../../server/base/clock.ts';
import type { EndpointConfig } from '../../../server/base/config-llm.ts';
import { answersInState } from '../../../server/classify/answer-memory.ts';
import { createJudge } from '../../../server/classify/judge-llm.ts';
import { createModelTier, type ModelTier } from '../../../server/classify/model-tier.ts';
import { readTally } from '../../../server/classify/review-tally.ts';
import { createOpenAiChat } from '../../../server/llm/openai/openai-chat.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { Rulebook } from '../../../server/rulebook/rulebook.ts';
import { smallRulebook } from '../../fake/small-rulebook.ts';
import { endpointAt } from '../../unit/llm/endpoint.ts';
import type { House } from '../sync/harness.ts';

/** The model tier over one endpoint called `fake`, with answers kept in the house's state store. */
export function tierOver(
  house: House,
  url: string,
  patch: Partial<EndpointConfig> = {},
  rulebook: Rulebook = smallRulebook(),
): ModelTier {
  const endpoint = endpointAt(url, patch);
  let marks = 0;
  const { state } = house.stores;
  return createModelTier({
    endpoints: [endpoint],
    corpusEdition: () => rulebook.corpusEdition(),
    tally: () => readTally(state),
    judgeOver: () =>
      Promise.resolve(
        createJudge({
          chat: createOpenAiChat({ endpoint, clock: systemClock, pause: () => Promise.resolve(), random: () => 0 }),
          endpoint,
          rulebook,
          taxonomy: loadTaxonomy(),
          memory: answersInState(state, systemClock),
          catalogueEdition: (regulation) => `catalogue of ${regulation}`,
          mark: () => `f00d${String((marks += 1)).padStart(8, '0')}`,
        }),
      ),
  });
}
