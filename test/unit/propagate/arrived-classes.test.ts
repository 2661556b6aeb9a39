import { describe, expect, it } from 'vitest';
import { appliesTogether } from '../../../server/model/applies.ts';
import { arrivedClasses, isOutsideHipaa } from '../../../server/model/arrived-classes.ts';
import { NONE, type CoarseClass, type Verdict } from '../../../server/model/classification.ts';
import { effectiveField } from '../../../server/model/effective.ts';
import { propagate } from '../../../server/propagate/propagate.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { readArrivedClasses } from '../../../server/stores/graph/origin-classes.ts';
import type { EdgeRecord, EnteredRecord, EntityRecord } from '../../../server/stores/graph/graph-store.ts';
import { createMemoryGraph, type Snapshot } from './memory-graph.ts';
import { verdict } from '../../verdict.ts';

const diagnosis = 'user.health.diagnosis';
const email = 'user.contact.email';
const taxonomy = loadTaxonomy();

interface Story {
  /** Pairs of letters: `ab` carries what stands at a to b as it is; `ab:hash` hashes it. */
  readonly edges: readonly string[];
  readonly verdicts: readonly (Partial<Verdict> & Pick<Verdict, 'field'>)[];
  readonly stops?: readonly { readonly at: string; readonly category: string }[];
  /** Fields whose source is said to be outside of HIPAA. */
  readonly outside?: string;
}

function edgeOf(text: string): EdgeRecord {
  const [ends = '', effect = 'keep'] = text.split(':');
  return {
    from: ends.slice(0, 1),
    to: ends.slice(1),
    kind: 'TRANSFORMATION',
    job: null,
    fn: '',
    effect: effect as EdgeRecord['effect'],
    masking: false,
    statement: null,
    confidence: 1,
    source: 's',
    since: 1,
  };
}

/** What is shown of a field when everything is derived: its categories with their classes, and who decided them. */
async function classesAt(field: string, { edges, verdicts, stops = [], outside = '' }: Story) {
  const own = verdicts.map((said) => verdict(said));
  const entered = stops.map(({ at, category }): EnteredRecord => ({
    uid: at,
    kind: 'stop',
    body: { category, to: null },
    actor: { kind: 'person', id: 'p' },
    since: 1,
  }));
  const entities = 'abcdefg'.split('').map((uid): EntityRecord => ({
    uid,
    kind: 'field',
    parent: null,
    namespace: 'test',
    name: uid,
    path: [uid],
    assertions: [{ source: outside.includes(uid) ? 'outside' : 'bound', facets: {} }],
  }));
  const snapshots: Snapshot[] = [
    { edges: [], verdicts: [], entered: [], derived: [] },
    { edges: edges.map(edgeOf), verdicts: own, entered, derived: [] },
  ];
  const graph = createMemoryGraph(entities, snapshots);
  await propagate({ graph, open: { n: 1, token: 1, run: 'r', resumed: false }, rules: loadPropagationRules() });
  const rows = await graph.derived([field], 1);
  const classesOf = await readArrivedClasses(graph, 1, rows, {
    classesOf: (category) => taxonomy.classesOf(category),
    isOutside: (sources) => sources.includes('outside'),
  });
  const { classifications } = effectiveField(
    own.filter((verdict) => verdict.field === field),
    rows,
    classesOf,
  );
  return Object.fromEntries(classifications.map(({ category, classes }) => [category, classes]));
}

const patient = { field: 'a', category: email, classes: ['PII', 'PHI'] as const };
const shopper = { field: 'b', category: email, classes: ['PII'] as const };

