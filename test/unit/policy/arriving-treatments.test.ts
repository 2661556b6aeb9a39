import { describe, expect, it } from 'vitest';
import type { Effect, Treatment } from '../../../server/model/treatment.ts';
import type { FieldView, Query } from '../../../server/query/query.ts';
import { arrivingTreatments } from '../../../server/report/policies/arriving-treatments.ts';

const card = 'user.payment.card.number';

interface Way {
  readonly effect: Effect;
  /** What its start holds the category as; absent: it does not hold it; null: its start may not be seen. */
  readonly start?: Treatment | null;
}

async function arriving(
  ways: readonly Way[],
  field: { readonly profiled?: boolean; readonly decidedBy?: string } = {},
): Promise<Treatment | undefined> {
  const query = {
    fieldFlows: () =>
      Promise.resolve(ways.map(({ effect, start }, i) => ({ effect, from: start === null ? null : `f${i}` }))),
    fieldsByUid: () =>
      Promise.resolve(
        ways.map(({ start }) =>
          start === null
            ? null
            : { classifications: start === undefined ? [] : [{ category: card, treatment: start }] },
        ),
      ),
  } as unknown as Pick<Query, 'fieldFlows' | 'fieldsByUid'>;
  const view = {
    uid: 'own',
    evidence: field.profiled === true ? [{}] : [],
    effective: { classifications: [{ category: card, decidedBy: field.decidedBy ?? 'detector' }] },
  } as unknown as FieldView;
  return (await arrivingTreatments(query, 1, view, new Set([card]))).get(card);
}

describe('a field that is judged by its name alone', () => {
  it('is held to the form in which lineage brings what it is called by', async () => {
    expect(await arriving([{ effect: 'partial', start: 'clear' }])).toBe('partial');
    expect(await arriving([{ effect: 'keep', start: 'hashed' }])).toBe('hashed');
  });

  it('is held to the least treated of several ways, and to clear where one brings it so', async () => {
    const cut = { effect: 'partial', start: 'clear' } as const;
    expect(await arriving([cut, { effect: 'hash', start: 'clear' }])).toBe('partial');
    expect(await arriving([cut, { effect: 'keep', start: 'clear' }])).toBeUndefined();
    expect(await arriving([cut, { effect: 'keep' }])).toBe('partial');
  });

  it('is in clear where nothing brings it, or where a start may not be seen', async () => {
    expect(await arriving([])).toBeUndefined();
    expect(await arriving([{ effect: 'partial', start: null }])).toBeUndefined();
    expect(await arriving([{ effect: 'partial' }])).toBeUndefined();
  });

  it('is not looked at where values were, or where a tag or a person said what it holds', async () => {
    const cut = [{ effect: 'partial', start: 'clear' }] as const;
    expect(await arriving(cut, { profiled: true })).toBeUndefined();
    expect(await arriving(cut, { decidedBy: 'human' })).toBeUndefined();
    expect(await arriving(cut, { decidedBy: 'imported' })).toBeUndefined();
    expect(await arriving(cut, { decidedBy: 'llm' })).toBe('partial');
  });
});
