import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDecisionWorld, type DecisionWorld } from './decision-world.ts';

const email = 'user.contact.email';
const card = 'user.payment.card.number';
const nothing = { kind: 'correct', category: 'none' } as const;

let world: DecisionWorld;
beforeAll(async () => {
  world = await openDecisionWorld();
});
afterAll(() => world.close());

describe('a rejection', () => {
  it.each([
    ['partial', 'keep'],
    ['hash', 'partial'],
    ['encrypt', 'keep'],
    ['tokenise', 'hash'],
  ] as const)(
    'over what arrived by %s ends nothing that arrives by %s: two people are asked again',
    async (effect, later) => {
      const { field } = await world.table(`form${effect}`);
      await world.decide(field, 'ada', nothing);
      await world.arrive(field, ['card'], effect);
      expect((await world.decide(field, 'ada', nothing)).state).toBe('proposed');
      expect((await world.decide(field, 'ben', { kind: 'accept' })).state).toBe('decided');
      expect(await world.shown(field)).toEqual({});
      await world.arrive(field, ['card'], later);
      expect(await world.shown(field)).toEqual({ [card]: 'PCI' });
      expect(await world.groupOf(field)).toMatchObject({
        cause: 'decided on other evidence',
        suggestion: { category: card },
      });
      expect(await world.decide(field, 'ada', { kind: 'reject' })).toMatchObject({ state: 'proposed', lowers: [card] });
      expect((await world.decide(field, 'ben', { kind: 'accept' })).state).toBe('decided');
      for (const less of [later, effect, 'aggregate'] as const) {
        await world.arrive(field, ['card'], less);
        expect(await world.shown(field)).toEqual({});
        expect(await world.groupOf(field)).toBeUndefined();
      }
    },
  );

  it('of a part that detectors found ends no clear value, found or arriving; of a clear one both', async () => {
    const { field } = await world.table('foundpart');
    await world.detect(field, email, ['PII'], 'last4');
    await world.decide(field, 'ada', { kind: 'reject', category: email });
    expect(await world.shown(field)).toEqual({});
    await world.arrive(field, ['shopper']);
    expect(await world.shown(field)).toEqual({ [email]: 'PII' });
    await world.arrive(field, []);
    expect(await world.shown(field)).toEqual({});
    await world.detect(field, email);
    expect(await world.shown(field)).toEqual({ [email]: 'PII' });
    await world.decide(field, 'ada', { kind: 'reject', category: email });
    await world.arrive(field, ['shopper']);
    expect(await world.shown(field)).toEqual({});
  });

  it('that was proposed over a part is not agreed to once the whole arrives, nor on a list that showed the part', async () => {
    const { field } = await world.table('proposedpart');
    await world.decide(field, 'ada', nothing);
    await world.arrive(field, ['card'], 'partial');
    const seen = await world.head();
    expect((await world.decide(field, 'ada', nothing)).state).toBe('proposed');
    await world.arrive(field, ['card']);
    expect((await world.decide(field, 'ben', { kind: 'accept' })).state).toBe('REVIEW_CHANGED');
    expect((await world.decide(field, 'ben', nothing, seen)).state).toBe('REVIEW_CHANGED');
    expect((await world.decide(field, 'ben', nothing)).state).toBe('proposed');
    await world.arrive(field, ['card'], 'hash');
    expect((await world.decide(field, 'ada', { kind: 'accept' })).state).toBe('decided');
  });
});
