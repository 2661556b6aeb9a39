import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-stops-'));
const config = join(folder, 'lexline.yaml');
const masking = join(folder, 'masking.yml');
const lexline = (...argv: string[]): Promise<Ran> => runLexline([...argv, '--config', config]);

/** What the explanation of a field says it carries. */
async function carried(field: string): Promise<string> {
  return (await lexline('explain', field)).out;
}

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  writeFileSync(
    config,
    'masking: ./masking.yml\nsources:\n  - { name: files, connector: sql-files, path: ./sql, dialect: postgres }\n',
  );
  writeFileSync(masking, 'functions: []\n');
  writeFileSync(
    join(folder, 'sql', 'shop.sql'),
    `create table shop.people (id int, email text, phone text);
create view mart.a as select email as x1, phone as y1 from shop.people;
create view mart.b as select x1 as x2, sec.pseudo(y1) as y2 from mart.a;`,
  );
  await lexline('sync');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A day so many years from now, and days more. */
function yearsOn(years: number, days = 0): string {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() + years);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
const inAYear = yearsOn(1);

describe('a stop', () => {
  it('takes back what had gone further, with a reason and an end, and gives it back when it ends', async () => {
    expect(await carried('mart.b.x2')).toContain('E-mail address');
    const set = await lexline('stops', 'set', 'mart.a.x1', '--reason', 'consented lists only', '--until', inAYear);
    expect([set.status, set.err]).toEqual([0, '']);
    expect(await carried('mart.a.x1')).toContain('E-mail address');
    expect(await carried('mart.b.x2')).not.toContain('E-mail address');
    const list = (await lexline('stops', 'list')).out;
    const words = `mart.a.x1: everything goes no further, until ${inAYear}T23:59:59.999Z; consented lists only`;
    expect(list.startsWith(words)).toBe(true);
    expect((await lexline('stops', 'end', 'mart.a.x1')).status).toBe(0);
    expect(await carried('mart.b.x2')).toContain('E-mail address');
    expect((await lexline('stops', 'list')).out).toContain('No stop is in force');
  });

  it('of one category leaves the others alone, and the same one again replaces it', async () => {
    const until = ['--until', inAYear, '--reason', 'numbers are cut off'];
    await lexline('stops', 'set', 'mart.a', '--category', 'user.contact.phone', ...until);
    expect(await carried('mart.b.x2')).toContain('E-mail address');
    expect(await carried('mart.b.y2')).not.toContain('Phone number');
    const again = await lexline('stops', 'set', 'mart.a', '--category', 'user.contact.phone', ...until);
    expect(again.out).toContain('It replaces the stop');
    expect((await lexline('stops', 'list')).out.trim().split('\n')).toHaveLength(1);
    await lexline('stops', 'end', 'mart.a');
  });

  it('stands beside others at the same thing, and each ends by itself', async () => {
    const set = (...more: readonly string[]) =>
      lexline('stops', 'set', 'mart.a', '--until', inAYear, '--reason', 'looked at by us', ...more);
    await set('--category', 'user.contact.phone');
    const second = await set('--category', 'user.contact.email');
    expect(second.out).not.toContain('It replaces');
    await set('--category', 'user.contact.email', '--towards', 'mart.b.y2');
    expect((await lexline('stops', 'list')).out.trim().split('\n')).toHaveLength(3);
    expect(await carried('mart.b.x2')).not.toContain('E-mail address');
    expect(await carried('mart.b.y2')).not.toContain('Phone number');

    const which = await lexline('stops', 'end', 'mart.a');
    expect(which.err).toContain('3 stops stand there: say which');
    expect((await lexline('stops', 'end', 'mart.a', '--category', 'user.contact.phone')).status).toBe(0);
    expect(await carried('mart.b.x2')).not.toContain('E-mail address');
    expect(await carried('mart.b.y2')).toContain('Phone number');
    expect((await lexline('stops', 'end', 'mart.a', '--towards', 'mart.b')).err).toContain('is a dataset');
    expect((await lexline('stops', 'end', 'mart.a', '--category', 'everything')).err).toContain('NOT_FOUND');
    await set();
    expect((await lexline('stops', 'end', 'mart.a', '--category', 'everything')).status).toBe(0);
    const towards = ['--category', 'user.contact.email', '--towards'];
    expect((await lexline('stops', 'end', 'mart.a', ...towards, 'mart.b.y2')).status).toBe(0);
    expect(await carried('mart.b.x2')).not.toContain('E-mail address');
    // One is left: it need not be named.
    expect((await lexline('stops', 'end', 'mart.a')).status).toBe(0);
    expect(await carried('mart.b.x2')).toContain('E-mail address');
  }, 300_000);

  it('stands in the ledger without its reason', async () => {
    expect((await lexline('ledger', 'verify')).status).toBe(0);
    expect((await lexline('diff', '--from', '2000-01-01')).err).toContain('ASOF_BEFORE_FIRST_REVISION');
  });

  it.each([
    [['mart.a.x1', '--until', '2099-01-01'], 'needs a reason and an end'],
    [['mart.a.x1', '--reason', 'because of it'], 'needs a reason and an end'],
    [['mart.a.x1', '--reason', 'no', '--until', '2099-01-01'], '5 to 2,000 characters'],
    [['mart.a.x1', '--reason', 'too late for that', '--until', '2020-01-01'], 'not in the future'],
    [['mart.a.x1', '--reason', 'for ever and ever', '--until', '2999-01-01'], 'two years at most'],
    [['mart.a.x1', '--reason', 'a bit too long', '--until', yearsOn(2, 3)], `Let it end on ${yearsOn(2)}`],
    [['mart.a.x1', '--reason', 'towards a table', '--until', '2099-01-01', '--towards', 'mart.b'], 'is a dataset'],
    [['mart.nothing', '--reason', 'nothing is there', '--until', '2099-01-01'], 'NOT_FOUND'],
  ])('is refused: %j', async (args, message) => {
    const { status, err } = await lexline('stops', 'set', ...args);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });

  it('may stand for two years to the day', async () => {
    const set = await lexline('stops', 'set', 'mart.a.x1', '--reason', 'looked at by us', '--until', yearsOn(2));
    expect([set.status, set.err]).toEqual([0, '']);
    await lexline('stops', 'end', 'mart.a.x1');
  });

  it('that is not there cannot end', async () => {
    expect((await lexline('stops', 'end', 'mart.a.x1')).err).toContain('no stop stands there');
  });
});

describe('a function that somebody vouches for', () => {
  const vouched = (until: string) =>
    `functions:\n  - { name: sec.pseudo, effect: tokenise, vouchedBy: privacy-office, reason: vault elsewhere, until: ${until} }\n`;

  it('steps a value down, and runs out', async () => {
    expect(await carried('mart.b.y2')).toContain('Phone number');
    expect(await carried('mart.b.y2')).not.toContain('Phone number (token)');
    writeFileSync(masking, vouched('2099-12-31'));
    expect((await lexline('sync')).status).toBe(0);
    expect(await carried('mart.b.y2')).toContain('Phone number (token)');
    writeFileSync(masking, vouched('2020-12-31'));
    await lexline('sync');
    expect(await carried('mart.b.y2')).not.toContain('Phone number (token)');
  });

  it('in a file that cannot be read says so', async () => {
    writeFileSync(masking, 'functions: [{ name: x }]\n');
    expect((await lexline('sync')).err).toContain('CONFIG_INVALID');
    rmSync(masking);
    expect((await lexline('sync')).err).toContain('cannot be read');
  });
});
