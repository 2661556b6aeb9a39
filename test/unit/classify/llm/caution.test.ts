import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cautiously, needsSecondLook } from '../../../../server/classify/caution.ts';
import type { ColumnSaying } from '../../../../server/classify/read-answer.ts';
import type { Signal } from '../../../../server/model/classification.ts';

const byName: Signal = { signal: 'name', detail: 'x', weight: 2 };
const byValues: Signal = { signal: 'values', detail: 'x', weight: 3 };

function column(category: string | null, evidence: readonly Signal[] = [byName], abstain = category === null) {
  return { category: category ?? 'none', abstain, evidence, fine: [] };
}

function says(decision: ColumnSaying['decision'], ...categories: string[]): ColumnSaying {
  return { index: 0, decision, categories, citations: [], instructed: false };
}

const email = 'user.contact.email';

describe('what a model says of a column', () => {
  it('supports a finding', () => {
    const outcome = cautiously(column(email), { first: says('category', email), second: null }, false);
    expect(outcome).toEqual({ categories: [email], relation: 'agrees', twice: false, review: [], keeps: [] });
  });

  it('supports a finding by the branch above it', () => {
    const outcome = cautiously(column(email), { first: says('category', 'user.contact'), second: null }, false);
    expect(outcome.relation).toBe('agrees');
  });

  it('adds where the detectors abstained, surer when it says so twice', () => {
    const once = cautiously(column(null), { first: says('category', email), second: null }, false);
    const twice = cautiously(column(null), { first: says('category', email), second: says('category', email) }, false);
    expect([once.relation, once.twice, twice.twice]).toEqual(['adds', false, true]);
  });

  it('counts what either look found, and sends a difference to a person', () => {
    const looks = { first: says('none'), second: says('category', email) };
    expect(cautiously(column(null), looks, false)).toMatchObject({ categories: [email], review: ['looks-differ'] });
    const turned = { first: looks.second, second: looks.first };
    expect(cautiously(column(null), turned, false)).toMatchObject({ categories: [email], review: ['looks-differ'] });
  });

  it('adds another category beside the detectors’ own and asks a person', () => {
    const outcome = cautiously(column(email), { first: says('category', 'user.name'), second: null }, false);
    expect(outcome).toMatchObject({ categories: ['user.name'], relation: 'adds', review: ['other-category'] });
  });

  it('disputes a name-only finding: a person looks, nothing is lowered', () => {
    const outcome = cautiously(column(email), { first: says('none'), second: says('none') }, false);
    expect(outcome).toMatchObject({ categories: [], review: ['disputed'] });
  });

  it('disputes what a model found before: that stands until a person looks', () => {
    const looks = { first: says('none'), second: says('none') };
    const outcome = cautiously(column(null), looks, false, [email]);
    expect(outcome).toMatchObject({ categories: [], keeps: [email], review: ['disputed'] });
    const unsure = cautiously(column(null), { first: says('abstain'), second: says('abstain') }, false, [email]);
    expect(unsure).toMatchObject({ categories: [], keeps: [email], review: [] });
  });

  it('keeps what a model found before beside something else, and says it more exactly where it can', () => {
    const other = { first: says('category', 'user.name'), second: says('category', 'user.name') };
    expect(cautiously(column(null), other, false, [email])).toMatchObject({ keeps: [email], review: ['disputed'] });
    const nearer = { first: says('category', email), second: says('category', email) };
    expect(cautiously(column(null), nearer, false, ['user.contact'])).toMatchObject({ keeps: [], review: [] });
  });

  it('says nothing against values that a validator accepts', () => {
    const outcome = cautiously(column(email, [byValues]), { first: says('none'), second: says('none') }, false);
    expect(outcome).toMatchObject({ categories: [], review: [] });
  });

  it('settles nothing by finding nothing', () => {
    const outcome = cautiously(column(null), { first: says('none'), second: says('none') }, false);
    expect(outcome).toMatchObject({ categories: [], relation: 'none', review: ['nothing-found'] });
  });

  it('is looked at by a person where a text tries to instruct', () => {
    expect(cautiously(column(null), { first: says('none'), second: null }, true).review).toContain('instructions');
    const told = { ...says('none'), instructed: true };
    expect(cautiously(column(null), { first: told, second: null }, false).review).toContain('instructions');
  });

  it('whatever the looks say, never takes away and never says none', () => {
    const category = fc.constantFrom(email, 'user.name', 'user.health.diagnosis');
    const saying = fc.oneof(
      fc.constant(null),
      fc.constantFrom(says('none'), says('abstain')),
      category.map((each) => says('category', each)),
    );
    fc.assert(
      fc.property(fc.option(category), saying, saying, fc.boolean(), (detected, first, second, suspicious) => {
        const given = column(detected);
        const outcome = cautiously(given, { first, second }, suspicious);
        expect(outcome.categories).not.toContain('none');
        const more = cautiously(given, { first, second: says('category', 'user.name') }, suspicious);
        for (const each of first?.categories ?? []) expect(more.categories).toContain(each);
        if (outcome.categories.length === 0) expect(outcome.relation).toBe('none');
      }),
      { seed: 20_261_121 },
    );
  });
});

describe('a second look', () => {
  it.each([
    ['the model alone found something', column(null), says('category', email), false, true],
    ['it says otherwise than a name', column(email), says('none'), false, true],
    ['free text was shown and nothing found', column(null), says('none'), true, true],
    ['a text gives instructions', column(email), { ...says('category', email), instructed: true }, false, true],
    ['both agree', column(email), says('category', email), true, false],
    ['nothing was found and no text shown', column(null), says('none'), false, false],
  ])('where %s: %#', (_, given, saying, hadText, expected) => {
    expect(needsSecondLook(given, saying, hadText)).toBe(expected);
  });

  it('where it finds no longer what a model found before, though it saw no text', () => {
    expect(needsSecondLook(column(null), says('none'), false, [email])).toBe(true);
    expect(needsSecondLook(column(null), says('abstain'), false, [email])).toBe(true);
  });
});
