import { describe, expect, it } from 'vitest';
import { NONE, type DerivedClassification, type Verdict } from '../../../server/model/classification.ts';
import { cameSince, effectiveField } from '../../../server/model/effective.ts';
import { treatments, type Treatment } from '../../../server/model/treatment.ts';
import { verdict as detected } from '../../verdict.ts';

const verdict = (said: Partial<Verdict>): Verdict =>
  detected({ category: 'user.contact.email', classes: ['PII'], fine: ['email'], ...said });

function row(part: Partial<DerivedClassification>): DerivedClassification {
  return {
    field: 'f',
    category: 'user.contact.email',
    treatment: 'clear',
    rank: 1,
    via: { field: 'g', treatment: 'clear' },
    rules: 'functions@1',
    ...part,
  };
}

const classesOf = () => ['PII'] as const;
const shown = (verdicts: readonly Verdict[], rows: readonly DerivedClassification[] = []) =>
  effectiveField(verdicts, rows, classesOf);

describe('the state of a field', () => {
  it('is a gap while nobody judged it', () => {
    expect(shown([])).toEqual({ state: 'GAP', classifications: [] });
  });

  it('is undecided when its judge abstained, never "not sensitive"', () => {
    expect(shown([verdict({ state: 'abstained' })]).state).toBe('UNDECIDED');
    expect(shown([verdict({ state: 'abstained' }), verdict({ category: NONE, decider: 'imported' })]).state).toBe(
      'UNDECIDED',
    );
  });

  it('is not sensitive when that is what was judged', () => {
    expect(shown([verdict({ category: NONE })]).state).toBe('NOT_SENSITIVE');
  });

  it('is sensitive when a category only arrives along lineage', () => {
    expect(shown([verdict({ category: NONE })], [row({})])).toMatchObject({
      state: 'SENSITIVE',
      classifications: [{ decidedBy: 'propagation', classes: ['PII'], treatment: 'clear', derived: null }],
    });
  });
});

