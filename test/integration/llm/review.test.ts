import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../server/base/clock.ts';
import { effectiveField } from '../../../server/model/effective.ts';
import { fieldUid } from '../../../server/model/ids.ts';
import type { Verdict } from '../../../server/model/classification.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createReviewDesk } from '../../../server/sync/create-review-desk.ts';
import type { DecideRequest, ReviewDesk } from '../../../server/sync/review-desk.ts';
import { actor, namespace, openHouse, scriptedSource, table, wholeScope, type House } from '../sync/harness.ts';

const ada = { kind: 'person', id: 'ada@desk' } as const;
const ben = { kind: 'person', id: 'ben@desk' } as const;
const many = Array.from({ length: 4 }, (_, i) => table(`shop.public.zz_${i}`, ['qz_bgv', `xk_${i}`]));
const ward = table('shop.public.patient_visits', ['patient_id', 'diagnosis', 'email']);

let house: House;
let now = Date.parse('2026-11-21T10:00:00Z');
const clock: Clock = { now: () => (now += 1) };
let desk: ReviewDesk;
beforeEach(async () => {
  house = await openHouse();
  now = systemClock.now();
  const source = scriptedSource('s', () => wholeScope('public', [...many, ward]));
  await house.sync([source], { clock }).run({ source: 's', actor });
  const { graph, state, ledger } = house.stores;
  desk = createReviewDesk({ graph, state, ledger, taxonomy: loadTaxonomy(), rules: loadPropagationRules(), clock });
});
afterEach(() => house.close());

let keys = 0;
function decide(group: string, patch: Partial<DecideRequest>): ReturnType<ReviewDesk['decide']> {
  keys += 1;
  return desk.decide({
    group,
    kind: 'accept',
    category: null,
    comment: null,
    validUntil: null,
    idempotencyKey: `key-${keys}`,
    actor: ada,
    signal: new AbortController().signal,
    ...patch,
  });
}

async function groupOf(called: string): Promise<string> {
  const { groups } = await desk.queue({ first: 100 });
  const group = groups.find((each) => each.called === called);
  if (group === undefined) throw new Error(`no group ${called} among ${groups.map((each) => each.called).join()}`);
  return group.id;
}

async function shown(field: string, name: string) {
  const { graph } = house.stores;
  const verdicts = await verdictsOn(field, name);
  const derived = await graph.derived([fieldUid({ namespace, name }, [field])], (await graph.head()).published);
  return effectiveField(verdicts, derived, (category) => loadTaxonomy().classesOf(category));
}

async function verdictsOn(field: string, name: string): Promise<readonly Verdict[]> {
  const { graph } = house.stores;
  return graph.verdicts([fieldUid({ namespace, name }, [field])], (await graph.head()).published);
}

describe('the review queue', () => {
  it('asks one question for fields that are called alike, those first that settle most', async () => {
    const { groups, totalFields, totalGroups, revision } = await desk.queue({ first: 100 });
    expect(groups[0]).toMatchObject({ called: 'qz_bgv', cause: 'left open', settles: 4 });
    expect(groups[0]?.fields).toHaveLength(4);
    expect(groups[0]?.question).toContain('qz_bgv');
    expect(groups[0]?.sample[0]).toMatchObject({
      dataset: 'shop.public.zz_0',
      select: expect.stringContaining('SELECT "qz_bgv", count(*) FROM "public"."zz_0"') as string,
    });
    expect(totalGroups).toBe(groups.length);
    expect(totalFields).toBe(groups.reduce((sum, { fields }) => sum + fields.length, 0));
    expect(revision).toBeGreaterThan(0);
  });

  it('is read in pages', async () => {
    const all = await desk.queue({ first: 100 });
    const second = await desk.queue({ first: 1, after: all.groups[0]?.id ?? '' });
    expect(second.groups[0]?.id).toBe(all.groups[1]?.id);
  });
});

