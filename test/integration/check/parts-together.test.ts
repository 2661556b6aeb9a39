import { describe, expect, it } from 'vitest';
import { overBaseline } from './over-baseline.ts';

const check = overBaseline(
  `create table warehouse.payments.card_vault (card_id bigint, pan varchar(19), old_pan varchar(19));
   create table warehouse.marketing.segments (customer_id bigint, segment text);`,
);
const taking = (columns: string): string =>
  `create table marketing.cards_cut as select ${columns} from payments.card_vault;`;

const together: readonly (readonly [string, string])[] = [
  ['two halves', taking('substr(pan, 1, 8) as a, substr(pan, 9) as b')],
  ['a beginning and an end', taking('left(pan, 8) as a, right(pan, 8) as b')],
  [
    'copies of two halves',
    `create table staging.cut as select substr(pan, 1, 8) as x, substr(pan, 9) as y from payments.card_vault;
     create table marketing.cards_cut as select x as a, y as b from staging.cut;`,
  ],
];
const apart: readonly (readonly [string, string])[] = [
  ['one part', taking('right(pan, 4) as a')],
  ['two lengths of one end', taking('left(pan, 6) as a, left(pan, 8) as b')],
  ['parts of two numbers', taking('substr(pan, 1, 8) as a, substr(old_pan, 9) as b')],
  [
    'two copies of one part',
    `create table staging.cut as select substr(pan, 1, 8) as x from payments.card_vault;
     create table marketing.cards_cut as select x as a, x as b from staging.cut;`,
  ],
];

describe('parts of a card number in columns side by side', () => {
  it.each(together)('are a gap in each of them: %s', async (_, sql) => {
    const { status, out } = await check('postgres', sql);
    expect(out).toMatch(/^gap: .*cards_cut\.a .*another part stands beside it in b: together they may be the whole$/mu);
    expect(out).toMatch(/^gap: .*cards_cut\.b .*another part stands beside it in a: /mu);
    expect(out).toContain('2 gaps, which --strict counts');
    expect(status).toBe(0);
    expect(await check('postgres', sql, '--strict')).toMatchObject({ status: 1 });
  });

  it.each(apart)('are allowed as the policy says where they cannot be put together: %s', async (_, sql) => {
    const { status, out } = await check('postgres', sql, '--strict');
    expect(out).toMatch(/^stepped down: .*cards_cut\.a /mu);
    expect(out).not.toMatch(/^gap: /mu);
    expect(status).toBe(0);
  });
});

describe('parts of a card number that a later step puts together', () => {
  const halves = `create table payments.halves as select card_id, left(pan, 8) as a, right(pan, 8) as b, left(old_pan, 8) as c from payments.card_vault;`;

  it.each([
    ['of one table', 'a || b', 'payments.halves'],
    ['in several steps', 'm.ab', '(select a || b as ab from payments.halves) m'],
    ['cut again by nothing', 'concat(trim(a), b)', 'payments.halves'],
    ['of a join', 'x.a || y.b', 'payments.halves x join payments.halves y on x.card_id = y.card_id'],
  ])('are the whole, and a violation: %s', async (_, put, from) => {
    const { status, out } = await check(
      'postgres',
      `${halves} create table marketing.again as select ${put} as whole from ${from};`,
    );
    expect(out).toMatch(/^violation: .*again\.whole .*it is in clear, put together from parts; allowed here: /mu);
    expect(out).toMatch(/again\.whole -> .*again\.whole \(keep, parts put together\)/u);
    expect(status).toBe(1);
  });

  it('are the whole where an update puts one behind the other', async () => {
    const { status, out } = await check(
      'postgres',
      `create table marketing.again (card_id bigint, whole text);
       insert into marketing.again select card_id, left(pan, 8) from payments.card_vault;
       update marketing.again set whole = whole || right(c.pan, 8) from payments.card_vault c where c.card_id = again.card_id;`,
    );
    expect(out).toMatch(/^violation: .*again\.whole .*it is in clear, put together from parts; /mu);
    expect(status).toBe(1);
  });

  it('are the whole where they were encrypted and are decrypted again', async () => {
    const { status, out } = await check(
      'postgres',
      `${halves}
       create table payments.sealed as select pgp_sym_encrypt(a, 'k') as a, pgp_sym_encrypt(b, 'k') as b from payments.halves;
       create table marketing.again as select pgp_sym_decrypt(a, 'k') || pgp_sym_decrypt(b, 'k') as whole from payments.sealed;`,
    );
    expect(out).toMatch(/^violation: .*again\.whole .*it is in clear, put together from parts; /mu);
    expect(status).toBe(1);
  });

  it.each([
    ['of two numbers', 'b || c'],
    ['one of them', 'upper(b)'],
    ['one for the other', 'coalesce(a, b)'],
    ['one with a text', "'****' || b"],
    ['one by case', "case when a like '4%' then lower(a) else lower(b) end"],
    ['one beside what is no part', 'a || md5(b)'],
  ])('are allowed: %s', async (_, put) => {
    const { status, out } = await check(
      'postgres',
      `${halves} create table marketing.again as select ${put} as part from payments.halves;`,
    );
    expect(out).toMatch(/^stepped down: .*again\.part /mu);
    expect(status).toBe(0);
  });

  it.each([
    [
      'a union',
      'create table marketing.again as select lower(a) as part from payments.halves union all select lower(b) from payments.halves;',
    ],
    [
      'two inserts',
      'create table marketing.again (part text); insert into marketing.again select a from payments.halves; insert into marketing.again select trim(b) from payments.halves;',
    ],
  ])('are allowed in rows under each other: %s', async (_, sql) => {
    const { status, out } = await check('postgres', `${halves} ${sql}`);
    expect(out).toMatch(/^stepped down: .*again\.part /mu);
    expect(status).toBe(0);
  });
});
