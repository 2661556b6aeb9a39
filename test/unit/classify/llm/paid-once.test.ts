import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointConfig } from '../../../../server/base/config-llm.ts';
import { systemClock } from '../../../../server/base/clock.ts';
import { answersInMemory, type AnswerMemory } from '../../../../server/classify/answer-memory.ts';
import { createJudge } from '../../../../server/classify/judge-llm.ts';
import type { JudgeResult, JudgeTask } from '../../../../server/classify/judge.ts';
import { createBudget, type Budget, type BudgetCaps } from '../../../../server/llm/budget.ts';
import { createOpenAiChat } from '../../../../server/llm/openai/openai-chat.ts';
import type { CitablePassage, Rulebook } from '../../../../server/rulebook/rulebook.ts';
import { startFakeOpenAi, type FakeOpenAi, type Reply } from '../../../fake/openai-server.ts';
import { askedTable, judgedBy, type AskedColumn, type Said } from '../../../fake/scripted-judge.ts';
import { smallRulebook } from '../../../fake/small-rulebook.ts';
import { endpointAt } from '../../llm/endpoint.ts';
import { classifier, tableOf, taxonomy } from '../column.ts';

const health = 'user.health.condition';
let server: FakeOpenAi;
let memory: AnswerMemory;
beforeEach(async () => {
  server = await startFakeOpenAi();
  memory = answersInMemory(systemClock);
});
afterEach(() => server.close());

