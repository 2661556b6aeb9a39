import { describe, expect, it } from 'vitest';
import { readHarmlessColumns } from '../../../../server/cli/check/harmless-columns.ts';
import type { FieldFlow } from '../../../../server/query/flows.ts';
import { dataset, field } from '../../report/query-double.ts';

/** Columns that take over others, `to` by its origins; only `known` ones have a clear answer. */
async function harmlessOf(origins: Readonly<Record<string, readonly string[]>>, known: readonly string[]) {
  const query = {
    fieldFlows: async (fields: readonly string[]) =>
      fields.flatMap((to) => (origins[to] ?? []).map((from) => ({ ...flow, from, to }))),
    fieldsByUid: async (fields: readonly string[]) =>
      fields.map((uid) =>
        field(dataset('shop.products'), uid, {
          uid,
          effective: { state: known.includes(uid) ? 'NOT_SENSITIVE' : 'GAP', classifications: [] },
        }),
      ),
  };
  return [...(await readHarmlessColumns(query, new Set(['asked']), 1))];
}

const flow: Omit<FieldFlow, 'from' | 'to'> = {
  fromDataset: null,
  toDataset: null,
  kind: 'IDENTITY',
  fn: '',
  effect: 'keep',
  masking: false,
  job: null,
  source: 'shop',
};

describe('columns that take over what is known to be harmless', () => {
  it('are found over several steps, from several origins', async () => {
    expect(await harmlessOf({ asked: ['a', 'b'], b: ['c'] }, ['a', 'c'])).toEqual(['asked']);
  });

  it('are none that have one other origin, or none at all', async () => {
    expect(await harmlessOf({ asked: ['a', 'b'] }, ['a'])).toEqual([]);
    expect(await harmlessOf({}, ['a'])).toEqual([]);
  });

  it('are none that only a ring feeds, nor one that feeds itself', async () => {
    expect(await harmlessOf({ asked: ['a'], a: ['asked'] }, [])).toEqual([]);
    expect(await harmlessOf({ asked: ['asked'] }, [])).toEqual([]);
  });
});
