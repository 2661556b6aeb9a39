import { describe, expect, it } from 'vitest';
import { mayLeave, purposesHeld } from '../../../../server/classify/egress.ts';
import type { Verdict } from '../../../../server/model/classification.ts';
import { loadTaxonomy } from '../../../../server/rulebook/taxonomy.ts';

const taxonomy = loadTaxonomy();

function verdict(
  category: string,
  more: Partial<Pick<Verdict, 'state' | 'classes'>> = {},
): Pick<Verdict, 'category' | 'state' | 'classes'> {
  return { category, state: 'accepted', classes: taxonomy.classesOf(category), ...more };
}

describe('what a table is known to hold', () => {
  it('is health data where a person, a tag or a model said so', () => {
    expect([...purposesHeld([verdict('user.health.condition')], [], taxonomy)]).toEqual(['phi']);
  });

  it('is health data where the table was said to be about patients', () => {
    expect([...purposesHeld([verdict('subject.patient', { classes: [] })], [], taxonomy)]).toEqual(['phi']);
  });

  it('is what reached it along lineage', () => {
    expect([...purposesHeld([], [{ category: 'user.payment.card_number' }], { classesOf: () => ['PCI'] })]).toEqual([
      'pci',
    ]);
  });

  it('is nothing by a verdict that was rejected, or by what is merely personal', () => {
    const said = [verdict('user.health.condition', { state: 'rejected' }), verdict('user.contact.email')];
    expect([...purposesHeld(said, [], taxonomy)]).toEqual([]);
  });

  it('keeps the table from an endpoint that is not marked for it, whatever the detectors say', () => {
    const source = { name: 'shop', llm: 'model', applies: {} };
    const judgement = { subject: { kind: 'thing' }, columns: [] } as unknown as Parameters<typeof mayLeave>[2];
    const endpoint = { name: 'model', purposes: ['pii'] as const };
    const asked = mayLeave({ ...endpoint, purposes: ['pii'] }, [source], judgement, new Set(['phi']));
    expect(asked).toEqual({ allowed: false, why: 'the endpoint model is not marked for phi' });
    expect(mayLeave({ ...endpoint, purposes: ['pii', 'phi'] }, [source], judgement, new Set(['phi']))).toEqual({
      allowed: true,
    });
  });
});