describe('a decision', () => {
  it('settles every field of its group, stands after a re-sync, and is in the ledger without its comment', async () => {
    const group = await groupOf('qz_bgv');
    const result = await decide(group, {
      kind: 'correct',
      category: 'user.health.condition',
      comment: 'blood group, asked Canary Jones',
    });
    expect(result).toMatchObject({ state: 'decided', fields: 4, lowers: [] });
    const source = scriptedSource('s', () => wholeScope('public', [...many, ward]));
    await house.sync([source], { clock }).run({ source: 's', actor, full: true });
    for (const { name } of many) {
      const { state, classifications } = await shown('qz_bgv', name);
      expect(state).toBe('SENSITIVE');
      expect(classifications).toMatchObject([
        { category: 'user.health.condition', decidedBy: 'human', by: 'ada@desk' },
      ]);
    }
    const { items } = await house.stores.ledger.read({ kind: 'review-decided' }, { first: 10 });
    expect(items).toMatchObject([{ actor: ada, body: { decision: 'correct', category: 'user.health.condition' } }]);
    expect(JSON.stringify(items)).not.toContain('Canary');
    expect((await desk.queue({ first: 100 })).groups.some(({ called }) => called === 'qz_bgv')).toBe(false);
  });

  it('keeps the evidence it saw', async () => {
    await decide(await groupOf('qz_bgv'), { kind: 'correct', category: 'none' });
    const [human] = (await verdictsOn('qz_bgv', 'shop.public.zz_0')).filter(({ decider }) => decider === 'human');
    expect(human?.evidence[0]).toMatchObject({
      signal: 'decided',
      detail: expect.stringMatching(/^correct on evidence [0-9a-f]{12}$/u) as string,
    });
    expect(human?.evidence.some(({ signal }) => signal.startsWith('saw detector'))).toBe(true);
    expect((await shown('qz_bgv', 'shop.public.zz_0')).state).toBe('NOT_SENSITIVE');
  });

  it('leaves fields out that it is told to', async () => {
    const group = await groupOf('qz_bgv');
    const except = (await desk.fieldsOf(group)).slice(0, 1).map(({ uid }) => uid);
    expect(await decide(group, { kind: 'correct', category: 'none', except })).toMatchObject({ fields: 3 });
    expect((await desk.fieldsOf(await groupOf('qz_bgv'))).map(({ uid }) => uid)).toEqual(except);
  });

  it('done twice under one key is done once', async () => {
    const group = await groupOf('qz_bgv');
    const once = await decide(group, { kind: 'correct', category: 'none', idempotencyKey: 'same' });
    expect(await decide(group, { kind: 'correct', category: 'none', idempotencyKey: 'same' })).toEqual(once);
  });

  it('refuses a category that does not exist, an unknown group, and to accept where nothing is suggested', async () => {
    const group = await groupOf('qz_bgv');
    await expect(decide(group, { kind: 'correct', category: 'user.soul' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(decide(group, { kind: 'correct' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(decide(group, { kind: 'accept' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(decide('nobody', {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('made on an older list than another’s decision is refused', async () => {
    const group = await groupOf('qz_bgv');
    const { revision } = await desk.queue({ first: 1 });
    const except = (await desk.fieldsOf(group)).slice(1).map(({ uid }) => uid);
    await decide(group, { kind: 'correct', category: 'none', except, actor: ben });
    expect(
      await decide(await groupOf('qz_bgv'), { kind: 'correct', category: 'none', expectedRevision: revision }),
    ).toMatchObject({ fields: 3 });
    const { graph } = house.stores;
    const reopened = await markForReview('qz_bgv', many[0]?.name ?? '');
    await expect(
      decide(reopened, { kind: 'correct', category: 'user.name', expectedRevision: revision }),
    ).rejects.toMatchObject({ code: 'REVIEW_CHANGED' });
    expect((await graph.head()).published).toBeGreaterThan(revision);
  });

  it('made on an older list than a proposal is refused: it would be agreed to unseen', async () => {
    const group = await markForReview('diagnosis', ward.name);
    const { revision } = await desk.queue({ first: 1 });
    await decide(group, { kind: 'correct', category: 'none' });
    const waiting = await groupOf('diagnosis');
    for (const kind of ['accept', 'reject'] as const)
      await expect(decide(waiting, { kind, actor: ben, expectedRevision: revision })).rejects.toMatchObject({
        code: 'REVIEW_CHANGED',
      });
    expect((await shown('diagnosis', ward.name)).state).toBe('SENSITIVE');
    const expectedRevision = (await desk.queue({ first: 1 })).revision;
    expect((await decide(waiting, { kind: 'accept', actor: ben, expectedRevision })).state).toBe('decided');
  });

  it('made on a proposal that another one has replaced since is refused', async () => {
    await decide(await markForReview('diagnosis', ward.name), { kind: 'correct', category: 'none' });
    const waiting = await groupOf('diagnosis');
    const { revision } = await desk.queue({ first: 1 });
    // Declined, and proposed anew as a rejection of all: the same group, another proposal.
    await decide(waiting, { kind: 'reject', actor: ben });
    await decide(await groupOf('diagnosis'), { kind: 'reject', category: null, actor: ben });
    expect(await groupOf('diagnosis')).toBe(waiting);
    await expect(decide(waiting, { kind: 'accept', actor: ada, expectedRevision: revision })).rejects.toMatchObject({
      code: 'REVIEW_CHANGED',
    });
  });

  it('is refused for fields that joined the group after the list was looked at', async () => {
    const group = await groupOf('qz_bgv');
    const { revision } = await desk.queue({ first: 1 });
    const later = [...many, table('shop.public.zz_9', ['qz_bgv', 'xk_9']), ward];
    await house.sync([scriptedSource('s', () => wholeScope('public', later))], { clock }).run({ source: 's', actor });
    const fields = await desk.fieldsOf(group);
    expect(fields).toHaveLength(5);
    await expect(
      decide(group, { kind: 'correct', category: 'none', expectedRevision: revision }),
    ).rejects.toMatchObject({ code: 'REVIEW_CHANGED' });
    const except = fields.filter(({ dataset }) => dataset.endsWith('zz_9')).map(({ uid }) => uid);
    expect(
      await decide(group, { kind: 'correct', category: 'none', except, expectedRevision: revision }),
    ).toMatchObject({ fields: 4 });
  });

  it('stands on an older list where a sync since changed nothing that was looked at', async () => {
    const group = await groupOf('qz_bgv');
    const { revision } = await desk.queue({ first: 1 });
    const later = [...many, table('shop.public.other', ['order_id']), ward];
    await house.sync([scriptedSource('s', () => wholeScope('public', later))], { clock }).run({ source: 's', actor });
    expect((await desk.queue({ first: 1 })).revision).toBeGreaterThan(revision);
    expect((await decide(group, { kind: 'correct', category: 'none', expectedRevision: revision })).fields).toBe(4);
  });

  it('waiting for its turn to write is refused where another came first', async () => {
    const group = await groupOf('qz_bgv');
    const both = await Promise.allSettled([
      decide(group, { kind: 'correct', category: 'none' }),
      decide(group, { kind: 'correct', category: 'user.name', actor: ben }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((each) => each.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: expect.stringMatching(/REVIEW_CHANGED|NOT_FOUND/u) as string });
  });

  it('ends when its time is over', async () => {
    const validUntil = new Date(now + 60_000).toISOString();
    await decide(await groupOf('qz_bgv'), { kind: 'correct', category: 'user.name', validUntil });
    expect((await shown('qz_bgv', 'shop.public.zz_0')).state).toBe('SENSITIVE');
    now += 120_000;
    const source = scriptedSource('s', () => wholeScope('public', [...many, ward]));
    await house.sync([source], { clock }).run({ source: 's', actor });
    expect((await shown('qz_bgv', 'shop.public.zz_0')).state).toBe('UNDECIDED');
    expect(await groupOf('qz_bgv')).not.toBe('');
  });
});

describe('taking protection away', () => {
  it('of health data waits for a second person, who is not the first', async () => {
    const group = await markForReview('diagnosis', ward.name);
    const proposed = await decide(group, { kind: 'correct', category: 'none' });
    expect(proposed).toMatchObject({
      state: 'proposed',
      lowers: expect.arrayContaining(['user.health.diagnosis']) as string[],
    });
    expect((await shown('diagnosis', ward.name)).state).toBe('SENSITIVE');
    const waiting = await groupOf('diagnosis');
    await expect(decide(waiting, { kind: 'accept' })).rejects.toMatchObject({ code: 'REVIEW_OWN_PROPOSAL' });
    expect((await shown('diagnosis', ward.name)).state).toBe('SENSITIVE');
    expect(await decide(waiting, { kind: 'accept', actor: ben })).toMatchObject({ state: 'decided' });
    expect((await shown('diagnosis', ward.name)).state).toBe('NOT_SENSITIVE');
    const { items } = await house.stores.ledger.read({ kind: 'review-decided' }, { first: 10 });
    expect(items).toMatchObject([{ actor: ben, body: { proposedBy: ['ada@desk'] } }]);
  });

  it('that is declined changes nothing', async () => {
    await decide(await markForReview('diagnosis', ward.name), { kind: 'reject' });
    const waiting = await groupOf('diagnosis');
    await decide(waiting, { kind: 'reject', actor: ben });
    expect((await shown('diagnosis', ward.name)).state).toBe('SENSITIVE');
    expect(await verdictsOn('diagnosis', ward.name)).not.toContainEqual(expect.objectContaining({ decider: 'human' }));
  });
});

/** Puts a field into the queue, as a sync does whose detectors say another thing than what a person saw. */
async function markForReview(field: string, name: string): Promise<string> {
  const { graph } = house.stores;
  const lease = await graph.lease('test', 600_000);
  if (lease === null) throw new Error('no lease');
  const open = await graph.open(lease, { run: `mark-${field}`, cause: 'test', actor });
  const uid = fieldUid({ namespace, name }, [field]);
  const body = { reasons: ['disputed'], says: [] };
  await graph.apply(open, [
    { type: 'enter', entered: { uid, kind: 'model-review', body, actor } },
    { type: 'enter', entered: { uid, kind: 'decided-on-other-evidence', body, actor } },
  ]);
  await graph.publish(open, []);
  await graph.release(lease);
  return groupOf(field);
}

describe('a blind sample', () => {
  it('says nothing of what was found, and scores what people say of it', async () => {
    const sample = await desk.draw({ size: 50, seed: 7, actor: ada });
    expect(JSON.stringify(sample.fields)).not.toMatch(/PHI|user\.|confidence|evidence/u);
    const truth = (path: string): string =>
      path === 'email' ? 'user.contact.email' : path === 'diagnosis' ? 'user.health' : 'none';
    const judgements = sample.fields.map(({ uid, path }) => ({ field: uid, category: truth(path) }));
    const result = await desk.score(sample.id, judgements, ada);
    expect(result.strata.reduce((sum, { population }) => sum + population, 0)).toBe(sample.fields.length);
    expect(result.precision?.judged).toBeGreaterThan(0);
    expect(await house.stores.state.get('review-sample-result', 'newest')).toMatchObject({ sample: sample.id });
    await expect(desk.score('nobody', [], ada)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is the same again for the same seed', async () => {
    const fields = async (seed: number) =>
      (await desk.draw({ size: 2, seed, actor: ada })).fields.map(({ uid }) => uid);
    expect(await fields(3)).toEqual(await fields(3));
  });
});
