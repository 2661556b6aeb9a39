import { describe, expect, it } from 'vitest';
import { queryOf } from '../../../../connectors/snowflake/view-query.ts';

describe('the query of a definition', () => {
  it.each([
    ['create view v as select 1 as x', 'select 1 as x'],
    ['CREATE OR REPLACE SECURE VIEW "as" (a, b) AS SELECT 1, 2', 'SELECT 1, 2'],
    ["create view v comment = 'as select' as select 1", 'select 1'],
    ['create view v (a comment $$as select$$) as select 1', 'select 1'],
    ['create view v with row access policy p on (x as y) as\nselect 1', 'select 1'],
    ['/* as */ create view v -- as\n as with q as (select 1) select * from q', 'with q as (select 1) select * from q'],
    ['select 1 as x', 'select 1 as x'],
    ['  with q as (select 1) select 2', '  with q as (select 1) select 2'],
  ])('%s', (definition, query) => {
    expect(queryOf(definition)).toBe(query);
  });

  it.each(['', 'drop view v', 'create view v', 'create view v as'])('is not to be told in %s', (definition) => {
    expect(queryOf(definition)).toBeNull();
  });
});
