import { describe, expect, it } from 'vitest';
import { nothingWanted } from '../../../../connectors/kit/warehouse/schema-filter.ts';

const schemas = ['shop', 'mart'].map((schema) => ({ schema }));

describe('a filter of schemas', () => {
  it('that fits none of those that are there is a gap with their names', () => {
    expect(nothingWanted(schemas, { include: ['Shop'] })).toMatchObject([
      { what: 'schemas', detail: 'none of the 2 that are there fits what is configured: shop, mart' },
    ]);
    expect(nothingWanted(schemas, { exclude: ['*'] })).toHaveLength(1);
  });

  it('that fits one, or where there is none, is no gap', () => {
    expect(nothingWanted(schemas, { include: ['sh*'] })).toEqual([]);
    expect(nothingWanted([], { include: ['shop'] })).toEqual([]);
  });
});
