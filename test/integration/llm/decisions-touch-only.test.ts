import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDecisionWorld, type DecisionWorld } from './decision-world.ts';

const email = 'user.contact.email';
const phone = 'user.contact.phone';
const illness = 'user.health.condition';
const diagnosis = 'user.health.diagnosis';
const card = 'user.payment.card.number';
const nothing = { kind: 'correct', category: 'none' } as const;

let world: DecisionWorld;
beforeAll(async () => {
  world = await openDecisionWorld();
});
afterAll(() => world.close());

describe('a decision about one category', () => {
  it('that accepts what detectors found leaves what a person had found', async () => {
    const { field, behind } = await world.table('accepts');
    await world.decide(field, 'ada', { kind: 'correct', category: illness });
    await world.detect(field, email);
    expect(await world.decide(field, 'ben', { kind: 'accept' })).toMatchObject({ state: 'decided', lowers: [] });
    expect(await world.shown(field)).toEqual({ [email]: 'PII', [illness]: 'PHI' });
    expect(Object.keys(await world.shown(behind))).toEqual([email, illness]);
  });

  it('that rejects one leaves another that a person had found, whether it names it or not', async () => {
    for (const [name, category] of [
      ['namesit', email],
      ['namesnone', null],
    ] as const) {
      const { field } = await world.table(name);
      await world.decide(field, 'ada', { kind: 'correct', category: illness });
      await world.detect(field, email);
      expect((await world.decide(field, 'ben', { kind: 'reject', category })).state).toBe('decided');
      expect(await world.shown(field)).toEqual({ [illness]: 'PHI' });
    }
  });

  it('that corrects health data which a person had found needs a second one', async () => {
    const { field } = await world.table('corrects');
    await world.decide(field, 'ada', { kind: 'correct', category: illness });
    await world.detect(field, email);
    expect(await world.decide(field, 'ben', { kind: 'correct', category: phone })).toMatchObject({
      state: 'proposed',
      lowers: [illness],
    });
    expect(Object.keys(await world.shown(field))).toEqual([email, illness]);
  });

  it('brings back nothing that other people had rejected', async () => {
    const { field } = await world.table('rejections');
    await world.decide(field, 'ada', nothing);
    await world.arrive(field, ['illness']);
    expect((await world.decide(field, 'ada', nothing)).state).toBe('proposed');
    expect((await world.decide(field, 'ben', { kind: 'accept' })).state).toBe('decided');
    await world.arrive(field, ['illness', 'shopper']);
    expect((await world.decide(field, 'ada', { kind: 'accept' })).state).toBe('decided');
    expect(await world.shown(field)).toEqual({ [email]: 'PII' });
  });

  it('that rejects what arrived after "nothing sensitive" rejects just that, and "nothing" stays', async () => {
    const { field, behind } = await world.table('arrived');
    await world.decide(field, 'ada', nothing);
    await world.arrive(field, ['shopper', 'phone']);
    expect((await world.groupOf(field))?.suggestion.category).toBe(email);
    expect((await world.decide(field, 'ada', { kind: 'reject' })).state).toBe('decided');
    expect(await world.shown(field)).toEqual({ [phone]: 'PII' });
    expect(await world.groupOf(field)).toMatchObject({ suggestion: { category: phone } });
    expect((await world.decide(field, 'ada', { kind: 'reject', category: phone })).state).toBe('decided');
    expect(await world.shown(field)).toEqual({});
    expect(await world.groupOf(field)).toBeUndefined();
    expect(Object.keys(await world.shown(behind))).toEqual([email, phone]);
  });

  it('is refused where it would reject nothing', async () => {
    const { field } = await world.table('empty');
    expect((await world.decide(field, 'ada', { kind: 'reject' })).state).toBe('INPUT_INVALID');
    expect(await world.groupOf(field)).toMatchObject({ cause: 'left open' });
  });

  it('that ends by itself ends alone, and what people had said before counts again', async () => {
    const { field } = await world.table('ends');
    await world.decide(field, 'ada', { kind: 'correct', category: illness });
    await world.detect(field, email);
    await world.decide(field, 'ben', { kind: 'accept', validUntil: world.at(60_000) });
    await world.detect(field, phone);
    await world.decide(field, 'ben', { kind: 'reject', category: illness, validUntil: world.at(120_000) });
    await world.decide(field, 'ada', { kind: 'accept' });
    expect(await world.shown(field)).toEqual({ [email]: 'PII', [phone]: 'PII' });
    await world.pass(90_000);
    expect(await world.shown(field)).toEqual({ [phone]: 'PII' });
    await world.pass(90_000);
    expect(await world.shown(field)).toEqual({ [illness]: 'PHI', [phone]: 'PII' });
  });
});

