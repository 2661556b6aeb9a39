import { describe, expect, it } from 'vitest';
import { changedDetectors, needsProfiling, valueSetOf } from '../../../server/classify/detector-set.ts';
import { detector } from '../../../server/classify/detectors/detector.ts';
import { detectors } from '../../../server/classify/detectors/detectors.ts';
import { parseCustomRules } from '../../../server/classify/custom-detectors.ts';
import { previewFlips } from '../../../server/classify/preview.ts';
import { toVerdicts } from '../../../server/classify/to-verdicts.ts';
import { verdictKeys } from '../../../server/classify/verdict-key.ts';
import { random } from '../../fixtures/classify/values.ts';
import { makers } from '../../fixtures/classify/values.ts';
import { classifier, tableOf, taxonomy, withCustom } from './column.ts';

const sample = (kind: string, seed: number, count = 40): unknown[] => {
  const next = random(seed);
  const make = makers[kind] ?? (() => null);
  return Array.from({ length: count }, () => make(next));
};
const context = { detectorSet: classifier.detectorSet, taxonomy: taxonomy.digest };

describe('the key of a verdict', () => {
  it('is the same for another sample of the same kind', () => {
    const keys = (seed: number) => verdictKeys(tableOf('users', { email: sample('email', seed), id: null }), context);
    expect(keys(1)).toEqual(keys(2));
  });

  it('changes when the values change in kind', () => {
    const before = verdictKeys(tableOf('users', { contact: sample('email', 1), id: null }), context);
    const after = verdictKeys(tableOf('users', { contact: sample('price', 1), id: null }), context);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  it('changes with the neighbours, the detectors and the taxonomy', () => {
    const [before] = verdictKeys(tableOf('users', { code: null }), context);
    expect(verdictKeys(tableOf('users', { code: null, mrn: null }), context)[0]).not.toBe(before);
    expect(verdictKeys(tableOf('users', { code: null }), { ...context, detectorSet: 'next' })[0]).not.toBe(before);
    expect(verdictKeys(tableOf('users', { code: null }), { ...context, taxonomy: 'next' })[0]).not.toBe(before);
  });

  it('goes with its column into the verdict', () => {
    const table = tableOf('patients', { qzx: null, email: null });
    const verdicts = toVerdicts(classifier.classify(table), {
      fields: ['f1', 'f2'],
      keys: verdictKeys(table, context),
      detectorSet: classifier.detectorSet,
      at: '2026-01-01T00:00:00.000Z',
    });
    expect(verdicts.map(({ field, state }) => [field, state])).toEqual([
      ['f1', 'abstained'],
      ['f2', 'proposed'],
    ]);
    expect(verdicts[1]).toMatchObject({ decider: 'detector', category: 'user.contact.email', classes: ['PII', 'PHI'] });
  });
});

describe('a changed value detector', () => {
  const raised = detectors.map((each) => (each.id === 'email' ? { ...each, version: 2 } : each));
  const profileOf = (kind: string) => {
    const [column] = tableOf('t', { c: sample(kind, 1) }).columns;
    if (column?.profile === null || column === undefined) throw new Error('no profile');
    return column.profile;
  };

  it('is named by two sets', () => {
    expect([...(changedDetectors(valueSetOf(detectors), valueSetOf(raised)) ?? [])]).toEqual(['email']);
    expect(changedDetectors(valueSetOf(detectors), valueSetOf(detectors))).toEqual(new Set());
    expect(changedDetectors(valueSetOf(detectors), valueSetOf(detectors.slice(1)))).toBeNull();
  });

  it('asks for profiling of exactly the fields it may concern', () => {
    expect(needsProfiling(profileOf('email'), raised)).toBe(true);
    expect(needsProfiling(profileOf('zip'), raised)).toBe(false);
    expect(needsProfiling(profileOf('email'), detectors)).toBe(false);
    expect(classifier.needsProfiling(profileOf('email'))).toBe(false);
  });

  it('asks for all when a detector is new', () => {
    const more = [
      ...detectors,
      detector({ id: 'new', fine: 'email', title: 't', method: 'format', source: 's', test: () => true }),
    ];
    expect(needsProfiling(profileOf('zip'), more)).toBe(true);
  });
});

describe('the preview', () => {
  const tables = [tableOf('phones', { phone: null, colour: null }), tableOf('users', { email: null })];

  it('lists what would flip, losses of protection first, and nothing else', () => {
    const after = withCustom(
      parseCustomRules(
        'allow: [{table: phones, column: phone, because: models}]\ndetectors: [{id: cc, title: t, category: user.id, names: [colour]}]',
        'd.yml',
        taxonomy,
      ),
    );
    expect(
      previewFlips(classifier, after, tables).map(({ column, losesProtection }) => [column, losesProtection]),
    ).toEqual([
      ['phone', true],
      ['colour', false],
    ]);
    expect(previewFlips(classifier, classifier, tables)).toEqual([]);
  });
});
