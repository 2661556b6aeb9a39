import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startFakeOpenAi } from '../../fake/openai-server.ts';
import { recordFetch, replayFetch } from '../../fake/model-recorder.ts';
import { scriptedJudge } from '../../fake/scripted-judge.ts';
import { judgeRecorded } from '../../fixtures/llm/judge-recorded.ts';

const answers = join(import.meta.dirname, '../../fixtures/llm/answers.json');

describe('recorded answers', () => {
  it('give the same judgements again without a network, and hold neither questions nor the key', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lexline-recorded-'));
    const server = await startFakeOpenAi(
      scriptedJudge(({ name }) =>
        name.startsWith('qz_') ? { decision: 'category', category: 'user.health.condition' } : { decision: 'abstain' },
      ),
    );
    try {
      const recorder = recordFetch(globalThis.fetch, ['canary-key']);
      const given = { url: server.url, model: 'model-1', apiKey: 'canary-key' };
      const live = await judgeRecorded({ ...given, fetch: recorder.fetch });
      const calls = server.requests.length;
      const file = join(folder, 'answers.json');
      recorder.save(file, given.model);
      expect(readFileSync(file, 'utf8')).not.toMatch(/canary-key|qz_bgv|Bearer/u);
      const again = await judgeRecorded({ ...given, ...replayFetch(file) });
      expect(again).toEqual(live);
      expect(again[0]?.findings.some(({ outcome }) => outcome.relation === 'adds')).toBe(true);
      expect(server.requests.length).toBe(calls);
    } finally {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('of a real endpoint are read as answers', async ({ skip }) => {
    if (!existsSync(answers)) skip('no answers.json: nobody recorded a real endpoint with test/fixtures/llm/record.ts');
    const results = await judgeRecorded({ url: 'http://127.0.0.1:9/v1', ...replayFetch(answers) });
    for (const { findings, unanswered } of results) expect(findings.length + unanswered.length).toBeGreaterThan(0);
  });
});
