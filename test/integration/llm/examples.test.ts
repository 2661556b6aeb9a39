import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createReviewDesk } from '../../../server/sync/create-review-desk.ts';
import type { SyncReport } from '../../../server/sync/sync.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../fake/openai-server.ts';
import { askedTable, scriptedJudge } from '../../fake/scripted-judge.ts';
import { actor, openHouse, scriptedSource, table, wholeScope, type House } from '../sync/harness.ts';
import { tierOver } from './house.ts';

let house: House;
let server: FakeOpenAi;
beforeEach(async () => {
  house = await openHouse();
  server = await startFakeOpenAi(scriptedJudge(() => ({ decision: 'abstain' })));
});
afterEach(async () => {
  await server.close();
  await house.close();
});

const old = table('lake.public.zz_old', ['qz_bgv', 'xv_k']);
const fresh = table('shop.public.zz_new', ['qz_bgv_2', 'wq_t']);

/** `lake` was decided before; `shop` is asked about. */
async function sync(
  {
    llm = 'fake',
    full = false,
    patch = {},
    documents = [old],
  }: {
    readonly llm?: string | null;
    readonly full?: boolean;
    readonly patch?: Parameters<typeof tierOver>[2];
    readonly documents?: readonly unknown[];
  } = {},
  name = 'shop',
): Promise<SyncReport> {
  const lake = scriptedSource('lake', () => wholeScope('of lake', documents), { llm });
  const shop = scriptedSource('shop', () => wholeScope('of shop', [fresh]), { llm: 'fake' });
  return house.sync([lake, shop], { models: tierOver(house, server.url, patch) }).run({ source: name, actor, full });
}

async function decide(called: string, category: string): Promise<void> {
  const { graph, state, ledger } = house.stores;
  const desk = createReviewDesk({
    graph,
    state,
    ledger,
    taxonomy: loadTaxonomy(),
    rules: loadPropagationRules(),
    clock: systemClock,
  });
  const group = (await desk.queue({ first: 100 })).groups.find((each) => each.called === called);
  if (group === undefined) throw new Error(`no group ${called}`);
  const rest = {
    comment: 'CANARY-COMMENT',
    validUntil: null,
    idempotencyKey: called + category,
    actor: { kind: 'person', id: 'canary-person' } as const,
  };
  await desk.decide({ group: group.id, kind: 'correct', category, signal: new AbortController().signal, ...rest });
}

interface Shown {
  readonly decided_by_people?: readonly { readonly name: string; readonly type?: string; readonly category: string }[];
}
const shown = (): readonly Shown[] => server.requests.map((request) => JSON.parse(askedTable(request).data) as Shown);
const examplesOf = (look = 'first'): readonly string[] =>
  server.requests
    .filter((request) => askedTable(request).look === look)
    .flatMap((request) => (JSON.parse(askedTable(request).data) as Shown).decided_by_people ?? [])
    .map(({ name, category }) => `${name} ${category}`);

describe('what people decided, beside a question', () => {
  it('is the nearest column by name and type with its category, and nothing else of the decision', async () => {
    await sync({}, 'lake');
    await decide('qz_bgv', 'user.id');
    const before = server.requests.length;
    await sync();
    const [question] = shown().slice(before);
    expect(question?.decided_by_people).toEqual([{ name: 'qz_bgv', type: 'text', category: 'user.id' }]);
    const sent = server.requests.slice(before).map(({ raw }) => raw.toString());
    expect(sent.filter((text) => /canary|zz_old|comment\b.{0,4}CANARY/iu.test(text))).toEqual([]);
    const calls = await house.stores.ledger.read({ kind: 'llm-call' }, { first: 100 });
    expect(JSON.stringify(calls.items.at(-1))).toContain('"examples":["');
  });

  it('is not shown where it may not leave: of a source that names another endpoint or none', async () => {
    for (const llm of ['other', null]) {
      await sync({ llm }, 'lake');
      if (llm === 'other') await decide('qz_bgv', 'user.id');
      await sync({ llm, full: true });
    }
    expect(server.requests.length).toBeGreaterThan(0);
    expect(examplesOf()).toEqual([]);
  });

  it('is not shown to an endpoint that is not marked for what its table holds', async () => {
    const patch = { purposes: ['pii' as const] };
    await sync({ patch }, 'lake');
    await decide('qz_bgv', 'user.health.condition');
    await sync({ patch });
    expect(server.requests.length).toBeGreaterThan(0);
    expect(examplesOf()).toEqual([]);
  });

  it('is part of the question: the same decisions ask nothing again, another one does', async () => {
    await sync({}, 'lake');
    await decide('qz_bgv', 'user.id');
    await sync();
    const calls = server.requests.length;
    expect((await sync({ full: true })).llm).toMatchObject({ requests: 0 });
    expect(server.requests).toHaveLength(calls);
    const more = [old, table('lake.public.zz_more', ['bgv_qz_wq_t'])];
    await sync({ documents: more }, 'lake');
    await decide('bgv_qz_wq_t', 'none');
    const then = server.requests.length;
    await sync({ full: true, documents: more });
    expect(server.requests.length).toBeGreaterThan(then);
  });

  it('is left out of second looks, and everywhere where the configuration says so', async () => {
    server.play(scriptedJudge(() => ({ decision: 'category', category: 'user.id' })));
    await sync({}, 'lake');
    await decide('qz_bgv', 'user.id');
    await sync();
    expect(examplesOf().length).toBeGreaterThan(0);
    expect(examplesOf('second')).toEqual([]);
    const before = server.requests.length;
    await sync({ patch: { examples: 0 }, full: true });
    expect(
      shown()
        .slice(before)
        .every((each) => each.decided_by_people === undefined),
    ).toBe(true);
  });
});
