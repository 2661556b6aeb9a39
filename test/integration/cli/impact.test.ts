import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-impact-'));
const config = join(folder, 'lexline.yaml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lexline = (...argv: string[]): Promise<Ran> => runLexline([...argv, '--config', config]);

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  writeFileSync(config, 'sources:\n  - { name: files, connector: sql-files, path: ./sql, dialect: postgres }\n');
  writeFileSync(
    join(folder, 'sql', 'shop.sql'),
    `create table shop.customers (id int, email text, note text);
create view mart.mails as select lower(email) as mail from shop.customers where note <> 'Jane Example, 12 Elm Street';
create view mart.again as select mail, mail as "=cmd" from mart.mails;
create view mart.loop as select id from shop.customers;`,
  );
  await lexline('sync');
});

describe('lexline impact', () => {
  it('counts, lists the nearest first, and names the way', async () => {
    const { status, out } = await lexline('impact', 'customers.email');
    expect(status).toBe(0);
    expect(out).toContain('shop.customers.email reaches 3 fields in 2 datasets, by');
    expect(out).toContain('1  mart.mails.mail  by customers.email > mails.mail');
    expect(out.indexOf('mart.mails.mail')).toBeLessThan(out.indexOf('mart.again.mail'));
    expect((await lexline('impact', 'customers.email', '--counts')).out.split('\n').filter(Boolean)).toHaveLength(1);
  });

  it('writes the list as CSV, guarded against formulas, and says beside it what is not complete', async () => {
    const file = join(folder, 'impact.csv');
    const { status } = await lexline('impact', 'customers.email', '--format', 'csv', '--out', file);
    expect(status).toBe(0);
    const lines = readFileSync(file, 'utf8').split('\r\n');
    expect(lines[0]).toBe('dataset,field,degree,state,categories,path');
    expect(lines).toHaveLength(5);
    expect(lines.some((line) => line.startsWith("mart.again,'"))).toBe(true);
  });

  it('says in the file itself that it holds the first alone', async () => {
    const file = join(folder, 'first.csv');
    await lexline('impact', 'customers.email', '--format', 'csv', '--first', '2', '--out', file);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe('(not complete: only the first 2 were asked for (--first)),,,,,');
    await lexline('impact', 'customers.email', '--format', 'csv', '--first', '3', '--out', file);
    expect(readFileSync(file, 'utf8')).not.toContain('not complete');
  });

  it('leaves out what a filter does not let through', async () => {
    const list = async (...options: string[]): Promise<number> =>
      (JSON.parse((await lexline('impact', 'customers.email', '--json', ...options)).out) as { list: unknown[] }).list
        .length;
    expect(await list('--platform', 'postgres')).toBe(3);
    expect(await list('--tag', 'pii')).toBe(0);
    expect(await list('--category', 'user.contact')).toBe(3);
    expect(await list('--category', 'user.contact', '--source', 'files')).toBe(3);
    expect(await list('--category', 'user.name')).toBe(0);
    const { out } = await lexline('impact', 'customers.email', '--category', 'user.name');
    expect(out).toContain('0 of these 3 fields are what was asked for');
    expect((await lexline('impact', 'customers.email', '--first', '1')).out).toContain('there are more than these 1 ');
  });

  it.each([
    ['--platform', 'postgre', 'postgres'],
    ['--source', 'file', 'files'],
    ['--category', 'user.contact.mail', 'user.contact'],
  ])('refuses %s %s, which nothing here is, and names the nearest', async (option, word, nearest) => {
    const { status, err } = await lexline('impact', 'customers.email', option, word);
    expect(status).toBe(2);
    expect(err).toContain('INPUT_INVALID');
    expect(err).toContain(nearest);
  });
});

describe('lexline path', () => {
  it('tells the way between two fields with job and statement, literals replaced', async () => {
    const { status, out } = await lexline('path', 'customers.email', 'again.mail');
    expect(status).toBe(0);
    expect(out).toContain('→ mart.mails.mail  (keep: LOWER)');
    expect(out.toLowerCase()).toContain('select lower(email)');
    // Of a script only the statements that do it are shown.
    expect(out).toMatch(/statement 2 of 4, text [0-9a-f]{12}:/u);
    expect(out).not.toContain('loop');
    expect(out).not.toContain('Jane');
    expect(out).not.toContain('Elm');
  });

  it('ends with 1 where there is none, and shows the other way', async () => {
    const { status, out } = await lexline('path', 'again.mail', 'customers.email');
    expect(status).toBe(1);
    expect(out).toContain('Nothing flows from mart.again.mail to shop.customers.email');
    expect(out).toContain('The other way:');
    expect((await lexline('path', 'customers.id', 'mails.mail')).status).toBe(1);
    expect((await lexline('path', 'mart.mails', 'customers.email')).err).toContain('name one of its fields');
  });
});
