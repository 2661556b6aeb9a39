import { describe, expect, it } from 'vitest';
import { overBaseline } from './over-baseline.ts';

const check = overBaseline(
  `create table warehouse.payments.card_vault (card_id bigint, customer_id bigint, pan varchar(19));
   create table warehouse.shop.products (product_id bigint, name varchar(100), list_price decimal(10, 2));
   create table warehouse.marketing.segments (customer_id bigint, segment text);`,
);

const leaks: readonly (readonly [string, string, string, string])[] = [
  [
    'an INSERT that names its column',
    'postgres',
    'insert into marketing.undeclared (code) select pan from payments.card_vault;',
    'undeclared.code',
  ],
  [
    'an INSERT OVERWRITE without a list',
    'hive',
    'insert overwrite table marketing.h3 select card_id, pan from payments.card_vault;',
    'h3.pan',
  ],
  [
    'a SELECT INTO of PostgreSQL',
    'postgres',
    'select v.pan as k into marketing.s26 from payments.card_vault v;',
    's26.k',
  ],
  ['a SELECT INTO of T-SQL', 'tsql', 'select v.pan as k into marketing.s26 from payments.card_vault v;', 's26.k'],
  [
    'a way through a temporary table',
    'tsql',
    `select v.pan as k into #t from payments.card_vault v;
     insert into warehouse.marketing.export2 (k) select k from #t;`,
    'export2.k',
  ],
];

describe('a check of what is written into a place that nobody described', () => {
  it.each(leaks)('finds a card number in clear by %s', async (_, dialect, sql, place) => {
    const { status, out } = await check(dialect, sql);
    expect(out).toMatch(/violation: .*it is in clear/u);
    // A name of Hive has no third part.
    expect(out).toMatch(new RegExp(`-> (?:warehouse\\.)?marketing\\.${place.replace('.', '\\.')} \\(keep`, 'u'));
    expect(status).toBe(1);
  });

  it('says of rows whose columns cannot be told that nobody knows what they hold', async () => {
    const sql = 'insert into marketing.undeclared select * from elsewhere.unheard_of;';
    const { status, out } = await check('postgres', sql, '--strict');
    expect(out).toMatch(/gap: .*marketing\.undeclared/u);
    expect(status).toBe(1);
  });

  it('says so where a place is written without its schema', async () => {
    const { status, out } = await check(
      'postgres',
      'insert into export3 (k) select pan from payments.card_vault;',
      '--strict',
    );
    expect(out).toMatch(/gap: .*export3: .*in which schema/u);
    expect(status).toBe(1);
  });

  it('has nothing against a place of which no policy speaks', async () => {
    const sql = 'insert into fresh.undeclared (code) select pan from payments.card_vault;';
    expect(await check('postgres', sql, '--strict')).toMatchObject({ status: 0 });
  });
});
