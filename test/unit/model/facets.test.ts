import { describe, expect, it } from 'vitest';
import { shownFacet, type DatasetFacets } from '../../../server/model/facets.ts';

describe('a shown facet', () => {
  const record = {
    assertions: [
      { source: 'dbt', facets: { description: null } },
      { source: 'shop', facets: { description: 'Orders', owners: [] } },
      { source: 'atlas', facets: { description: 'ORDERS', owners: ['sales'] } },
    ],
  };

  it('is that of the first source, by precedence, that has one', () => {
    expect(shownFacet<DatasetFacets, 'description'>(record, 'description')).toBe('Orders');
    expect(shownFacet<DatasetFacets, 'owners'>(record, 'owners')).toEqual([]);
  });

  it('is absent when no source has one', () => {
    expect(shownFacet<DatasetFacets, 'tags'>(record, 'tags')).toBeUndefined();
  });
});
