import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { effectiveField } from '../../../server/model/effective.ts';
import { fieldUid } from '../../../server/model/ids.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createReviewDesk } from '../../../server/sync/create-review-desk.ts';
import type { Decision } from '../../../server/classify/review-decision.ts';
import type { ReviewDesk } from '../../../server/sync/review-desk.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from '../sync/harness.ts';

const taxonomy = loadTaxonomy();
const card = 'user.payment.card.number';
const cards = table('shop.public.cards', ['card_number', 'card_holder', 'expiry_date', 'cvv']);
const sent = table('shop.public.sent', ['qz_bgv']);
const load = sqlJob('load', 'INSERT INTO sent SELECT card_number FROM cards');
const onward = sqlJob('onward', 'CREATE TABLE onward AS SELECT qz_bgv AS x2 FROM sent');

let house: House;
let desk: ReviewDesk;
beforeEach(async () => {
  house = await openHouse();
  const { graph, state, ledger } = house.stores;
  desk = createReviewDesk({ graph, state, ledger, taxonomy, rules: loadPropagationRules(), clock: systemClock });
});
afterEach(() => house.close());

async function sync(...documents: Parameters<typeof wholeScope>[1]): Promise<void> {
  const source = scriptedSource('s', () => wholeScope('public', documents));
  await house.sync([source]).run({ source: 's', actor, full: true });
}

let keys = 0;
async function decide(who: string, patch: Partial<Decision>): Promise<string> {
  const group = (await waiting())[0];
  if (group === undefined) throw new Error('nothing waits');
  keys += 1;
  const { state } = await desk.decide({
    group: group.id,
    kind: 'correct',
    category: 'none',
    comment: null,
    validUntil: null,
    ...patch,
    idempotencyKey: `key-${keys}`,
    actor: { kind: 'person', id: who },
    signal: new AbortController().signal,
  });
  return state;
}

async function waiting() {
  return (await desk.queue({ first: 100 })).groups.filter(({ called }) => called === 'qz_bgv');
}

async function shown(dataset: string, name: string) {
  const { graph } = house.stores;
  const { published } = await graph.head();
  const uid = fieldUid({ namespace, name: `shop.public.${dataset}` }, [name]);
  const [verdicts, rows] = [await graph.verdicts([uid], published), await graph.derived([uid], published)];
  return effectiveField(verdicts, rows, (category) => taxonomy.classesOf(category));
}

it('a "nothing sensitive" is asked again when card numbers arrive, and holds once a person has seen them', async () => {
  await sync(cards, sent, onward);
  expect(await decide('ada@desk', {})).toBe('decided');
  expect(await shown('sent', 'qz_bgv')).toEqual({ state: 'NOT_SENSITIVE', classifications: [] });
  expect(await waiting()).toEqual([]);

  await sync(cards, sent, load, onward);
  expect(await shown('sent', 'qz_bgv')).toMatchObject({
    state: 'SENSITIVE',
    classifications: [{ category: card, decidedBy: 'propagation', classes: ['PCI'] }],
  });
  expect(await waiting()).toMatchObject([
    { cause: 'decided on other evidence', suggestion: { category: card, confidence: 1 } },
  ]);

  // Card numbers are taken away by two people, also where lineage alone brought them.
  expect(await decide('ada@desk', {})).toBe('proposed');
  expect((await shown('sent', 'qz_bgv')).state).toBe('SENSITIVE');
  expect(await decide('ben@desk', { kind: 'accept', category: null })).toBe('decided');
  expect(await shown('sent', 'qz_bgv')).toEqual({ state: 'NOT_SENSITIVE', classifications: [] });
  expect(await waiting()).toEqual([]);
  // It never was a stop.
  expect(await shown('onward', 'x2')).toMatchObject({ classifications: [{ category: card }] });

  // What the decision has seen asks nobody again when it goes and comes.
  await sync(cards, sent, onward);
  await sync(cards, sent, load, onward);
  expect((await shown('sent', 'qz_bgv')).state).toBe('NOT_SENSITIVE');
  expect(await waiting()).toEqual([]);
});

it('what arrived is accepted in place of "nothing sensitive" by one person', async () => {
  await sync(cards, sent);
  await decide('ada@desk', {});
  await sync(cards, sent, load);
  expect(await decide('ada@desk', { kind: 'accept', category: null })).toBe('decided');
  expect(await shown('sent', 'qz_bgv')).toMatchObject({
    classifications: [{ category: card, decidedBy: 'human', classes: ['PCI'] }],
  });
  expect(await waiting()).toEqual([]);
});
