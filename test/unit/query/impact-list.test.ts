import { describe, expect, it } from 'vitest';
import type { QueryContext } from '../../../server/query/context.ts';
import { readImpactList, type Reach } from '../../../server/query/impact.ts';

/** The page after all that was found: nothing is read for it. */
async function lastPage(hits: number, whole: boolean): Promise<string | null> {
  const reach: Reach = {
    starts: ['origin'],
    hits: Array.from({ length: hits }, (_, at) => ({ uid: `field-${at}`, degree: 1, via: 'origin' })),
    passed: new Set(),
    whole,
  };
  const context = { graph: { get: async () => [] } } as unknown as QueryContext;
  const request = { origin: 'origin', direction: 'DOWNSTREAM', n: 1 } as const;
  const page = await readImpactList(context, request, reach, undefined, { first: 50, after: String(hits) });
  expect(page.cursor).toBeNull();
  return page.endsBecause;
}

describe('the last page of an impact list', () => {
  it('says nothing where it is the end', async () => {
    expect(await lastPage(20_000, true)).toBeNull();
    expect(await lastPage(3, true)).toBeNull();
  });

  it('says so where more is reached than is listed', async () => {
    expect(await lastPage(20_000, false)).toBe('the list ends with the nearest 20,000 fields, and more are reached');
    expect(await lastPage(3, false)).toBe('more is reached than is looked at in one answer');
  });
});