describe('the classes of a category that a person names', () => {
  it('are those that any finding in a record of care has', async () => {
    const { field, behind } = await world.table('cared', { care: true });
    await world.decide(field, 'ada', { kind: 'correct', category: 'user.name' });
    expect(await world.shown(field)).toEqual({ 'user.name': 'PII,PHI' });
    expect(await world.shown(behind)).toEqual({ 'user.name': 'PII,PHI' });
  });

  it('are no PHI elsewhere, nor for a card', async () => {
    const [plain, cards] = [await world.table('plain'), await world.table('cards', { care: true })];
    await world.decide(plain.field, 'ada', { kind: 'correct', category: 'user.name' });
    await world.decide(cards.field, 'ada', { kind: 'correct', category: card });
    expect(await world.shown(plain.field)).toEqual({ 'user.name': 'PII' });
    expect(await world.shown(cards.field)).toEqual({ [card]: 'PCI' });
  });

  it('are those with which it had arrived, also once nothing arrives any longer, and in the form in which it did', async () => {
    const { field, behind } = await world.table('brought');
    await world.decide(field, 'ada', nothing);
    await world.arrive(field, ['patient'], 'hash');
    await world.decide(field, 'ada', { kind: 'accept' });
    expect(await world.formsOf(behind, email)).toEqual(['hashed']);
    await world.arrive(field, []);
    expect(await world.shown(behind)).toEqual({ [email]: 'PII,PHI' });
    expect(await world.formsOf(behind, email)).toEqual(['hashed']);
  });
});

describe('taking away what arrived', () => {
  it('needs a second person where it is PHI by its origin, and none where it is not', async () => {
    for (const [name, origin, state] of [
      ['ofpatients', 'patient', 'proposed'],
      ['ofshoppers', 'shopper', 'decided'],
    ] as const) {
      const { field } = await world.table(name);
      await world.decide(field, 'ada', nothing);
      await world.arrive(field, [origin]);
      expect((await world.decide(field, 'ada', nothing)).state).toBe(state);
    }
  });

  it('is not agreed to where more arrived after it was proposed; proposed again it is', async () => {
    const { field } = await world.table('unseen');
    await world.decide(field, 'ada', nothing);
    await world.arrive(field, ['card']);
    expect((await world.decide(field, 'ada', nothing)).state).toBe('proposed');
    await world.arrive(field, ['card', 'illness']);
    expect((await world.decide(field, 'ben', { kind: 'accept' })).state).toBe('REVIEW_CHANGED');
    expect(Object.keys(await world.shown(field))).toEqual([diagnosis, card]);
    expect((await world.decide(field, 'ben', nothing)).state).toBe('proposed');
    expect((await world.decide(field, 'ada', { kind: 'accept' })).state).toBe('decided');
    expect(await world.shown(field)).toEqual({});
  });

  it('is declined by a rejection alone; one that names a category speaks about that, and agrees where it was proposed', async () => {
    const { field } = await world.table('names');
    await world.detect(field, phone);
    await world.arrive(field, ['patient', 'phone']);
    const noEmail = { kind: 'reject', category: email } as const;
    expect((await world.decide(field, 'ada', noEmail)).state).toBe('proposed');
    expect((await world.decide(field, 'ben', { kind: 'reject', category: illness })).state).toBe('INPUT_INVALID');
    expect((await world.groupOf(field))?.suggestion.category).toBe(email);
    expect((await world.decide(field, 'ada', noEmail)).state).toBe('REVIEW_OWN_PROPOSAL');
    expect((await world.decide(field, 'ben', noEmail)).state).toBe('decided');
    expect(await world.shown(field)).toEqual({ [phone]: 'PII' });

    const { field: other } = await world.table('namesother');
    await world.detect(other, phone);
    await world.arrive(other, ['patient']);
    expect((await world.decide(other, 'ada', noEmail)).state).toBe('proposed');
    expect((await world.decide(other, 'ben', { kind: 'reject' })).state).toBe('decided');
    expect(await world.shown(other)).toEqual({ [email]: 'PII,PHI', [phone]: 'PII' });
  });

  it('holds on a list that showed the same with a class that it has by itself, found then and arriving now', async () => {
    const { field } = await world.table('byitself');
    await world.decide(field, 'ada', nothing);
    await world.tag(field, email);
    await world.arrive(field, ['shopper']);
    const seen = await world.head();
    await world.tag(field, null);
    expect((await world.decide(field, 'ada', { kind: 'accept' }, seen)).state).toBe('decided');
  });

  it('is agreed to where less is there than was proposed', async () => {
    const { field } = await world.table('less');
    await world.decide(field, 'ada', nothing);
    await world.arrive(field, ['card', 'phone']);
    await world.decide(field, 'ada', nothing);
    await world.arrive(field, ['card']);
    expect((await world.decide(field, 'ben', { kind: 'accept' })).state).toBe('decided');
  });

  it('is refused on a list that did not show it, though the question is the same, or showed it without PHI', async () => {
    for (const [name, before, after] of [
      ['unlisted', ['shopper'], ['shopper', 'phone']],
      ['became', ['shopper'], ['shopper', 'patient']],
    ] as const) {
      const { field } = await world.table(name);
      await world.decide(field, 'ada', nothing);
      await world.arrive(field, before);
      const seen = await world.head();
      await world.arrive(field, after);
      expect((await world.decide(field, 'ada', nothing, seen)).state).toBe('REVIEW_CHANGED');
      const [shown] = await world.desk.fieldsOf((await world.groupOf(field))?.id ?? '');
      const told = shown?.evidence.filter(({ by }) => by === 'lineage').map(({ detail }) => detail);
      expect(told).toEqual(
        name === 'unlisted' ? [`${email} arrives, clear`, `${phone} arrives, clear`] : [`${email} arrives, PHI, clear`],
      );
    }
  });
});

