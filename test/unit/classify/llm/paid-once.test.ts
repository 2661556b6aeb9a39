import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../server/base/clock.ts';
import { answersInMemory, type AnswerMemory } from '../../../../server/classify/answer-memory.ts';
import type { JudgeResult } from '../../../../server/classify/judge.ts';
import { createBudget, type Budget, type BudgetCaps } from '../../../../server/llm/budget.ts';
import { startFakeOpenAi, type FakeOpenAi, type Reply } from '../../../fake/openai-server.ts';
import { askedTable, judgedBy } from '../../../fake/scripted-judge.ts';
import { smallRulebook } from '../../../fake/small-rulebook.ts';
import { contentOf, health, judgeOfOneRun, knowing, openTask } from './one-run.ts';

let server: FakeOpenAi;
let memory: AnswerMemory;
beforeEach(async () => {
  server = await startFakeOpenAi();
  memory = answersInMemory(systemClock);
});
afterEach(() => server.close());

function run(
  budget: Budget = createBudget('fake'),
  { retry = false }: { readonly retry?: boolean } = {},
): Promise<JudgeResult> {
  const judge = judgeOfOneRun(server.url, memory, smallRulebook());
  return judge.judge({ ...openTask(), retry }, budget, new AbortController().signal);
}

const spent = (caps: BudgetCaps): Budget => createBudget('fake', caps);
const repairs = (): readonly boolean[] => server.requests.map((request) => askedTable(request).repair);

describe('a first answer that cannot be used', () => {
  beforeEach(() => server.play(() => ({ kind: 'content', content: 'no JSON' })));

  it('is told to the ledger where the budget forbids its repair', async () => {
    const { calls, unanswered } = await run(spent({ requests: 1 }));
    expect(server.requests).toHaveLength(1);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ error: 'LLM_ANSWER_INVALID', validators: { repaired: false } });
    expect(calls[0]?.answer).toMatch(/^[0-9a-f]{64}$/u);
    expect(calls[0]?.validators.problems).toHaveLength(1);
    expect(unanswered[0]).toMatchObject({ code: 'LLM_BUDGET_SPENT' });
    expect(unanswered[0]?.message).toMatch(/first answer could not be used/u);
  });

  it('is not paid for again: the next run asks for its repair alone', async () => {
    await run(spent({ requests: 1 }));
    server.play((request) => judgedBy(askedTable(request), knowing));
    const { findings, calls } = await run(spent({ requests: 1 }));
    expect(repairs()).toEqual([false, true]);
    expect(findings.find(({ id }) => id === 'blood_grp')?.outcome.categories).toEqual([health]);
    expect(calls).toMatchObject([{ error: null, validators: { repaired: true } }]);
    await run(spent({ requests: 0 }));
    expect(server.requests).toHaveLength(2);
  });

  it('is not paid for again where the repair met an endpoint that was gone', async () => {
    server.play((_, n) => (n === 0 ? { kind: 'content', content: 'no JSON' } : { kind: 'status', status: 503 }));
    const { calls } = await run();
    expect(calls).toMatchObject([{ error: 'LLM_UNAVAILABLE', answer: expect.any(String) as string }]);
    server.play((request) => judgedBy(askedTable(request), knowing));
    await run();
    expect(repairs()).toEqual([false, true, true]);
  });

  it('is over after a bad repair in a later run, until its time', async () => {
    await run(spent({ requests: 1 }));
    const { calls } = await run(spent({ requests: 1 }));
    expect(calls).toMatchObject([{ error: 'LLM_ANSWER_INVALID' }]);
    await run();
    expect(repairs()).toEqual([false, true]);
    await run(spent({ requests: 2 }), { retry: true });
    expect(repairs()).toEqual([false, true, false, true]);
  });

  it('that waits for its repair counts as a request in a plan', async () => {
    await run(spent({ requests: 1 }));
    const planning = judgeOfOneRun(server.url, memory, smallRulebook());
    expect(await planning.plan(openTask(), new AbortController().signal)).toMatchObject({ requests: 1, fromMemory: 0 });
  });

  it.each([
    ['cut off', { kind: 'content', content: '{"subject":', finish: 'length' }],
    ['another model’s', { kind: 'content', content: '{}', model: 'other' }],
    ['empty', { kind: 'content', content: '' }],
  ] satisfies [string, Reply][])('because it is %s is not asked for again at once', async (_, reply) => {
    server.play(() => reply);
    expect((await run()).calls).toMatchObject([{ error: 'LLM_ANSWER_INVALID' }]);
    expect((await run()).unanswered[0]).toMatchObject({ code: 'LLM_ANSWER_INVALID' });
    expect(server.requests).toHaveLength(1);
    await run(undefined, { retry: true });
    expect(server.requests).toHaveLength(2);
  });
});

describe('a budget', () => {
  it.each([
    ['0', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
    ['nothing', null],
    ['less than nothing', { prompt_tokens: -1_000_000, completion_tokens: -1_000_000 }],
    ['a number that is none', { prompt_tokens: 'few', completion_tokens: 1e300 }],
    ['half of it', { completion_tokens: 1 }],
  ])('of tokens holds where the endpoint says that it used %s', async (_, usage) => {
    server.play((request) => ({ ...contentOf(judgedBy(askedTable(request), knowing)), usage }));
    const budget = createBudget('fake', { tokens: 1_000_000 }, { input: 1, output: 1, currency: 'EUR' });
    await run(budget);
    const sent = server.requests.reduce((sum, { raw }) => sum + raw.length, 0);
    const { inputTokens, outputTokens, estimated, cost } = budget.spent();
    // Of bytes on the wire at least a fifth: what was asked fills them.
    expect(inputTokens).toBeGreaterThan(sent / 5);
    expect(outputTokens).toBeGreaterThan(20);
    expect(estimated).toBe(true);
    expect(cost).toBeGreaterThan(0);
  });

  it('stops a run whose endpoint says that it used nothing', async () => {
    server.play(() => ({
      kind: 'content',
      content: 'x'.repeat(3500),
      usage: { prompt_tokens: 0, completion_tokens: 0 },
    }));
    const first = createBudget('fake');
    await run(first);
    const { inputTokens, outputTokens } = first.spent();
    memory = answersInMemory(systemClock);
    // Room for one question and the longest answer, not for a repair after it.
    const tight = createBudget('fake', { tokens: Math.ceil(inputTokens / 2) + outputTokens + 200 });
    const { unanswered } = await run(tight);
    expect(unanswered[0]?.code).toBe('LLM_BUDGET_SPENT');
    expect(tight.spent().requests).toBe(1);
  });

  it('believes an endpoint that says it used more', async () => {
    server.play((request) => ({
      ...contentOf(judgedBy(askedTable(request), knowing)),
      usage: { prompt_tokens: 50_000, completion_tokens: 9_000 },
    }));
    const budget = createBudget('fake');
    await run(budget);
    expect(budget.spent()).toMatchObject({ inputTokens: 50_000, outputTokens: 9_000, estimated: false });
  });

  it('counts what was said beside the answer: reasoning, a refusal, calls of tools', async () => {
    const long = 'y'.repeat(7000);
    server.play((request) => ({
      ...contentOf(judgedBy(askedTable(request), knowing)),
      usage: { prompt_tokens: 0, completion_tokens: 0 },
      message: { reasoning_content: long },
    }));
    const budget = createBudget('fake');
    await run(budget);
    expect(budget.spent().outputTokens).toBeGreaterThanOrEqual(2000);
  });
});
