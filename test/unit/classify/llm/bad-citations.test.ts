import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../server/base/clock.ts';
import { answersInMemory, type AnswerMemory } from '../../../../server/classify/answer-memory.ts';
import type { JudgeResult } from '../../../../server/classify/judge.ts';
import { createBudget } from '../../../../server/llm/budget.ts';
import type { CitablePassage, Rulebook } from '../../../../server/rulebook/rulebook.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../../fake/openai-server.ts';
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

function run(rulebook: Rulebook = smallRulebook()): Promise<JudgeResult> {
  const judge = judgeOfOneRun(server.url, memory, rulebook);
  return judge.judge(openTask(), createBudget('fake'), new AbortController().signal);
}

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
      const { findings } = await run(longer);
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
      const { findings, citationChecks } = await run(smallRulebook(undefined, alter));
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
    const { findings, citationChecks } = await run(cutAnew);
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
