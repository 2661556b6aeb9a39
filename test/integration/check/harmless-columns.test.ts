import { describe, expect, it } from 'vitest';
import { overBaseline } from './over-baseline.ts';

const check = overBaseline(
  `create table warehouse.payments.card_vault (card_id bigint, customer_id bigint, pan varchar(19));
   create table warehouse.shop.products (product_id bigint, name varchar(100), list_price decimal(10, 2));
   create table warehouse.marketing.segments (customer_id bigint, segment text);`,
);

const harmless: readonly (readonly [string, string])[] = [
  [
    'a view of harmless columns',
    'create view marketing.s20 as select product_id, name, list_price from shop.products;',
  ],
  [
    'a view of such a view',
    `create view marketing.s20 as select product_id, name from shop.products;
     create view marketing.s21 as select name as label from marketing.s20;`,
  ],
];
const unclear: readonly (readonly [string, string])[] = [
  ['a column of which nobody knows where it is from', 'create view marketing.s22 as select name from shop.unheard_of;'],
  ['a table that says no more than its columns', 'create table marketing.s23 (name varchar(100), zqx text);'],
  [
    'a column that is made of another',
    'create view marketing.s26 as select shuffle_letters(name) as name from shop.products;',
  ],
  [
    'a column with one other origin',
    `create view marketing.s24 as
     select name from shop.products union all select name from shop.unheard_of;`,
  ],
];

describe('a check of new columns that take over what is known', () => {
  it.each(harmless)('finds no gap in %s', async (_, sql) => {
    const { status, out } = await check('postgres', sql, '--strict');
    expect(out).not.toMatch(/nobody could tell/u);
    expect(status).toBe(0);
  });

  it.each(unclear)('leaves the gap of %s', async (_, sql) => {
    const { status, out } = await check('postgres', sql, '--strict');
    expect(out).toMatch(/^gap: .*nobody could tell/mu);
    expect(status).toBe(1);
  });
});
