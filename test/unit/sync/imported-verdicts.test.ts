import { describe, expect, it } from 'vitest';
import type { SourceTag } from '../../../server/model/document.ts';
import type { EntityRecord } from '../../../server/stores/graph/graph-store.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { importedVerdicts } from '../../../server/sync/imported-verdicts.ts';

const source = 'lake';
const fieldWith = (...tags: readonly SourceTag[]): EntityRecord => ({
  uid: 'f1',
  kind: 'field',
  parent: 'd1',
  namespace: 'n',
  name: 'c1',
  path: ['c1'],
  assertions: [{ source, facets: { tags: tags.map((tag) => ({ ...tag })) } }],
});
const categoriesOf = (tagMap: Readonly<Record<string, string>>, ...tags: readonly SourceTag[]): readonly string[] =>
  importedVerdicts(fieldWith(...tags), {
    tagMaps: new Map([[source, tagMap]]),
    taxonomy: { category: () => undefined, classesOf: (category) => (category === 'user' ? ['PII'] : []) },
    applies: {},
    isRecordOfCare: false,
    preferred: null,
    at: '2026-01-01T00:00:00.000Z',
  }).map(({ category }) => category);
const pii = (value: string): SourceTag => ({ name: 'pii', value, setBy: 'person' });

const noes = [
  'false|False|FALSE|f|no|No|N|0|off|none|null|n/a|N.A.| no |Not PII|non-pii|NonPII|no_pii',
  'is not PII|not a person|Not Personal Data|non-personal|not applicable|public|unknown|nein',
  'kein PII|non|aucune|ningún PII|não|нет|いいえ|否',
].flatMap((line) => line.split('|'));

describe('the classes of a tag', () => {
  const classesOf = (hipaa: string | null, ours: string, isRecordOfCare = false) =>
    importedVerdicts(fieldWith({ name: 'sensitive', value: 'yes', setBy: 'person' }), {
      tagMaps: new Map([[source, { [ours]: 'sensitive' }]]),
      taxonomy: loadTaxonomy(),
      applies: hipaa === null ? {} : { hipaa },
      isRecordOfCare,
      preferred: null,
      at: '2026-01-01T00:00:00.000Z',
    })[0]?.classes;

  it('are PHI for a category of health only where HIPAA may bind the holder, and wherever somebody says PHI', () => {
    expect(classesOf(null, 'user.health.condition')).toEqual(['PHI']);
    expect(classesOf('none', 'user.health.condition')).toEqual(['PII']);
    expect(classesOf('none', 'PHI')).toEqual(['PHI']);
  });

  it('are PHI too in a record of care, for whatever says who somebody is, and not for a card', () => {
    for (const ours of ['user.name', 'PII']) {
      expect(classesOf(null, ours, true)).toEqual(['PII', 'PHI']);
      expect(classesOf('none', ours, true)).toEqual(['PII']);
      expect(classesOf(null, ours)).toEqual(['PII']);
    }
    for (const ours of ['user.payment.card.number', 'PCI']) expect(classesOf(null, ours, true)).toEqual(['PCI']);
  });
});

describe('a tag of people as a verdict', () => {
  it.each(['', 'true', 'yes', 'Y', '1', 'email', 'high', 'non-public', 'not public', 'non-sensitive', 'NonSensitive'])(
    'holds for a bare name in the map where its value is "%s"',
    (value) => {
      expect(categoriesOf({ PII: 'pii' }, pii(value))).toEqual(['user']);
    },
  );

  it.each(['notes', 'nonce', 'north', 'not masked', 'no expiry', 'non-phi', 'node', 'falsework', 'official'])(
    'is not taken back by a value that only begins like a no: "%s"',
    (value) => {
      expect(categoriesOf({ PII: 'pii' }, pii(value))).toEqual(['user']);
    },
  );

  it.each(noes)('is none where its value says no: "%s"', (value) => {
    expect(categoriesOf({ PII: 'pii' }, pii(value))).toEqual([]);
  });

  it('is what the map says of that very value, a no too', () => {
    const tagMap = { PII: 'pii', 'system.operations': 'pii=no' };
    expect(categoriesOf(tagMap, pii('No'))).toEqual(['system.operations']);
    expect(categoriesOf(tagMap, pii('yes'))).toEqual(['user']);
    expect(categoriesOf({ PII: 'Privacy:none' }, { name: 'privacy', value: 'None', setBy: 'person' })).toEqual([
      'user',
    ]);
  });

  it('holds where another tag of the field says yes', () => {
    expect(categoriesOf({ PII: 'pii' }, pii('no'), pii('yes'))).toEqual(['user']);
  });

  it.each([
    'nicht personenbezogen',
    'keine personenbezogenen Daten',
    'ohne Personenbezug',
    'negativ',
    'geen persoonsgegevens',

    'non personnel',
    'données non personnelles',
    'aucune donnée personnelle',
    'non personale',
    'dati non personali',
    'no personales',
    'datos no personales',
    'não pessoais',
    'faux positif',
    'False Positive',
    'false_positive',
    'not sensitive',
    'no pii detected',
    'No PII was found',
    'none detected',
    'not detected',
    'anonymous',

    'No (reviewed)',
    'no - verified',
    'None, see the wiki',
    'no: checked',
    'Not PII (reviewed)',
    'no personal info [DPO]',
  ])('is none where its value denies it in its own words: "%s"', (value) => {
    expect(categoriesOf({ PII: 'pii' }, pii(value))).toEqual([]);
  });

  it.each([
    'personenbezogen',
    'personenbezogene Daten',
    'données personnelles',
    'pii detected',
    'found',
    'yes (reviewed)',

    'yes - no masking',
    'email, not masked',
    'non-sensitive',
    'not public (reviewed)',
    'nicht öffentlich',
    'positive',

    'pseudonymous',
    'true positive',
    'no expiry detected',
    'nonpersistent',
    'personnel',
    'Norwegian (no)',
    'no-expiry',
  ])('holds where its value only looks like a denial: "%s"', (value) => {
    expect(categoriesOf({ PII: 'pii' }, pii(value))).toEqual(['user']);
  });

  it('is taken back by the words of its own name, however it is qualified', () => {
    const sensitive = (value: string): SourceTag => ({ name: 'GOV.TAGS.IS_CONFIDENTIAL', value, setBy: 'person' });
    expect(categoriesOf({ PII: 'gov.tags.is_confidential' }, sensitive('not confidential'))).toEqual([]);
    expect(categoriesOf({ PII: 'gov.tags.is_confidential' }, sensitive('not archived'))).toEqual(['user']);
    expect(categoriesOf({ PCI: 'scope' }, { name: 'scope', value: 'non-PCI', setBy: 'person' })).toEqual([]);
  });
});
