import { randomBytes } from 'node:crypto';
import { instant } from '../base/clock.ts';
import type { EndpointConfig } from '../base/config-llm.ts';
import type { Judge } from '../classify/judge.ts';
import type { ModelTier } from '../classify/model-tier.ts';
import type { FormMemory } from '../llm/ladder.ts';
import { readForm } from '../llm/request-form.ts';
import { lazily, type Lazy } from '../base/lazily.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';
import { buildRulebook } from './build-rulebook.ts';
import type { Ground } from './ground.ts';
import { tracedChat } from './trace-work.ts';

/** How long the form that an endpoint takes is remembered before the strictest is tried again: 30 days. */
const formMs = 30 * 24 * 60 * 60 * 1000;

/** The model tier over the configured endpoints; null: none is configured, and nothing can leave. */
export async function buildModels(ground: Ground): Promise<ModelTier | null> {
  const { config, stores } = ground;
  if (config.llm === null) return null;
  const [{ createModelTier }, { readTally }] = await Promise.all([
    import('../classify/model-tier.ts'),
    import('../classify/review-tally.ts'),
  ]);
  const { endpoints } = config.llm;
  const rulebook = lazily(() => buildRulebook(ground));
  const judges = new Map<string, Judge>();
  return createModelTier({
    endpoints,
    async judgeOver(endpoint) {
      const known = judges.get(endpoint.name);
      if (known !== undefined) return known;
      const judge = await judgeOver(endpoint, ground, rulebook);
      judges.set(endpoint.name, judge);
      return judge;
    },
    corpusEdition: async () => (await rulebook()).corpusEdition(),
    tally: () => readTally(stores.state),
  });
}

async function judgeOver(endpoint: EndpointConfig, ground: Ground, rulebook: Lazy<Rulebook>): Promise<Judge> {
  const { clock, stores, taxonomy } = ground;
  const [{ createOpenAiChat }, { createJudge }, { answersInState }, { loadCatalogue }] = await Promise.all([
    import('../llm/openai/openai-chat.ts'),
    import('../classify/judge-llm.ts'),
    import('../classify/answer-memory.ts'),
    import('../rulebook/catalogue.ts'),
  ]);
  return createJudge({
    chat: tracedChat(createOpenAiChat({ endpoint, clock, memory: formMemory(ground) })),
    endpoint,
    rulebook: await rulebook(),
    taxonomy: await taxonomy(),
    memory: answersInState(stores.state, clock),
    catalogueEdition: (regulation) => `catalogue ${loadCatalogue(regulation).regulation.catalogue}`,
    mark: () => randomBytes(8).toString('hex'),
  });
}

function formMemory({ stores, clock }: Ground): FormMemory {
  const kind = 'llm-form';
  return {
    recall: async (key) => readForm(await stores.state.get(kind, key)),
    keep: (key, form) => stores.state.put(kind, key, { ...form }, instant({ now: () => clock.now() + formMs })),
  };
}
