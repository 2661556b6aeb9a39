import { systemClock } from '../../../../server/base/clock.ts';
import type { AnswerMemory } from '../../../../server/classify/answer-memory.ts';
import { createJudge } from '../../../../server/classify/judge-llm.ts';
import type { Judge, JudgeTask } from '../../../../server/classify/judge.ts';
import { createOpenAiChat } from '../../../../server/llm/openai/openai-chat.ts';
import type { Rulebook } from '../../../../server/rulebook/rulebook.ts';
import type { Reply } from '../../../fake/openai-server.ts';
import type { AskedColumn, Said } from '../../../fake/scripted-judge.ts';
import { endpointAt } from '../../llm/endpoint.ts';
import { classifier, tableOf, taxonomy } from '../column.ts';

/** What {@link knowing} says of the column whose name begins with `blood`. */
export const health = 'user.health.condition';

/** A table whose three columns are all left open. */
export function openTask(): JudgeTask {
  const table = tableOf('zz_tab', { qx_1: null, blood_grp: null, zv_k: null });
  const judgement = classifier.classify(table);
  const columns = judgement.columns.map((column) => ({
    ...column,
    abstain: true,
    category: 'none',
    classes: [],
    fine: [],
  }));
  return { table, judgement: { ...judgement, columns }, standing: () => [] };
}

/** A judge of one run, without second looks: only the memory of answers goes from one to the next. */
export function judgeOfOneRun(url: string, memory: AnswerMemory, rulebook: Rulebook): Judge {
  const endpoint = endpointAt(url, { secondLook: false, retries: 0 });
  return createJudge({
    chat: createOpenAiChat({ endpoint, clock: systemClock, pause: () => Promise.resolve(), random: () => 0 }),
    endpoint,
    rulebook,
    taxonomy,
    memory,
    catalogueEdition: (regulation) => `catalogue of ${regulation}`,
    mark: () => '00ff00ff0001',
  });
}

/** A model that knows one column, cites well, and finds nothing in the others. */
export function knowing({ name }: AskedColumn): Said {
  return name.startsWith('blood')
    ? { decision: 'category', category: health, citations: [{ passage: 'P2', sentence: 0 }] }
    : { decision: 'none' };
}

/** A reply that is known to be an answer. */
export function contentOf(reply: Reply): Extract<Reply, { readonly kind: 'content' }> {
  if (reply.kind !== 'content') throw new Error('not an answer');
  return reply;
}
