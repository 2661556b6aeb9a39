import { describe, expect, it } from 'vitest';
import { arrivedClasses, isOutsideHipaa } from '../../../server/model/arrived-classes.ts';
import type { CoarseClass, DerivedClassification, Verdict } from '../../../server/model/classification.ts';
import { createOriginMemory, readArrivedClasses } from '../../../server/stores/graph/origin-classes.ts';
import type { EntityRecord } from '../../../server/stores/graph/graph-store.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';

const diagnosis = 'user.health.diagnosis';
const email = 'user.contact.email';
const taxonomy = loadTaxonomy();

function row(field: string, category: string, rank: number, from: string | null): DerivedClassification {
  return {
    field,
    category,
    treatment: 'clear',
    rank,
    via: from === null ? null : { field: from, treatment: 'clear' },
    rules: 'r',
  };
}

/** `a` → `b` → `c`: what starts at `a` with these classes, as it arrives at `c`, whose source is outside of HIPAA or not. */
async function arrive(
  category: string,
  classes: readonly CoarseClass[],
  holder: 'bound' | 'outside',
  change: Partial<Verdict> = {},
  memory = createOriginMemory(),
): Promise<{ readonly classes: readonly CoarseClass[]; readonly reads: number }> {
  const rows = [row('a', category, 0, null), row('b', category, 1, 'a'), row('c', category, 2, 'b')];
  const verdict = { field: 'a', decider: 'detector', category, state: 'proposed', classes, ...change } as Verdict;
  let reads = 0;
  const graph = {
    derived: async (fields: readonly string[]) => {
      reads += 1;
      return rows.filter(({ field }) => fields.includes(field));
    },
    verdicts: async (fields: readonly string[]) => [verdict].filter(({ field }) => fields.includes(field)),
    get: async (uids: readonly string[]) =>
      uids.map((uid) => ({ uid, assertions: [{ source: 'crm' }] }) as unknown as EntityRecord),
  };
  const at = rows.filter(({ field }) => field === 'c');
  const by = { classesOf: (one: string) => taxonomy.classesOf(one), isOutside: () => holder === 'outside', memory };
  return { classes: (await readArrivedClasses(graph, 1, at, by))(category, at), reads };
}

describe('the classes of a category that lineage brought', () => {
  it('are those of its origin: health data of a holder under HIPAA stays PHI where it goes', async () => {
    expect((await arrive(diagnosis, ['PHI'], 'outside')).classes).toEqual(['PHI']);
    expect((await arrive(diagnosis, ['PHI'], 'bound')).classes).toEqual(['PHI']);
  });

  it('are no PHI where neither its origin nor its holder is under HIPAA', async () => {
    expect((await arrive(diagnosis, ['PII'], 'outside')).classes).toEqual(['PII']);
  });

  it('are PHI where health data reaches a holder who is not said to be outside', async () => {
    expect((await arrive(diagnosis, ['PII'], 'bound')).classes).toEqual(['PHI']);
  });

  it('are PHI too for what identified a patient at its origin, and not for what did not', async () => {
    expect((await arrive(email, ['PII', 'PHI'], 'outside')).classes).toEqual(['PII', 'PHI']);
    expect((await arrive(email, ['PII'], 'bound')).classes).toEqual(['PII']);
  });

  it('are those of the category alone where the origin says nothing that stands', async () => {
    expect((await arrive(email, ['PII', 'PHI'], 'outside', { state: 'rejected' })).classes).toEqual(['PII']);
    expect((await arrive(diagnosis, ['PII'], 'outside', { category: email })).classes).toEqual(['PHI']);
  });

  it('take one read of the store a step, and none for what is remembered of the revision', async () => {
    const memory = createOriginMemory();
    expect((await arrive(diagnosis, ['PHI'], 'bound', {}, memory)).reads).toBe(2);
    expect(await arrive(diagnosis, [], 'bound', {}, memory)).toEqual({ classes: ['PHI'], reads: 0 });
  });

  it('are in the usual order, without doubles', () => {
    expect(arrivedClasses(['PII'], new Set(['PCI', 'PHI', 'PII'] as const), true)).toEqual(['PII', 'PHI', 'PCI']);
  });
});

describe('a holder outside of HIPAA', () => {
  const said: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    clinic: { hipaa: 'covered-entity' },
    shop: { hipaa: 'none' },
    lake: {},
  };
  const isOutside = (...sources: string[]) => isOutsideHipaa(sources, (source) => said[source]);

  it('is one of whom that is said, by the first source that says anything', () => {
    expect(isOutside('shop')).toBe(true);
    expect(isOutside('lake', 'shop')).toBe(true);
    expect(isOutside('clinic', 'shop')).toBe(false);
    expect(isOutside('lake')).toBe(false);
    expect(isOutside('unknown')).toBe(false);
    expect(isOutside()).toBe(false);
  });
});
