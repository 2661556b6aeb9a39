import { systemClock } from '../../../server/base/clock.ts';
import { modelReview } from '../../../server/classify/review.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createReviewDesk } from '../../../server/sync/create-review-desk.ts';
import { describe, expect, it } from 'vitest';
import { fieldUid } from '../../../server/model/ids.ts';
import type { Verdict } from '../../../server/model/classification.ts';
import { askedTable, scriptedJudge } from '../../fake/scripted-judge.ts';
import { actor, namespace, type scriptedSource } from '../sync/harness.ts';
import { tierOver } from './house.ts';
import { blood, judgedHouse, source } from './judged-house.ts';

const at = judgedHouse();
const { verdictsOn } = at;

async function syncedWith(settings: Parameters<typeof scriptedSource>[2]): Promise<readonly Verdict[]> {
  await at.house
    .sync([source('s', settings)], { models: tierOver(at.house, at.server.url) })
    .run({ source: 's', actor });
  return verdictsOn('qz_bgv');
}

function llmOn(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts.filter(({ decider }) => decider === 'llm');
}

describe('what a model found', () => {
  it('finds no PHI under a source that HIPAA is said not to bind, and says so anew when that is said', async () => {
    const [own] = llmOn(await syncedWith({}));
    expect(own).toMatchObject({ category: blood, classes: ['PHI'] });
    const [now] = llmOn(await syncedWith({ applies: { hipaa: 'none' } }));
    expect(now).toMatchObject({ category: blood, classes: ['PII'] });
  });

  it('never takes away what a model found: the next "nothing" is said twice, and a person is asked', async () => {
    await syncedWith({});
    at.server.play(scriptedJudge(() => ({ decision: 'none' })));
    const before = at.server.requests.length;
    const models = tierOver(at.house, at.server.url, { model: 'model-2', answersAs: ['model-1'] });
    await at.house.sync([source()], { models }).run({ source: 's', actor });
    const looks = at.server.requests.slice(before).map((request) => askedTable(request));
    expect(looks.some(({ look, columns }) => look === 'second' && columns.some(({ name }) => name === 'qz_bgv'))).toBe(
      true,
    );
    const [own] = llmOn(await verdictsOn('qz_bgv'));
    expect(own).toMatchObject({ category: blood, classes: ['PHI'], by: 'fake/model-1' });
    const marks = await at.house.stores.graph.entered(
      { uids: [fieldUid({ namespace, name: 'shop.public.zz_tab' }, ['qz_bgv'])], kind: modelReview },
      (await at.house.stores.graph.head()).published,
    );
    expect(marks.map(({ body }) => body)).toMatchObject([{ reasons: ['disputed'] }]);
  });
});

describe('what a person finds', () => {
  it('makes health data PHI only where HIPAA may bind the holder', async () => {
    const { graph, state, ledger } = at.house.stores;
    const isOutside = (sources: readonly string[]) => sources.includes('s');
    await at.house.sync([source()]).run({ source: 's', actor });
    const desk = createReviewDesk({
      graph,
      state,
      ledger,
      taxonomy: loadTaxonomy(),
      rules: loadPropagationRules(),
      clock: systemClock,
      isOutside,
    });
    const { groups } = await desk.queue({ first: 100 });
    await desk.decide({
      group: groups.find(({ called }) => called === 'qz_bgv')?.id ?? '',
      kind: 'correct',
      category: blood,
      comment: null,
      validUntil: null,
      idempotencyKey: 'once',
      actor: { kind: 'person', id: 'ada@desk' },
      signal: new AbortController().signal,
    });
    const [own] = (await verdictsOn('qz_bgv')).filter(({ decider }) => decider === 'human');
    expect(own?.classes).toEqual(['PII']);
  });
});