describe('a rejection', () => {
  /** An e-mail found and arriving as personal data alone, that one person rejected. */
  async function rejectedBefore(name: string) {
    const { field, behind } = await world.table(name);
    await world.detect(field, email);
    await world.arrive(field, ['shopper']);
    expect(await world.decide(field, 'ada', { kind: 'reject', category: email })).toMatchObject({ state: 'decided' });
    expect(await world.shown(field)).toEqual({});
    expect(await world.groupOf(field)).toBeUndefined();
    return { field, behind };
  }

  it.each([
    ['arrives', (field: string) => world.arrive(field, ['shopper', 'patient'])],
    ['is found', (field: string) => world.detect(field, email, ['PII', 'PHI'])],
    ['is tagged', (field: string) => world.tag(field, email, ['PII', 'PHI'])],
  ])(
    'speaks about no class that came later: PHI that %s is shown, asked about, and taken away by two',
    async (how, come) => {
      const { field, behind } = await rejectedBefore(`later${how.replaceAll(' ', '')}`);
      await come(field);
      expect(await world.shown(field)).toEqual({ [email]: 'PII,PHI' });
      expect(await world.shown(behind)).toEqual({ [email]: 'PII,PHI' });
      expect(await world.groupOf(field)).toMatchObject({
        cause: 'decided on other evidence',
        suggestion: { category: email },
      });
      expect(await world.decide(field, 'ada', { kind: 'reject' })).toMatchObject({
        state: 'proposed',
        lowers: [email],
      });
      expect(await world.shown(field)).toEqual({ [email]: 'PII,PHI' });
      expect((await world.decide(field, 'ben', { kind: 'accept' })).state).toBe('decided');
      expect(await world.shown(field)).toEqual({});
      expect(await world.groupOf(field)).toBeUndefined();
    },
  );

  it('holds where the same comes again from elsewhere, and where less of it is left', async () => {
    const { field } = await rejectedBefore('same');
    await world.arrive(field, []);
    await world.arrive(field, ['shopper']);
    await world.tag(field, email);
    expect(await world.shown(field)).toEqual({});
    await world.arrive(field, ['shopper', 'patient']);
    await world.decide(field, 'ada', { kind: 'reject' });
    await world.decide(field, 'ben', { kind: 'accept' });
    await world.arrive(field, ['patient']);
    await world.arrive(field, ['shopper']);
    expect(await world.shown(field)).toEqual({});
    expect(await world.groupOf(field)).toBeUndefined();
  });

  it('within "nothing sensitive" speaks about no class that arrived later either', async () => {
    const { field } = await world.table('within');
    await world.decide(field, 'ada', nothing);
    await world.arrive(field, ['shopper', 'phone']);
    expect((await world.decide(field, 'ada', nothing)).state).toBe('decided');
    expect(await world.shown(field)).toEqual({});
    await world.arrive(field, ['shopper', 'phone', 'patient']);
    expect(await world.shown(field)).toEqual({ [email]: 'PII,PHI' });
    expect(await world.decide(field, 'ada', nothing)).toMatchObject({ state: 'proposed', lowers: [email] });
  });

  it('of what machines find, within "nothing sensitive", is asked about again where they find PHI since', async () => {
    const { field } = await world.table('asksagain');
    await world.detect(field, email);
    await world.decide(field, 'ada', nothing);
    await world.tag(field, email, ['PII', 'PHI']);
    expect(await world.shown(field)).toEqual({});
    expect(await world.groupOf(field)).toMatchObject({ cause: 'decided on other evidence' });
    expect(await world.decide(field, 'ben', nothing)).toMatchObject({ state: 'proposed', lowers: [email] });
  });
});
