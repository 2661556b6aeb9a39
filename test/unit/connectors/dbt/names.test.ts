import { describe, expect, it } from 'vitest';
import { relationParts } from '../../../../connectors/dbt/names.ts';

describe('the name of a relation in dbt', () => {
  it.each([
    ['"shop"."main"."orders"', 'postgres', ['shop', 'main', 'orders']],
    ['Shop.Main.Orders', 'postgres', ['shop', 'main', 'orders']],
    ['analytics.dbt."MixedCase"', 'snowflake', ['ANALYTICS', 'DBT', 'MixedCase']],
    ['`my-project`.`sales`.`orders`', 'bigquery', ['my-project', 'sales', 'orders']],
    ['`my-project.sales.orders`', 'bigquery', ['my-project', 'sales', 'orders']],
    ['[dbo].[Order Lines]', 'sqlserver', ['dbo', 'Order Lines']],
    ['"a""b"."c.d"."e"', 'postgres', ['a"b', 'c.d', 'e']],
    ['schema.Table', 'spark', ['schema', 'Table']],
    ['', 'postgres', null],
    ['select 1 from x', 'postgres', null],
  ])('%s of %s is %j', (relation, adapter, parts) => {
    expect(relationParts(relation, adapter)).toEqual(parts);
  });
});
