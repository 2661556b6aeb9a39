import { systemClock } from '../../../../server/base/clock.ts';
import { answersInMemory } from '../../../../server/classify/answer-memory.ts';
import { createJudge } from '../../../../server/classify/judge-llm.ts';
import { createBudget } from '../../../../server/llm/budget.ts';
import { createOpenAiChat } from '../../../../server/llm/openai/openai-chat.ts';
import { judgeSuite } from '../../../conformance/judge.ts';
import { endpointAt } from '../../llm/endpoint.ts';
import { classifier, tableOf, taxonomy } from '../column.ts';

judgeSuite({
  name: 'over chat completions',
  make({ url, rulebook, patch }) {
    const endpoint = endpointAt(url, patch);
    let marks = 0;
    const pause = (): Promise<void> => Promise.resolve();
    return createJudge({
      chat: createOpenAiChat({ endpoint, clock: systemClock, pause, random: () => 0 }),
      endpoint,
      rulebook,
      taxonomy,
      memory: answersInMemory(systemClock),
      catalogueEdition: (regulation) => `catalogue of ${regulation}`,
      mark: () => `00ff00ff${String((marks += 1)).padStart(4, '0')}`,
    });
  },
  task(comments = {}) {
    const bare = tableOf('zz_tab', { qx_1: null, blood_grp: null, zv_k: null, wq: null });
    const table = {
      ...bare,
      columns: bare.columns.map((column) => ({ ...column, description: comments[column.column] ?? null })),
    };
    const judgement = classifier.classify(table);
    const columns = judgement.columns.map((column) => ({
      ...column,
      abstain: true,
      category: 'none',
      classes: [],
      fine: [],
    }));
    return { table, judgement: { ...judgement, columns }, standing: () => [] };
  },
  budget: () => createBudget('fake'),
});
