import { describe, expect, it } from 'vitest';
import type { Ran } from '../cli/run-in-process.ts';
import { overBaseline } from './over-baseline.ts';

const tables = `create table warehouse.payments.card_vault (customer_id bigint, pan varchar(19), expiry_month int);
create table warehouse.shop.customers (customer_id bigint, email text);
create table warehouse.marketing.segments (customer_id bigint, segment text);
`;

/** Tables whose whole names have three parts, as a warehouse gives them, of one database and of two. */
const one = overBaseline(tables);
const two = overBaseline(`${tables}create table archive.payments.old_vault (customer_id bigint, pan varchar(19));\n`);

function check(sql: string, over = one, ...more: string[]): Promise<Ran> {
  return over('postgres', sql, ...more);
}

const clear: readonly (readonly [string, string, string])[] = [
  [
    'a new table',
    `create table marketing.spring_mailing as select c.customer_id, v.pan as loyalty_key
     from shop.customers c join payments.card_vault v on v.customer_id = c.customer_id;`,
    'spring_mailing.loyalty_key',
  ],
  ['a new view', 'create view marketing.cards as select pan as k from payments.card_vault;', 'cards.k'],
  ['a view of all columns', 'create view marketing.cards as select * from payments.card_vault;', 'cards.pan'],
  [
    'two steps',
    'create temp table t as select * from payments.card_vault; create table marketing.late as select pan as k from t;',
    'late.k',
  ],
  [
    'a search path',
    'set search_path to marketing;\ncreate table mailing2 as select customer_id, pan from payments.card_vault;',
    'mailing2.pan',
  ],
];

/** Where names are looked up from a statement on, as each engine has it. */
const chosen: readonly (readonly [string, string])[] = [
  ['postgres', 'set search_path to marketing, public;'],
  ['postgres', "set search_path = '$user', marketing, payments;"],
  ['redshift', 'set search_path to marketing;'],
  ['snowflake', 'use schema marketing;'],
  ['snowflake', 'use warehouse.marketing;'],
  ['databricks', 'use catalog warehouse;\nuse schema marketing;'],
  ['trino', 'use warehouse.marketing;'],
];

describe('a check of SQL files that choose where names are looked up', () => {
  it.each(chosen)('follows %s: %s', async (dialect, statement) => {
    const sql = `${statement}\ncreate table spring as select customer_id, pan as k from payments.card_vault;`;
    const { status, out } = await one(dialect, sql);
    expect(out).toMatch(/^violation: .*it is in clear/mu);
    expect(out).toMatch(/-> warehouse\.marketing\.spring\.k \(keep/iu);
    expect(out).not.toMatch(/^gap/mu);
    expect(status).toBe(1);
  });

  it('finds bare names along a path of several schemas', async () => {
    const sql = 'set search_path to marketing, payments;\ncreate table spring as select pan as k from card_vault;';
    const { status, out } = await check(sql);
    expect(out).toContain('warehouse.payments.card_vault.pan -> warehouse.marketing.spring.k (keep');
    expect(status).toBe(1);
  });

  it('takes each statement by the path that was set last before it', async () => {
    const sql = `set search_path to marketing; create table a as select pan as k from payments.card_vault;
      set search_path to shop; create table b as select pan as k from payments.card_vault;`;
    const { out } = await check(sql);
    expect(out).toContain('-> warehouse.marketing.a.k (keep');
    expect(out).not.toContain('marketing.b');
  });

  it('takes the database that a file of SQL Server uses', async () => {
    const { status, out } = await two(
      'tsql',
      'use archive;\ngo\nselect pan into marketing.m7 from payments.old_vault;',
    );
    expect(out).toContain('-> archive.marketing.m7.pan (keep');
    expect(out).not.toMatch(/^gap/mu);
    expect(status).toBe(1);
  });

  it('leaves a gap where a value chooses the schema', async () => {
    const { status, out } = await check(
      "select set_config('search_path', :'s', false);\ncreate table c as select pan as k from payments.card_vault;",
      one,
      '--strict',
    );
    expect(out).toMatch(/^gap: c: /mu);
    expect(status).toBe(1);
  });
});

describe('a check of SQL files that name new tables without their database', () => {
  it.each(clear)('finds a card number in clear in %s', async (_, sql, place) => {
    const { status, out } = await check(sql);
    expect(out).toMatch(/violation: .*it is in clear/u);
    expect(out).toContain(`-> warehouse.marketing.${place} (keep`);
    expect(status).toBe(1);
  });

  it('shows the step by which a cut number came down, and does not fail on it', async () => {
    const { status, out } = await check(
      'create table marketing.m as select customer_id, right(pan, 4) as pan4 from payments.card_vault;',
    );
    expect(out).toMatch(/stepped down: .*warehouse\.marketing\.m\.pan4/u);
    expect(out).toContain('(partial, RIGHT');
    expect(status).toBe(0);
  });

  it('gives a schema that the baseline does not know the same database; no policy speaks of it', async () => {
    const { status, out } = await check('create table fresh.x as select pan from payments.card_vault;', one, '--json');
    expect(JSON.parse(out)).toMatchObject({ findings: [], gaps: [] });
    expect(status).toBe(0);
  });

  it('takes, of several databases, the one that has the tables which the change names', async () => {
    const { status, out } = await check('create table marketing.m as select pan from payments.card_vault;', two);
    expect(out).toContain('-> warehouse.marketing.m.pan');
    expect(out).not.toMatch(/^gap/mu);
    expect(status).toBe(1);
  });

  it('says so where the database cannot be told, and holds policies against the short name', async () => {
    const sql = `create table marketing.m as select v.pan from payments.card_vault v
      join payments.old_vault o on o.customer_id = v.customer_id;`;
    const { status, out } = await check(sql, two);
    expect(out).toMatch(/violation: .* marketing\.m\.pan .*in clear/u);
    expect(out).toMatch(/gap: marketing\.m: .*in which database: archive, warehouse/u);
    expect(status).toBe(1);
  });

  it('says so where not even the schema is written', async () => {
    const { status, out } = await check(
      'create table mailing as select pan from payments.card_vault;',
      one,
      '--strict',
    );
    expect(out).toMatch(/gap: mailing: .*in which schema/u);
    expect(status).toBe(1);
  });
});
