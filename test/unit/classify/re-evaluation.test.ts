import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createClassifier, type ClassifierOptions } from '../../../server/classify/create-classifier.ts';
import { changedDetectors, needsProfiling, valueKeysOf, valueSetOf } from '../../../server/classify/detector-set.ts';
import { detector, keyOf } from '../../../server/classify/detectors/detector.ts';
import { detectors } from '../../../server/classify/detectors/detectors.ts';
import { parseCustomRules } from '../../../server/classify/custom-detectors.ts';
import { loadLexicon } from '../../../server/classify/names/lexicon.ts';
import { awaitingOf, flipOf, inOrderOfHarm, inOrderOfProtection } from '../../../server/classify/preview.ts';
import type { Verdict } from '../../../server/model/classification.ts';
import { parseTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { rulesVersionText } from '../../../scripts/rules-version.ts';
import { random } from '../../fixtures/classify/values.ts';
import { makers } from '../../fixtures/classify/values.ts';
import { verdict as detected } from '../../verdict.ts';
import { classifier, tableOf, taxonomy, withCustom } from './column.ts';

const sample = (kind: string, seed: number, count = 40): unknown[] => {
  const next = random(seed);
  const make = makers[kind] ?? (() => null);
  return Array.from({ length: count }, () => make(next));
};
type Columns = Readonly<Record<string, readonly unknown[] | null>>;
const keysOf = (table: string, columns: Columns, by = classifier): readonly string[] => {
  const input = tableOf(table, columns, by);
  return by.keysOf(input, by.classify(input));
};
const other = (options: Partial<ClassifierOptions>) => createClassifier({ taxonomy, ...options });
const custom = (text: string) => withCustom(parseCustomRules(text, 'd.yml', taxonomy));

describe('the key of a verdict', () => {
  it('is the same for another sample of the same kind', () => {
    const keys = (seed: number) => keysOf('users', { email: sample('email', seed), id: null });
    expect(keys(1)).toEqual(keys(2));
  });

  it('changes when the values change in kind, for that column alone', () => {
    const before = keysOf('users', { contact: sample('email', 1), id: null });
    const after = keysOf('users', { contact: sample('price', 1), id: null });
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  it('changes with neighbours that change whose rows these are, and not with others', () => {
    const [before] = keysOf('t', { code: null, amount: null, day: null });
    expect(keysOf('t', { code: null, mrn: null, day: null })[0]).not.toBe(before);
    expect(keysOf('t', { code: null, price: null, day: null })[0]).toBe(before);
  });

  it('changes with the rules and the calibration everywhere', () => {
    const columns = { code: null, email: null };
    const before = keysOf('users', columns);
    const after = keysOf('users', columns, other({ rules: 'next' }));
    expect(after.every((key, i) => key !== before[i])).toBe(true);
  });

  it('changes with a word of the lexicon only where that word stands', () => {
    const lexicon = loadLexicon();
    const changed = {
      ...lexicon,
      meanings: (phrase: string) => (phrase === 'colour' ? lexicon.meanings('email') : lexicon.meanings(phrase)),
    };
    const columns = { colour: null, size: null, weight: null };
    const [before, after] = [keysOf('t', columns), keysOf('t', columns, other({ lexicon: changed }))];
    expect(after[0]).not.toBe(before[0]);
    expect(keysOf('u', { size: null }, other({ lexicon: changed }))).toEqual(keysOf('u', { size: null }));
  });

  it('changes with how a detector weighs only where its values pass', () => {
    const heavier = detectors.map((each) => (each.id === 'email' ? { ...each, alone: each.alone + 1 } : each));
    const columns = { c1: sample('email', 1), c2: sample('price', 1) };
    const [before, after] = [keysOf('t', columns), keysOf('t', columns, other({ detectors: heavier }))];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  it('changes with a category only where it came into question', () => {
    const text = readFileSync(new URL('../../../regulations/taxonomy/categories.yml', import.meta.url), 'utf8');
    const lines = text.replace(/(id: user\.contact\.email\n[\s\S]*?sensitivity: )personal/u, '$1special');
    const columns = { email: null, weight: null, size: null };
    const before = keysOf('t', columns);
    const after = keysOf('t', columns, createClassifier({ taxonomy: parseTaxonomy(lines) }));
    expect(after[0]).not.toBe(before[0]);
    expect(after.slice(1)).toEqual(before.slice(1));
  });

  it('changes with a setting only where it holds', () => {
    const allow = custom('allow: [{table: phones, column: phone, because: models}]');
    const columns = { phone: null, colour: null };
    const before = keysOf('phones', columns);
    const after = keysOf('phones', columns, allow);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(keysOf('users', columns, allow)).toEqual(keysOf('users', columns));
  });
});

describe('the version of the rules', () => {
  it('is made of the code that weighs, and is as new as it (node scripts/rules-version.ts)', () => {
    const file = new URL('../../../server/classify/rules-version.ts', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(rulesVersionText());
  });
});

describe('a changed value detector', () => {
  const raised = detectors.map((each) => (each.id === 'email' ? { ...each, version: 2 } : each));
  const keys = (set: typeof detectors) => valueKeysOf(set);
  const earlier = () => keys(detectors);
  const profileOf = (kind: string) => {
    const [column] = tableOf('t', { c: sample(kind, 1) }).columns;
    if (column?.profile === null || column === undefined) throw new Error('no profile');
    return column.profile;
  };

  it('is named by two sets, and one that is gone asks for nothing', () => {
    expect([...changedDetectors(keys(detectors), keys(raised))]).toEqual(['email']);
    expect(changedDetectors(keys(detectors), keys(detectors))).toEqual(new Set());
    expect(changedDetectors(keys(detectors), keys(detectors.slice(1)))).toEqual(new Set());
    expect(valueSetOf(detectors)).not.toBe(valueSetOf(raised));
  });

  it('asks for profiling of exactly the fields it may concern', () => {
    expect(needsProfiling(profileOf('email'), raised, earlier)).toBe(true);
    expect(needsProfiling(profileOf('zip'), raised, earlier)).toBe(false);
    expect(needsProfiling(profileOf('email'), detectors, earlier)).toBe(false);
    expect(classifier.needsProfiling(profileOf('email'))).toBe(false);
  });

  it('that is new asks for the fields whose values it lets through', () => {
    const fresh = detector({ id: 'new', fine: 'email', title: 't', method: 'format', source: 's', test: () => true });
    expect(needsProfiling(profileOf('zip'), [...detectors, fresh], earlier)).toBe(true);
    expect(needsProfiling(profileOf('zip'), [...detectors, { ...fresh, length: [40, 60] }], earlier)).toBe(false);
  });

  it('asks for all fields with values when these are read in another spelling', () => {
    const before = () => detectors.map((each) => keyOf(each));
    expect(needsProfiling(profileOf('zip'), detectors, before)).toBe(true);
    expect(needsProfiling({ ...profileOf('zip'), distinct: 0 }, detectors, before)).toBe(false);
  });

  it('asks for all where nobody remembers what the set of the profile was', () => {
    expect(needsProfiling(profileOf('zip'), raised)).toBe(true);
  });

  it('of a user is another when its pattern is, whether or not somebody raised a number', () => {
    const by = (pattern: string) =>
      custom(`detectors: [{id: cc, title: t, category: user.id, pattern: '${pattern}'}]`).profiler().detectorSet;
    expect(by('a+')).not.toBe(by('b+'));
    expect(by('a+')).toBe(by('a+'));
  });
});

describe('a flip', () => {
  const verdict = (category: string, classes: Verdict['classes'], more: Partial<Verdict> = {}): Verdict =>
    detected({ category, classes, ...more });
  const names = { dataset: 'd', field: 'f', decided: false, awaitsValues: false };
  const email = verdict('user.contact.email', ['PII']);

  it('is another category, form or silence, not another confidence', () => {
    expect(flipOf(email, { ...email, confidence: 0.5 }, names)).toBeNull();
    expect(flipOf(email, { ...email, derived: 'hash' }, names)).toMatchObject({ losesProtection: false });
    expect(flipOf(email, verdict('none', []), names)).toMatchObject({ losesProtection: true });
    expect(flipOf(verdict('none', []), email, names)).toMatchObject({ losesProtection: false });
    expect(flipOf(email, verdict('none', [], { state: 'abstained' }), names)).toMatchObject({ losesProtection: true });
  });

  it('that loses protection stands first', () => {
    const gain = flipOf(verdict('none', []), email, { ...names, field: 'a' });
    const loss = flipOf(email, verdict('none', []), { ...names, field: 'z' });
    if (gain === null || loss === null) throw new Error('no flips');
    expect(inOrderOfHarm([gain, loss])).toEqual([loss, gain]);
  });

  it('may come of values that are looked at first: such columns are named, those that count as sensitive first', () => {
    const plain = awaitingOf(verdict('none', []), { dataset: 'd', field: 'a' });
    const unjudged = awaitingOf(null, { dataset: 'd', field: 'b' });
    const mail = awaitingOf(email, { dataset: 'd', field: 'z' });
    expect(unjudged).toMatchObject({ before: null, isProtected: false });
    expect(inOrderOfProtection([unjudged, plain, mail])).toEqual([mail, plain, unjudged]);
    expect(mail.before).toMatchObject({ category: 'user.contact.email' });
  });
});