describe('the classes of a category that lineage brought', () => {
  it('are those of its origin: health data of a holder under HIPAA stays PHI where it goes', async () => {
    const story: Story = { edges: ['ab', 'bc'], verdicts: [{ field: 'a', category: diagnosis, classes: ['PHI'] }] };
    expect(await classesAt('c', { ...story, outside: 'bc' })).toEqual({ [diagnosis]: ['PHI'] });
    expect(await classesAt('c', story)).toEqual({ [diagnosis]: ['PHI'] });
  });

  it('are no PHI where neither its origin nor its holder is under HIPAA', async () => {
    const verdicts = [{ field: 'a', category: diagnosis, classes: ['PII'] as const }];
    expect(await classesAt('c', { edges: ['ab', 'bc'], verdicts, outside: 'abc' })).toEqual({ [diagnosis]: ['PII'] });
  });

  it('are PHI too where health data reaches a holder who is not said to be outside', async () => {
    const verdicts = [{ field: 'a', category: diagnosis, classes: ['PII'] as const }];
    expect(await classesAt('b', { edges: ['ab'], verdicts, outside: 'a' })).toEqual({ [diagnosis]: ['PII', 'PHI'] });
  });

  it('stay at a copy that carries the category by its own name, and behind it', async () => {
    const verdicts = [patient, { field: 'c', category: email, classes: ['PII'] as const }];
    const story: Story = { edges: ['ac', 'cd'], verdicts };
    expect(await classesAt('c', story)).toEqual({ [email]: ['PII', 'PHI'] });
    expect(await classesAt('d', story)).toEqual({ [email]: ['PII', 'PHI'] });
  });

  it('are not lost because another origin is nearer', async () => {
    const story: Story = { edges: ['ac', 'cd', 'de', 'be'], verdicts: [patient, shopper] };
    expect(await classesAt('e', story)).toEqual({ [email]: ['PII', 'PHI'] });
    expect(await classesAt('e', { ...story, edges: ['be'] })).toEqual({ [email]: ['PII'] });
  });

  it('are not lost where they come in another form than what is shown', async () => {
    const story: Story = { edges: ['ac:hash', 'bc'], verdicts: [patient, shopper] };
    expect(await classesAt('c', story)).toEqual({ [email]: ['PII', 'PHI'] });
  });

  it('stay of all origins of health data', async () => {
    const verdicts = [
      { field: 'a', category: diagnosis, classes: ['PHI'] as const },
      { field: 'b', category: diagnosis, classes: ['PII'] as const },
    ];
    const story: Story = { edges: ['ac', 'cd', 'bd'], verdicts, outside: 'bd' };
    expect(await classesAt('d', story)).toEqual({ [diagnosis]: ['PII', 'PHI'] });
  });

  it('end with a stop of their category, and with a rejection at their origin', async () => {
    const story: Story = { edges: ['ac', 'cd', 'bd'], verdicts: [patient, shopper] };
    const stopped: Story = { ...story, stops: [{ at: 'c', category: 'user.contact' }] };
    expect(await classesAt('d', stopped)).toEqual({ [email]: ['PII'] });
    const rejected = {
      field: 'a',
      category: email,
      decider: 'human',
      state: 'rejected',
      classes: ['PII', 'PHI'],
      seenAs: 'clear',
    } as const;
    expect(await classesAt('d', { ...story, verdicts: [patient, shopper, rejected] })).toEqual({ [email]: ['PII'] });
  });

  it('begin again at an origin whose rejection saw fewer, and at a field that they reach', async () => {
    const human = { category: email, decider: 'human', state: 'rejected' } as const;
    const rejected = { ...human, classes: ['PII'], seenAs: 'clear' } as const;
    const atOrigin: Story = { edges: ['ac'], verdicts: [patient, { ...rejected, field: 'a' }] };
    expect(await classesAt('c', atOrigin)).toEqual({ [email]: ['PII', 'PHI'] });
    const behind: Story = { edges: ['ac'], verdicts: [patient, { ...rejected, field: 'c' }] };
    expect(await classesAt('c', behind)).toEqual({ [email]: ['PII', 'PHI'] });
    const plain = { ...patient, classes: ['PII'] as const };
    expect(await classesAt('c', { ...atOrigin, verdicts: [plain, { ...rejected, field: 'a' }] })).toEqual({});
    expect(await classesAt('c', { ...behind, verdicts: [plain, { ...rejected, field: 'c' }] })).toEqual({});
  });

  it('end at a field where a person rejected the category, and go on behind it', async () => {
    const rejected = {
      field: 'c',
      category: email,
      decider: 'human',
      state: 'rejected',
      classes: ['PII', 'PHI'],
      seenAs: 'clear',
    } as const;
    const story: Story = { edges: ['ac', 'cd'], verdicts: [patient, rejected] };
    expect(await classesAt('c', story)).toEqual({});
    expect(await classesAt('d', story)).toEqual({ [email]: ['PII', 'PHI'] });
  });

  it('are those of all who judged the field, whoever comes first', async () => {
    const tagged = { field: 'a', category: email, decider: 'imported', classes: ['PII'], by: 'dbt' } as const;
    const story: Story = { edges: ['ac'], verdicts: [patient, tagged] };
    expect(await classesAt('a', story)).toEqual({ [email]: ['PII', 'PHI'] });
    expect(await classesAt('c', story)).toEqual({ [email]: ['PII', 'PHI'] });
  });

  it('pass a person’s "nothing sensitive", which is no stop', async () => {
    const none = { field: 'c', category: NONE, decider: 'human', state: 'accepted', classes: [] } as const;
    const story: Story = { edges: ['ac', 'cd'], verdicts: [patient, none] };
    expect(await classesAt('c', story)).toEqual({ [email]: ['PII', 'PHI'] });
    expect(await classesAt('d', story)).toEqual({ [email]: ['PII', 'PHI'] });
  });

  it('are in the usual order, without doubles, and never none', () => {
    expect(arrivedClasses(['PII'], new Set<CoarseClass>(['PCI', 'PHI', 'PII']), true)).toEqual(['PII', 'PHI', 'PCI']);
    expect(arrivedClasses(['PHI'], new Set(), true)).toEqual(['PII']);
  });
});

describe('a holder outside of HIPAA', () => {
  const said: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    clinic: { hipaa: 'covered-entity' },
    shop: { hipaa: 'none' },
    lake: {},
  };
  const isOutside = (...sources: string[]) => isOutsideHipaa(sources, (source) => said[source]);

  it('is one of whom that is said by some source and the contrary by none, in whatever order', () => {
    expect(isOutside('shop')).toBe(true);
    expect(isOutside('lake', 'shop')).toBe(true);
    expect(isOutside('clinic', 'shop')).toBe(false);
    expect(isOutside('shop', 'clinic')).toBe(false);
    expect(isOutside('shop', 'lake', 'clinic')).toBe(false);
    expect(isOutside('lake')).toBe(false);
    expect(isOutside('unknown')).toBe(false);
    expect(isOutside()).toBe(false);
  });
});

describe('what is said of several holders together', () => {
  it('binds by each regulation that binds one of them, in the role of the first that it binds', () => {
    const said: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      shop: { hipaa: 'none', gdpr: 'processor' },
      clinic: { hipaa: 'covered-entity', gdpr: 'controller', 'pci-dss': 'none' },
    };
    const together = (...sources: string[]) => appliesTogether(sources, (source) => said[source]);
    expect(together('shop', 'clinic')).toEqual({ hipaa: 'covered-entity', gdpr: 'processor', 'pci-dss': 'none' });
    expect(together('clinic', 'shop')).toEqual({ hipaa: 'covered-entity', gdpr: 'controller', 'pci-dss': 'none' });
    expect(together('unknown')).toEqual({});
  });
});