describe('the effective classification', () => {
  it('takes the person before the imported tag before the detector', () => {
    const all = [
      verdict({ decider: 'detector', confidence: 0.99 }),
      verdict({ decider: 'imported', confidence: 0.5 }),
      verdict({ decider: 'human', confidence: 0.1, state: 'accepted' }),
    ];
    expect(shown(all).classifications.map((c) => c.decidedBy)).toEqual(['human']);
    expect(shown(all.slice(0, 2)).classifications.map((c) => c.decidedBy)).toEqual(['imported']);
  });

  it('keeps every category within a rank', () => {
    const found = shown([verdict({}), verdict({ category: 'user.name', decider: 'llm' })]).classifications;
    expect(found.map((c) => c.category)).toEqual(['user.contact.email', 'user.name']);
  });

  it('hides a category that a person rejected, whoever else found it, and leaves the others', () => {
    const rejected = verdict({ decider: 'human', state: 'rejected', seenAs: 'clear' });
    expect(shown([verdict({}), rejected], [row({})]).classifications).toEqual([]);
    expect(shown([verdict({ category: 'user.name' }), rejected]).classifications).toHaveLength(1);
  });

  it('shows a rejected category again with a class that the person did not see, and asks anew', () => {
    const rejected = verdict({ decider: 'human', state: 'rejected', classes: ['PII'], seenAs: 'clear' });
    const patient = verdict({ classes: ['PII', 'PHI'] });
    const carried = row({ category: 'user.contact.email#PHI' });
    const held = (all: readonly Verdict[], rows: readonly DerivedClassification[] = []) =>
      shown(all, rows).classifications.map((one) => [one.decidedBy, one.classes.join()]);
    expect(held([patient, rejected], [row({})])).toEqual([['detector', 'PII,PHI']]);
    expect(held([verdict({}), rejected], [row({}), carried])).toEqual([['propagation', 'PII']]);
    expect(cameSince([patient, rejected], [row({})])).toEqual(['user.contact.email']);
    expect(cameSince([verdict({}), rejected], [row({}), carried])).toEqual(['user.contact.email']);
    expect(held([verdict({}), rejected], [row({}), { ...carried, rank: 0, via: null }])).toEqual([]);
    expect(cameSince([verdict({}), rejected], [row({})])).toEqual([]);
  });

  it('takes a rejection from before classes were kept for one of personal data: other classes of it are asked about', () => {
    const before = verdict({ decider: 'human', state: 'rejected', classes: [], seenAs: 'clear' });
    const patient = verdict({ classes: ['PII', 'PHI'] });
    const health = row({ category: 'user.contact.email#PHI' });
    expect(shown([verdict({ classes: ['PII'] }), before], [row({})]).classifications).toEqual([]);
    expect(cameSince([verdict({ classes: ['PII'] }), before], [row({})])).toEqual([]);
    expect(shown([patient, before]).classifications).toHaveLength(1);
    expect(shown([before], [row({}), health]).classifications).toHaveLength(1);
    expect(cameSince([patient, before], [])).toEqual(['user.contact.email']);
    expect(cameSince([before], [row({}), health])).toEqual(['user.contact.email']);
  });

  it('shows a rejected category again in a clearer form than the person saw, and hides it in any that is treated more', () => {
    const cleared = (seenAs: Treatment): readonly Treatment[] =>
      treatments.filter((treatment) => {
        const all = [verdict({ decider: 'human', state: 'rejected', seenAs })];
        expect(cameSince(all, [row({ treatment })])).toHaveLength(
          shown(all, [row({ treatment })]).classifications.length,
        );
        return shown(all, [row({ treatment })]).classifications.length > 0;
      });
    expect(cleared('clear')).toEqual([]);
    expect(cleared('partial')).toEqual(['clear', 'encrypted']);
    expect(cleared('keyed')).toEqual(['clear', 'partial', 'hashed', 'encrypted', 'tokenised']);
    expect(cleared('aggregated')).toEqual(treatments.slice(0, -1));
  });

  it('takes a rejection from before forms were kept for one of what was found here, and of any but what arrives in clear', () => {
    const before = verdict({ decider: 'human', state: 'rejected' });
    expect(shown([verdict({}), before]).classifications).toEqual([]);
    expect(shown([before], [row({ treatment: 'encrypted' })]).classifications).toEqual([]);
    expect(shown([before], [row({})]).classifications).toHaveLength(1);
    expect(cameSince([verdict({}), before], [row({})])).toEqual(['user.contact.email']);
    const ofHash = { ...before, derived: 'hash' } as const;
    expect(shown([ofHash], [row({ treatment: 'partial' })]).classifications).toHaveLength(1);
    expect(shown([ofHash], [row({ treatment: 'keyed' })]).classifications).toEqual([]);
  });

  const none = verdict({ decider: 'human', category: NONE, state: 'accepted' });

  it('follows a person who says that nothing sensitive is held, against detectors and what the decision saw arrive', () => {
    const seen = verdict({ decider: 'human', state: 'rejected', seenAs: 'clear' });
    expect(shown([verdict({}), none])).toEqual({ state: 'NOT_SENSITIVE', classifications: [] });
    expect(shown([verdict({}), none, seen], [row({})])).toEqual({ state: 'NOT_SENSITIVE', classifications: [] });
  });

  it('shows what reached a field after a person said that it holds nothing sensitive', () => {
    const later = row({ category: 'user.payment.card.number' });
    expect(shown([verdict({}), none], [later])).toMatchObject({
      state: 'SENSITIVE',
      classifications: [{ category: 'user.payment.card.number', decidedBy: 'propagation' }],
    });
    expect(cameSince([none], [later])).toEqual(['user.payment.card.number']);
    expect(cameSince([none], [row({ rank: 0 })])).toEqual([]);
    expect(cameSince([verdict({ category: NONE })], [later])).toEqual([]);
  });

  it('adds the classes of everybody who found the category, and those that arrive, to whoever comes first', () => {
    const patient = verdict({ classes: ['PII', 'PHI'] });
    const tagged = verdict({ decider: 'imported', by: 'dbt', state: 'accepted', confidence: 1 });
    expect(shown([patient, tagged]).classifications).toMatchObject([{ by: 'dbt', classes: ['PII', 'PHI'] }]);
    const carried = row({ category: 'user.contact.email#PHI' });
    expect(shown([verdict({})], [carried]).classifications).toMatchObject([
      { decidedBy: 'detector', classes: ['PII', 'PHI'], rows: [] },
    ]);
  });

  it('never shows a class that travels as a category, nor counts that of an origin as arrived', () => {
    const rows = [row({}), row({ category: 'user.contact.email#PHI' })];
    expect(shown([], rows).classifications.map(({ category }) => category)).toEqual(['user.contact.email']);
    const origin = row({ category: 'user.contact.email#PHI', rank: 0, via: null });
    expect(shown([verdict({})], [origin]).classifications).toMatchObject([{ classes: ['PII'] }]);
  });

  it('shows the least treated way by which a category arrives', () => {
    const found = shown(
      [],
      [row({ treatment: 'hashed' }), row({ treatment: 'partial' }), row({ treatment: 'masked' })],
    );
    expect(found.classifications[0]).toMatchObject({ treatment: 'partial', derived: 'mask' });
  });

  it('does not count the origin itself as something that arrived', () => {
    expect(shown([], [row({ rank: 0, via: null })]).state).toBe('GAP');
  });
});
