import { describe, expect, it } from 'vitest';
import { mapRelationJob, mapWarehouseRoutine } from '../../../../connectors/kit/warehouse/map-warehouse.ts';

const naming = { namespace: 'mysql://db:3306', platform: 'mysql', dialect: 'mysql', database: null } as const;
const view = { name: 'v', kind: 'view', comment: null, facet: {} } as const;

describe('a text that the server does not show', () => {
  it('of a view is a gap, and what an earlier one told stays', () => {
    const { job, gap } = mapRelationJob('shop', { ...view, query: null }, [], naming, (name) => name);
    expect(job).toMatchObject({ name: 'shop.v', partial: true, outputs: [{ name: 'shop.v' }] });
    expect(gap).toMatchObject({ what: 'the query of view shop.v' });
  });

  it('of a routine is a gap, and what an earlier one told stays', () => {
    const { job, gap } = mapWarehouseRoutine(
      'shop',
      { name: 'r', kind: 'procedure', sql: null, comment: null },
      naming,
    );
    expect(job).toMatchObject({ name: 'shop.procedure:r', partial: true });
    expect(gap).toMatchObject({ what: 'the text of procedure shop.r' });
  });

  it('that is shown is taken', () => {
    const { job, gap } = mapRelationJob('shop', { ...view, query: 'SELECT 1 AS a' }, [], naming, (name) => name);
    expect(job?.partial).toBeUndefined();
    expect(gap).toBeNull();
  });
});
