import { describe, expect, it } from 'vitest';
import type { SourceTag } from '../../../server/model/document.ts';
import type { EffectiveClassification } from '../../../server/model/effective.ts';
import { planTags } from '../../../server/writeback/plan.ts';
import { wantedTags } from '../../../server/writeback/wanted-tags.ts';
import type { WrittenTags } from '../../../server/writeback/written-tags.ts';

const classification = (
  category: string,
  classes: EffectiveClassification['classes'],
  confidence = 0.95,
): EffectiveClassification => ({
  category,
  decidedBy: 'detector',
  by: 'detectors@1',
  classes,
  confidence,
  carried: [],
  derived: null,
  treatment: 'clear',
  verdict: null,
  rows: [],
});
const email = classification('user.contact.email', ['PII']);
const sure = (one: EffectiveClassification): number => one.confidence;
const tagFor = (ours: string): string => `Lexline_${ours}`;
const tagsFor = (all: readonly EffectiveClassification[], tagMap: Record<string, string>): readonly string[] =>
  wantedTags(all, sure, tagMap, tagFor).map(({ tag }) => tag);

describe('the tags that a field should carry', () => {
  it('are our own, one a class, where no tags of the company are named', () => {
    expect(tagsFor([classification('user.health.diagnosis', ['PII', 'PHI'])], {})).toEqual([
      'Lexline_PHI',
      'Lexline_PII',
    ]);
  });

  it('are the most specific one named for the category, and those of its classes', () => {
    const tagMap = { 'user.contact': 'Contact', user: 'Personal', PII: 'Private' };
    expect(tagsFor([email], tagMap)).toEqual(['Contact', 'Private']);
    expect(tagsFor([email], { ...tagMap, 'user.contact.email': 'Mail' })).toEqual(['Mail', 'Private']);
  });

  it('are none where the company named tags, but none for this', () => {
    expect(tagsFor([email], { PCI: 'Cards' })).toEqual([]);
  });

  it('do not take one category for the beginning of another', () => {
    expect(tagsFor([classification('user.contacts', [])], { 'user.contact': 'Contact' })).toEqual([]);
  });

  it('rest on the surest of what asks for them', () => {
    const [tag] = wantedTags([email, classification('user.name', ['PII'], 0.99)], sure, { PII: 'P' }, tagFor);
    expect(tag?.because).toMatchObject({ category: 'user.name', confidence: 0.99 });
  });
});

const target = { uid: 'f1', dataset: { namespace: 'n', name: 't' }, field: ['email'], facets: {} };
const nothingWritten: WrittenTags = new Map();
const weWrote: WrittenTags = new Map([
  ['f1', new Map([['personal', { source: 's', tag: 'Personal', change: 'c', at: '' }]])],
]);
const plan = (
  now: readonly SourceTag[],
  wanted: readonly string[],
  written = nothingWritten,
  confidence = 0.95,
  isJudged = true,
) =>
  planTags(
    {
      target,
      now,
      isJudged,
      wanted: wanted.map((tag) => ({
        tag,
        because: { category: 'user.contact.email', classes: ['PII'], decidedBy: 'detector', by: 'd', confidence },
      })),
    },
    { threshold: 0.9, written },
  ).map(({ action, tag, waitsFor }) => `${action} ${tag}${waitsFor === null ? '' : ' (waits)'}`);

describe('a plan', () => {
  it('adds what is missing and leaves what is there, whoever set it and however it is spelled', () => {
    expect(plan([], ['Personal'])).toEqual(['add Personal']);
    for (const setBy of ['person', 'source', 'propagated', 'lexline', 'unknown'] as const)
      expect(plan([{ name: 'PERSONAL', setBy }], ['Personal'])).toEqual([]);
  });

  it('knows a tag by its value where one is asked for, and puts none in the place of another value', () => {
    const privacy = (value: string, setBy: SourceTag['setBy']): SourceTag => ({ name: 'Gov.Privacy', value, setBy });
    expect(plan([], ['gov.privacy=pii'])).toEqual(['add gov.privacy=pii']);
    expect(plan([privacy('PII', 'person')], ['gov.privacy=pii'])).toEqual([]);
    expect(plan([privacy('PII', 'person')], ['gov.privacy'])).toEqual([]);
    expect(plan([privacy('public', 'person')], ['gov.privacy=pii'])).toEqual([]);
    const written: WrittenTags = new Map([
      ['f1', new Map([['gov.privacy=pii', { source: 's', tag: 'gov.privacy=pii', change: 'c', at: '' }]])],
    ]);
    expect(plan([privacy('pii', 'person')], [], written)).toEqual(['remove gov.privacy=pii (waits)']);
    expect(plan([privacy('public', 'person')], [], written)).toEqual([]);
  });

  it('makes what is not sure enough wait, at exactly the threshold not', () => {
    expect(plan([], ['Personal'], nothingWritten, 0.89)).toEqual(['add Personal (waits)']);
    expect(plan([], ['Personal'], nothingWritten, 0.9)).toEqual(['add Personal']);
  });

  it('never touches a tag that somebody else set', () => {
    for (const setBy of ['person', 'source', 'propagated', 'unknown'] as const)
      expect(plan([{ name: 'Personal', setBy }], [])).toEqual([]);
  });

  it('proposes to remove what we wrote and nothing asks for, and makes it wait', () => {
    expect(plan([{ name: 'Personal', setBy: 'lexline' }], [])).toEqual(['remove Personal (waits)']);
    expect(plan([{ name: 'Personal', setBy: 'person' }], [], weWrote)).toEqual(['remove Personal (waits)']);
  });

  it('takes nothing off a field of which nobody can tell what it holds', () => {
    expect(plan([{ name: 'Personal', setBy: 'lexline' }], [], nothingWritten, 0.95, false)).toEqual([]);
  });

  it('does not write by itself what we wrote and somebody took away', () => {
    expect(plan([], ['Personal'], weWrote)).toEqual(['add Personal (waits)']);
  });

  it('leaves a tag that the source propagated, even where we once wrote it', () => {
    expect(plan([{ name: 'Personal', setBy: 'propagated' }], [], weWrote)).toEqual([]);
  });
});
