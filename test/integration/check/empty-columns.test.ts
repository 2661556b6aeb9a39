import { describe, expect, it } from 'vitest';
import { overBaseline } from './over-baseline.ts';

const check = overBaseline(
  `create table warehouse.payments.card_vault (customer_id bigint, pan varchar(19));
   create table warehouse.marketing.segments (customer_id bigint, segment text);`,
);

/** Places with a gap, and how the check ended under `--strict`. */
async function gapsOf(sql: string): Promise<{ readonly status: number; readonly gaps: readonly string[] }> {
  const { status, out } = await check('postgres', sql, '--strict', '--json');
  const { findings } = JSON.parse(out) as {
    readonly findings: readonly { readonly outcome: string; readonly place: string }[];
  };
  const gaps = findings.flatMap(({ outcome, place }) => (outcome === 'gap' ? [place] : []));
  return { status, gaps: [...new Set(gaps)].toSorted() };
}

describe('a check of a new column into which nothing of any row goes', () => {
  it.each([
    ['a count of rows', 'create view warehouse.marketing.v as select count(*) as n from payments.card_vault'],
    ['a count without its database', 'create view marketing.v as select count(1) as n from payments.card_vault'],
    [
      'constants and times',
      'create table marketing.v as select 1 as k, true as l, current_timestamp as m, now()::date as z from payments.card_vault',
    ],
    [
      'a count that goes on through another query',
      'create view marketing.v as with a as (select count(*) + 1 as n from payments.card_vault), b as (select * from a) select coalesce(n, 0) as n from b',
    ],
  ])('finds no gap in %s', async (_, sql) => {
    expect(await gapsOf(sql)).toEqual({ status: 0, gaps: [] });
  });

  it.each([
    ['a function that may look anything up', 'create view marketing.v as select f() as n from payments.card_vault'],
    ['a word that names somebody', 'create view marketing.v as select current_user as n from payments.card_vault'],
    ['a table that nobody fills', 'create table marketing.v (n int)'],
    [
      'a count beside which another text writes',
      'create table marketing.v as select count(*) as n from payments.card_vault; insert into marketing.v select g.h from other.g',
    ],
  ])('leaves the gap of %s', async (_, sql) => {
    const { status, gaps } = await gapsOf(sql);
    expect(gaps).toEqual(['warehouse.marketing.v.n']);
    expect(status).toBe(1);
  });
});
