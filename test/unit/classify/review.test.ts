import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calledOf, groupIdOf, groupsOf, itemOf, mayWait, type QueuedField } from '../../../server/classify/review.ts';
import { SampleDraw, scoreSample, wilson, type SampledField } from '../../../server/classify/review-sample.ts';
import type { Verdict } from '../../../server/model/classification.ts';
import { verdict } from '../../verdict.ts';

const none = new Map<string, unknown>();
const email = { category: 'user.contact.email' };

describe('what waits for a person', () => {
  it.each([
    ['an abstention', [verdict({ state: 'abstained' })], none, 'left open'],
    ['a weak finding', [verdict({ ...email, confidence: 0.4 })], none, 'not sure'],
    [
      'a finding of a model alone',
      [verdict({}), verdict({ ...email, decider: 'llm' })],
      none,
      'found by a model alone',
    ],
    ['a dispute', [verdict(email)], new Map([['model-review', { reasons: ['disputed'] }]]), 'disputed by a model'],
    [
      'instructions',
      [verdict(email)],
      new Map([['model-review', { reasons: ['instructions'] }]]),
      'metadata tries to instruct',
    ],
    [
      'a decision whose evidence changed',
      [verdict(email), verdict({ decider: 'human' })],
      new Map([['decided-on-other-evidence', {}]]),
      'decided on other evidence',
    ],
  ])('is %s', (_, verdicts, marks, cause) => {
    expect(itemOf('f', 'x', verdicts, marks)?.cause).toBe(cause);
  });

  it.each([
    ['a sure finding', [verdict(email)]],
    ['a judgement of nothing', [verdict({})]],
    ['a decided field', [verdict({ state: 'abstained' }), verdict({ decider: 'human' })]],
    ['a tagged field', [verdict({ state: 'abstained' }), verdict({ ...email, decider: 'imported' })]],
  ])('is not %s', (_, verdicts) => {
    expect(itemOf('f', 'x', verdicts, none)).toBeNull();
  });

  it('is never a field that its marks alone let pass', () => {
    const states = ['proposed', 'accepted', 'rejected', 'abstained'] as const;
    const one = fc.record({
      decider: fc.constantFrom('human', 'imported', 'detector', 'llm'),
      category: fc.constantFrom('none', 'user.contact.email', 'user.id'),
      state: fc.constantFrom(...states),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 4 }), (marks) => {
        const verdicts = marks.map((mark) => verdict(mark as Partial<Verdict>));
        if (itemOf('f', 'x', verdicts, none) !== null) expect(mayWait(verdicts)).toBe(true);
      }),
      { numRuns: 500, seed: 20_261_121 },
    );
  });

  it('is one question where fields are called alike, and takes suggestions from what people decided', () => {
    const queued: QueuedField[] = [{ called: calledOf(['ref_no9']), item: null, group: null, learnt: ['user.id'] }];
    const open = [verdict({ state: 'abstained' })];
    for (const [field, path] of [
      ['a', 'REF_NO1'],
      ['b', 'ref-no2'],
      ['c', 'other'],
    ] as const) {
      const item = itemOf(field, calledOf([path]), open, none);
      if (item !== null) queued.push({ called: item.called, item, group: groupIdOf(item), learnt: [] });
    }
    expect(groupsOf(queued)).toMatchObject([
      { called: 'ref_no#', fields: ['a', 'b'], suggestion: { category: 'user.id', confidence: 0.5 } },
      { called: 'other', fields: ['c'], suggestion: { category: null } },
    ]);
  });
});

describe('a field that a category reached along lineage', () => {
  it('is not left open, whatever its name says', () => {
    const open = [verdict({ state: 'abstained' })];
    expect(itemOf('f', 'x', open, none, { isReached: true, since: [] })).toBeNull();
    expect(itemOf('f', 'x', open, none, { isReached: false, since: [] })?.cause).toBe('left open');
  });
});

describe('Wilson’s interval', () => {
  // Worked by hand: 8 of 10 at 95 % is 0.490 to 0.943; none of 20 is 0 to 0.161.
  it('is what the books say', () => {
    const some = wilson(0.8, 10, 10);
    expect([some.low.toFixed(3), some.high.toFixed(3)]).toEqual(['0.490', '0.943']);
    const zero = wilson(0, 20, 20);
    expect([zero.low.toFixed(3), zero.high.toFixed(3)]).toEqual(['0.000', '0.161']);
  });

  it('holds the share and stays between 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const { low, high } = wilson(share, n, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(share + 1e-9);
        expect(high).toBeGreaterThanOrEqual(share - 1e-9);
      }),
      { seed: 20_261_121 },
    );
  });
});

describe('a sample', () => {
  it('draws every field with about the same chance', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const hits = new Map<string, number>();
    for (let round = 0; round < 2000; round += 1) {
      const draw = new SampleDraw(5, random);
      for (let i = 0; i < 20; i += 1) draw.offer({ field: String(i), stratum: 'nothing found', categories: [] });
      for (const { field } of draw.end().fields) hits.set(field, (hits.get(field) ?? 0) + 1);
    }
    for (const count of hits.values()) expect(Math.abs(count - 500)).toBeLessThan(100);
    expect(hits.size).toBe(20);
  });

  it('weighs strata by what they stand for', () => {
    const field = (name: string, stratum: SampledField['stratum'], ...categories: string[]): SampledField => ({
      field: name,
      stratum,
      categories,
    });
    const sample = [
      field('a', 'found, surely', 'user.name'),
      field('b', 'found, surely', 'user.name'),
      field('c', 'found, less surely', 'user.name'),
      field('d', 'found, less surely', 'user.name'),
      field('e', 'nothing found'),
      field('f', 'nothing found'),
    ];
    const population = new Map([
      ['found, surely', 900],
      ['found, less surely', 100],
      ['nothing found', 5000],
    ] as const);
    const said = [
      { field: 'a', category: 'user.name.first' },
      { field: 'b', category: 'user.name' },
      { field: 'c', category: 'none' },
      { field: 'd', category: 'user.contact.email' },
      { field: 'e', category: 'user.name' },
      { field: 'f', category: null },
    ];
    const result = scoreSample(sample, population, said);
    expect(result.precision?.share).toBeCloseTo(0.9);
    expect(result.missRate).toMatchObject({ share: 1, judged: 1 });
    expect(result.couldNotTell).toBe(1);
    expect(scoreSample(sample, population, []).precision).toBeNull();
  });
});
