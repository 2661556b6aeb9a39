import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointConfig } from '../../../server/base/config-llm.ts';
import type { SyncReport, SyncRequest } from '../../../server/sync/sync.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../fake/openai-server.ts';
import { scriptedJudge } from '../../fake/scripted-judge.ts';
import { actor, openHouse, scriptedSource, table, wholeScope, type House } from '../sync/harness.ts';
import { tierOver } from './house.ts';

let house: House;
let server: FakeOpenAi;
beforeEach(async () => {
  house = await openHouse();
  server = await startFakeOpenAi(() => ({ kind: 'content', content: 'no JSON at all' }));
});
afterEach(async () => {
  await server.close();
  await house.close();
});

const documents = [table('shop.public.zz_tab', ['qx_1', 'qz_bgv', 'zv_k'])];
const mended = scriptedJudge(({ name }) =>
  name === 'qz_bgv' ? { decision: 'category', category: 'user.health.condition' } : { decision: 'abstain' },
);

async function sync(request: Partial<SyncRequest> = {}, patch: Partial<EndpointConfig> = {}): Promise<SyncReport> {
  const source = scriptedSource('s', () => wholeScope('of s', documents), { llm: 'fake' });
  return house.sync([source], { models: tierOver(house, server.url, patch) }).run({ source: 's', actor, ...request });
}

/** Two bad answers: the first and its repair. */
async function spoil(patch: Partial<EndpointConfig> = {}): Promise<SyncReport> {
  const report = await sync({}, patch);
  expect(server.requests).toHaveLength(2);
  server.play(mended);
  return report;
}

describe('an answer that could not be used', () => {
  it('is a gap that says when it is asked again, and how to ask now', async () => {
    const { gaps } = await spoil();
    const gap = gaps.find(({ reason }) => reason === 'not-judged');
    expect(gap?.detail).toMatch(/LLM_ANSWER_INVALID.* asked again from \d{4}-\d\d-\d\dT[\d:.]+Z on/u);
    expect(gap?.remedy).toContain('lexline sync s --retry');
  });

  it('is not asked for again by the next sync, which says the same', async () => {
    await spoil();
    const again = await sync();
    expect(server.requests).toHaveLength(2);
    expect(again.gaps.find(({ reason }) => reason === 'not-judged')?.detail).toMatch(/asked again from/u);
  });

  it('is asked for anew at once by who says so, and the answer is kept', async () => {
    await spoil();
    const report = await sync({ retryModel: true });
    expect(report.llm).toMatchObject({ columns: { added: 1, unanswered: 0 } });
    const calls = server.requests.length;
    expect(calls).toBeGreaterThan(2);
    await sync({ retryModel: true, full: true });
    expect(server.requests).toHaveLength(calls);
  });

  it.each([
    ['another name of the model', { answersAs: ['model-1b'] }],
    ['a longer answer', { maxOutputTokens: 600 }],
  ])('is asked for anew after a change of the endpoint: %s', async (_, patch) => {
    await spoil();
    const report = await sync({}, patch);
    expect(report.llm).toMatchObject({ columns: { added: 1, unanswered: 0 } });
  });

  it('is asked for by the next sync where the configuration says that nothing is remembered', async () => {
    await spoil({ askAgainAfter: 0 });
    const report = await sync({}, { askAgainAfter: 0 });
    expect(report.llm).toMatchObject({ columns: { added: 1, unanswered: 0 } });
  });

  it('is asked for after its time', async () => {
    await spoil({ askAgainAfter: 1 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await sync()).llm).toMatchObject({ columns: { added: 1, unanswered: 0 } });
  });
});