function task(): JudgeTask {
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

/** A run of its own: only the memory of answers goes from one to the next. */
async function run(
  budget: Budget = createBudget('fake'),
  {
    rulebook = smallRulebook(),
    retry = false,
    patch = {},
  }: { readonly rulebook?: Rulebook; readonly retry?: boolean; readonly patch?: Partial<EndpointConfig> } = {},
): Promise<JudgeResult> {
  const endpoint = endpointAt(server.url, { secondLook: false, retries: 0, ...patch });
  const judge = createJudge({
    chat: createOpenAiChat({ endpoint, clock: systemClock, pause: () => Promise.resolve(), random: () => 0 }),
    endpoint,
    rulebook,
    taxonomy,
    memory,
    catalogueEdition: (regulation) => `catalogue of ${regulation}`,
    mark: () => '00ff00ff0001',
  });
  return judge.judge({ ...task(), retry }, budget, AbortSignal.timeout(25_000));
}

function knowing({ name }: AskedColumn): Said {
  return name.startsWith('blood')
    ? { decision: 'category', category: health, citations: [{ passage: 'P2', sentence: 0 }] }
    : { decision: 'none' };
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
    const endpoint = endpointAt(server.url, { secondLook: false });
    const planning = createJudge({
      chat: createOpenAiChat({ endpoint, clock: systemClock }),
      endpoint,
      rulebook: smallRulebook(),
      taxonomy,
      memory,
      catalogueEdition: (regulation) => `catalogue of ${regulation}`,
      mark: () => '00ff00ff0001',
    });
    expect(await planning.plan(task(), AbortSignal.timeout(25_000))).toMatchObject({ requests: 1, fromMemory: 0 });
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

describe('a citation in an answer', () => {
  const saying = (citations: unknown): void =>
    server.play((request) => {
      const asked = askedTable(request);
      const reply = contentOf(judgedBy(asked, knowing));
      const value = JSON.parse(reply.content ?? '{}') as { columns: Record<string, unknown>[] };
      const columns = value.columns.map((column) => ({ ...column, citations }));
      return { kind: 'content', content: JSON.stringify({ ...value, columns }) };
    });

  it.each([
    ['an id that is far too long', [{ passage: 'P'.repeat(5000), sentence: 0 }]],
    ['a sentence that is no number', [{ passage: 'P2', sentence: 'first' }]],
    ['half a sentence', [{ passage: 'P2', sentence: 0.5 }]],
    ['a member too many', [{ passage: 'P2', sentence: 0, why: 'x' }]],
    ['words', ['P2']],
    ['a crowd', Array.from({ length: 300 }, () => ({ passage: 'P99', sentence: 0 }))],
  ])('spoils no judgement: %s', async (_, citations) => {
    saying(citations);
    const { findings, citationChecks } = await run();
    const finding = findings.find(({ id }) => id === 'blood_grp');
    expect(server.requests).toHaveLength(1);
    expect(finding?.outcome.categories).toEqual([health]);
    expect(finding?.citations).toEqual([]);
    expect(citationChecks.notOffered).toBeGreaterThan(0);
  });

  it('beside a bad one still holds', async () => {
    saying([
      { passage: 'P'.repeat(40), sentence: 0 },
      { passage: 'P2', sentence: 0 },
    ]);
    const { findings } = await run();
    expect(findings.find(({ id }) => id === 'blood_grp')?.citations).toMatchObject([{ check: 'text-matched' }]);
  });

  it('of a sentence that was not shown is none, though the stored passage has it', async () => {
    const many = Array.from({ length: 20 }, (_, i) => `A made-up sentence of number ${i}.`);
    const small = smallRulebook();
    const text = many.join(' ');
    const sentences = many.map((sentence) => ({
      start: text.indexOf(sentence),
      end: text.indexOf(sentence) + sentence.length,
    }));
    const longer: Rulebook = {
      ...small,
      async search(query, signal) {
        const { hits, abstain } = await small.search(query, signal);
        const passages = hits.map((hit) => ({
          ...hit,
          passage: hit.passage === null ? null : { ...hit.passage, text, sentences },
        }));
        return { hits: passages, abstain };
      },
      async passage(id) {
        const stored = await small.passage(id);
        return stored === null ? null : { ...stored, text, sentences };
      },
    };
    for (const [sentence, held] of [
      [11, 1],
      [12, 0],
      [19, 0],
      [-1, 0],
    ] as const) {
      memory = answersInMemory(systemClock);
      saying([{ passage: 'P2', sentence }]);
      const { findings } = await run(undefined, { rulebook: longer });
      expect(findings.find(({ id }) => id === 'blood_grp')?.citations, `sentence ${sentence}`).toHaveLength(held);
    }
    const shown = askedTable(server.requests.at(-1) ?? { path: '', headers: {}, raw: Buffer.of(), body: {} });
    expect(shown.provisions.find(({ id }) => id === 'P2')?.sentences).toHaveLength(12);
  });
});

describe('a passage that is no longer what was shown', () => {
  it.each([
    ['gone', () => null],
    ['of another wording', (passage) => ({ ...passage, text: passage.text.replace('made-up', 'changed') })],
    ['of another file', (passage) => ({ ...passage, sha256: 'b'.repeat(64) })],
    ['of another edition', (passage) => ({ ...passage, edition: 'made-up 2027' })],
    ['of another provision', (passage) => ({ ...passage, provision: 'GDPR:99' })],
  ] satisfies [string, (passage: CitablePassage) => CitablePassage | null][])(
    'is quoted by no citation: %s',
    async (_, alter) => {
      server.play((request) => judgedBy(askedTable(request), knowing));
      const { findings, citationChecks } = await run(undefined, { rulebook: smallRulebook(undefined, alter) });
      const finding = findings.find(({ id }) => id === 'blood_grp');
      expect(finding?.outcome.categories).toEqual([health]);
      expect(finding?.citations).toEqual([]);
      expect(citationChecks).toMatchObject({ changed: 1, textMatched: 0 });
    },
  );
});

describe('a passage whose sentences were cut otherwise since it was shown', () => {
  it('is quoted by no citation', async () => {
    const small = smallRulebook();
    const cutAnew: Rulebook = {
      ...small,
      async passage(id) {
        const stored = await small.passage(id);
        return stored === null ? null : { ...stored, sentences: [{ start: 2, end: stored.text.length }] };
      },
    };
    server.play((request) => judgedBy(askedTable(request), knowing));
    const { findings, citationChecks } = await run(undefined, { rulebook: cutAnew });
    expect(findings.find(({ id }) => id === 'blood_grp')?.citations).toEqual([]);
    expect(citationChecks.changed).toBe(1);
  });
});

describe('an answer with a byte order mark', () => {
  it.each([
    ['before it', (text: string) => `\uFEFF${text}`],
    ['inside its fence', (text: string) => `\`\`\`json\n\uFEFF${text}\n\`\`\``],
    ['before its fence', (text: string) => `\uFEFF\`\`\`json\n${text}\n\`\`\``],
  ])('%s is read', async (_, mark) => {
    server.play((request) => ({
      kind: 'content',
      content: mark(contentOf(judgedBy(askedTable(request), knowing)).content ?? ''),
    }));
    const { findings } = await run();
    expect(server.requests).toHaveLength(1);
    expect(findings.find(({ id }) => id === 'blood_grp')?.outcome.categories).toEqual([health]);
  });
});

function contentOf(reply: Reply): Extract<Reply, { readonly kind: 'content' }> {
  if (reply.kind !== 'content') throw new Error('not an answer');
  return reply;
}
