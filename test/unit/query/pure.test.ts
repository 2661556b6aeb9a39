import { describe, expect, it } from 'vitest';
import { asOfInstant } from '../../../server/query/as-of.ts';
import { decodeCursor, encodeCursor } from '../../../server/query/cursor.ts';
import { fieldGap } from '../../../server/query/field-gap.ts';
import { lastPart } from '../../../server/query/field-views.ts';
import { letsThrough } from '../../../server/query/filter.ts';
import { categoryLabel, classificationLabel, datasetLabel, fieldLabel } from '../../../server/query/labels.ts';
import { pageOf } from '../../../server/query/paging.ts';
import type { DatasetView, FieldView } from '../../../server/query/query.ts';
import { identifiedKind } from '../../../server/query/subjects.ts';
import { summaryOf } from '../../../server/query/summaries.ts';
import { effectiveField, type EffectiveField } from '../../../server/model/effective.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { DerivedClassification } from '../../../server/model/classification.ts';
import type { Treatment } from '../../../server/model/treatment.ts';
import { verdict } from '../../integration/api/graph-rows.ts';

const taxonomy = loadTaxonomy();

describe('the time asked for', () => {
  it.each([
    ['2026-09-30', 'UTC', '2026-09-30T23:59:59.999Z'],
    ['2026-09-30', 'Europe/Berlin', '2026-09-30T21:59:59.999Z'],
    ['2026-01-31', 'America/New_York', '2026-02-01T04:59:59.999Z'],
    // Both days on which the clocks change.
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T22:59:59.999Z'],
    ['2026-12-31', 'Pacific/Kiritimati', '2026-12-31T09:59:59.999Z'],
    ['2026-09-30T12:00:00Z', 'Europe/Berlin', '2026-09-30T12:00:00.000Z'],
    ['2026-09-30T12:00+02:00', 'UTC', '2026-09-30T10:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(asOfInstant(text, zone)).toBe(instant);
  });

  it.each(['', 'now', '2026', '2026-02-30', '2026-13-01', '30.09.2026', '2026-09-30T12:00:00', '2026-09-30T25:00:00Z'])(
    '%j is none',
    (text) => {
      expect(() => asOfInstant(text, 'UTC')).toThrow(/is not a time/u);
    },
  );
});

describe('a cursor', () => {
  it('holds its place, and belongs to its list', () => {
    const cursor = encodeCursor(['datasets', {}], { n: 318, inner: 'a:b\n"c"' });
    expect(cursor).toMatch(/^[\w-]+$/u);
    expect(decodeCursor(['datasets', {}], cursor)).toEqual({ n: 318, inner: 'a:b\n"c"' });
    expect(() => decodeCursor(['datasets', { text: 'x' }], cursor)).toThrow(/not a cursor of this list/u);
    for (const bad of ['', 'x', '....', cursor.slice(2), 'A'.repeat(9000)])
      expect(() => decodeCursor(['datasets', {}], bad)).toThrow();
  });
});

describe('labels', () => {
  it.each([
    ['user.contact.email', null, 'E-mail address'],
    ['user.contact.email', 'hash', 'E-mail address (hashed)'],
    ['user.payment.card.number', 'last4', 'Card number (last four)'],
    ['user.payment.card.last_four', 'last4', 'Last four of a card number'],
    ['user.device.ip_address', null, 'IP address'],
    ['user.health', null, 'Health data'],
    ['user.not.known', null, 'user.not.known'],
  ] as const)('%s (%s) reads %s', (category, derived, label) => {
    const known = category === 'user.device.ip_address' ? (taxonomy.byFine('ip_address')?.id ?? '') : category;
    expect(classificationLabel({ category: known, derived, rows: [] }, taxonomy)).toBe(label);
  });

  it('say that what is called hashed arrives in clear, and nothing of what arrives hashed as well or is its own', () => {
    const row = (rank: number, treatment: Treatment): DerivedClassification => ({
      field: 'f',
      category: 'user.contact.email',
      treatment,
      rank,
      via: null,
      rules: '',
    });
    const label = (derived: 'hash' | null, ...rows: readonly DerivedClassification[]): string =>
      classificationLabel({ category: 'user.contact.email', derived, rows }, taxonomy);
    expect(label('hash', row(1, 'hashed'), row(2, 'clear'))).toBe('E-mail address (hashed; arrives in clear)');
    expect(label('hash', row(1, 'partial'))).toBe('E-mail address (hashed; arrives in part)');
    expect(label('hash', row(0, 'clear'), row(1, 'hashed'))).toBe('E-mail address (hashed)');
    expect(label(null, row(2, 'clear'))).toBe('E-mail address');
  });

  it('exist for every category, and differ', () => {
    const labels = taxonomy.categories.map(({ id }) => categoryLabel(id, taxonomy));
    expect(new Set(labels).size).toBe(labels.length);
    for (const label of labels) expect(label).toMatch(/^[A-Z][^_.]*$/u);
  });

  it('say what is not known before anything sounds clean', () => {
    const counts = { classes: [], fields: 3, sensitiveFields: 0, undecidedFields: 0, gapFields: 0 };
    expect(datasetLabel(counts)).toBe('Nothing sensitive found');
    expect(datasetLabel({ ...counts, undecidedFields: 1 })).toBe('1 field undecided');
    expect(datasetLabel({ ...counts, undecidedFields: 1, gapFields: 2 })).toBe('2 fields not judged');
    expect(datasetLabel({ ...counts, fields: 0 })).toBe('No fields known');
    expect(datasetLabel({ ...counts, identified: 'customer' })).toBe('Relates to customers');
    expect(datasetLabel({ ...counts, gapFields: 2, identified: 'patient' })).toBe(
      'Relates to patients, 2 fields not judged',
    );
    expect(datasetLabel({ ...counts, sensitiveFields: 1, classes: ['PII', 'PCI'] })).toBe('Card data, personal data');
  });
});

const effective = (...verdicts: Parameters<typeof effectiveField>[0][number][]): EffectiveField =>
  effectiveField(verdicts, [], (category) => taxonomy.classesOf(category));
const email = effective(verdict('f', 'user.contact.email'));
const clean = effective(verdict('f', 'none'));
const undecided = effective(verdict('f', 'user.username', { state: 'abstained' }));
const unknown = effective();

describe('what the fields of a dataset come to', () => {
  const stateOf = (...fields: EffectiveField[]) => summaryOf(fields, () => []).state;

  it('is sensitive before gap before undecided before clean', () => {
    expect(stateOf(clean, email, unknown)).toBe('SENSITIVE');
    expect(stateOf(clean, undecided, unknown)).toBe('GAP');
    expect(stateOf(clean, undecided)).toBe('UNDECIDED');
    expect(stateOf(clean, clean)).toBe('NOT_SENSITIVE');
    expect(stateOf()).toBe('GAP');
  });

  it('is never clean where the rows relate to persons by a key, and is a gap where no field is known', () => {
    const ofCustomers = (fields: readonly EffectiveField[]) =>
      summaryOf(
        fields,
        ({ category }) => [{ regulation: 'gdpr', term: `${category} data`, provision: 'GDPR:4(1)', applies: true }],
        () => undefined,
        'customer',
      );
    expect(ofCustomers([clean, clean])).toMatchObject({
      state: 'SENSITIVE',
      label: 'Relates to customers',
      sensitiveFields: 0,
      classes: [],
      terms: [{ term: 'user data' }],
    });
    expect(ofCustomers([clean, unknown])).toMatchObject({ state: 'SENSITIVE', gapFields: 1 });
    expect(ofCustomers([email]).terms.map(({ term }) => term)).toEqual(['user.contact.email data']);
    expect(ofCustomers([]).state).toBe('GAP');
  });

  it('tells rows that relate to persons by the kind of their subject and its key, or by the key of a person', () => {
    const signal = (name: string) => [{ signal: name, detail: '', weight: 1 }];
    const named = signal('table-name');
    expect(identifiedKind({ kind: 'customer', key: 'customer_id', evidence: named })).toBe('customer');
    expect(identifiedKind({ kind: 'customer', key: null, evidence: named })).toBeNull();
    expect(identifiedKind({ kind: 'customer', key: null, evidence: signal('foreign-key') })).toBe('customer');
    expect(identifiedKind({ kind: 'product', key: 'sku', evidence: named })).toBeNull();
    expect(identifiedKind({ kind: 'product', key: 'sku', evidence: signal('key') })).toBe('person');
    expect(identifiedKind({ kind: 'reference', key: 'category_id', evidence: signal('key') })).toBeNull();
    expect(identifiedKind({ kind: 'reference', key: 'id', evidence: signal('foreign-key') })).toBe('person');
    expect(identifiedKind(undefined)).toBeNull();
  });

  it('says each term of a regulation once', () => {
    const term = { regulation: 'gdpr', term: 'personal data', provision: 'GDPR:4(1)', applies: true };
    const summary = summaryOf([email, effective(verdict('g', 'user.name'))], () => [term]);
    expect(summary).toMatchObject({ fields: 2, sensitiveFields: 2, terms: [term], classes: ['PII'] });
    expect(summary.categories).toEqual(['user.contact.email', 'user.name']);
  });

  it('leaves out how a treated copy reads where the value itself is there', () => {
    const plain = { regulation: 'gdpr', term: 'personal data', provision: 'GDPR:4(1)', applies: true };
    const treated = { ...plain, term: 'personal data, hashed', base: 'personal data' };
    const both = summaryOf([email, effective(verdict('g', 'user.name'))], ({ category }) =>
      category === 'user.name' ? [treated] : [plain],
    );
    expect(both.terms).toEqual([plain]);
    expect(summaryOf([email], () => [treated]).terms).toEqual([treated]);
  });

  it('is said of a field in words', () => {
    expect([email, clean, undecided, unknown].map((one) => fieldLabel(one, taxonomy))).toEqual([
      'E-mail address',
      'Nothing sensitive found',
      'Undecided',
      'Not judged',
    ]);
    const many = effective(
      verdict('f', 'user.contact.email'),
      verdict('f', 'user.name'),
      verdict('f', 'user.contact.phone', { decider: 'llm' }),
    );
    expect(fieldLabel(many, taxonomy)).toMatch(/, .* \+1$/u);
  });
});

describe('the gap of a field', () => {
  const ground = { what: 'note', sources: ['shop'], profiled: false, guess: null };

  it('names the reason and the remedy, and is none where there is an answer', () => {
    expect(fieldGap({ ...ground, effective: unknown })).toMatchObject({
      reason: 'not-judged',
      remedy: 'Run: lexline sync shop',
    });
    expect(fieldGap({ ...ground, effective: unknown, sources: [] })).toMatchObject({ reason: 'not-connected' });
    expect(fieldGap({ ...ground, effective: undecided, guess: 'username' })).toMatchObject({
      reason: 'abstained',
      detail: 'the best guess, username, is too weak',
      remedy: expect.stringContaining('profile: in-database') as string,
    });
    expect(fieldGap({ ...ground, effective: undecided, profiled: true })?.remedy).toBe('Decide it in the review.');
    expect(fieldGap({ ...ground, effective: clean })).toBeNull();
    expect(fieldGap({ ...ground, effective: email })).toBeNull();
  });
});

describe('a filter', () => {
  const subject = {
    dataset: {
      namespace: 'n',
      owners: ['growth'],
      platform: 'bigquery',
      region: 'eu-west-1',
      tags: [{ name: 'GOLD', setBy: 'person' }],
      sources: ['dbt'],
    } as unknown as DatasetView,
    field: {
      effective: email,
      tags: [{ tag: { name: 'SECRET', setBy: 'person' }, source: 's' }],
      classifications: [{ category: 'user.contact.email', classes: ['PII'] }],
    } as unknown as FieldView,
  };
  const on = (key: Parameters<typeof letsThrough>[0] extends infer F ? NonNullable<F> : never) =>
    letsThrough(key, subject);
  const single = (name: 'CATEGORY' | 'CLASS' | 'OWNER' | 'REGION' | 'STATE' | 'TAG', values: string[], not = false) =>
    on({ any: [{ all: [{ on: name, not, values }] }] });

  it('matches exactly, but for regions and categories, which match what lies below', () => {
    expect(single('REGION', ['eu'])).toBe(true);
    expect(single('REGION', ['us', 'e'])).toBe(false);
    expect(single('CATEGORY', ['user.contact'])).toBe(true);
    expect(single('CATEGORY', ['user.cont'])).toBe(false);
    expect(single('OWNER', ['grow'])).toBe(false);
    expect(single('TAG', ['SECRET'])).toBe(true);
    expect(single('TAG', ['GOLD'])).toBe(true);
    expect(single('TAG', ['GOLDEN'])).toBe(false);
    expect(single('STATE', ['GAP'], true)).toBe(true);
    expect(single('CLASS', ['PHI', 'PII'])).toBe(true);
  });

  it('is an OR of ANDs, and lets the unknown pass a "not"', () => {
    const yes = { on: 'CLASS', not: false, values: ['PII'] } as const;
    const no = { on: 'CLASS', not: false, values: ['PCI'] } as const;
    expect(on({ any: [{ all: [yes, no] }, { all: [yes] }] })).toBe(true);
    expect(on({ any: [{ all: [yes, no] }] })).toBe(false);
    expect(on({ any: [] })).toBe(false);
    const nowhere = { ...subject, dataset: { ...subject.dataset, region: null } };
    expect(letsThrough({ any: [{ all: [{ on: 'REGION', not: true, values: ['eu'] }] }] }, nowhere)).toBe(true);
    expect(letsThrough(undefined, nowhere)).toBe(true);
  });
});

describe('small parts', () => {
  it('page a list that is held', () => {
    const one = pageOf([1, 2, 3], { first: 2 });
    expect(one).toEqual({ items: [1, 2], cursor: '2' });
    expect(pageOf([1, 2, 3], { first: 2, after: '2' })).toEqual({ items: [3], cursor: null });
  });

  it('name a dataset by its last part', () => {
    expect([lastPart('shop.public.customers'), lastPart('/data/in/orders.csv'), lastPart('topic')]).toEqual([
      'customers',
      'orders.csv',
      'topic',
    ]);
  });
});
